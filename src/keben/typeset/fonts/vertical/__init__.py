"""Columns out of WeasyPrint, which sets lines only: the page lies on its side, and so do its glyphs.

A column is laid out as a horizontal line in a font whose upright characters lie turned 90° counter-clockwise. The
finished page is turned back (``/Rotate 90``): glyphs stand, lines run from top to bottom, columns from right to left.
"""
