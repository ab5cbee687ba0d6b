"""PDFium works in one thread at a time: who asks it for something holds this."""

from threading import RLock

PDFIUM = RLock()
"""Of the whole process."""
