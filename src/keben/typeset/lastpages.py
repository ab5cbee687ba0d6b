"""What a chapter ends with, so that its last page has some lines and not one or two.

A page with a line alone on it looks like a mistake (CLREQ 7.1.2 on 孤行 says so of a paragraph's line). The last
paragraph, or item of a list, has ``data-last``: a style parts it so that three lines go over. Paragraphs that are
shorter have ``data-last="short"``: a style does not part them from the one before, which goes over with two lines.
"""

from collections.abc import Sequence
from math import ceil

from keben.core.markup import Element, Node
from keben.typeset.literary import width_of

LEAST = 3
"""Lines on a chapter's last page."""

_INDENT = 2
_LISTS = frozenset(("ol", "ul"))
_LINED = frozenset(("p", "li"))
_PLAY = "drama"
_QUOTATION = "blockquote"
_KINDS = frozenset(("foreword", "preface", "chapter", "appendix", "afterword"))


def with_last_page(root: Element, kind: str, measure: int) -> Element:
    """A document with its last paragraphs marked; ``measure`` is that of the page, in 字.

    As it is where it is no text of chapters, or ends with something else than paragraphs, a list, a quotation or a
    play.
    """
    return _marked(root, measure) if kind in _KINDS else root


def _marked(parent: Element, measure: int, lines: int = 0) -> Element:
    """An element whose last paragraphs or items are marked, as many as take fewer lines than a last page has.

    ``lines``: those that stand below it.
    """
    children = list(parent.children)
    at = _last(children)
    while at is not None and lines < LEAST:
        node, before = children[at], _last(children[:at])
        if not isinstance(node, Element) or not _may_part(node):
            break
        if node.tag not in _LINED:
            inner = _marked(node, measure, lines)
            is_short = lines + _lines(node, measure) < LEAST and node.tag == _QUOTATION
            can_go = before is not None and _may_part(children[before])
            children[at] = inner.with_attributes(data_last="short") if is_short and can_go else inner
            break
        own = _lines(node, measure)
        is_short = lines + own < LEAST and before is not None and _may_part(children[before])
        if is_short or not lines:
            children[at] = node.with_attributes(data_last="short" if is_short else "")
        lines += own
        at = before
    return parent.with_children(children)


def _lines(node: Element, measure: int) -> int:
    """How many lines a paragraph or those of a quotation take, near enough."""
    parts = (
        [child for child in node.children if isinstance(child, Element)] if node.tag == _QUOTATION else [node]
    )
    return sum(ceil((width_of(part) + _INDENT) / max(measure, 1)) for part in parts)


def _last(children: Sequence[Node]) -> int | None:
    """Where the last element stands."""
    return next((at for at in reversed(range(len(children))) if isinstance(children[at], Element)), None)


def _may_part(node: Node) -> bool:
    """Whether some of a block may go over to the next page."""
    return isinstance(node, Element) and (node.tag in {*_LINED, *_LISTS, _QUOTATION} or _PLAY in node.classes)
