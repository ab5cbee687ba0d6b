"""The text of a tagged PDF by its structure (ISO 32000-1, 14.7): what a reader gets, element by element (PDFium).

A page's structure says which pieces of marked content belong to which element, and in which order they are read.
Running heads and folios belong to none. What a style generates has a label, which `keben.typeset.weasy.labels` writes.
"""

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from keben.check.pdftext import open_pdf, whole_characters

_DEEPEST = 400
"""Structure deeper than this is no book's; a file that holds it was made to do harm."""

_DEEPEST_FORM = 16
_NOTE = re.compile(r"note (\d{1,9})")
_DRAWN_TAGS = frozenset(("Figure", "Formula"))
_IN_LINES = frozenset(("Span", "Link", *_DRAWN_TAGS))
"""Types of elements that stand in lines of text."""
_NO_ROLES = frozenset(("notes", "continued"))

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the lower left corner of the page's trim, before the page is turned."""


class TaggedCell(NamedTuple):
    """Where in its table a text stands."""

    row: int
    """Tells one row of a page from another."""
    column: int
    is_continued: bool
    """Whether the row goes on from the page before."""


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
    cell: TaggedCell | None = None
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

    A cell's and a note's over pages are together. Those of figures that were moved come last, in their order.
    """
    chunks: list[list[Run]] = []
    row, cells = (0, 0), dict[int, list[Run]]()
    for run in _notes_together(run for page in pages for run in page.runs if run.in_notes == in_notes):
        if run.cell is None:
            chunks.append([run])
            continue
        if not run.cell.is_continued and row != (run.page, run.cell.row):
            row, cells = (run.page, run.cell.row), {}
        if run.cell.column not in cells:
            cells[run.cell.column] = []
            chunks.append(cells[run.cell.column])
        cells[run.cell.column].append(run)
    for is_float in (False, True):
        for chunk in chunks:
            yield from (run for run in chunk if run.is_float == is_float)


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


class _Entry(NamedTuple):
    """A piece of marked content, as the structure names it."""

    key: float
    mcid: int
    role: str
    in_notes: bool
    cell: TaggedCell | None
    note: int
    is_float: bool


class _Drawn(NamedTuple):
    mcid: int
    text: str
    box: Box


def read_structure(data: bytes) -> tuple[TaggedPage, ...]:
    """The pages of a PDF.

    Raises:
        pypdfium2.PdfiumError: it is not a PDF that PDFium reads.
    """
    with closing(open_pdf(data)) as document:
        return tuple(_page(document[index], index + 1) for index in range(len(document)))


def page_texts(data: bytes) -> Iterator[str]:
    """What each page of a PDF says, as it is drawn.

    Raises:
        pypdfium2.PdfiumError: it is not a PDF that PDFium reads.
    """
    for page, text_page in _opened(data):
        yield "".join(each.text for each in _on_page(page, text_page))


def form_texts(data: bytes) -> Iterator[str]:
    """What each form on each page of a PDF says: on the sheets of a booklet these are the book's pages.

    Raises:
        pypdfium2.PdfiumError: it is not a PDF that PDFium reads.
    """
    for page, text_page in _opened(data):
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            thing = pdfium.FPDFPage_GetObject(page, index)
            if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
                yield "".join(each.text for each in _in_form(thing, text_page))


def _opened(data: bytes) -> Iterator[tuple[Any, Any]]:
    with closing(open_pdf(data)) as document:
        for index in range(len(document)):
            page = document[index]
            text_page = page.get_textpage()
            try:
                yield page.raw, text_page.raw
            finally:
                text_page.close()
                page.close()


def _page(page: "pypdfium2.PdfPage", number: int) -> TaggedPage:
    left, bottom, right, top = page.get_trimbox()
    text_page = page.get_textpage()
    try:
        drawn = tuple(_on_page(page.raw, text_page.raw))
    finally:
        text_page.close()
    entries = _entries(page.raw)
    page.close()
    parts: dict[int, list[_Drawn]] = defaultdict(list)
    for each in drawn:
        parts[each.mcid].append(each)
    runs: list[Run] = []
    for entry in entries or ():
        own = parts.pop(entry.mcid, ())
        if own:
            run = _run(number, own, entry.role, entry.in_notes, left, bottom)
            runs.append(run._replace(cell=entry.cell, note=entry.note, is_float=entry.is_float))
    runs += (_run(number, own, "outside", False, left, bottom) for own in parts.values())
    return TaggedPage(right - left, top - bottom, tuple(runs), bool(entries))


def _run(number: int, own: Sequence[_Drawn], role: str, in_notes: bool, left: float, bottom: float) -> Run:
    boxes = tuple(
        (box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom)
        for _, text, box in own
        if text.strip()
    )
    return Run(number, "".join(each.text for each in own), role, in_notes, boxes)


def _on_page(page: Any, text_page: Any) -> Iterator[_Drawn]:
    """The pieces of text of a page in the order that they are drawn."""
    things = (pdfium.FPDFPage_GetObject(page, index) for index in range(pdfium.FPDFPage_CountObjects(page)))
    return _drawn(things, text_page, 0)


def _in_form(form: Any, text_page: Any, depth: int = 0) -> Iterator[_Drawn]:
    count = pdfium.FPDFFormObj_CountObjects(form)
    return _drawn((pdfium.FPDFFormObj_GetObject(form, index) for index in range(count)), text_page, depth)


def _drawn(things: Iterable[Any], text_page: Any, depth: int) -> Iterator[_Drawn]:
    sides = [ctypes.c_float() for _ in range(4)]
    for thing in things:
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(thing, matrix)
            for each in _in_form(thing, text_page, depth + 1):
                # What a form draws is of the marked content that the form stands in, unless it says another.
                mcid = each.mcid if each.mcid >= 0 else pdfium.FPDFPageObj_GetMarkedContentID(thing)
                yield _Drawn(mcid, each.text, _moved(each.box, matrix))
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and (text := _text(thing, text_page)):
            pdfium.FPDFPageObj_GetBounds(thing, *sides)
            box = (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
            yield _Drawn(pdfium.FPDFPageObj_GetMarkedContentID(thing), text, box)


def _moved(box: Box, matrix: Any) -> Box:
    """A box of a form where it stands outside of the form."""
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [matrix.a * x + matrix.c * y + matrix.e for x, y in corners]
    ys = [matrix.b * x + matrix.d * y + matrix.f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _text(thing: Any, text_page: Any) -> str:
    size = 512
    while True:
        buffer = (ctypes.c_ushort * size)()
        length = pdfium.FPDFTextObj_GetText(thing, text_page, buffer, 2 * size)
        if length <= 2 * size:
            text = bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "surrogatepass")
            return whole_characters(text)
        size = length


def _entries(page: Any) -> list[_Entry] | None:
    """What the structure names on a page, in the order of reading; None: the page has no structure."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return None
    found: list[_Entry] = []
    try:
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                found += _element(child, _Within("", False, None, 0, False), 0)
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return found


