"""Headings of a text whose author used no styles: by what they say, else by what they look like."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from keben.core.saying import wording
from keben.project.importers.credits import credits_in
from keben.project.importers.headings import LONGEST, headings_in, rank_of
from keben.project.importers.office.lower import lower_levels
from keben.project.importers.office.rich import (
    Block,
    Blocks,
    RichHeading,
    RichParagraph,
    RichRule,
    said,
    without_looks,
)
from keben.project.importers.office.roles import is_front
from keben.project.importers.paragraphs import is_break

_ENDS = re.compile(r"[。，,；;：:、”」』…—!！?？.]$")
_LEVELS = {"part": 1, "chapter": 2, "preface": 2, "afterword": 2, "appendix": 2, "section": 3}
_LARGER = 1.15
"""Of a heading's text, by the size of the others'."""
_FEWEST = 2


def with_headings(blocks: Blocks) -> tuple[Blocks, str, tuple[str, ...]]:
    """Blocks with their headings; how these were found, in words; and lines of a table of contents left out."""
    if any(isinstance(block, RichHeading) for block in blocks):
        return blocks, "", ()
    lines = [_line(block) for block in blocks]
    found, contents = headings_in(lines)
    levels = {heading.line - 1: _LEVELS[heading.rank] for heading in found}
    left = tuple(lines[number - 1] for number in sorted(contents) if lines[number - 1])
    how = wording("by what they say (第…章)")
    if not any(heading.rank in ("part", "chapter", "section") for heading in found):
        levels = {**_by_look(blocks), **dict.fromkeys(levels, 1)}
        how = wording("by what they look like (larger, bold, centered): check them")
    else:
        usual = _usual([block for block in blocks if isinstance(block, RichParagraph)])
        left_out = {number - 1 for number in contents}
        levels |= lower_levels(blocks, levels, left_out, lambda block: _key(block, usual))
    if not levels:
        return blocks, "", ()
    made = tuple(
        RichHeading(levels[at], without_looks(block.runs))
        if at in levels and isinstance(block, RichParagraph)
        else block
        for at, block in enumerate(blocks)
        if at + 1 not in contents
    )
    return (
        made,
        wording(
            "No heading styles are in it: {count} headings were found {how}.", count=len(levels), how=how
        ),
        left,
    )


def with_title(blocks: Blocks, known: str) -> Blocks:
    """Blocks whose first line is the book's title, where no style says so and headings follow.

    It is what the file is called (``known``), or it is centered, and larger than the text or bold.
    """
    if any(isinstance(block, RichParagraph) and block.role == "title" for block in blocks):
        return blocks
    at = next(
        (at for at, block in enumerate(blocks) if _line(block) or not isinstance(block, RichParagraph)), -1
    )
    first = blocks[at] if at >= 0 else None
    if not isinstance(first, RichParagraph) or not any(isinstance(block, RichHeading) for block in blocks):
        return blocks
    text = said(first.runs)
    usual = _usual([block for block in blocks if isinstance(block, RichParagraph)])
    is_shown = first.look.centered and _key(first, usual) is not None and not rank_of(text)
    if text != known and (not is_shown or is_front(text)):
        return blocks
    return (*blocks[:at], replace(first, runs=without_looks(first.runs), role="title"), *blocks[at + 1 :])


def with_breaks(blocks: Blocks) -> Blocks:
    """Blocks in which paragraphs of signs alone (***, ※※※) are breaks between scenes."""
    return tuple(
        RichRule()
        if isinstance(block, RichParagraph) and not block.role and is_break(said(block.runs))
        else block
        for block in blocks
    )


def _line(block: Block) -> str:
    if not isinstance(block, RichParagraph) or any(run.kind == "picture" for run in block.runs):
        return ""
    return said(block.runs)


def _by_look(blocks: Blocks) -> dict[int, int]:
    """Levels by place: those of the largest text are 1."""
    paragraphs = [
        (at, block) for at, block in enumerate(blocks) if isinstance(block, RichParagraph) and _line(block)
    ]
    usual = _usual([block for _, block in paragraphs])
    keys = {at: key for at, block in paragraphs if (key := _key(block, usual)) is not None}
    if len(keys) < _FEWEST or len(keys) * 2 > len(paragraphs):
        return {}
    order = sorted(set(keys.values()), reverse=True)
    # What stands once before all others is the book's title, and is known as such by its level.
    return {at: min(order.index(key) + 1, 6) for at, key in keys.items()}


def _usual(paragraphs: Sequence[RichParagraph]) -> float:
    sizes: Counter[float] = Counter()
    for each in paragraphs:
        sizes[each.look.points] += len(said(each.runs))
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _key(block: RichParagraph, usual: float) -> tuple[float, bool, bool] | None:
    text = said(block.runs)
    if len(text) > LONGEST or _ENDS.search(text) or block.role == "caption" or credits_in(text):
        return None
    look = block.look
    if block.side == "right":
        return None
    is_larger = bool(usual and look.points >= usual * _LARGER)
    if is_larger or look.bold:
        return (look.points if is_larger else 0.0, look.bold, look.centered)
    return None
