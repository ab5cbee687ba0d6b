"""Verse in a plain text: lines set in deeper than the paragraphs, short, and ending where a line of verse ends."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_INDENT = re.compile(r"[\s\u3000]*")
_DEEPER = 4
"""Columns that verse stands behind the paragraphs: two full-width spaces."""
_LONGEST = 24
_ENDS = re.compile(r"[，。；：！？、,;:.!?…][”’」』]?$")
_HAN = re.compile(r"[\u3400-\u9fff]")


def verse_lines(lines: Sequence[str]) -> frozenset[int]:
    """Which of the lines of a chapter, from 0, are verse: two at least, one below the other."""
    usual = _usual(lines)
    if usual is None:
        return frozenset()
    return frozenset(at for run in _runs(lines, usual + _DEEPER) if _is_verse(lines, run) for at in run)


def _columns(line: str) -> int:
    space = _INDENT.match(line)
    return sum(2 if sign == "\u3000" else 1 for sign in (space[0] if space else "").rstrip("\n"))


def _usual(lines: Sequence[str]) -> int | None:
    """The indent of most paragraphs; None: there is nothing but lines set in like verse."""
    counts = Counter(_columns(line) for line in lines if line.strip())
    return counts.most_common(1)[0][0] if counts else None


def _runs(lines: Sequence[str], depth: int) -> Iterator[range]:
    """Lines set in so deep that follow one another."""
    start = -1
    for at, line in enumerate([*lines, ""]):
        is_deep = bool(line.strip()) and _columns(line) >= depth
        if is_deep and start < 0:
            start = at
        elif not is_deep and start >= 0:
            yield range(start, at)
            start = -1


def _is_verse(lines: Sequence[str], run: range) -> bool:
    texts = [lines[at].strip() for at in run]
    if len(texts) < 2 or not all(len(text) <= _LONGEST and _HAN.search(text) for text in texts):
        return False
    return all(map(_ENDS.search, texts)) or (len(set(map(len, texts))) == 1 and len(texts[0]) >= 4)
