"""Headings within chapters, in a text without styles whose chapters say what they are: 一、…, （一）… in bold."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from keben.project.importers.office.rich import Block, RichParagraph, said

_HAN = "[一二三四五六七八九十]{1,3}"
_FORMS = (
    re.compile(rf"{_HAN}[、.．]\s*\S.*"),
    re.compile(rf"[（(]{_HAN}[）)]\s*\S.*"),
    re.compile(r"\d{1,2}[.．]\d{1,2}[.．]\d{1,2}[.．]?\s*\S.*"),
    re.compile(r"\d{1,2}[.．]\d{1,2}[.．]?\s*\S.*"),
    re.compile(r"\d{1,2}[、.．\s]\s*\S.*"),
    re.compile(r"[（(]\d{1,2}[）)]\s*\S.*"),
)
_DEEPEST = 6


def lower_levels(
    blocks: Sequence[Block],
    found: Mapping[int, int],
    left: Collection[int],
    key_of: Callable[[RichParagraph], tuple[float, bool, bool] | None],
) -> dict[int, int]:
    """Levels, by place, of lines below the headings that are ``found``; ``left`` are places of no text.

    Such a line looks like a heading (``key_of``), and is numbered or larger than the text. Each form of number, and
    each size, has a level of its own, in the order that they come in: 一、 above （一）.
    """
    if not found:
        return {}
    first, base = min(found), max(found.values())
    kinds: dict[object, int] = {}
    levels: dict[int, int] = {}
    for at, block in enumerate(blocks):
        if at <= first or at in found or at in left or not isinstance(block, RichParagraph):
            continue
        key = key_of(block)
        kind = _kind(said(block.runs), key) if key else None
        if kind is not None:
            level = kinds.setdefault(kind, base + 1 + len(kinds))
            levels[at] = min(level, _DEEPEST)
    texts = sum(1 for block in blocks if isinstance(block, RichParagraph))
    return levels if 2 * (len(levels) + len(found)) <= texts else {}


def _kind(text: str, key: tuple[float, bool, bool]) -> object:
    """The form of a line's number, else its size; None where it is neither numbered nor larger."""
    form = next((form for form in _FORMS if form.fullmatch(text)), None)
    return form or key[0] or None
