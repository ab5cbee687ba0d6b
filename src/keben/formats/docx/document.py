"""document.xml and footnotes.xml."""

from collections.abc import Iterator, Sequence

from keben.core.edition import Edition
from keben.formats.docx.lists import STEP
from keben.formats.docx.marking import part, tag
from keben.formats.docx.runs import RunWriting, field_of, write_pieces
from keben.formats.docx.tablewriting import write_table
from keben.formats.docx.values import Block, Section, WordParagraph, WordTable

_TOC = ' TOC \\o "1-3" \\h \\z \\u '
_A4 = (11906, 16838)
_MARGINS = {
    "top": 1440,
    "right": 1701,
    "bottom": 1440,
    "left": 1701,
    "header": 851,
    "footer": 992,
    "gutter": 0,
}


def document_part(sections: Sequence[Section], edition: Edition, writing: RunWriting) -> bytes:
    """The book's text, a section a document: each begins on a new page."""
    parts = []
    for at, section in enumerate(sections):
        properties = section_properties(edition)
        is_last = at == len(sections) - 1
        parts.append(_section(section, "" if is_last else properties, writing))
        if is_last:
            parts.append(properties)
    return part("document", tag("body", *parts))


def footnotes_part(sections: Sequence[Section], writing: RunWriting) -> bytes:
    """The notes, and the lines that Word parts them from the text by."""
    lines = (
        tag("footnote", _line("separator"), type="separator", id=-1),
        tag("footnote", _line("continuationSeparator"), type="continuationSeparator", id=0),
    )
    notes = (
        tag("footnote", _note(body, writing), id=writing.notes[name])
        for section in sections
        for name, body in section.notes.items()
        if name in writing.notes
    )
    return part("footnotes", *lines, *notes)


def _line(name: str) -> str:
    shape = tag(
        "pPr", tag("spacing", after=0, line=240, lineRule="auto"), tag("ind", firstLineChars=0, firstLine=0)
    )
    return tag("p", shape, tag("r", tag(name)))


def _note(body: Sequence[Block], writing: RunWriting) -> str:
    mark = tag("r", tag("rPr", tag("rStyle", val="FootnoteReference")), tag("footnoteRef"))
    first = body[0] if body else None
    if not isinstance(first, WordParagraph):
        body = (WordParagraph("FootnoteText", ()), *body)
    if not isinstance(body[-1], WordParagraph):
        body = (*body, WordParagraph("FootnoteText", ()))
    return "".join(_blocks(body, writing, mark))


def section_properties(edition: Edition) -> str:
    """A section's page; columns run from top to bottom on a page that lies on its side.

    Notes count through the book: LibreOffice prints no number where they restart in a section.
    """
    width, height = reversed(_A4) if edition.is_vertical else _A4
    wide = {"orient": "landscape"} if edition.is_vertical else {}
    form = "chineseCounting" if edition.is_vertical else "decimal"
    return tag(
        "sectPr",
        '<w:footerReference w:type="default" r:id="rFooter"/>',
        tag("footnotePr", tag("numFmt", val=form)),
        tag("type", val="nextPage"),
        tag("pgSz", w=width, h=height, **wide),
        tag("pgMar", **_MARGINS),
        tag("cols", space=720),
        tag("textDirection", val="tbRl") if edition.is_vertical else "",
        tag("docGrid", linePitch=312),
    )


def footer_part() -> bytes:
    """The page's number at its foot."""
    number = field_of(" PAGE ", tag("r", "<w:t>1</w:t>"))
    return part("ftr", tag("p", tag("pPr", tag("pStyle", val="Footer")), number))


def _section(section: Section, properties: str, writing: RunWriting) -> str:
    blocks = section.blocks
    if not blocks or not isinstance(blocks[-1], WordParagraph):
        blocks = (*blocks, WordParagraph("Normal", ()))
    if section.is_contents:
        return "".join(_contents(blocks, properties, writing))
    return "".join(_blocks(blocks, writing, "", properties))


def _blocks(
    blocks: Sequence[Block], writing: RunWriting, mark: str = "", properties: str = ""
) -> Iterator[str]:
    """Blocks, the first with a note's mark, the last with the section's properties."""
    before: Block | None = None
    for at, block in enumerate(blocks):
        if isinstance(block, WordTable):
            if isinstance(before, WordTable):
                yield write_paragraph(
                    WordParagraph("TableText", ()), writing
                )  # Word joins tables that touch.
            yield write_table(block, lambda inner: "".join(_blocks(inner, writing)))
        else:
            ends = properties if at == len(blocks) - 1 else ""
            yield write_paragraph(block, writing, mark if at == 0 else "", ends)
        before = block


def _contents(blocks: Sequence[Block], properties: str, writing: RunWriting) -> Iterator[str]:
    """The contents as a field, which Word renews with page numbers when it is asked to."""
    entries = [
        at
        for at, block in enumerate(blocks)
        if isinstance(block, WordParagraph) and block.style != "TOCHeading"
    ]
    begin = field_of(_TOC, "").removesuffix(_END)
    for at, block in enumerate(blocks):
        assert isinstance(block, WordParagraph)  # noqa: S101 - the contents are lines
        first = begin if entries and at == entries[0] else ""
        last = _END if entries and at == entries[-1] else ""
        yield write_paragraph(block, writing, first, properties if at == len(blocks) - 1 else "", last)


_END = tag("r", tag("fldChar", fldCharType="end"))


def write_paragraph(
    paragraph: WordParagraph, writing: RunWriting, before: str = "", properties: str = "", after: str = ""
) -> str:
    """A paragraph, in its bookmark; with what stands before and after its text, and a section's end."""
    numbered = paragraph.numbered
    inner = "".join(
        (
            tag("pStyle", val=paragraph.style) if paragraph.style != "Normal" else "",
            tag("numPr", tag("ilvl", val=numbered.level), tag("numId", val=numbered.list + 1))
            if numbered
            else "",
            tag("ind", left=paragraph.indent * STEP, leftChars=0, firstLineChars=0, firstLine=0)
            if paragraph.indent
            else "",
            tag("jc", val=paragraph.align) if paragraph.align else "",
            properties,
        )
    )
    text = write_pieces(paragraph.pieces, writing)
    if paragraph.key:
        text = writing.bookmark(paragraph.key, text)
    return tag("p", tag("pPr", inner) if inner else "", before, text, after)
