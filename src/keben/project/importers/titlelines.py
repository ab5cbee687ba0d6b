"""Titles that stand in a line of their own below the number: 第一章, and 起风 in the next line."""

import re
from collections.abc import Sequence
from dataclasses import replace

from keben.project.importers.values import Heading

_NUMBER_ALONE = re.compile(r"第[^章回话話\s]{1,9}[章回话話]|Chapter\s+\S+", re.IGNORECASE)
_LONGEST = 20
_STOP = re.compile(r"[。，,；;：:！!？?“”「」『』…—]")
_FEWEST = 3


def with_titles_below(
    headings: Sequence[Heading], lines: Sequence[str]
) -> tuple[tuple[Heading, ...], list[str]]:
    """Headings with the titles below them, and the lines without these.

    It is so only where every chapter has its number alone, and a short line that is no sentence below: one such line
    could be a sentence of the text.
    """
    chapters = [at for at, heading in enumerate(headings) if heading.rank == "chapter"]
    below = {at: _title_below(headings, at, lines) for at in chapters}
    if len(chapters) < _FEWEST or not all(below.values()):
        return tuple(headings), list(lines)
    titled = list(headings)
    left = list(lines)
    for at, line in below.items():
        titled[at] = replace(headings[at], text=f"{headings[at].text} {lines[line - 1].strip()}")
        left[line - 1] = ""
    return tuple(titled), left


def _title_below(headings: Sequence[Heading], at: int, lines: Sequence[str]) -> int:
    """The line, from 1, of the title below a heading; 0: there is none."""
    heading = headings[at]
    end = headings[at + 1].line - 1 if at + 1 < len(headings) else len(lines)
    written = [number for number in range(heading.line + 1, end + 1) if lines[number - 1].strip()]
    if len(written) < 2 or not _NUMBER_ALONE.fullmatch(heading.text):
        return 0
    text = lines[written[0] - 1].strip()
    return written[0] if len(text) <= _LONGEST and not _STOP.search(text) else 0
