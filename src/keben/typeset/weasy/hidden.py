"""What a style hides on purpose: elements whose text no page shows, and the rule that says so.

WeasyPrint computes each element's style and forgets it; it is kept here while a book is laid out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from zlib import crc32

from weasyprint.css import cssselect2, tinycss2  # type: ignore[import-untyped]
from weasyprint.document import Document  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.sheets import origin
from keben.core.values import dataclass
from keben.typeset.formulas import CLASS
from keben.typeset.sheets import StyleSheet
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "styles-not-kept",
    wording("A check cannot tell what a style hides or moves from what is lost"),
    ((Document, "_build_layout_context", "html font_config counter_style color_profiles options"),),
)
_NO_TEXT = frozenset(("head", "rp", "style", "script", "{http://www.w3.org/2000/svg}svg"))
_SHORTHANDS = {
    "font-size": ("font-size", "font"),
    "flex-direction": ("flex-direction", "flex-flow"),
    "flex-wrap": ("flex-wrap", "flex-flow"),
    "list-style-type": ("list-style-type", "list-style"),
}
_PSEUDO = {"content": "marker"}
"""The parts of an element that a declaration is looked for in, where it is not the element itself."""
_SMALLEST = 0.01
"""Pixels; nothing smaller is drawn."""


@dataclass(slots=True)
class Styles:
    """The computed styles of a document, once it is laid out."""

    style_for: Any = None


@contextmanager
def styles_kept() -> Iterator[Styles]:
    """Keep the styles of a document that is laid out in the block, if `PATCH` is known.

    Not for several threads at once.
    """
    kept = Styles()
    build = Document._build_layout_context
    if not PATCH.is_known():
        yield kept
        return

    def build_kept(*values: Any) -> Any:
        context = build(*values)
        kept.style_for = context.style_for
        return context

    with replaced((Document, "_build_layout_context", build_kept)):
        yield kept


def hidden_elements(
    styles: Styles, root: Any, names: Sequence[str], sheets: Sequence[StyleSheet]
) -> tuple[Mapping[str, object], ...]:
    """The elements that have text and are hidden, by kind, outermost ones only.

    ``root`` is the tree that was laid out, ``names`` are those of the documents that its body holds. Each kind has
    ``element`` (``span.label``), ``how`` (``display: none``), ``sheet`` (``styles/print.css:3``; empty where no rule is
    found) and ``texts``: for each element its document and the CRC-32 of its text without white space.
    """
    body = root.find("body")
    if styles.style_for is None or body is None:
        return ()
    return by_kind(
        (
            (name, element, how)
            for name, part in zip(names, body, strict=False)
            for element, how in _hidden(part, styles.style_for)
        ),
        root,
        sheets,
    )


def by_kind(
    elements: Iterable[tuple[str, Any, str]], root: Any, sheets: Sequence[StyleSheet]
) -> tuple[Mapping[str, object], ...]:
    """Elements that a style does something to, by kind: each one's document, itself, and what (``display: none``)."""
    found: dict[tuple[str, str], list[tuple[str, Any]]] = {}
    for name, element, how in elements:
        found.setdefault((_kind(element), how), []).append((name, element))
    return tuple(
        {
            "element": kind,
            "how": how,
            "sheet": _rule_for(those[0][1], root, how, sheets),
            "texts": [[name, _digest(element)] for name, element in those],
        }
        for (kind, how), those in sorted(found.items(), key=lambda item: item[0])
    )


def _hidden(element: Any, style_for: Any) -> Iterator[tuple[Any, str]]:
    if element.tag in _NO_TEXT:
        return
    how = _how(style_for(element))
    if how and says(element):
        yield element, how
        return
    for child in element:
        yield from _hidden(child, style_for)


def _how(style: Any) -> str:
    if style is None:
        return ""
    if style["display"] == ("none",):
        return "display: none"
    if style["visibility"] != "visible":
        return f"visibility: {style['visibility']}"
    if style["font_size"] < _SMALLEST:
        return "font-size: 0"
    # Boxes of a line are not transformed (CSS Transforms 1, 3).
    if style["display"] != ("inline", "flow") and _is_scaled_away(style["transform"]):
        return "transform: scale(0)"
    position = style["position"]
    return "position: running" if isinstance(position, tuple) and position[0] == "running()" else ""


def _is_scaled_away(transform: Any) -> bool:
    return any(name == "scale" and 0 in values for name, values in transform or ())


def _kind(element: Any) -> str:
    classes = sorted(element.get("class", "").split())
    tag = "aside" if "data-mark" in element.attrib else element.tag
    return ".".join((tag, *classes))


def _digest(element: Any) -> int:
    """As the composition has it: a note's text with its mark, and not where it is called."""
    mark = element.get("data-mark", "")
    return crc32("".join(f"{mark}{_text(element)}".split()).encode("utf-8", "surrogatepass"))


def says(element: Any) -> bool:
    """Whether an element has text."""
    return bool(_text(element))


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        classes = child.get("class", "").split()
        if "data-mark" in child.attrib:
            parts.append("" if "silent" in classes else child.get("data-mark"))
        elif CLASS in classes:
            # A formula says its LaTeX.
            parts.append(child.get("alt", ""))
        elif child.tag not in ("rt", "rp"):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts).strip()


def _rule_for(element: Any, root: Any, how: str, sheets: Sequence[StyleSheet]) -> str:
    """The last rule that selects an element, or else one around it, and declares what is done to it."""
    wanted = how.partition(":")[0]
    wrapper = next(
        each
        for each in cssselect2.ElementWrapper.from_html_root(root, content_language=None).iter_subtree()
        if each.etree_element is element
    )
    parsed = [
        (sheet, tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True))
        for sheet in sheets
    ]
    rules = [
        (sheet, rule)
        for sheet, rules in reversed(parsed)
        for rule in reversed(rules)
        if rule.type == "qualified-rule" and _declares(rule, wanted)
    ]
    while wrapper is not None:
        for sheet, rule in rules:
            if _selects(rule, wrapper, _PSEUDO.get(wanted)):
                path, line, _ = origin(sheet.text, sheet.path, rule.source_line, rule.source_column)
                return f"{path}:{line}"
        wrapper = wrapper.parent
    return ""


def _declares(rule: Any, name: str) -> bool:
    names = _SHORTHANDS.get(name, (name,))
    declared = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return any(each.type == "declaration" and each.lower_name in names for each in declared)


def _selects(rule: Any, wrapper: Any, part: str | None) -> bool:
    try:
        selectors = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        return False
    return any(selector.test(wrapper) for selector in selectors if selector.pseudo_element == part)
