"""White space that is none of the text: between Chinese, beside full-width marks, as an indent, at ends of lines."""

import re
from collections.abc import Iterator

from keben.core.saying import marked, wording
from keben.lint.patterns import HAN, HAN_CLASS, OPENING_CLASS, both, in_kinds, pattern
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import ADDRESS, ProseBlock

CLREQ = "CLREQ"

_SENTENCES = re.compile(r"[，。！？；：]")
_COUNTED = re.compile(
    r"[第卷] ?[^ ]{1,6} ?[章节節回卷部篇集幕场場课課条條]?$|[图圖表附录錄][0-9一二三四五六七八九十]*$"
)
_COUNTS = re.compile(rf"（?[一二三四五六七八九十0-9]{{1,3}}[）、]|第{HAN}{{1,4}}|[-*·•]")
_BEFORE = 40
"""How many characters before a space say what it is."""
_FULL = "，。！？；：、（）《》〈〉【】〔〕「」『』"
_PROSE = ("paragraph", "quotation", "item", "note", "html", "line")


def _between_han(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    found = list(re.finditer(rf"(?<={HAN})[ \t\u00a0\u3000]+(?={HAN})", passage.text))
    marks = len(_SENTENCES.findall(passage.text))
    if not marks:
        return  # A line of verse, a title, a list of names.
    for match in found:
        before = passage.text[max(match.start() - 10, 0) : match.start()]
        if _COUNTED.search(before) or "\u3000" in match[0]:
            continue
        words = re.search(rf"(?<!{HAN}){HAN}{{1,4}}$", before)
        is_list = bool(words) and re.match(rf"{HAN}{{1,4}}(?:[ ]|$)", passage.text[match.end() :]) is not None
        if not is_list:
            sure = match[0] == " " and marks >= 2 and len(found) <= marks
            yield Slip(match.start(), match.end(), "", sure)


_BESIDE = both(
    pattern(rf"(?<=[{_FULL}])[ \t]+(?=[^\s\u3000!-'+-Z\\^-`{{-~]|[A-Za-z0-9])", ""),
    pattern(rf"(?<=[^\s\u3000{ADDRESS}])[ \t]+(?=[{_FULL}])", ""),
    pattern(rf"(?<=[“‘])[ \t]+(?={HAN})|(?<={HAN})[ \t]+(?=[”’])|(?<={HAN})[ \t]+(?=[“‘]{HAN})", ""),
    pattern(rf"(?<={HAN}[”’])[ \t]+(?=[{HAN_CLASS}{_FULL}])", ""),
    pattern(rf"(?<={HAN})[ \t]+(?=——|……)|(?<=——|……)[ \t]+(?={HAN})", ""),
)


def _beside_marks(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
    """Spaces beside full-width marks; those of a heading, or behind a number that counts, part its label from it."""
    for slip in _BESIDE(passage, page):
        before = passage.text[max(slip.start - _BEFORE, 0) : slip.start]
        if re.search(r"(?:^|\n)[ \t]*$", before) or "|" in before[-1:]:
            continue
        counts = re.fullmatch(
            rf"（?[一二三四五六七八九十0-9]{{1,3}}[）、]|第{HAN}{{1,4}}|[-*·•]", before.rpartition("\n")[2]
        )
        sure = passage.kind != "heading" and not counts and not (before[-1:] in "】〕" and slip.start < 12)
        yield Slip(slip.start, slip.end, "", sure)


def _han_latin(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
    match page.settings.han_latin:
        case "remove":
            form, better = rf"(?<={HAN}) +(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]) +(?={HAN})", ""
        case "add":
            form, better = rf"(?<={HAN})(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?={HAN})", " "
        case _:
            return
    for found in re.finditer(form, passage.text):
        yield Slip(found.start(), found.end(), better)


def _indent(page: LintPage) -> Iterator[Slip]:
    """Wide spaces before a block's text. Markdown drops them there, so that they are no part of its passage."""
    if page.is_plain:
        return
    for passage in page.prose.passages:
        start = passage.offset(0)
        if passage.runs[0][0] == 0 and passage.kind in (*_PROSE, "heading"):
            lead = re.search(r"[ \u3000\u00a0\u2002\u2003]*\Z", page.text[max(start - 20, 0) : start])
            spaces = (lead[0] if lead else "").lstrip(" ")
            if spaces:
                safe = re.match(rf"[{HAN_CLASS}{OPENING_CLASS}…—]", passage.text) is not None
                yield Slip(start - len(spaces), start, "", safe)


def _trailing(page: LintPage) -> Iterator[Slip]:
    lines = page.text.split("\n")
    ends = {last for passage in page.prose.passages for last in (passage.lines[1] - 1,)}
    at = 0
    for number, line in enumerate(lines):
        bare = line.rstrip(" \t\u3000\u00a0")
        if len(bare) < len(line) and number not in page.prose.closed:
            following = lines[number + 1].strip() if number + 1 < len(lines) else ""
            before = lines[number - 1].strip() if number else ""
            is_end = page.is_plain or (number in ends and not following)
            is_blank = not bare and (not line.strip(" \t") or not (before or following))
            if (is_blank or (bare and is_end)) and not bare.endswith("\\"):
                yield Slip(at + len(bare), at + len(line), "")
        at += len(line) + 1


RULES = (
    Rule(
        "K501",
        "space-in-chinese",
        wording("A space stands between Chinese characters"),
        wording(
            "Chinese parts words by nothing. A space comes from a scanner, or from the end "
            "of a line in another program."
        ),
        wording("{clreq}, Mixed text composition", clreq=CLREQ),
        fix="certain",
        wrong=(("他说，我 们走吧。", "他说，我们走吧。"),),
        right=("# 第一章 归来", "张三 李四 王五", "见第三章 归来。他说，走吧。"),
        check=in_kinds(_between_han, *_PROSE),
        triggers=" \t\u00a0",
    ),
    Rule(
        "K502",
        "space-beside-mark",
        wording("A space stands beside a full-width mark"),
        wording("A full-width mark brings its own space."),
        wording("{clreq}, Punctuation marks; GB/T 15834—2011, 5.1", clreq=CLREQ),
        fix="certain",
        wrong=(
            ("你好， 世界 。", "你好，世界。"),
            ("他说： “走吧。 ”", "他说：“走吧。”"),
            ("Python （蟒蛇）", "Python（蟒蛇）"),
        ),
        right=(wording("他说 “hello” to all"), "你好，世界。"),
        check=_beside_marks,
        triggers=" \t",
    ),
    Rule(
        "K503",
        "han-latin-space",
        marked("“{about}” between Chinese and Latin is not as `han-latin` says"),
        wording(
            "Keben sets a gap of a quarter of an em there by itself, so that spaces in the "
            "source change nothing; a house may want its sources to be alike."
        ),
        wording("{clreq}, Mixed text composition", clreq=CLREQ),
        severity="notice",
        fix="certain",
        wrong=(("用 Python 写的", "用Python写的"),),
        right=("用Python写的",),
        check=_han_latin,
        options={"han_latin": "remove"},
    ),
    Rule(
        "K504",
        "typed-indent",
        wording("The paragraph is indented by typed spaces"),
        wording("The theme indents paragraphs. A typed indent comes on top of it."),
        wording("{clreq}, Paragraph indent", clreq=CLREQ),
        fix="certain",
        wrong=(("　　他走了。", "他走了。"),),
        right=("他走了。",),
        page_check=_indent,
    ),
    Rule(
        "K506",
        "trailing-space",
        wording("White space ends the line"),
        wording(
            "It prints nothing, and makes differences between versions hard to read. Two "
            "spaces that break a line stay."
        ),
        "CommonMark 0.31.2, 6.7",
        severity="notice",
        fix="certain",
        wrong=(("他走了。 \n\n她没有走。", "他走了。\n\n她没有走。"),),
        right=("他走了。  \n她没有走。",),
        page_check=_trailing,
    ),
    Rule(
        "K507",
        "tab-in-text",
        wording("A tab stands in the text"),
        wording("A tab is one space in print."),
        "CommonMark 0.31.2, 2.2",
        severity="notice",
        fix="offered",
        wrong=(("甲\t乙，丙", "甲 乙，丙"),),
        right=("甲 乙",),
        check=pattern(r"(?<=\S)\t+(?=\S)", " "),
        triggers="\t",
    ),
    Rule(
        "K508",
        "no-break-space",
        wording("A no-break space stands in the text"),
        wording(
            "It comes from web pages and word processors, is as wide as a space, and keeps a line from breaking."
        ),
        "Unicode 16, chapter 6.2",
        severity="notice",
        fix="offered",
        wrong=(("A\u00a0B，甲", "A B，甲"),),
        right=("A B",),
        check=pattern(
            rf"(?<=[^\s])[\u00a0\u202f\u2007](?=[^\s])(?!{HAN})|(?<![{HAN_CLASS}\s])[\u00a0](?={HAN})", " "
        ),
        triggers="\u00a0\u202f\u2007",
    ),
)
