"""Running heads and numbers of pages in a text that was made from pages: by scanning, or out of a PDF.

They are lines with a number at one end, far from the words or between signs, that grows from one to the next. A blank
line does not stay in their place: a paragraph goes on over the page.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

_MARKS = r"[·•．.\-—–―－~～|｜/／\[\]【】〔〕()（）<>《》*☆]"
_PAGE = rf"(?:第\s*(\d{{1,4}})\s*[页頁]|{_MARKS}*\s*(\d{{1,4}})\s*{_MARKS}*)"
_ALONE = re.compile(
    rf"\s*(?:第\s*(\d{{1,4}})\s*[页頁](?:\s*[/／共]?\s*共?\s*\d+\s*[页頁]?)?|({_MARKS})\s*(\d{{1,4}})\s*{_MARKS}"
    r"|(?:page|p\.)\s*(\d{1,4})(?:\s*(?:/|of)\s*\d+)?)\s*",
    re.IGNORECASE,
)
_BARE = re.compile(r"\s*(\d{1,4})\s*")
_LEFT = re.compile(rf"\s*{_PAGE}[\s\u3000]{{2,}}(\S.*?)\s*")
_RIGHT = re.compile(rf"\s*(\S.*?)[\s\u3000]{{2,}}{_PAGE}\s*")
_LONGEST = 60
_FEED = "\f"
_FEWEST = 3


def without_page_heads(lines: Sequence[str]) -> tuple[list[str], Mapping[str, int]]:
    """Lines without such heads and the breaks of pages, and how often each head came, its number as “…”."""
    places = {at: head for at, line in enumerate(lines) if (head := _head(lines, at))}
    numbers: dict[str, list[int]] = defaultdict(list)
    for shape, number in places.values():
        numbers[shape].append(number)
    known = {
        shape
        for shape, found in numbers.items()
        if len(found) >= _FEWEST and all(one < two for one, two in pairwise(found))
    }
    dropped = {at: shape for at, (shape, _) in places.items() if shape in known}
    breaks = {at for at, line in enumerate(lines) if _FEED in line and not line.strip()}
    gone = _with_blanks(lines, dropped.keys() | breaks)
    counts: dict[str, int] = defaultdict(int)
    for shape in dropped.values():
        counts[shape] += 1
    return [line.replace(_FEED, "") for at, line in enumerate(lines) if at not in gone], dict(counts)


def _head(lines: Sequence[str], at: int) -> tuple[str, int] | None:
    """The shape and the number of a line that may be a head."""
    line = lines[at].replace(_FEED, "")
    if not line.strip() or len(line.strip()) > _LONGEST or not re.search(r"\d", line):
        return None
    if match := _ALONE.fullmatch(line):
        number = next(group for group in (match[1], match[3], match[4]) if group)
        return " ".join(line.split()).replace(number, "…", 1), int(number)
    if (match := _BARE.fullmatch(line)) and _is_at_break(lines, at):
        return "…", int(match[1])
    if match := _LEFT.fullmatch(line):
        return f"… {' '.join(match[3].split())}", int(match[1] or match[2])
    if match := _RIGHT.fullmatch(line):
        return f"{' '.join(match[1].split())} …", int(match[2] or match[3])
    return None


def _is_at_break(lines: Sequence[str], at: int) -> bool:
    """Whether a page breaks right before or after a line."""
    before = next((line for line in reversed(lines[max(at - 3, 0) : at]) if line.strip(" \u3000\t")), "")
    after = next((line for line in lines[at + 1 : at + 4] if line.strip(" \u3000\t")), "")
    return any(_FEED in line for line in (before, lines[at], after))


def _with_blanks(lines: Sequence[str], places: set[int]) -> set[int]:
    """These lines with the blank ones around them."""
    gone = set(places)
    for at in places:
        for step in (-1, 1):
            other = at + step
            while 0 <= other < len(lines) and not lines[other].replace(_FEED, "").strip():
                gone.add(other)
                other += step
    return gone
