"""What a theme asks of Keben by custom properties of CSS: they are handed down as a colour is."""

from typing import Any

EMPHASIS = "__emphasis"
"""``--emphasis: dot``: a dot under each Chinese character."""

NAME_LINE = "__name_line"
"""``--name-line: straight``, or ``wavy``."""

READING_SIDE = "__reading"
"""``--reading: beside``: the letters of a reading (rt) stand one over the other beside its text, as zhuyin does.
``column`` is the same in a column. ``behind``: it follows its text in the line."""


UPRIGHT = "__upright"
"""``--upright: all``: a number or a letter in a column takes one em, as a Chinese character does."""

GLOSS = "__gloss"
"""``--gloss: double``: a note within a line stands in it in two rows."""

HYPHENS = "__hyphens"
"""``--hyphens: auto``: a long word of Latin text is hyphenated where its line would be stretched too far."""

BLOCK_STEP = "__block_step"
"""``--block-step: line``: a block takes whole lines of the page."""

ENTRY = "__entry"
"""``--entry: turned``: an entry with the number of a page goes on further in, behind some of which that stands."""

LINES = "__lines"
"""``--lines: even``: the lines of a title that is not justified are about as long as one another."""

FLOAT = "__float"
"""``--float: page``: a figure moves to the foot of its page or to the top of the next one. ``auto``: it does where much
of a page would stay empty."""


def asked(style: Any, name: str) -> str:
    """The word that a property holds; empty for ``none`` and for nothing. WeasyPrint writes ``--`` as ``__``."""
    words = (token.lower_value for token in style[name] if token.type == "ident")
    word: str = next(words, "")
    return "" if word == "none" else word
