"""The text of a tagged PDF by its structure (ISO 32000-1, 14.7): what a reader gets, element by element.

A page's structure says which pieces of marked content belong to which element, and in which order they are read.
Running heads and folios belong to none. What a style generates has a label, which `keben.typeset.weasy.labels` writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from keben.check.drawntext import Box, DrawnText
from keben.check.keptreadings import KeptReadings
from keben.check.pagereading import opened
from keben.check.structureapart import of_first_pages, of_last_pages, taken
from keben.check.structureelements import Structure, TaggedCell, TaggedPiece
from keben.core.calls import Apart

_LARGE = 500_000
"""Bytes of a PDF from which it is worth having its tree read in another process."""


class Run(NamedTuple):
    """A piece of text that belongs to one element, in the order of reading."""

    page: int
    """From 1."""
    text: str
    role: str
    """Empty: the book's text. ``marker``: a list's number or bullet; ``Figure``; ``Formula``; ``outside``: text that no
    element holds; or another label of what is generated or repeated."""
    in_notes: bool
    boxes: tuple[Box, ...]
    """Of each line of it."""
    cells: tuple[TaggedCell, ...] = ()
    """Of a table, and of one that stands in it; the outermost first."""
    note: int = 0
    """Tells one note from another, of those that stand on several pages; 0: none of them."""
    is_float: bool = False
    """Whether it stands in a figure that was moved."""


class TaggedPage(NamedTuple):
    """The text of a page."""

    width: float
    """Of the trimmed page, in points, before it is turned."""
    height: float
    runs: tuple[Run, ...]
    is_tagged: bool


def in_order(pages: Iterable[TaggedPage], in_notes: bool) -> Iterator[Run]:
    """The runs of the text, or of the notes, in the order of reading.

    A cell's and a note's over pages are together, and so notes stand as their calls do. Those of figures that were
    moved come last, in their order.
    """
    every = [run for page in pages for run in page.runs]
    runs = [run for run in every if run.in_notes == in_notes]
    if in_notes:
        runs = _as_called(runs, [run for run in every if not run.in_notes])
    if any(run.cells or run.note or run.is_float for run in runs):
        return _rearranged(runs)
    return iter(runs)


def _as_called(notes: list[Run], text: Sequence[Run]) -> list[Run]:
    """Notes in the order in which a text calls them that has cells over pages: page by page it is another one.

    Where not each note has one call, they stay as they are.
    """
    if not any(cell.is_continued for run in text if run.cells for cell in run.cells):
        return notes
    parts: list[list[Run]] = []
    for run in _notes_together(notes):
        if run.role == "footnote-marker" or not parts:
            parts.append([])
        parts[-1].append(run)
    calls = [run for run in text if run.role == "footnote-call"]
    if len(calls) != len(parts):
        return notes
    places = {id(call): at for at, call in enumerate(calls)}
    called = [places[id(run)] for chunk in _by_cells(text, 0) for run in chunk if id(run) in places]
    return [run for at in called for run in parts[at]]


def _rearranged(runs: Iterable[Run]) -> Iterator[Run]:
    chunks = _by_cells(_notes_together(runs), 0)
    for is_float in (False, True):
        for chunk in chunks:
            yield from (run for run in chunk if run.is_float == is_float)


def _by_cells(runs: Iterable[Run], depth: int) -> list[list[Run]]:
    """Runs with all parts of a cell where its row begins, by the cells that ``depth`` others are around."""
    rows: list[dict[int, list[Run]]] = []
    row, cells = (0, 0), dict[int, list[Run]]()
    for run in runs:
        if len(run.cells) <= depth:
            rows.append({0: [run]})
            continue
        cell = run.cells[depth]
        if not rows or (not cell.is_continued and row != (run.page, cell.row)):
            row, cells = (run.page, cell.row), {}
            rows.append(cells)
        cells.setdefault(cell.column, []).append(run)
    # The first cells of a row may have nothing on the page that it begins on.
    chunks = [row[column] for row in rows for column in sorted(row)]
    inner = depth + 1
    return [
        list(chain.from_iterable(_by_cells(chunk, inner)))
        if any(len(run.cells) > inner for run in chunk)
        else chunk
        for chunk in chunks
    ]


def _notes_together(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs with all parts of a note where its first one stands."""
    chunks: list[list[Run]] = []
    notes: dict[int, list[Run]] = {}
    for run in runs:
        if run.note in notes:
            notes[run.note].append(run)
            continue
        chunks.append([run])
        if run.note:
            notes[run.note] = chunks[-1]
    return chain.from_iterable(chunks)


