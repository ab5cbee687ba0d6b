"""EPUB 2 and 3 → a rich document."""
