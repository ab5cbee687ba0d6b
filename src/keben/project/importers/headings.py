"""Which lines of a plain text are headings.

A line is one by its form (``第三章 起风``, ``番外一``, ``Chapter 3``), by its length, and by not ending as a sentence
does. Bare numbers are headings only where they count: 1, 2, 3 or 一、二、三 in order.
"""

import re
from collections.abc import Sequence

from keben.project.importers.values import ChapterRank, Heading

LONGEST = 40
"""Characters of a heading; what is longer is a sentence."""

_NUMBER = "[0-9０-９零〇○一二三四五六七八九十百千两兩廿卅壹贰叁肆伍陆柒捌玖拾佰仟上中下]"
_GAP = r"[\s\u3000:：、.．·—-]"

_PART = re.compile(
    rf"(?:第\s*{_NUMBER}{{1,9}}\s*[卷部集册冊辑輯篇]|卷\s*{_NUMBER}{{1,9}})(?:{_GAP}+\S.*|\S{{0,12}})?"
)
_CHAPTER = re.compile(
    rf"(?:第\s*{_NUMBER}{{1,9}}\s*[章回话話幕折]|Chapter\s+(?:\d{{1,4}}|[IVXLC]{{1,8}})\b)(?:{_GAP}*\S.*)?",
    re.IGNORECASE,
)
_SECTION = re.compile(rf"第\s*{_NUMBER}{{1,9}}\s*[节節](?:{_GAP}*\S.*)?")

_BEFORE = (
    "序|序言|序章|自序|代序|总序|總序|前言|引言|引子|楔子|卷首语|卷首語|内容简介|內容簡介|内容提要|內容提要"
)
_AFTER = "后记|後記|尾声|尾聲|终章|終章|跋|结语|結語|作者的话|作者的話|完本感言|译后记|譯後記"
_EXTRA = "番外|外传|外傳|附录|附錄"
_FRONT = re.compile(rf"[【（(《]?(?:{_BEFORE})[】）)》]?(?:{_GAP}+\S.*)?")
_BACK = re.compile(rf"[【（(《]?(?:{_AFTER})[】）)》]?(?:{_GAP}+\S.*)?")
_MORE = re.compile(rf"[【（(《]?(?:{_EXTRA})篇?(?:\s*{_NUMBER}{{1,4}})?[】）)》]?(?:{_GAP}+\S.*)?")

_CONTENTS = re.compile(r"[【（(《]?(?:目\s*[录錄次]|Contents)[】）)》]?[:：]?", re.IGNORECASE)
_BARE = re.compile(r"(?:(\d{1,4})|([零〇一二三四五六七八九十百]{1,5}))(?:[、.．]\s*(\S.{0,30})?)?")
_END = re.compile(r"[。，,；;：:”」』…—]$")
"""What ends a sentence or a clause, and no heading."""

_FORMS: tuple[tuple[re.Pattern[str], ChapterRank], ...] = (
    (_CHAPTER, "chapter"),
    (_SECTION, "section"),
    (_PART, "part"),
    (_FRONT, "preface"),
    (_BACK, "afterword"),
    (_MORE, "appendix"),
)

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


def headings_in(lines: Sequence[str]) -> tuple[tuple[Heading, ...], frozenset[int]]:
    """The headings of a text, in order, and the lines of its table of contents; both from 1.

    Ranks that nothing stands above are raised.
    """
    found = [
        Heading(number, rank, text)
        for number, line in enumerate(lines, 1)
        if (text := _GAPS.sub(_one_gap, line.strip())) and (rank := _rank(text))
    ]
    if not any(each.rank in ("part", "chapter", "section") for each in found):
        found = sorted((*found, *_counted(lines)), key=lambda each: each.line)
    kept = _without_contents(found, lines)
    listed = {each.line for each in found} - {each.line for each in kept}
    listed |= {number for number, line in enumerate(lines, 1) if listed and _CONTENTS.fullmatch(line.strip())}
    return tuple(_raised(kept)), frozenset(listed)


_GAPS = re.compile(r"[ \t\u3000]{2,}")


def _one_gap(gap: re.Match[str]) -> str:
    """One space for several between a number and its title; a wide one where one of them is wide."""
    return "\u3000" if "\u3000" in gap[0] else " "


def rank_of(title: str) -> ChapterRank | None:
    """The rank that a title says (第…卷, 前言); None where it says none."""
    return _rank(" ".join(title.split()))


def _rank(text: str) -> ChapterRank | None:
    if len(text) > LONGEST or _END.search(text):
        return None
    return next((rank for form, rank in _FORMS if form.fullmatch(text)), None)


def is_matter(title: str) -> bool:
    """Whether a title is one of front or back matter, and of no book: 前言, 后记."""
    return any(form.fullmatch(title.strip()) for form in (_FRONT, _BACK, _MORE))


def _counted(lines: Sequence[str]) -> list[Heading]:
    """Lines that are numbers, in order from the first on; three at least."""
    found: list[Heading] = []
    for number, line in enumerate(lines, 1):
        match = _BARE.fullmatch(line.strip())
        if match and not _END.search(line.strip()) and _value(match[1], match[2]) == len(found) + 1:
            found.append(Heading(number, "chapter", line.strip()))
    return found if len(found) >= 3 else []


def _value(arabic: str | None, chinese: str | None) -> int:
    if arabic:
        return int(arabic)
    total = digit = 0
    for sign in chinese or "":
        if sign in "十百":
            total += (digit or 1) * {"十": 10, "百": 100}[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def _without_contents(found: list[Heading], lines: Sequence[str]) -> list[Heading]:
    """Headings without those of a table of contents: no text stands under them, and they come again."""
    later: set[str] = set()
    kept: list[Heading] = []
    for index in range(len(found) - 1, -1, -1):
        heading = found[index]
        end = found[index + 1].line - 1 if index + 1 < len(found) else len(lines)
        is_bare = not any(line.strip() for line in lines[heading.line : end])
        if not (is_bare and heading.text in later):
            kept.append(heading)
        later.add(heading.text)
    return kept[::-1]


def _raised(found: list[Heading]) -> list[Heading]:
    """Parts are chapters where nothing stands below them, sections where no chapter stands above."""
    ranks = {each.rank for each in found}
    if "chapter" in ranks:
        return found
    raised: ChapterRank = "section" if "section" in ranks else "part"
    return [Heading(each.line, "chapter", each.text) if each.rank == raised else each for each in found]