def read_structure(
    data: bytes, *, by_pdfium: bool = False, kept: KeptReadings | None = None, apart: Apart | None = None
) -> tuple[TaggedPage, ...]:
    """The pages of a PDF. Where ``by_pdfium``, PDFium reads each page's text; else those that have something rare.

    ``kept`` is what an earlier build read, which this adds to. ``apart`` has a part of the tree of a large file read in
    another process, while the text is read in this one.

    Raises:
        pypdfium2.PdfiumError, pikepdf.PdfError: it is not a PDF.
    """
    coming = apart(of_last_pages, data) if apart and len(data) >= _LARGE else None
    with opened(data, by_pdfium=by_pdfium, kept=kept) as reader:
        structure = Structure(reader.pdf)
        if coming is None:
            read = enumerate(reader.pages)
            return tuple(
                _page(page, at + 1, reader.read(at), structure.pieces_of(page.obj)) for at, page in read
            )
        drawn = [reader.read(at) for at in range(len(reader.pages))]
        pieces = of_first_pages(structure, reader.pages)
        pieces += map(taken, coming())
        both = enumerate(zip(reader.pages, drawn, pieces, strict=True), 1)
        return tuple(_page(page, number, text, own) for number, (page, text, own) in both)


def page_texts(data: bytes, *, by_pdfium: bool = False, kept: KeptReadings | None = None) -> Iterator[str]:
    """What each page of a PDF says, as it is drawn.

    Raises:
        pypdfium2.PdfiumError, pikepdf.PdfError: it is not a PDF.
    """
    with opened(data, by_pdfium=by_pdfium, kept=kept) as reader:
        for index in range(len(reader.pages)):
            yield "".join(each.text for each in reader.read(index))


def form_texts(data: bytes, *, by_pdfium: bool = False, kept: KeptReadings | None = None) -> Iterator[str]:
    """What each form on each page of a PDF says: on the sheets of a booklet these are the book's pages.

    Raises:
        pypdfium2.PdfiumError, pikepdf.PdfError: it is not a PDF.
    """
    with opened(data, by_pdfium=by_pdfium, kept=kept) as reader:
        for index in range(len(reader.pages)):
            for form in reader.read_forms(index):
                yield "".join(each.text for each in form)


def _page(page: Any, number: int, drawn: Sequence[DrawnText], pieces: Sequence[TaggedPiece]) -> TaggedPage:
    left, bottom, right, top = map(float, page.trimbox)
    parts: dict[int, list[DrawnText]] = defaultdict(list)
    for each in drawn:
        parts[each.mcid].append(each)
    runs: list[Run] = []
    for piece in pieces:
        own = parts.pop(piece.mcid, ())
        if own:
            text, boxes = _together(own, left, bottom)
            runs.append(
                Run(number, text, piece.role, piece.in_notes, boxes, piece.cells, piece.note, piece.is_float)
            )
    for own in parts.values():
        text, boxes = _together(own, left, bottom)
        runs.append(Run(number, text, "outside", False, boxes))
    return TaggedPage(right - left, top - bottom, tuple(runs), bool(pieces))


def _together(own: Sequence[DrawnText], left: float, bottom: float) -> tuple[str, tuple[Box, ...]]:
    """The text of some pieces, and their boxes from a page's corner."""
    if len(own) == 1:
        # As nearly all are.
        ((_, text, box),) = own
        if not (left or bottom):
            return text, ((box,) if text.strip() else ())
        at = (box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom)
        return text, ((at,) if text.strip() else ())
    boxes = tuple(
        (box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom)
        for _, text, box in own
        if text.strip()
    )
    return "".join([each.text for each in own]), boxes
