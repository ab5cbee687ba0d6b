"""Keys of paragraphs: bookmarks that say which paragraph of the source one was made from, and what it said.

Word and LibreOffice keep bookmarks while text is edited. Names that begin with ``_`` are hidden in Word.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from itertools import count
from typing import TypeAlias

from keben.core.formulas import signs_of
from keben.formats.docx.values import (
    Anchor,
    Block,
    Call,
    Picture,
    Piece,
    Ruby,
    Section,
    Text,
    WordCell,
    WordFormula,
    WordParagraph,
    WordRow,
    WordTable,
)

KEY = re.compile(r"_k[bp][0-9a-z]+_([0-9a-f]{12})")
"""``b`` for a chapter's paragraph, ``p`` for one of a page that Keben makes; its place among those, in base 36; a
hash of its text."""

Token: TypeAlias = str
"""A character; or, longer, what is no text: ``\\x00call``, ``\\x00picture``, ``\\x00ruby 饕|tāo``,
``\\x00formula`` with its signs."""

CALL, PICTURE, RUBY, FORMULA = "\x00call", "\x00picture", "\x00ruby ", "\x00formula "


def tokens_of(pieces: tuple[Piece, ...]) -> list[tuple[Token, bool]]:
    """What a paragraph says, and of each whether Keben made it."""
    found: list[tuple[Token, bool]] = []
    for piece in pieces:
        if isinstance(piece, Text):
            found += [(character, piece.look.is_made) for character in piece.text]
        elif isinstance(piece, Ruby):
            found.append((f"{RUBY}{piece.base}|{piece.reading}", piece.look.is_made))
        elif isinstance(piece, Call):
            found += [(character, True) for character in piece.mark] if piece.is_again else [(CALL, False)]
        elif isinstance(piece, Picture):
            found.append((PICTURE, False))
        elif isinstance(piece, WordFormula):
            found.append((FORMULA + signs_of(piece.root), False))
        elif not isinstance(piece, Anchor):
            raise TypeError(piece)
    return found


def digest(tokens: list[Token]) -> str:
    """The hash that a key has of a text."""
    return sha256("\x01".join(tokens).encode()).hexdigest()[:12]


def stamp_of(keys: Iterable[str]) -> str:
    """What tells whether chapters say what they said when a document was written: a hash of their keys."""
    return sha256(" ".join(sorted(key for key in keys if key.startswith("_kb"))).encode()).hexdigest()[:16]


def hash_of(key: str) -> str:
    """The hash in a key."""
    match = KEY.fullmatch(key)
    return match[1] if match else ""


def keyed(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections whose paragraphs have their keys, counted over the whole book; Word makes the contents again."""
    chapters, pages = _Keys("_kb"), _Keys("_kp")
    return tuple(
        section if section.is_contents else _section(section, chapters if section.is_written else pages)
        for section in sections
    )


class _Keys:
    """Keys in their order."""

    def __init__(self, begin: str) -> None:
        self.begin = begin
        self.numbers = count(1)

    def of(self, tokens: list[Token]) -> str:
        return f"{self.begin}{_base36(next(self.numbers))}_{digest(tokens)}"


def _section(section: Section, keys: _Keys) -> Section:
    blocks = tuple(_block(block, keys) for block in section.blocks)
    notes = {name: tuple(_block(block, keys) for block in body) for name, body in section.notes.items()}
    return replace(section, blocks=blocks, notes=notes)


def _block(block: Block, keys: _Keys) -> Block:
    if isinstance(block, WordTable):
        return replace(block, rows=tuple(_row(row, keys) for row in block.rows))
    return _paragraph(block, keys)


def _row(row: WordRow, keys: _Keys) -> WordRow:
    return replace(row, cells=tuple(_cell(cell, keys) for cell in row.cells))


def _cell(cell: WordCell, keys: _Keys) -> WordCell:
    return replace(cell, blocks=tuple(_block(block, keys) for block in cell.blocks))


def _paragraph(paragraph: WordParagraph, keys: _Keys) -> WordParagraph:
    tokens = [token for token, _ in tokens_of(paragraph.pieces)]
    if not tokens:
        return paragraph
    return replace(paragraph, key=keys.of(tokens))


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
