"""The lock for PDFium, which works in one thread at a time: hold it while you use PDFium."""

from threading import RLock

PDFIUM = RLock()
"""Of the whole process."""
