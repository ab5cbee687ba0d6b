"""Which lines of a plain text are headings.

A line is one by its form (``第三章 起风``, ``番外一``, ``Chapter 3``), by its length, and by not ending as a sentence
does. Signs around it fall away. Bare numbers are headings only where they count: 1, 2, 3 or 一、二、三 in order.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from keben.project.importers.counting import counted
from keben.project.importers.values import ChapterRank, Heading

LONGEST = 40
"""Characters of a heading; what is longer is a sentence."""

_NUMBER = "[0-9０-９零〇○一二三四五六七八九十百千两兩廿卅壹贰叁肆伍陆柒捌玖拾佰仟上中下]"
_GAP = r"[\s\u3000:：、.．·—-]"

_PART = re.compile(
    rf"(?:第\s*{_NUMBER}{{1,9}}\s*[卷部集册冊辑輯篇]|卷\s*{_NUMBER}{{1,9}})(?:{_GAP}+\S.*|\S{{0,12}})?"
    rf"|[上中下][卷部篇编編册冊](?:{_GAP}+\S.*)?"
)
_CHAPTER = re.compile(
    rf"(?:第\s*{_NUMBER}{{1,9}}\s*[章回话話幕折]|Chapter\s+(?:\d{{1,4}}|[IVXLC]{{1,8}})\b)(?:{_GAP}*\S.*)?",
    re.IGNORECASE,
)
_SECTION = re.compile(rf"第\s*{_NUMBER}{{1,9}}\s*[节節](?:{_GAP}*\S.*)?")

_BEFORE = (
    "序|序言|序章|自序|代序|总序|總序|前言|引言|引子|楔子|卷首语|卷首語|内容简介|內容簡介|内容提要|內容提要|前记|前記|导言|導言"
    "|导读|導讀|题记|題記|写在前面|寫在前面|出版说明|出版說明|(?:推[荐薦]|[译譯作编編]者|再版|[新初重]版|中文版|[台臺][湾灣]版)序言?"
)
_AFTER = (
    "尾声|尾聲|终章|終章|跋|结语|結語|作者的话|作者的話|完[本结結]感言|[写寫]在(?:最[后後]|[后後]面)"
    "|(?:[译譯作编編]者?|[译譯]者|再版|[新初重]版)?[后後][记記]"
)
_LATE = re.compile(
    rf"[【（(《]?(?:参考文献|參考文獻|参考书目|參考書目|主要参考文献|引用文献|致谢|致謝|鸣谢|鳴謝|索引|术语表|術語表"
    rf"|译名对照表|譯名對照表|作者简介|作者簡介|译者简介|譯者簡介|译者后记|譯者後記|译者的话|大事记|大事記)[】）)》]?(?:{_GAP}+\S.*)?"
)
"""What stands behind the chapters, where no chapter follows; in a chapter it is a section."""
_EXTRA = "番外|外传|外傳|附录|附錄"
_FRONT = re.compile(rf"[【（(《]?(?:{_BEFORE})(?:\s*[一二三四五六七八九十1-9])?[】）)》]?(?:{_GAP}+\S.*)?")
_BACK = re.compile(rf"[【（(《]?(?:{_AFTER})[】）)》]?(?:{_GAP}+\S.*)?")
_MORE = re.compile(rf"[【（(《]?(?:{_EXTRA})篇?(?:\s*{_NUMBER}{{1,4}})?[】）)》]?(?:{_GAP}+\S.*)?")

_CONTENTS = re.compile(r"[【（(《]?(?:目\s*[录錄次]|Contents)[】）)》]?[:：]?", re.IGNORECASE)
_END = re.compile(r"[。，,；;：:”」』…—]$")
"""What ends a sentence or a clause, and no heading."""
_LEADER = re.compile(r"(?:[.…·・．⋯‧_—-]\s*){3,}[(（]?\d{1,4}[)）]?$|\t\d{1,4}$")
"""Between a line of a table of contents and its page."""
_SPACED_OUT = re.compile(r"[\u4e00-\u9fff](?:[\s\u3000]+[\u4e00-\u9fff]){1,3}")
_STOP = re.compile(r"[。，,；;：:！!？?“”「」『』…—]")
"""What stands in a sentence, and not in the name of a part."""

_FORMS: tuple[tuple[re.Pattern[str], ChapterRank], ...] = (
    (_CHAPTER, "chapter"),
    (_SECTION, "section"),
    (_PART, "part"),
    (_FRONT, "preface"),
    (_BACK, "afterword"),
    (_LATE, "afterword"),
    (_MORE, "appendix"),
)


def headings_in(lines: Sequence[str]) -> tuple[tuple[Heading, ...], frozenset[int]]:
    """The headings of a text, in order, and the lines of its table of contents; both from 1.

    Ranks that nothing stands above are raised. What stands before 第…章 in one line is the part that it belongs to
    (第一卷 少年 第一章 起风), or falls away where it is the same all along (正文 第一章 起风).
    """
    read = [(number, *line) for number, each in enumerate(lines, 1) if (line := _read(each.strip()))]
    found = list(_in_parts(read))
    if not any(each.rank in ("part", "chapter", "section") for each in found):
        found = sorted((*found, *counted(lines)), key=lambda each: each.line)
    elif not any(each.rank in ("chapter", "section") for each in found):
        found = sorted((*found, *_counted_in_parts(found, lines)), key=lambda each: each.line)
    found = _without_sections(found)
    kept = _without_contents(found, lines)
    listed = {each.line for each in found} - {each.line for each in kept}
    listed |= _with_pages(lines, kept)
    listed |= {number for number, line in enumerate(lines, 1) if listed and _CONTENTS.fullmatch(line.strip())}
    return tuple(_raised(kept)), frozenset(listed)


def _without_sections(found: Sequence[Heading]) -> list[Heading]:
    """Headings without those of what stands behind the chapters, where a chapter follows."""
    last = max((each.line for each in found if each.rank in ("part", "chapter")), default=0)
    return [each for each in found if each.line > last or not _LATE.fullmatch(_closed_up(each.text))]


def _counted_in_parts(found: Sequence[Heading], lines: Sequence[str]) -> Iterator[Heading]:
    """Bare numbers that count from one in each part (卷), or in all but one of them."""
    starts = [each.line for each in found if each.rank == "part"]
    ends = [*(line - 1 for line in starts[1:]), len(lines)]
    inner = [
        [replace(each, line=each.line + start) for each in counted(lines[start:end])]
        for start, end in zip(starts, ends, strict=True)
    ]
    if len(starts) > 1 and sum(map(bool, inner)) >= len(starts) - 1:
        for headings in inner:
            yield from headings


_GAPS = re.compile(r"[ \t\u3000]{2,}")
_DRESS = r"\s\u3000☆★◇◆■□●○◎※▲△#＃=＝*＊~～_·•—–|-"
"""Signs that stand around headings."""
_DRESSED = re.compile(
    rf"[{_DRESS}]*(?:[☆★◇◆][、.．])?\s*(?P<open>[【〔\[《<＜])?\s*(?P<text>第.*?)[{_DRESS}]*"
)
_CLOSED = re.compile(r"(?P<number>[^】〕\]》>＞]*)[】〕\]》>＞]\s*(?P<title>.*)")
_BEHIND = re.compile(
    rf"(?P<prefix>\S.{{0,19}}?)(?:(?<=正文)|[\s\u3000]+)"
    rf"(?P<rest>第\s*{_NUMBER}{{1,9}}\s*[章回话話](?:{_GAP}*\S.*)?)"
)
_AROUND = 3
"""Lines around those of a table of contents that belong to it, where they name a page too."""
_SAME = 3
"""Headings that what stands before 第…章 comes with, where it is no part by its form."""


def _read(text: str) -> tuple[str, ChapterRank, str] | None:
    """What stands before the number of a heading, its rank, and its text; None for a line that is none."""
    if len(text) > LONGEST + 20:
        return None
    text = _undressed(_GAPS.sub(_one_gap, text))
    if (match := _BEHIND.fullmatch(text)) and not _STOP.search(match["prefix"]) and _rank(match["rest"]):
        return match["prefix"], "chapter", match["rest"]
    rank = _rank(text)
    return ("", rank, text) if rank else None


def _undressed(text: str) -> str:
    """A heading without the signs around it: ☆、第1章 起风; 【第一章】起风; === 第一章 ===."""
    match = _DRESSED.fullmatch(text)
    if not match or match["text"] == text:
        return text
    if not match["open"]:
        return match["text"]
    closed = _CLOSED.fullmatch(match["text"])
    return " ".join(filter(None, (closed["number"].strip(), closed["title"].strip()))) if closed else text


def _in_parts(read: Sequence[tuple[int, str, ChapterRank, str]]) -> Iterator[Heading]:
    """Headings, with those of the parts that stand in one line with them."""
    counts = Counter(prefix for _, prefix, _, _ in read if prefix and not _PART.fullmatch(prefix))
    is_known = any(count >= _SAME for count in counts.values())
    part = ""
    for number, prefix, rank, text in read:
        is_part = bool(_PART.fullmatch(prefix))
        if prefix and not is_part and not is_known:
            continue
        if prefix != part and (is_part or len(counts) > 1):
            yield Heading(number, "part", prefix)
        part = prefix or ("" if rank == "part" else part)
        yield Heading(number, rank, text)


def _with_pages(lines: Sequence[str], found: Sequence[Heading]) -> set[int]:
    """Lines of a table of contents that name a page behind a leader, from the first heading among them to the last."""
    end = found[-1].line if found else 0
    rows = [
        (number, bool(_rank(text)))
        for number, line in enumerate(lines[:end], 1)
        if (text := _LEADER.sub("", line.strip())) != line.strip()
    ]
    named = [number for number, is_heading in rows if is_heading]
    if len(named) < _SAME:
        return set()
    return {number for number, _ in rows if named[0] - _AROUND <= number <= named[-1] + _AROUND}


def _one_gap(gap: re.Match[str]) -> str:
    """One space for several between a number and its title; a wide one where one of them is wide."""
    return "\u3000" if "\u3000" in gap[0] else " "


def rank_of(title: str) -> ChapterRank | None:
    """The rank that a title says (第…卷, 前言); None where it says none."""
    return _rank(" ".join(title.split()))


def _rank(text: str) -> ChapterRank | None:
    if len(text) > LONGEST or _END.search(text) or _LEADER.search(text):
        return None
    said = (text, _closed_up(text))
    return next((rank for form, rank in _FORMS if any(map(form.fullmatch, said))), None)


def _closed_up(text: str) -> str:
    """前　言 as 前言: short words are often spaced out."""
    return "".join(text.split()) if _SPACED_OUT.fullmatch(text) else text


def is_matter(title: str) -> bool:
    """Whether a title is one of front or back matter, and of no book: 前言, 后记."""
    return any(form.fullmatch(_closed_up(title.strip())) for form in (_FRONT, _BACK, _MORE))


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
