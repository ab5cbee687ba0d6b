"""The writer: a plan → a PDF. Pages become Form XObjects, so their text, fonts and curves stay what they are."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from keben.core.errors import BuildError, KebenError
from keben.core.saying import wording
from keben.core.version import __version__
from keben.impose.reading import UNREADABLE, Matrix, PdfPage
from keben.impose.values import Box, MarkLine, PlacedPage, Plan, Side

Report = Callable[[float], None]
"""Called with how much is done, from 0 to 1."""

_PLACING = 0.5
"""The part of the work that is done when all pages are placed; the rest is writing."""

_CARRIED = ("/Title", "/Author", "/Subject", "/Keywords", "/CreationDate")


def write(pdf: Pdf, pages: tuple[PdfPage, ...], plan: Plan, name: str, report: Report) -> bytes:
    """The sheets as a PDF, of the same bytes for the same PDF and plan.

    Raises:
        BuildError: the PDF's content is damaged.
    """
    sheets = pikepdf.new()
    forms: dict[int, Object] = {}
    sides = [side for sheet in plan.sheets for side in (sheet.front, sheet.back)]
    try:
        _flatten(pdf)
        for number, side in enumerate(sides, 1):
            for placed in side.pages:
                if placed.page is not None:
                    forms[placed.page] = sheets.copy_foreign(_form(pdf, placed.page, pages))
            _add(sheets, plan, side, pages, forms)
            forms.clear()
            report(_PLACING * number / len(sides))
        _describe(pdf, sheets, plan)
        out = BytesIO()
        sheets.save(
            out,
            min_version=max(pdf.pdf_version, "1.7"),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            progress=lambda percent: report(_PLACING + (1 - _PLACING) * percent / 100),
        )
    except UNREADABLE:
        raise _damaged(name) from None
    if pdf.get_warnings() or sheets.get_warnings():
        raise _damaged(name)
    return out.getvalue()


def _damaged(name: str) -> KebenError:
    message = wording("What is on its pages cannot all be read.")
    return BuildError.at(name, "broken-pdf", message, wording("Make the PDF again, or fix it."))


def _flatten(pdf: Pdf) -> None:
    """Annotations that print (filled fields, stamps) become part of their pages; links do not print."""
    if any("/Annots" in page for page in pdf.pages):
        form = pdf.Root.get("/AcroForm")
        if isinstance(form, Dictionary) and form.get("/NeedAppearances"):
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("print")


def _form(pdf: Pdf, number: int, pages: tuple[PdfPage, ...]) -> Object:
    """A page as a Form XObject that shows its trimmed page and bleed; in its own coordinates."""
    form = pdf.pages[number].as_form_xobject(handle_transformations=False)
    shows = pages[number].shows
    form["/BBox"] = _array(shows.x, shows.y, shows.right, shows.top)
    return pdf.make_indirect(form)


def _add(sheets: Pdf, plan: Plan, side: Side, pages: tuple[PdfPage, ...], forms: dict[int, Object]) -> None:
    """A side as a page."""
    resources = Dictionary({f"/P{number + 1}": form for number, form in sorted(forms.items())})
    content = "\n".join(_content(side, pages))
    sheet = Dictionary(
        Type=Name.Page,
        MediaBox=_array(0, 0, plan.width, plan.height),
        Resources=Dictionary(XObject=resources),
        Contents=sheets.make_stream(content.encode()),
    )
    sheets.pages.append(pikepdf.Page(sheet))


def _content(side: Side, pages: tuple[PdfPage, ...]) -> Iterator[str]:
    for placed in side.pages:
        if placed.page is not None:
            matrix = _numbers(*_matrix(placed, pages[placed.page]))
            yield f"q {_rectangle(placed.clip)} W n {matrix} cm /P{placed.page + 1} Do Q"
    if side.collation:
        yield f"q 0 g {_rectangle(side.collation)} f Q"
    for line in side.lines:
        yield _stroke(line)


def _matrix(placed: PlacedPage, page: PdfPage) -> Matrix:
    """From a page's own coordinates to its sheet's."""
    a, b, c, d, e, f = page.matrix
    if placed.turned:
        a, b, c, d = -a, -b, -c, -d
        return a, b, c, d, placed.box.right - e, placed.box.top - f
    return a, b, c, d, placed.box.x + e, placed.box.y + f


def _rectangle(box: Box) -> str:
    return f"{_numbers(box.x, box.y, box.width, box.height)} re"


def _stroke(line: MarkLine) -> str:
    dash = "[3 2] 0 d " if line.kind == "fold" else ""
    ends = f"{_numbers(line.x1, line.y1)} m {_numbers(line.x2, line.y2)} l"
    return f"q 0.25 w 0 G {dash}{ends} S Q"


def _numbers(*values: Fraction) -> str:
    return " ".join(_real(value) for value in values)


def _real(value: Fraction) -> str:
    """A number as PDF writes it, to a ten-thousandth of a point."""
    text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _array(*values: Fraction | int) -> Array:
    return Array([Decimal(_real(Fraction(value))) for value in values])


def _describe(pdf: Pdf, sheets: Pdf, plan: Plan) -> None:
    """What the booklet is, and how it is to be printed; layers and what colours mean stay as they were."""
    for key in ("/Lang", "/OCProperties", "/OutputIntents"):
        if key in pdf.Root:
            value = pdf.Root[key]
            sheets.Root[key] = (
                sheets.copy_foreign(value) if value.is_indirect else _copied(pdf, sheets, value)
            )
    edge = "/DuplexFlipShortEdge" if plan.duplex == "short-edge" else "/DuplexFlipLongEdge"
    sheets.Root.ViewerPreferences = Dictionary(
        DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=Name(edge)
    )
    info = {key: str(pdf.docinfo[key]) for key in _CARRIED if key in pdf.docinfo}
    said = pdf.open_metadata(strict=False)
    if "/Title" not in info and (title := said.get("dc:title")):
        info["/Title"] = str(title)
    for key, text in info.items():
        sheets.docinfo[key] = String(text)
    sheets.docinfo["/Producer"] = String(f"Keben {__version__}")
    with sheets.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        values: dict[str, Any] = {
            "dc:title": info.get("/Title"),
            "dc:creator": said.get("dc:creator") or [info[key] for key in ("/Author",) if key in info],
            "dc:language": said.get("dc:language"),
            "pdf:Producer": f"Keben {__version__}",
        }
        for name, value in values.items():
            if value:
                metadata[name] = value


def _copied(pdf: Pdf, sheets: Pdf, value: Object) -> Object:
    """A direct value of the catalogue, with all that depends on it."""
    return sheets.copy_foreign(pdf.make_indirect(value)) if isinstance(value, Dictionary | Array) else value
