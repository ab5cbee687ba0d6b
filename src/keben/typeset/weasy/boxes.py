"""The boxes of a right-to-left phrase on a line, turned round when they have their places."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]

from keben.typeset.lines.bidi import PHRASE
from keben.typeset.weasy.plans import is_reading


def turn_round(line_box: Any) -> None:
    """Put the texts of each phrase that is in several boxes from right to left, in place."""
    moved = False
    for is_rtl, group in groupby(_texts(line_box), _may_be_of_phrase):
        phrase = _within(list(group)) if is_rtl else []
        if len(phrase) > 1:
            moved = True
            _turn(phrase)
    if moved:
        _fit(line_box)


def _may_be_of_phrase(box: Any) -> bool:
    text = box.text.strip()
    return not text or PHRASE.fullmatch(text) is not None


def _within(group: list[Any]) -> list[Any]:
    """Without the boxes of spaces at either end."""
    words = [index for index, box in enumerate(group) if box.text.strip()]
    return group[words[0] : words[-1] + 1] if words else []


def _texts(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if child.text and not is_reading(child):
                yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)


def _turn(phrase: list[Any]) -> None:
    begin = min(box.position_x for box in phrase)
    end = max(box.position_x + box.width for box in phrase)
    tail = _without_tail(phrase[-1])
    for box in phrase:
        box.position_x = begin + (end - tail) - (box.position_x + box.width)


def _without_tail(box: Any) -> float:
    """Take what follows a phrase off its last box, which becomes the first; gives how wide it is, in pixels."""
    after = box.pango_layout.after
    if not after or not after[-1]:
        return 0.0
    tail = float(after[-1] * box.style["font_size"] / 1000)
    after[-1] = 0
    box.width -= tail
    return tail


def _fit(box: Any) -> None:
    """Make each inline box as wide as what is in it, wherever that stands now."""
    for child in box.children:
        if isinstance(child, boxes.InlineBox):
            _fit(child)
            edges = [(part.position_x, part.position_x + part.width) for part in child.children]
            if edges:
                child.position_x = min(left for left, _ in edges)
                child.width = max(right for _, right in edges) - child.position_x
