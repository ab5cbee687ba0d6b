"""What OpenDocument's styles mean (OpenDocument 1.3 part 3, 16)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, attribute, below, child, local
from keben.project.importers.office.roles import level_of, role_of

_FORMS = {
    "一": "chineseCounting", "甲": "ideographTraditional", "子": "ideographZodiac", "①": "decimalEnclosedCircle",
    "壹": "chineseLegalSimplified", "１": "decimalFullWidth", "1": "decimal", "a": "lowerLetter", "A": "upperLetter",
    "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip
"""Forms of numbers by the sign that they begin with, as Word calls them."""
_CODE = re.compile(
    r"source text|teletype|verbatim.*|code|courier.*|consolas|monaco|menlo|.*mono(?:space)?|\w*tok",
    re.IGNORECASE,
)
_WISHES = {
    "font-weight": "font-weight",
    "font-style": "font-style",
    "text-emphasize": "text-emphasis",
    "text-position": "vertical-align",
    "display": "display",
}


@dataclass(frozen=True, slots=True)
class WriterStyle:
    """A style as it is written."""

    name: str
    """As people see it."""
    parent: str
    node: Node


@dataclass(frozen=True, slots=True)
class WriterLevel:
    """A level of a list or of headings."""

    form: str
    """As Word calls it; empty: none; ``bullet``."""
    prefix: str
    suffix: str
    start: int
    shown: int
    """How many levels its number shows."""


@dataclass(frozen=True, slots=True)
class WriterStyles:
    """All styles of a document."""

    styles: Mapping[tuple[str, str], WriterStyle] = field(default_factory=dict)
    """By family and name."""
    lists: Mapping[str, Mapping[int, WriterLevel]] = field(default_factory=dict)
    outline: Mapping[int, WriterLevel] = field(default_factory=dict)
    width: float = 0.0
    """Of the type area, in centimetres."""
    vertical: bool = False

    def chain(self, family: str, name: str) -> Iterator[WriterStyle]:
        """A style and those above it, itself first."""
        seen: set[str] = set()
        while (style := self.styles.get((family, name))) and name not in seen:
            seen.add(name)
            yield style
            name = style.parent

    def wishes(self, family: str, name: str) -> dict[str, str]:
        """How text of a style looks, as CSS."""
        found: dict[str, str] = {}
        for style in reversed(tuple(self.chain(family, name))):
            found |= _wishes(child(style.node, "text-properties"))
        return found

    def is_code(self, name: str) -> bool:
        """Whether a style of text is that of code."""
        return any(
            _CODE.fullmatch(style.name)
            or _CODE.fullmatch(attribute(child(style.node, "text-properties"), "font-name"))
            for style in self.chain("text", name)
        )

    def font(self, name: str) -> str:
        """The font of a style of text; empty where it names none."""
        fonts = (
            attribute(child(style.node, "text-properties"), "font-name") for style in self.chain("text", name)
        )
        return next(filter(None, fonts), "")

    def points(self, name: str) -> float:
        """The size of a paragraph's text; 0: not known."""
        for style in self.chain("paragraph", name):
            size = attribute(child(style.node, "text-properties"), "font-size-asian") or attribute(
                child(style.node, "text-properties"), "font-size"
            )
            if size.endswith("pt"):
                return length(size) * 72 / 2.54
        return 0.0

    def side(self, name: str) -> str:
        """How a paragraph is aligned."""
        return next(
            (
                align
                for style in self.chain("paragraph", name)
                if (align := attribute(child(style.node, "paragraph-properties"), "text-align"))
            ),
            "",
        )

    def role(self, name: str) -> str:
        """What paragraphs of a style are: title, caption, quote and so on."""
        found = (role for style in self.chain("paragraph", name) if (role := role_of(style.name)))
        # A style that is not in the file is known by its name.
        return next(found, role_of(name.replace("_20_", " ")))

    def level(self, name: str) -> int:
        """A style's level of headings; 0: none."""
        for style in self.chain("paragraph", name):
            outline = attribute(style.node, "default-outline-level")
            if outline.isdecimal():
                return int(outline)
            if level := level_of(style.name):
                return level
            if role_of(style.name):
                return 0
        return level_of(name.replace("_20_", " "))


def read_writer_styles(trees: tuple[Node, ...]) -> WriterStyles:
    """The styles of a document's trees; later ones win."""
    styles: dict[tuple[str, str], WriterStyle] = {}
    lists: dict[str, dict[int, WriterLevel]] = {}
    outline: dict[int, WriterLevel] = {}
    width, vertical = 0.0, False
    for tree in trees:
        for node in tree.iter():
            name = local(node)
            if name == "style":
                shown = attribute(node, "display-name") or attribute(node, "name").replace("_20_", " ")
                key = (attribute(node, "family"), attribute(node, "name"))
                styles[key] = WriterStyle(shown, attribute(node, "parent-style-name"), node)
            elif name == "list-style":
                lists[attribute(node, "name")] = dict(map(_level, node))
            elif name == "outline-style":
                outline = dict(map(_level, node))
            elif name == "page-layout-properties":
                width = width or _width(node)
                vertical = vertical or attribute(node, "writing-mode").startswith("tb")
    return WriterStyles(styles, lists, outline, width, vertical)


def _level(node: Node) -> tuple[int, WriterLevel]:
    number = attribute(node, "level")
    form = "bullet" if "bullet" in local(node) or "image" in local(node) else attribute(node, "num-format")
    start, shown = attribute(node, "start-value"), attribute(node, "display-levels")
    return int(number) if number.isdecimal() else 1, WriterLevel(
        "bullet" if form == "bullet" else _FORMS.get(form[:1], "decimal" if form else ""),
        attribute(node, "num-prefix"),
        attribute(node, "num-suffix"),
        int(start) if start.isdecimal() else 1,
        int(shown) if shown.isdecimal() else 1,
    )


def _width(node: Node) -> float:
    page = length(attribute(node, "page-width"))
    return max(page - length(attribute(node, "margin-left")) - length(attribute(node, "margin-right")), 0.0)


def length(text: str) -> float:
    """A length in centimetres; 0 where it is none."""
    units = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6}
    try:
        return float(text[:-2]) * units.get(text[-2:], 0.0)
    except ValueError:
        return 0.0


def _wishes(node: Node | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if node is None:
        return found
    for key, name in _WISHES.items():
        if value := attribute(node, f"{key}-asian") or attribute(node, key):
            found[name] = value.split()[0]
    lines = (("text-underline-style", "underline"), ("text-line-through-style", "line-through"))
    drawn = [word for key, word in lines if attribute(node, key) not in ("", "none")]
    if drawn:
        found["text-decoration"] = " ".join(drawn)
    return found


def page_texts(tree: Node) -> Iterator[str]:
    """What headers and footers say."""
    for name in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
        for node in below(tree, name):
            if text := " ".join("".join(node.itertext()).split()):
                yield text
