"""How a tree carries what a block of code says of itself, between the stage that reads it and the one that sets it."""

LANGUAGE = "language-"
"""How the class of a ``code`` begins that names its language (HTML, 4.5.15)."""

MARKED = "data-marked"
"""The attribute of a ``pre`` that names its marked lines, counted from 1: ``1-1 3-5``."""

NUMBER = "data-number"
"""The attribute of a line that holds its number, for styles to print: it is no text of the book's."""

FIRST = "data-first"
"""The attribute of a ``pre`` that gives its first line a number; without it lines have none."""
