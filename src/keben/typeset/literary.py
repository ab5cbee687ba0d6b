"""What verse, plays and boxes need to know of themselves before they are set: their longest line or name, their length.

``--longest`` (a number of 字) is on verse, and on the line of its date: a poem that is centred stands by its longest
line, and one of several parts has one edge. ``--speaker`` (a length) is on a play: the width in which names
stand. A shorter name has what it lacks of that in ``data-gap``, as full-width spaces that a style prints behind it.
The first line of a couplet has ``data-couplet``: no page ends behind it. A line of verse that turns over has
``data-wide``: a page may end behind it, be it the first.
"""

import re
import unicodedata
from collections.abc import Iterator
from math import ceil

from keben.core.markup import HEADINGS, Element, Node, text_of, walk
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
_CALLS = frozenset(("noteref", "footnote"))
_INDENT = 2
"""字 that most designs set verse in by."""
_COUPLETS = 2
"""A stanza of fewer has none that a page could end between."""
_STOPS = ("。", "！", "？", "；", ".", "!", "?", ";")
_CLOSERS = '”’」』）)"'
_PART = re.compile(
    r"[（(]?(?:其?[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}|[IVX]{1,4}|[\u2160-\u216b])[）)]?(?:[\s　.、．·：:].*)?"
)
"""The title of a part of a poem: 一, 其二, 三　熄灯."""
_BELOW = frozenset(("author", "date", "signature"))
"""Paragraphs that belong to the poem beside which they stand."""


def with_measures(node: Element, measure: int) -> Element:
    """An element with its measures, if it is a stanza, a box or a play; ``measure`` is that of the page, in 字."""
    names = node.classes
    if "stanza" in names:
        node = _with_wide_lines(_with_couplets(node), measure - _INDENT)
        lines = sum("line" in child.classes for child in node.children if isinstance(child, Element))
        return _whole(node) if lines <= WHOLE_LINES else node
    if "box" in names:
        return _whole(node) if _lines(node, measure - _NARROWER) <= WHOLE_LINES else node
    if "drama" in names:
        longest = max((wide for wide in _names(node) if wide <= LONGEST_NAME), default=LONGEST_NAME)
        made = _with_gaps(node, longest)
        return _styled(made, f"--speaker: {longest + 1}em")
    return node


def with_poems(node: Element, measure: int) -> Element:
    """An element whose poems, among its children, know their longest line; ``measure`` is that of the page, in 字.

    Blocks of verse with nothing between them are one poem; so are those with the numbers of its parts between them.
    """
    children = list(node.children)
    poem: list[int] = []
    for at, child in enumerate((*children, None)):
        if isinstance(child, str) and not child.strip():
            continue
        if isinstance(child, Element) and (_is_verse(child) or (poem and _belongs(child))):
            poem.append(at)
            continue
        for place, styled in _one_edge(children, poem, measure):
            children[place] = styled
        poem = []
    return node.with_children(children) if children != list(node.children) else node


def _one_edge(children: list[Node], poem: list[int], measure: int) -> Iterator[tuple[int, Element]]:
    """The blocks of a poem that know its longest line, with their places."""
    blocks = [(at, child) for at in poem if isinstance(child := children[at], Element)]
    verse = [child for _, child in blocks if _is_verse(child)]
    widths = [width_of(line) for child in verse for line in walk(child) if "line" in line.classes]
    longest = min(ceil(max(widths, default=0)), measure)
    if longest:
        for at, child in blocks:
            if child.tag not in HEADINGS:
                yield at, _styled(child, f"--longest: {longest}")


def _is_verse(node: Element) -> bool:
    return "verse" in node.classes


def _belongs(node: Element) -> bool:
    """Whether a block that stands below verse is one of the same poem."""
    if node.tag in HEADINGS:
        return _PART.fullmatch(text_of(node).strip()) is not None
    return bool(_BELOW & node.classes)


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
    return inner + (ceil(width_of(node) / max(measure, 1)) if is_lined else 0)


def _with_couplets(stanza: Element) -> Element:
    """A stanza whose couplets are marked: every second line, and no other, ends a sentence."""
    children = list(stanza.children)
    lines = [
        at for at, child in enumerate(children) if isinstance(child, Element) and "line" in child.classes
    ]
    ends = [_ends_sentence(children[at]) for at in lines]
    if len(lines) < _COUPLETS * 2 or ends != [False, True] * (len(lines) // 2):
        return stanza
    for at in lines[::2]:
        child = children[at]
        children[at] = child.with_attributes(data_couplet="") if isinstance(child, Element) else child
    return stanza.with_children(children)


def _with_wide_lines(stanza: Element, measure: int) -> Element:
    """A stanza whose lines that turn over are marked: one of them is more than a line alone."""
    return stanza.with_children(
        child.with_attributes(data_wide="")
        if isinstance(child, Element) and "line" in child.classes and width_of(child) > measure
        else child
        for child in stanza.children
    )


def _ends_sentence(line: Node) -> bool:
    """Whether a line ends with a mark of a sentence, before the calls of its notes."""
    return _said(line).strip().rstrip(_CLOSERS).endswith(_STOPS)


def _said(node: Node) -> str:
    if isinstance(node, str):
        return node
    is_said = node.tag not in _UNSAID and not node.classes & _CALLS
    return "".join(_said(child) for child in node.children) if is_said else ""


def _names(node: Element) -> Iterator[int]:
    return (ceil(width_of(each)) for each in walk(node) if "speaker" in each.classes)


def _with_gaps(node: Element, longest: int) -> Element:
    if "speaker" in node.classes:
        text = text_of(node)
        # A name with its colon has no space behind it.
        own = ceil(width_of(node)) - (1 if text.endswith(("：", ":")) else 0)
        gap = longest - own
        return node.with_attributes(data_gap=_SPACE * gap) if gap > 0 else node
    return node.with_children(
        _with_gaps(child, longest) if isinstance(child, Element) else child for child in node.children
    )


def width_of(node: Node) -> float:
    """In 字; a reading above its characters takes none."""
    if isinstance(node, str):
        return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in node.strip("\n"))
    if node.tag in _UNSAID or node.classes & _CALLS:
        return 0.0
    return sum(width_of(child) for child in node.children)


def _styled(node: Element, style: str) -> Element:
    return node.with_attributes(style="; ".join(filter(None, (style, node.get("style")))))
