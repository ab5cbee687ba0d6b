"""An SVG's bytes → a tree of what a book may show of it. Nothing is fetched, and no entity from outside is read."""

import codecs
import re
from collections import Counter
from dataclasses import field
from xml.parsers import expat

from keben.core.foreign import foreign
from keben.core.markup import Element, Node
from keben.core.saying import joined, wording
from keben.core.values import dataclass
from keben.pictures.svgnames import (
    ATTRIBUTES,
    ELEMENTS,
    GEOMETRY,
    MOVING,
    SILENT,
    SVG,
    TEXT,
    XHTML,
    XLINK,
    XML,
)

DEEPEST = 80
"""How deep elements may stand in one another: what draws them goes down by recursion."""

MOST_ELEMENTS = 60_000
"""WeasyPrint takes about a millisecond for each."""

_MOST_ENTITIES, _LONGEST_ENTITY = 100, 500
_LARGEST = 1e7
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>")
_ENCODING = re.compile(rb"""<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_MAYBE_LARGE = re.compile(r"[eE]\+?\d|\d{8}")
_CONDITION = "condition"
"""Where an element keeps whether a ``switch`` may take it."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
}


class SVGError(ValueError):
    """An SVG that cannot be shown; ``line`` and ``column`` count from 1 (0: not known)."""

    def __init__(self, message: str, advice: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.advice = advice
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Read:
    """An SVG's tree, in the namespace of SVG throughout, and what is not in it any more."""

    root: Element
    left_out: Counter[str]
    """What was left out, as a message says it, and how many times."""


def read_svg(data: bytes) -> Read:
    """Read an SVG. Its references are as they were written.

    Raises:
        SVGError: it is not well-formed, not an SVG, or too large.
    """
    text = _DECLARATION.sub("", _decode(data).lstrip("\ufeff \t\r\n"), count=1)
    return _SVGReader().read(text)


def _decode(data: bytes) -> str:
    if data[:2] == b"\x1f\x8b":
        raise SVGError(wording("This SVG is compressed."), wording("Save it as plain SVG."))
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    declared = _ENCODING.match(data.lstrip())
    if not encoding and declared:
        name = declared[1].decode("ascii").lower()
        encoding = _ALIASES.get(name, name)
    try:
        return data.decode(encoding or "utf-8")
    except LookupError:
        pass
    except UnicodeDecodeError as error:
        if not encoding:
            line = data.count(b"\n", 0, error.start) + 1
            message = wording("The byte 0x{data:02X} of this SVG is not UTF-8.", data=data[error.start])
            raise SVGError(message, wording("Save it as UTF-8."), line) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = wording("This SVG says that it is in {encoding}, and it is not.", encoding=encoding)
        raise SVGError(message, wording("Save it as UTF-8."), 1) from None


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    tag: str
    """Empty: its children stand in its parent's place."""
    attributes: dict[str, str]
    namespaces: dict[str, str]
    line: int = 0
    children: list[Node] = field(default_factory=list)
    is_switch: bool = False


class _SVGReader:
    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.stack: list[_Open] = [_Open("", {}, {"xlink": XLINK, "xml": XML})]
        self.skipped = 0
        """How many elements are open of one that is left out."""
        self.depth = 0
        self.count = 0
        self.parser = expat.ParserCreate()

    def read(self, text: str) -> Read:
        parser = self.parser
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.EntityDeclHandler = self.entity
        parser.SkippedEntityHandler = self.skipped_entity
        try:
            parser.Parse(text, True)
        except expat.ExpatError as error:
            message = wording(
                "This SVG is not well-formed: {errorstring}.",
                errorstring=foreign(expat.ErrorString(error.code)),
            )
            raise SVGError(
                message, wording("Save it again as plain SVG."), error.lineno, error.offset + 1
            ) from None
        roots = [child for child in self.stack[0].children if isinstance(child, Element)]
        if len(roots) != 1 or roots[0].tag != "svg":
            raise SVGError(
                wording("This is not an SVG: its root is another element."),
                wording("Save it again as plain SVG."),
            )
        return Read(roots[0], self.left_out)

    def start(self, name: str, pairs: list[str]) -> None:
        given = dict(zip(pairs[::2], pairs[1::2], strict=True))
        around = self.stack[-1]
        namespaces = around.namespaces
        own = {key.partition(":")[2]: value for key, value in given.items() if key.split(":")[0] == "xmlns"}
        if own:
            namespaces = {**namespaces, **own}
        prefix, _, local = name.rpartition(":")
        namespace = namespaces.get(prefix, prefix or SVG)
        if self.skipped or not self.is_kept(namespace, local):
            self.skipped += 1
            return
        self.count += 1
        if self.count > MOST_ELEMENTS:
            message = wording("This SVG has more than {most_elements} elements.", most_elements=MOST_ELEMENTS)
            raise SVGError(message, wording("Simplify it, or save it as PNG."))
        attributes = self.attributes(given, namespaces)
        is_plain = local == "g" and not attributes and not around.is_switch
        tag = "" if is_plain and len(self.stack) > 1 else "g" if local in ("a", "switch") else local
        line = self.parser.CurrentLineNumber
        self.stack.append(_Open(tag, attributes, namespaces, line, is_switch=local == "switch"))
        self.depth += bool(tag)
        if self.depth > DEEPEST:
            message = wording(
                "The elements of this SVG stand more than {deepest} deep in one another.", deepest=DEEPEST
            )
            raise SVGError(message, wording("Ungroup some of them, or save it as PNG."), line)

    def is_kept(self, namespace: str, local: str) -> bool:
        """Whether an element is one that a book may show; one that is lost is noted."""
        if namespace == SVG and local in ELEMENTS:
            return True
        if namespace == SVG and local == "foreignObject" and self.stack[-1].is_switch:
            return False  # What the switch has beside it is shown.
        if namespace == SVG and local not in SILENT:
            kind = (
                wording("an animation ")
                if local in MOVING
                else wording("an embedded page ")
                if local == "foreignObject"
                else ""
            )
            self.left_out[joined(kind, f"<{local}>")] += 1
        elif namespace == XHTML:
            self.left_out[wording("<{local}> of HTML", local=local)] += 1
        return False

    def attributes(self, given: dict[str, str], namespaces: dict[str, str]) -> dict[str, str]:
        kept: dict[str, str] = {}
        for name, value in given.items():
            prefix, _, local = name.rpartition(":")
            namespace = namespaces.get(prefix, prefix) if prefix else ""
            key = f"xml:{local}" if namespace == XML else local if not prefix else ""
            if local == "href" and namespace in ("", XLINK):
                kept["xlink:href"] = value.strip()
            elif local in ("requiredExtensions", "systemLanguage") and not prefix:
                if local == "requiredExtensions" or "zh" not in value:
                    kept[_CONDITION] = "no"
            elif local == "id" and namespace in ("", XML):
                kept["id"] = value
            elif key in ATTRIBUTES:
                if key in GEOMETRY and _has_large(value):
                    self.left_out[wording("a number out of bounds in {key}", key=key)] += 1
                elif key != "type" or value != "text/css":
                    kept[key] = value
            elif local.lower().startswith("on") and not prefix:
                self.left_out[wording("the event handler {local}", local=local)] += 1
        return kept

    def end(self, _name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        done = self.stack.pop()
        around = self.stack[-1]
        self.depth -= bool(done.tag)
        if done.is_switch:
            taken = (
                each
                for each in done.children
                if isinstance(each, Element) and _CONDITION not in each.attributes
            )
            done.children = [each for each in [next(taken, None)] if each is not None]
        elif not around.is_switch:
            done.attributes.pop(_CONDITION, None)
        if done.tag:
            around.children.append(Element(done.tag, done.attributes, tuple(done.children), done.line))
        else:
            around.children += done.children

    def text(self, data: str) -> None:
        if not self.skipped and self.stack[-1].tag in TEXT:
            self.stack[-1].children.append(data)

    def entity(self, name: str, is_parameter: int, value: str | None, *_: object) -> None:
        """An entity of the document type: short texts, as Illustrator writes them, and nothing that grows."""
        self.count += 1
        if (
            is_parameter
            or value is None
            or "&" in value
            or len(value) > _LONGEST_ENTITY
            or self.count > _MOST_ENTITIES
        ):
            message = wording("This SVG defines the entity “{name}”, which a book does not read.", name=name)
            raise SVGError(message, wording("Save it as plain SVG."), self.parser.CurrentLineNumber)

    def skipped_entity(self, name: str, _is_parameter: int) -> None:
        message = wording("This SVG uses the entity “{name}”, which it does not define.", name=name)
        raise SVGError(message, wording("Write the character itself."), self.parser.CurrentLineNumber)


def _has_large(value: str) -> bool:
    return _MAYBE_LARGE.search(value) is not None and any(
        abs(float(number)) > _LARGEST for number in _NUMBER.findall(value)
    )
