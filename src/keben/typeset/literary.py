"""What verse, plays and boxes need to know of themselves before they are set: their longest line or name, their length.

``--longest`` (a number of 字) is on verse that is centred, ``--speaker`` (a length) on a play: the width in which names
stand. A shorter name has what it lacks of that in ``data-gap``, as full-width spaces that a style prints behind it.
"""

import unicodedata
from collections.abc import Iterator
from math import ceil

from keben.core.markup import Element, Node, text_of, walk
from keben.typeset.formulas import CLASS

LONGEST_NAME = 6
"""字: speeches beside a longer name begin where its own space ends."""
WHOLE_LINES = 8
"""A stanza or a box of no more lines is ``whole``: a style keeps it on one page."""
_LINED = frozenset(("p", "li", "dt", "dd", "h2", "h3", "h4", "h5", "h6"))
_TALL = frozenset(("table", "figure", "pre"))
_NARROWER = 4
"""字 that a box takes from its lines."""
_SPACE = "\u3000"
_UNSAID = frozenset(("rt", "rp"))


def with_measures(node: Element, measure: int) -> Element:
    """An element with its measures, if it is verse or a play; ``measure`` is that of the page, in 字."""
    names = node.classes
    if "stanza" in names:
        lines = sum("line" in child.classes for child in node.children if isinstance(child, Element))
        return _whole(node) if lines <= WHOLE_LINES else node
    if "box" in names:
        return _whole(node) if _lines(node, measure - _NARROWER) <= WHOLE_LINES else node
    if "verse" in names and "centred" in names:
        widths = [_width(line) for line in walk(node) if "line" in line.classes]
        return _styled(node, f"--longest: {min(ceil(max(widths, default=0)), measure)}")
    if "drama" in names:
        longest = max((wide for wide in _names(node) if wide <= LONGEST_NAME), default=LONGEST_NAME)
        made = _with_gaps(node, longest)
        return _styled(made, f"--speaker: {longest + 1}em")
    return node


def _whole(node: Element) -> Element:
    return node.with_attributes(**{"class": f"{node.get('class')} whole"})


def _lines(node: Element, measure: int) -> int:
    """How many lines a block takes, near enough; one that holds a table or the like is too long to be kept whole."""
    if node.tag in _TALL:
        return WHOLE_LINES + 1
    if node.tag == "img":
        return (0 if CLASS in node.classes else WHOLE_LINES + 1) if "displayed" not in node.classes else 3
    inner = sum(_lines(child, measure) for child in node.children if isinstance(child, Element))
    is_lined = node.tag in _LINED and not any(part.tag in _LINED for part in walk(node) if part is not node)
    return inner + (ceil(_width(node) / max(measure, 1)) if is_lined else 0)


def _names(node: Element) -> Iterator[int]:
    return (ceil(_width(each)) for each in walk(node) if "speaker" in each.classes)


def _with_gaps(node: Element, longest: int) -> Element:
    if "speaker" in node.classes:
        text = text_of(node)
        # A name with its colon has no space behind it.
        own = ceil(_width(node)) - (1 if text.endswith(("：", ":")) else 0)
        gap = longest - own
        return node.with_attributes(data_gap=_SPACE * gap) if gap > 0 else node
    return node.with_children(
        _with_gaps(child, longest) if isinstance(child, Element) else child for child in node.children
    )


def _width(node: Node) -> float:
    """In 字; a reading above its characters takes none."""
    if isinstance(node, str):
        return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in node.strip("\n"))
    if node.tag in _UNSAID or "noteref" in node.classes or "footnote" in node.classes:
        return 0.0
    return sum(_width(child) for child in node.children)


def _styled(node: Element, style: str) -> Element:
    return node.with_attributes(style="; ".join(filter(None, (style, node.get("style")))))
