"""Where the pages of a tagged PDF begin, by what they say first."""

from collections.abc import Iterable
from contextlib import closing

from keben.check.pdftext import open_pdf
from keben.check.structure import Run, read_structure
from keben.core.pages import PageStart
from keben.core.pdfium import PDFIUM

_LONG = 400
"""Characters of a page that tell it from others, with some to spare where the first ones are not found."""


def page_starts(data: bytes) -> tuple[PageStart, ...]:
    """The pages that are not blank, in their order; labels are what they print as numbers (ISO 32000-1, 12.4.2).

    Raises:
        pypdfium2.PdfiumError: it is not a PDF that PDFium reads.
    """
    with PDFIUM:
        pages = read_structure(data)
        with closing(open_pdf(data)) as document:
            labels = [document.get_page_label(index) for index in range(len(document))]
    found: list[PageStart] = []
    for number, (page, label) in enumerate(zip(pages, labels, strict=True), 1):
        own = _first(run for run in page.runs if not (run.role or run.in_notes or run.is_float))
        apart = _first(run for run in page.runs if not run.role and run.is_float)
        is_blank = all(run.role == "outside" for run in page.runs)
        if own or not is_blank:
            found.append(PageStart(number, label or str(number), own or apart, is_aside=not own))
    return tuple(found)


def _first(runs: Iterable[Run]) -> str:
    text = ""
    for run in runs:
        if len(text) >= _LONG:
            break
        text += run.text
    return text[:_LONG] if text.strip() else ""
