"""What is odd in the order of a novel's chapters: one that is there twice, titles that come again, missing numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

from keben.core.saying import series, wording
from keben.project.importers.natural import chinese_number
from keben.project.importers.values import TextChapter

_NUMBER = re.compile(r"第\s*([0-9０-９]+|[零〇一二三四五六七八九十百千两兩]+)\s*([章回话話集])")
_MOST = 5
"""Chapters or numbers that a remark names."""


def without_twins(chapters: Sequence[TextChapter]) -> tuple[tuple[TextChapter, ...], tuple[str, ...]]:
    """The chapters without those that stand right behind themselves, word by word; and the titles of these."""
    kept: list[TextChapter] = []
    twins: list[str] = []
    for chapter in chapters:
        before = kept[-1] if kept else None
        if before and chapter.blocks and (before.title, before.blocks) == (chapter.title, chapter.blocks):
            twins.append(chapter.title)
        else:
            kept.append(chapter)
    return tuple(kept), tuple(twins)


def order_remarks(chapters: Sequence[TextChapter], twins: Sequence[str]) -> tuple[str, ...]:
    """What is said of the order of the chapters."""
    remarks: list[str] = []
    if twins:
        remarks.append(
            wording(
                "Chapters that stand there twice, word by word, are taken once: {titles}.",
                titles=_some(twins),
            )
        )
    parts = accumulate(each.rank == "part" for each in chapters)
    counted = Counter(
        (part, each.title) for part, each in zip(parts, chapters, strict=True) if each.rank == "chapter"
    )
    # Each part may count its chapters from one.
    if again := list(dict.fromkeys(title for (_, title), count in counted.items() if count > 1)):
        remarks.append(wording("Several chapters have the same title: {titles}.", titles=_some(again)))
    if gaps := _gaps(chapters):
        remarks.append(wording("Numbers of chapters are missing: {gaps}.", gaps=_some(gaps)))
    return tuple(remarks)


def _some(texts: Sequence[str]) -> str:
    return series(f"“{text}”" for text in texts[:_MOST]) + (", …" if len(texts) > _MOST else "")


def _gaps(chapters: Sequence[TextChapter]) -> list[str]:
    """Where the numbers of chapters leave some out: the two titles on either side. Parts may count again."""
    numbered = [
        (chapter.title, chinese_number(_plain(found[1])), found[2])
        for chapter in chapters
        if chapter.rank == "chapter" and (found := _NUMBER.match(chapter.title))
    ]
    return [
        f"{before[0]} → {after[0]}"
        for before, after in pairwise(numbered)
        if before[2] == after[2] and after[1] > before[1] + 1
    ]


def _plain(number: str) -> str:
    return number.translate({0xFF10 + digit: 0x30 + digit for digit in range(10)})
