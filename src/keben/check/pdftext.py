"""The text of a PDF's pages, as a reader's search would find it (PDFium)."""

import pypdfium2  # type: ignore[import-untyped]


def page_texts(data: bytes) -> list[str]:
    """The text of each page in order."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [_page_text(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _page_text(page: "pypdfium2.PdfPage") -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_bounded())
    finally:
        text_page.close()
        page.close()
