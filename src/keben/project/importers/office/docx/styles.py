"""What Word's styles mean: levels of headings, roles of paragraphs, looks of text."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, attribute, below, child, local
from keben.project.importers.office.docx.symbols import is_symbolic
from keben.project.importers.office.roles import level_of, role_of

_MONOSPACED = re.compile(
    r"courier|consolas|monaco|menlo|monospace|lucida console|source code|fira code|mono\b", re.IGNORECASE
)
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class TextFace:
    """How text looks, as far as a book keeps it."""

    bold: bool = False
    italic: bool = False
    dotted: bool = False
    underlined: bool = False
    struck: bool = False
    raised: str = ""
    """sub or sup."""
    hidden: bool = False
    points: float = 0.0
    mono: bool = False
    symbolic: str = ""
    """The font, if it shows signs in the places of letters."""
    in_two: bool = False
    """Two rows in the place of one (双行合一): how Word sets notes between the words."""


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A style as it is written."""

    name: str
    based: str
    paragraph: Node | None
    run: Node | None


class WordStyles:
    """All styles of a document."""

    def __init__(self, tree: Node | None) -> None:
        self._styles: dict[str, WordStyle] = {}
        self.default = ""
        self._base = TextFace()
        if tree is None:
            return
        for node in tree:
            if local(node) != "style":
                continue
            name = attribute(node, "styleId")
            shown = attribute(child(node, "name"), "val") or name
            based = attribute(child(node, "basedOn"), "val")
            self._styles[name] = WordStyle(shown, based, child(node, "pPr"), child(node, "rPr"))
            if attribute(node, "default") in ("1", "true") and attribute(node, "type") == "paragraph":
                self.default = name
        self._base = face_of(child(tree, "docDefaults", "rPrDefault", "rPr"), TextFace())

    @cached_property
    def _faces(self) -> dict[str, TextFace]:
        return {}

    def chain(self, name: str) -> Iterator[WordStyle]:
        """A style and those that it is based on, itself first."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].based

    def paragraph_face(self, name: str) -> TextFace:
        """How text in a paragraph of a style looks."""
        if name not in self._faces:
            face = self._base
            for style in reversed(tuple(self.chain(name or self.default))):
                face = face_of(style.run, face)
            self._faces[name] = face
        return self._faces[name]

    def run_face(self, properties: Node | None, around: TextFace) -> TextFace:
        """How a run looks in a paragraph."""
        if properties is None:
            return around
        face = around
        for style in reversed(tuple(self.chain(attribute(child(properties, "rStyle"), "val")))):
            face = face_of(style.run, face)
        return face_of(properties, face)

    def run_style(self, properties: Node | None) -> str:
        """The name of a run's style, in lower case."""
        found = next(self.chain(attribute(child(properties, "rStyle"), "val")), None)
        return found.name.lower() if found else ""

    def level(self, name: str) -> int:
        """A style's level of heading, from 1; 0: it is none."""
        for style in self.chain(name):
            if level := level_of(style.name):
                return level
            if (outline := attribute(child(style.paragraph, "outlineLvl"), "val")).isdecimal():
                return int(outline) + 1 if int(outline) < 9 else 0
            if role_of(style.name):
                return 0
        return level_of(name) if name not in self._styles else 0

    def role(self, name: str) -> str:
        """What a style's paragraphs are: title, caption, toc, quote, code …; empty: text."""
        return next((role for style in self.chain(name) if (role := role_of(style.name))), "")

    def name(self, style: str) -> str:
        """A style's name as people see it."""
        return self._styles[style].name if style in self._styles else style

    def property(self, name: str, *way: str) -> Node | None:
        """A property of a style's paragraphs, or of those that it is based on."""
        return next(
            (found for style in self.chain(name) if (found := child(style.paragraph, *way)) is not None), None
        )


_TOGGLES: Mapping[str, Callable[[TextFace, bool], TextFace]] = {
    "b": lambda face, is_on: replace(face, bold=is_on),
    "i": lambda face, is_on: replace(face, italic=is_on),
    "strike": lambda face, is_on: replace(face, struck=is_on),
    "dstrike": lambda face, is_on: replace(face, struck=is_on),
    "vanish": lambda face, is_on: replace(face, hidden=is_on),
}


def face_of(properties: Node | None, around: TextFace) -> TextFace:
    """A look with what properties say of it (ECMA-376 part 1, 17.3.2)."""
    if properties is None:
        return around
    face = around
    for node in properties:
        name, value = local(node), attribute(node, "val")
        is_on = value not in _OFF
        match name:
            case "b" | "i" | "strike" | "dstrike" | "vanish":
                face = _TOGGLES[name](face, is_on)
            case "em":
                face = replace(face, dotted=is_on and value != "none")
            case "u":
                face = replace(face, underlined=is_on and value != "none")
            case "vertAlign":
                face = replace(face, raised={"subscript": "sub", "superscript": "sup"}.get(value, ""))
            case "sz":
                face = replace(face, points=_half(value))
            case "rFonts":
                fonts = " ".join(attribute(node, each) for each in ("ascii", "hAnsi"))
                face = _with_font(face, node, fonts) if fonts.strip() else face
            case "eastAsianLayout":
                face = replace(face, in_two=attribute(node, "combine") in ("1", "true", "on"))
            case _:
                pass
    return face


def _with_font(face: TextFace, node: Node, fonts: str) -> TextFace:
    font = attribute(node, "ascii") or attribute(node, "hAnsi")
    symbolic = font if is_symbolic(font) else ""
    return replace(face, mono=bool(_MONOSPACED.search(fonts)), symbolic=symbolic)


def _half(value: str) -> float:
    try:
        return min(float(value), 4000.0) / 2
    except ValueError:
        return 0.0


def is_vertical(document: Node) -> bool:
    """Whether the text runs in columns, in the last section that says so."""
    return any(
        attribute(node, "val") in ("tbRl", "tbRlV")
        for each in below(document, "sectPr")
        for node in below(each, "textDirection")
    )
