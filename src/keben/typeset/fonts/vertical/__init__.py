"""Columns out of WeasyPrint, which sets lines only: the page is rotated, and so are its glyphs.

A column is laid out as a horizontal line in a font whose upright characters are turned 90° counter-clockwise. The
finished page is turned back (``/Rotate 90``): glyphs are upright, lines run from top to bottom, and columns from right
to left.
"""
