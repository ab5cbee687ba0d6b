"""Keben (刻本) makes Chinese books: one Markdown source, and every edition of it."""

__version__ = "0.1.0"
