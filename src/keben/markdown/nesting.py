"""Which elements may stand in which: HTML's content model, as far as a chapter can break it with raw HTML."""

from collections.abc import Iterable

from keben.core.markup import BLOCKS, Element, Node
from keben.core.saying import series, wording
from keben.markdown.context import Context

_PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "rt": {"ruby"},
    "rp": {"ruby"},
    "figcaption": {"figure"},
    "footer": {"blockquote"},
    "caption": {"table"},
    "colgroup": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "col": {"colgroup"},
}
"""Elements that stand in these only."""

_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "colgroup": {"col"},
}
"""Elements that hold these only, and no text."""

_TRANSPARENT = {"a", "del", "ins"}
"""Inline elements that may hold what their parent may (HTML, 3.2.5.3)."""

_NO_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
"""Blocks that hold inline content only."""


def check_nesting(nodes: Iterable[Node], context: Context, line: int = 1) -> None:
    """Report elements that HTML does not allow where they stand."""
    _check(Element("section", {}, tuple(nodes), line), context, line, inline=False, link=False)


def _check(parent: Element, context: Context, line: int, *, inline: bool, link: bool) -> None:
    allowed = _CHILDREN.get(parent.tag)
    for child in parent.children:
        if isinstance(child, str):
            if allowed is not None and child.strip():
                message = wording("Text cannot stand in <{tag}> by itself.", tag=parent.tag)
                context.report(line, "nesting", message, wording("Put it in {names}.", names=_names(allowed)))
            continue
        here = child.line or line
        is_block = child.tag in BLOCKS
        if parent.tag not in _PARENTS.get(child.tag, {parent.tag}):
            message = wording("<{tag}> cannot stand here.", tag=child.tag)
            advice = wording("Put it in {names}.", names=_names(_PARENTS[child.tag]))
            context.report(here, "nesting", message, advice, f"<{child.tag}")
        elif (allowed is not None and child.tag not in allowed) or (inline and is_block):
            message = wording("<{tag}> cannot stand in <{tag2}>.", tag=child.tag, tag2=parent.tag)
            context.report(here, "nesting", message, wording("Take one of them out."), f"<{child.tag}")
        elif link and child.tag == "a":
            what = wording("call a note") if "noteref" in child.classes else wording("hold another link")
            context.report(
                here,
                "nesting",
                wording("A link cannot {what}.", what=what),
                wording("Move it behind the link."),
            )
        within = inline if child.tag in _TRANSPARENT else not is_block or child.tag in _NO_BLOCKS
        _check(child, context, here, inline=within, link=link or child.tag == "a")


def _names(tags: Iterable[str]) -> str:
    return series((f"<{tag}>" for tag in sorted(tags)), " or ")
