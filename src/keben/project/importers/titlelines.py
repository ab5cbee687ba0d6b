"""Titles that stand in a line of their own below the number: 第一章, and 起风 in the next line.

The novels of old have titles of two lines of one length: 第一回　甄士隐梦幻识通灵, and 贾雨村风尘怀闺秀 below.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from keben.project.importers.values import Heading

_NUMBER_ALONE = re.compile(r"第[^章回话話\s]{1,9}[章回话話]|Chapter\s+\S+", re.IGNORECASE)
_LONGEST = 20
_STOP = re.compile(r"[。，,；;：:！!？?“”「」『』…—]")
_FEWEST = 3
_MOST = 0.8
"""Of the chapters that have a couplet for a title, where such titles are taken for couplets."""
_HALF = re.compile(r"第[^回\s]{1,9}回[\s\u3000:：]+([\u3400-\u9fff]{4,12})")


def with_titles_below(
    headings: Sequence[Heading], lines: Sequence[str]
) -> tuple[tuple[Heading, ...], list[str]]:
    """Headings with the titles below them, and the lines without these.

    It is so only where every chapter has its number alone, or every one but a few half of a couplet, and a short line
    that is no sentence below: one such line could be a sentence of the text.
    """
    chapters = [at for at, heading in enumerate(headings) if heading.rank == "chapter"]
    if len(chapters) < _FEWEST:
        return tuple(headings), list(lines)
    below = {at: _title_below(headings, at, lines) for at in chapters}
    if not all(below.values()):
        found = {at: line for at in chapters if (line := _other_half(headings, at, lines))}
        below = found if len(found) >= _MOST * len(chapters) else {}
    titled = list(headings)
    left = list(lines)
    for at, line in below.items():
        gap = "　" if "　" in headings[at].text else " "
        titled[at] = replace(headings[at], text=f"{headings[at].text}{gap}{lines[line - 1].strip()}")
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


def _other_half(headings: Sequence[Heading], at: int, lines: Sequence[str]) -> int:
    """The line, from 1, of the second half of a heading that is the first half of a couplet; 0: there is none."""
    match = _HALF.fullmatch(headings[at].text)
    end = headings[at + 1].line - 1 if at + 1 < len(headings) else len(lines)
    written = [number for number in range(headings[at].line + 1, end + 1) if lines[number - 1].strip()]
    if match is None or len(written) < 2:
        return 0
    text = lines[written[0] - 1].strip()
    return written[0] if len(text) == len(match[1]) and not _STOP.search(text) else 0
