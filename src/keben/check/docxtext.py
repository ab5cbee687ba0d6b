"""What a Word document says: its text and notes as they are in its parts, and what goes with them."""

import hashlib
from collections.abc import Iterator
from dataclasses import field
from typing import NamedTuple

from lxml import etree

from keben.check.docxexpected import CALLED, squeezed
from keben.check.docxfile import BrokenDocxError, DocxFile, R, W
from keben.core.saying import wording
from keben.core.values import dataclass

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FORMULA = f"{M}oMath"
_SIGNS = ("chr", "begChr", "sepChr", "endChr")
"""Elements of a formula that say a sign by their value."""
_ACCENTED = frozenset((f"{M}accPr", f"{M}groupChrPr"))
_PASSED = frozenset(
    ("instrText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "rubyPr", "sdtPr", "delText")
)


class Thing(NamedTuple):
    """A thing that is found: of which kind, and what it is."""

    kind: str
    """``text``, ``alt``, ``picture``, ``formula``, ``link``, ``number`` or ``bookmark``."""
    value: str
    in_note: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """All that a document says."""

    things: tuple[Thing, ...]
    properties: dict[str, str] = field(default_factory=dict)
    """By the local names of ``docProps/core.xml``."""

    def texts(self, *, in_note: bool = False) -> str:
        """The text, or that of the notes, without white space."""
        return "".join(each.value for each in self.things if each.kind == "text" and each.in_note == in_note)


def formula_signs(formula: "etree._Element") -> str:
    """The visible characters of a formula of Word's, sorted, without its accents, bars and braces."""
    found: list[str] = []
    for each in formula.iter(f"{M}t", *(f"{M}{name}" for name in _SIGNS)):
        around = each.getparent()
        if around is None or around.tag not in _ACCENTED:
            found += each.text or "" if each.tag == f"{M}t" else str(each.get(f"{M}val", ""))
    return "".join(sorted(sign for sign in found if not sign.isspace()))


def read_said(package: DocxFile) -> Said:
    """What a document says, its links inside as the number of characters before the place that they lead to.

    Raises:
        BrokenDocxError: a part of it cannot be read.
    """
    body = list(_PartReader(package, package.main).things(package.tree(package.main)))
    notes: list[Thing] = []
    path = package.related("footnotes")
    if path:
        reader = _PartReader(package, path)
        for note in package.tree(path).iter(f"{W}footnote"):
            if note.get(f"{W}type") is None:
                notes += (each._replace(in_note=True) for each in reader.things(note))
    return Said(tuple(_leading([*body, *notes])), _properties(package))


def _properties(package: DocxFile) -> dict[str, str]:
    kinds = package.relations("").values()
    path = next((target for kind, target in kinds if kind.endswith("/core-properties")), "")
    if path not in package.files:
        return {}
    return {
        etree.QName(each).localname: each.text or ""
        for each in package.tree(path)
        if isinstance(each.tag, str)
    }


class _PartReader:
    """A part on its way, with the numbers that its lists have come to."""

    def __init__(self, package: DocxFile, path: str) -> None:
        self.package = package
        self.path = path
        self.relations = package.relations(path)
        self.starts = _starts(package)
        self.counts: dict[tuple[str, str], int] = {}

    def things(self, node: "etree._Element") -> Iterator[Thing]:
        """What an element says, in order."""
        if not isinstance(node.tag, str):
            return
        name = node.tag.removeprefix(W)
        if name in _PASSED:
            return
        if node.tag == FORMULA:
            yield Thing("formula", formula_signs(node))
            return
        if name in ("t", "footnoteReference"):
            if text := CALLED if name == "footnoteReference" else squeezed(node.text or ""):
                yield Thing("text", text)
        elif name == "bookmarkStart":
            yield Thing("bookmark", str(node.get(f"{W}name")))
        elif name == "drawing":
            yield from self.drawing(node)
        elif name == "ruby":
            for part in ("rubyBase", "rt"):
                for each in node.findall(f"{W}{part}"):
                    yield from self.children(each)
        else:
            yield from self.before(name, node)
            yield from self.children(node)

    def before(self, name: str, node: "etree._Element") -> Iterator[Thing]:
        """What an element says before its content."""
        if name == "p":
            yield from self.number(node)
        elif name == "hyperlink":
            yield self.link(node)

    def children(self, node: "etree._Element") -> Iterator[Thing]:
        for child in node:
            yield from self.things(child)

    def link(self, node: "etree._Element") -> Thing:
        anchor = node.get(f"{W}anchor")
        if anchor is not None:
            return Thing("link", f"#{anchor}")
        _, target = self.relations.get(str(node.get(f"{R}id")), ("", ""))
        return Thing("link", target)

    def number(self, paragraph: "etree._Element") -> Iterator[Thing]:
        """The number of an item of a list that counts."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        if found is None:
            return
        level, name = (_value(found, each) for each in ("ilvl", "numId"))
        start = self.starts.get((name, level))
        if start is None:
            return
        number = self.counts.get((name, level), start - 1) + 1
        self.counts[name, level] = number
        yield Thing("number", str(number))

    def drawing(self, node: "etree._Element") -> Iterator[Thing]:
        """The alternative text and the bytes of a picture; of a drawing its words."""
        for each in node.iter(f"{_WP}docPr"):
            yield Thing("alt", str(each.get("descr", "")))
        for blip in node.iter(f"{_A}blip"):
            vector = next(blip.iter(_SVG), None)
            relation = (blip if vector is None else vector).get(f"{R}embed")
            _, target = self.relations.get(str(relation), ("", ""))
            data = self.package.files.get(target)
            if data is None:
                raise BrokenDocxError(
                    wording(
                        "A picture of {path}, {target}, is not in it.",
                        path=self.path,
                        target=target or relation,
                    )
                )
            yield Thing("picture", hashlib.sha256(data).hexdigest())


def _leading(found: list[Thing]) -> Iterator[Thing]:
    targets: dict[str, str] = {}
    at = 0
    for each in found:
        if each.kind == "text" and not each.in_note:
            at += len(each.value)
        elif each.kind == "bookmark":
            targets.setdefault(each.value, "#note" if each.in_note else f"#{at}")
    for each in found:
        if each.kind == "link" and each.value.startswith("#"):
            yield each._replace(value=targets.get(each.value[1:], "nowhere"))
        elif each.kind != "bookmark":
            yield each


def _starts(package: DocxFile) -> dict[tuple[str, str], int]:
    """The first number of each list that counts, by its number and its level."""
    path = package.related("numbering")
    if not path:
        return {}
    root = package.tree(path)
    bullets = {
        str(kind.get(f"{W}abstractNumId"))
        for kind in root.iter(f"{W}abstractNum")
        if any(_value(level, "numFmt") == "bullet" for level in kind.iter(f"{W}lvl"))
    }
    found: dict[tuple[str, str], int] = {}
    for number in root.iter(f"{W}num"):
        name = str(number.get(f"{W}numId"))
        if _value(number, "abstractNumId") not in bullets:
            for level in number.iter(f"{W}lvlOverride"):
                found[name, str(level.get(f"{W}ilvl"))] = int(_value(level, "startOverride") or "1")
    return found


def _value(node: "etree._Element", name: str) -> str:
    found = node.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))
