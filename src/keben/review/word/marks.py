"""What text is set in, as a document has it and as a build of the source writes it: bold, italic, underlined."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from keben.check.docxfile import W
from keben.core.saying import wording
from keben.formats.docx.keys import tokens_of
from keben.formats.docx.values import Piece, Ruby, Text

if TYPE_CHECKING:
    from lxml import etree

Marks: TypeAlias = frozenset[str]
"""Some of `NAMES`."""

NAMES = {
    "bold": "bold",
    "italic": "italic",
    "dots": wording("emphasis dots"),
    "line": wording("an underline"),
    "wave": wording("a wavy underline"),
    "struck": wording("a line through it"),
    "sub": "subscript",
    "sup": "superscript",
    "marked": "a highlight",
    "code": wording("the style of code"),
}
"""What each mark is called in a message."""

_OFF = ("0", "false", "off", "none")
_SWITCHES = {
    "b": "bold",
    "i": "italic",
    "strike": "struck",
    "dstrike": "struck",
    "highlight": "marked",
    "em": "dots",
}
_KEBENS = {
    "Hyperlink": frozenset[str](),
    "FootnoteReference": frozenset[str](),
    "CodeText": frozenset({"code"}),
}
"""Keben's own styles of characters; what they look like says nothing."""
_DEEPEST = 12


def marks_of(pieces: tuple[Piece, ...]) -> tuple[Marks, ...]:
    """The marks of each token of a paragraph that a build writes."""
    found: list[Marks] = []
    for piece in pieces:
        marks = piece.look.marks & NAMES.keys() if isinstance(piece, Text | Ruby) else frozenset()
        found += [marks] * len(tokens_of((piece,)))
    return tuple(found)


class MarkReader:
    """Reads the marks of a document's runs, by its styles of characters."""

    def __init__(self, styles: "etree._Element | None") -> None:
        nodes = styles.iter(f"{W}style") if styles is not None else ()
        self.styles = {str(each.get(f"{W}styleId")): each for each in nodes}

    def of(self, run: "etree._Element") -> Marks:
        """The marks of a run."""
        properties = run.find(f"{W}rPr")
        return frozenset() if properties is None else self._read(properties, 0)

    def name_of(self, style: str) -> str:
        """A style's id as Keben writes it, by its name: LibreOffice and WPS write ids of their own."""
        node = self.styles.get(style)
        named = None if node is None else node.find(f"{W}name")
        words = str(named.get(f"{W}val", "")).split() if named is not None else []
        name = "".join(word[:1].upper() + word[1:] for word in words) or style
        return f"TOC{name[3:]}" if name.startswith("Toc") else name

    def _read(self, properties: "etree._Element", depth: int) -> Marks:
        found = dict.fromkeys(self._style(properties.find(f"{W}rStyle"), depth), True) | dict(
            _direct(properties)
        )
        return frozenset(mark for mark, is_on in found.items() if is_on)

    def _style(self, reference: "etree._Element | None", depth: int) -> Marks:
        name = "" if reference is None else str(reference.get(f"{W}val"))
        if name in _KEBENS:
            return _KEBENS[name]
        style = self.styles.get(name)
        if style is None or depth > _DEEPEST:
            return frozenset()
        above = self._style(style.find(f"{W}basedOn"), depth + 1)
        properties = style.find(f"{W}rPr")
        own = dict(_direct(properties)) if properties is not None else {}
        return frozenset(mark for mark, is_on in (dict.fromkeys(above, True) | own).items() if is_on)


def _direct(properties: "etree._Element") -> Iterator[tuple[str, bool]]:
    """The marks that properties switch on and off."""
    for each in properties:
        name = each.tag.removeprefix(W) if isinstance(each.tag, str) else ""
        value = str(each.get(f"{W}val", ""))
        if name in _SWITCHES:
            yield _SWITCHES[name], value not in _OFF
        elif name == "u":
            yield "line", value not in (*_OFF, "wave")
            yield "wave", value == "wave"
        elif name == "vertAlign":
            yield "sub", value == "subscript"
            yield "sup", value == "superscript"