class _Within(NamedTuple):
    """What the elements say that hold another one."""

    role: str
    in_notes: bool
    cell: TaggedCell | None
    note: int
    is_float: bool


def _element(element: Any, within: _Within, depth: int) -> list[_Entry]:
    if depth > _DEEPEST:
        return []
    tag = _words(pdfium.FPDF_StructElement_GetType, element)
    title = _words(pdfium.FPDF_StructElement_GetTitle, element) if not within.role else ""
    within = _inside(within, tag, title)
    found: list[_Entry] = []
    has_lines = False
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            has_lines = has_lines or (
                pdfium.FPDF_StructElement_GetChildMarkedContentID(child, 0) >= 0
                and _words(pdfium.FPDF_StructElement_GetType, child) in _IN_LINES
            )
            if tag == "TR" and within.role == "":
                row = ctypes.cast(element, ctypes.c_void_p).value or 0
                within = within._replace(cell=TaggedCell(row, index, title == "continued"))
            found += _element(child, within, depth + 1)
        else:
            mcid = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if mcid >= 0:
                has_lines = True
                found.append(_Entry(mcid, mcid, *within))
    if has_lines:
        found = _together(found)
    if tag == "LI":
        return _with_label(found)
    return _as_drawn(found) if tag == "L" else found


def _inside(within: _Within, tag: str, title: str) -> _Within:
    """What is said of what stands in an element, by its tag and its title (see `keben.typeset.weasy.labels`)."""
    if within.role:
        return within
    part = _NOTE.fullmatch(title)
    if part:
        return within._replace(note=int(part[1]))
    if title == "float":
        return within._replace(is_float=True)
    role = "marker" if tag == "Lbl" else tag if tag in _DRAWN_TAGS else title
    return within._replace(
        role="" if role in _NO_ROLES else role, in_notes=within.in_notes or title == "notes"
    )


def _together(lines: list[_Entry]) -> list[_Entry]:
    """The pieces of a block of lines where its last one is drawn: a floating first letter is drawn before all text."""
    last = max((entry.key for entry in lines if entry.role != "marker"), default=0.0)
    return [entry if entry.role == "marker" else entry._replace(key=last) for entry in lines]


def _with_label(item: list[_Entry]) -> list[_Entry]:
    """An item's pieces, the label right before the first other one, once that is known."""
    first = min((entry.key for entry in item if entry.role != "marker"), default=None)
    return item if first is None else [_before(entry, first) for entry in item]


def _as_drawn(pieces: list[_Entry]) -> list[_Entry]:
    """A list's pieces in the order that they are drawn in, labels with what they belong to.

    WeasyPrint puts an inner list behind the whole of the item that it stands in, and draws labels last.
    """
    placed: list[_Entry] = []
    following = None
    for entry in reversed(pieces):
        placed.append(entry if following is None else _before(entry, following))
        if entry.role != "marker":
            following = entry.key
    placed.reverse()
    return sorted(placed, key=lambda entry: entry.key)


def _before(entry: _Entry, key: float) -> _Entry:
    """A label that has no place yet, right before the piece of a key; anything else as it is."""
    return entry._replace(key=key - 0.5) if entry.role == "marker" and entry.key == entry.mcid else entry


def _words(ask: Any, element: Any) -> str:
    buffer = ctypes.create_string_buffer(80)
    length = ask(element, buffer, len(buffer))
    return (
        buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "surrogatepass") if length <= len(buffer) else ""
    )
