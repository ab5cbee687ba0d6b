"""The structure of a PDF, read in two processes: that of its first pages where its text is read, the rest in another.

What crosses from one process to the other is of Python's own: 30,000 pieces of a novel are sent so in a third of the
time.
"""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf

from keben.check.structureelements import Structure, TaggedCell, TaggedPiece
from keben.core.calls import Submit

PlainPiece = tuple[float, int, str, bool, tuple[tuple[int, int, bool], ...], int, bool]
"""A `TaggedPiece` for the way."""

_SHARE = 0.4
"""Of the pages whose structure is read where the text is: both processes take about the same time then."""


def of_first_pages(structure: Structure, pages: Sequence[Any]) -> list[list[TaggedPiece]]:
    """What the structure of a PDF names on each of its first pages, in the order of reading."""
    return [structure.pieces_of(page.obj) for page in pages[: _first(pages)]]


def of_last_pages(data: bytes, _submit: Submit | None = None) -> list[list[PlainPiece]]:
    """The same of each of the other pages, for another process.

    Raises:
        pikepdf.PdfError: it is not a PDF.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        structure, pages = Structure(pdf), tuple(pdf.pages)
        last = pages[_first(pages) :]
        return [[_plain(each) for each in structure.pieces_of(page.obj)] for page in last]


def taken(pieces: Sequence[PlainPiece]) -> list[TaggedPiece]:
    """The pieces of a page, as `of_last_pages` gives them."""
    return [
        TaggedPiece(key, mcid, role, in_notes, tuple(TaggedCell(*cell) for cell in cells), note, is_float)
        for key, mcid, role, in_notes, cells, note, is_float in pieces
    ]


def _first(pages: Sequence[Any]) -> int:
    return int(len(pages) * _SHARE)


def _plain(piece: TaggedPiece) -> PlainPiece:
    cells = tuple((cell.row, cell.column, cell.is_continued) for cell in piece.cells)
    return (piece.key, piece.mcid, piece.role, piece.in_notes, cells, piece.note, piece.is_float)
