"""Files of word processors, e-books and web pages → a rich document, and from there a project.

Each kind has a reader of its own over lxml. Converters that were tried (mammoth, Pandoc) drop ruby, emphasis marks,
headings by outline level and the mark of hidden text without a message.
"""

from pathlib import Path

from keben.project.importers.office.rich import RichDocument

__all__ = ["read_office"]


def read_office(source: Path) -> RichDocument:
    """The contents of a file with a supported suffix.

    Raises:
        SourceError: it is damaged, locked or dangerous.
    """
    suffix = source.suffix.lower()
    if suffix in (".docx", ".docm", ".dotx"):
        from keben.project.importers.office.docx.reading import read_word

        return read_word(source)
    if suffix in (".odt", ".ott"):
        from keben.project.importers.office.odt.reading import read_writer

        return read_writer(source)
    if suffix == ".epub":
        from keben.project.importers.office.epub.reading import read_ebook

        return read_ebook(source)
    from keben.project.importers.office.web.reading import read_page_file

    return read_page_file(source)
