"""Pieces of a paragraph → runs, hyperlinks, notes' marks and drawings."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from itertools import count, groupby

from keben.core.values import dataclass
from keben.formats.docx.drawings import drawing
from keben.formats.docx.figures import Shown
from keben.formats.docx.formulas import word_formula
from keben.formats.docx.marking import quoted, shown, tag
from keben.formats.docx.values import Anchor, Call, Picture, Piece, Ruby, RunLook, Text, WordFormula

_LANGUAGES = {"en": "en-US", "fr": "fr-FR", "de": "de-DE", "ja": "ja-JP", "ko": "ko-KR"}


@dataclass(slots=True)
class RunWriting:
    """What a part's runs refer to: bookmarks, notes, pictures and addresses, and the numbers they have got."""

    names: Mapping[str, str]
    """Bookmarks by ids."""
    pictures: Mapping[str, Shown]
    notes: Mapping[str, int]
    """The numbers of footnotes by ids."""
    language: str
    """As Word calls the edition's."""
    bookmarks: "count[int]" = field(default_factory=lambda: count(1))
    drawn: "count[int]" = field(default_factory=lambda: count(1))
    links: dict[str, str] = field(default_factory=dict)
    """The relationship of each address."""
    shapes: dict[str, str] = field(default_factory=dict)
    """The relationship of each picture's file."""

    def bookmark(self, name: str, inner: str = "") -> str:
        """A bookmark around some content."""
        number = next(self.bookmarks)
        return tag("bookmarkStart", id=number, name=name) + inner + tag("bookmarkEnd", id=number)

    def link(self, address: str) -> str:
        """The relationship of an address."""
        return self.links.setdefault(address, f"rLink{len(self.links) + 1}")

    def shape(self, path: str) -> str:
        """The relationship of a picture's file."""
        return self.shapes.setdefault(path, f"rImg{len(self.shapes) + 1}")


def write_pieces(pieces: Iterable[Piece], writing: RunWriting) -> str:
    """The content of a paragraph."""
    parts = []
    for link, group in groupby(pieces, _link_of):
        inner = "".join(_piece(piece, writing) for piece in group)
        parts.append(_linked(link, inner, writing) if link else inner)
    return "".join(parts)


def _link_of(piece: Piece) -> str:
    return piece.look.link if isinstance(piece, Text | Ruby) else ""


def _linked(link: str, inner: str, writing: RunWriting) -> str:
    if link.startswith("#"):
        name = writing.names.get(link[1:])
        return tag("hyperlink", inner, anchor=name, history=1) if name else inner
    return f'<w:hyperlink r:id="{quoted(writing.link(link))}" w:history="1">{inner}</w:hyperlink>'


def _piece(piece: Piece, writing: RunWriting) -> str:
    if isinstance(piece, Text):
        return tag("r", properties(piece.look), shown(piece.text))
    if isinstance(piece, Ruby):
        return _ruby(piece, writing)
    if isinstance(piece, Call):
        return _call(piece, writing)
    if isinstance(piece, Picture):
        return _picture(piece, writing)
    if isinstance(piece, WordFormula):
        return word_formula(piece.root, displayed=piece.is_displayed)
    assert isinstance(piece, Anchor)  # noqa: S101 - there is no other piece
    return writing.bookmark(writing.names[piece.id])


def properties(look: RunLook) -> str:
    """A run's properties, in the order of the schema (17.3.2.28)."""
    marks = look.marks
    style = "CodeText" if "code" in marks else "Hyperlink" if look.link and not look.is_made else ""
    line = "single" if "line" in marks else "wave" if "wave" in marks else ""
    script = "subscript" if "sub" in marks else "superscript" if "sup" in marks else ""
    inner = "".join(
        (
            tag("rStyle", val=style) if style else "",
            tag("b") + tag("bCs") if "bold" in marks else "",
            tag("i") + tag("iCs") if "italic" in marks else "",
            tag("strike") if "struck" in marks else "",
            tag("sz", val=20) + tag("szCs", val=20) if "small" in marks else "",
            tag("highlight", val="yellow") if "marked" in marks else "",
            tag("u", val=line) if line else "",
            tag("vertAlign", val=script) if script else "",
            tag("em", val="dot") if "dots" in marks else "",
            _language(look.language),
            tag("eastAsianLayout", id=1, vert=1, vertCompress=1) if "upright" in marks else "",
        )
    )
    return tag("rPr", inner) if inner else ""


def _language(language: str) -> str:
    if not language:
        return ""
    name = _LANGUAGES.get(language, language)
    is_eastern = name.startswith(("zh", "ja", "ko"))
    return tag("lang", **{"eastAsia" if is_eastern else "val": name})


def _ruby(piece: Ruby, writing: RunWriting) -> str:
    look = properties(piece.look)
    align = "rightVertical" if piece.is_beside else "distributeSpace" if len(piece.base) > 1 else "center"
    small = tag("rPr", tag("sz", val=12))
    return tag(
        "r",
        look,
        tag(
            "ruby",
            tag(
                "rubyPr",
                tag("rubyAlign", val=align),
                tag("hps", val=12),
                tag("hpsRaise", val=22),
                tag("hpsBaseText", val=24),
                tag("lid", val=writing.language),
            ),
            tag("rt", tag("r", small, shown(piece.reading))),
            tag("rubyBase", tag("r", look, shown(piece.base))),
        ),
    )


def _call(piece: Call, writing: RunWriting) -> str:
    """A footnote's mark; of one that was called before, a field that repeats its number (NOTEREF)."""
    style = tag("rPr", tag("rStyle", val="FootnoteReference"))
    name = writing.names.get(piece.note, "")
    if not piece.is_again and piece.note in writing.notes:
        inner = tag("r", style, tag("footnoteReference", id=writing.notes[piece.note]))
        return writing.bookmark(name, inner) if name else inner
    if not name:
        return tag("r", style, shown(piece.mark))
    return field_of(f" NOTEREF {name} \\f \\h ", tag("r", style, shown(piece.mark)))


def field_of(code: str, result: str) -> str:
    """A field and what it shows."""
    return (
        tag("r", tag("fldChar", fldCharType="begin"))
        + tag("r", f'<w:instrText xml:space="preserve">{quoted(code)}</w:instrText>')
        + tag("r", tag("fldChar", fldCharType="separate"))
        + result
        + tag("r", tag("fldChar", fldCharType="end"))
    )


def _picture(piece: Picture, writing: RunWriting) -> str:
    file = writing.pictures[piece.path]
    vector = writing.shape(file.vector) if file.vector else ""
    inner = drawing(piece, file, next(writing.drawn), writing.shape(file.path), vector)
    return tag("r", inner)
