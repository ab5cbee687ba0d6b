"""SVG that a chapter brings as raw HTML (``<svg>…</svg>``) → a drawing of the book, whose words are converted with it.

Small drawings without words are a site's signs beside its text (icons): a book does without them.
"""

import re
from hashlib import sha256
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from keben.core.markup import Element, MarkupError, parse, text_of, walk
from keben.core.patterns import later
from keben.markdown.mathml import with_entities
from keben.markdown.rawpieces import take_block, take_inline

_TAG = later(r"<(/?)svg(?=[\s>/])[^<>]*?(/?)>", re.IGNORECASE)
_NUMBER = later(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|pc|mm|cm|in|em|rem|ex)?\s*", re.IGNORECASE)
_LABEL = later(r"""\saria-label\s*=\s*(?:"([^"]+)"|'([^']+)')""", re.IGNORECASE)
_BOX = later(r"-?\d+(?:\.\d+)?")
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0, "rem": 16.0, "ex": 8.0
}  # fmt: skip
_ICON = 48
"""Pixels: a drawing without words that is no larger is an icon."""


def drawing_end(text: str, start: int) -> int:
    """Where a drawing that begins at an offset ends; 0: none begins there, or it is not closed."""
    depth = 0
    for tag in _TAG.finditer(text, start):
        if not depth and tag.start() != start:
            return 0
        if not tag[2]:
            depth += -1 if tag[1] else 1
        if depth <= 0:
            return tag.end() if tag[1] else 0
    return 0


def use_raw_drawings(markdown: MarkdownIt) -> None:
    """Give a parser the rules by which a drawing is one piece of raw HTML, whatever stands in it."""
    markdown.block.ruler.before("html_block", "raw_drawing_block", _block, {"alt": ["paragraph"]})
    markdown.inline.ruler.before("html_inline", "raw_drawing", _inline)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A drawing by itself, which may have empty lines in it."""
    at = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or state.src[at : at + 4].lower() != "<svg":
        return False
    over = drawing_end(state.src, at)
    return bool(over) and take_block(state, start, end, over, silent)


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos : state.pos + 4].lower() != "<svg":
        return False
    over = drawing_end(state.src, state.pos)
    return 0 < over <= state.posMax and take_inline(state, over, silent)


def raw_drawing(html: str) -> tuple[str, Element, str] | None:
    """The path of a drawing, its tree, and what it says; None for an icon, and for what cannot be drawn."""
    # Loaded when a book has one.
    from keben.pictures.dataurls import embedding
    from keben.pictures.svg import clean_svg
    from keben.pictures.svgreading import SVGError

    try:
        clean = clean_svg(with_entities(html).encode(), embedding("", {}))
        root = parse(clean.data.decode())
    except (SVGError, MarkupError):
        return None
    said = _said(root) or _label(html)
    size = _size(root)
    if size is None or not clean.drawn or (not said and max(size) <= _ICON):
        return None
    wide, high = (f"{each:g}" for each in size)
    box = root.get("viewBox") or f"0 0 {wide} {high}"
    root = root.with_attributes(viewBox=box, width=wide, height=high)
    return f"images/drawing-{sha256(html.encode()).hexdigest()[:16]}.svg", root, said


def _said(root: Element) -> str:
    """What stands for a drawing to those who do not see it: its title, else its words."""
    titles = [child for child in root.children if isinstance(child, Element) and child.tag == "title"]
    nodes = titles or [node for node in walk(root) if node.tag == "text"]
    texts = (" ".join(text_of(node).split()) for node in nodes)
    return "、".join(dict.fromkeys(text for text in texts if text))


def _label(html: str) -> str:
    match = _LABEL.search(html, 0, html.find(">"))
    return " ".join(unescape(match[1] or match[2]).split()) if match else ""


def _size(root: Element) -> tuple[float, float] | None:
    """Width and height in pixels: as it says, else as its view has them."""
    box = [float(each) for each in _BOX.findall(root.get("viewBox"))]
    view = (box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else None
    wide, high = _pixels(root.get("width")), _pixels(root.get("height"))
    if view is None:
        return (wide, high) if wide and high else None
    if wide or high:
        scale = wide / view[0] if wide else high / view[1]
        return view[0] * scale, view[1] * scale
    return view


def _pixels(said: str) -> float:
    match = _NUMBER.fullmatch(said)
    return float(match[1]) * _PIXELS[(match[2] or "px").lower()] if match else 0.0
