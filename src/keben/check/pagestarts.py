"""Where the pages of a tagged PDF begin, by what they say first."""

from contextlib import closing

from keben.check.pdftext import open_pdf
from keben.check.structure import read_structure
from keben.core.pages import PageStart
from keben.core.pdfium import PDFIUM

_LONG = 400
"""Characters of a page that tell it from others, with some to spare where the first ones are not found."""


def page_starts(data: bytes) -> tuple[PageStart, ...]:
    """The pages that have text, in their order; what a page prints as its number is in its label (ISO 32000-1, 12.4.2).

    Raises:
        pypdfium2.PdfiumError: it is not a PDF that PDFium reads.
    """
    with PDFIUM:
        pages = read_structure(data)
        with closing(open_pdf(data)) as document:
            labels = [document.get_page_label(index) for index in range(len(document))]
    found: list[PageStart] = []
    for number, (page, label) in enumerate(zip(pages, labels, strict=True), 1):
        text = ""
        for run in page.runs:
            if len(text) >= _LONG:
                break
            if not (run.role or run.in_notes or run.is_float):
                text += run.text
        if text.strip():
            found.append(PageStart(number, label or str(number), text[:_LONG]))
    return tuple(found)
