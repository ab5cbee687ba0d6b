"""Brackets and the marks of titles: unpaired, nested, made of other signs, or divided by a mark that is not needed."""

import re
from collections.abc import Iterator

from keben.core.saying import marked, wording
from keben.lint.patterns import HAN, NUMERAL_CLASS, pattern
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import ProseBlock

GB = "GB/T 15834—2011"

_PAIRS = dict(zip("（《〈【〔〖", "）》〉】〕〗", strict=True))
_BRACKETS = re.compile("[（）《》〈〉【】〔〕〖〗]")
_COUNTS = re.compile(
    rf"(?:\A|[\s\u3000，。；、：！？“（])(?:[{NUMERAL_CLASS}]{{1,3}}|[0-9]{{1,3}}|[A-Za-z])\Z"
)


def _unpaired(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    opened: list[int] = []
    text = passage.text
    for match in _BRACKETS.finditer(text):
        at, mark = match.start(), match[0]
        if mark in _PAIRS:
            opened.append(at)
        elif opened and _PAIRS[text[opened[-1]]] == mark:
            opened.pop()
        elif mark == "）" and (
            _COUNTS.search(text[max(at - 6, 0) : at]) or re.search(r"\([^()]*\Z", text[:at])
        ):
            continue
        else:
            partner = next((each for each in reversed(opened) if _PAIRS[text[each]] == mark), None)
            if partner is None:
                yield Slip(at, at + 1)
            else:
                yield from (Slip(each, each + 1) for each in opened if each > partner)
                opened = [each for each in opened if each < partner]
    for at in opened:
        if not (text[at] == "（" and re.match(r"[^（）\n]{0,60}\)", text[at + 1 :])):
            yield Slip(at, at + 1)


def _nested_titles(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    opened: list[int] = []
    text = passage.text
    if text.count("《") != text.count("》"):
        return
    for match in re.finditer("[《》]", text):
        if match[0] == "《":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if len(opened) % 2:
                yield Slip(start, start + 1, "〈")
                yield Slip(match.start(), match.end(), "〉")


RULES = (
    Rule(
        "K321",
        "unpaired-bracket",
        marked("“{text}” is not paired"),
        wording("A reader does not see where the bracket ends."),
        f"{GB}, 4.9 and 4.15",
        wrong=(("他走了（没有回来。", None), ("见《红楼梦。", None)),
        right=("他走了（没有回来）。", "1）甲", "（一）甲；二）乙"),
        check=_unpaired,
        triggers="（）《》〈〉【】〔〕〖〗",
    ),
    Rule(
        "K322",
        "title-of-angles",
        marked("“{text}” is made of signs that compare"),
        wording("The marks of titles are 《 and 》."),
        f"{GB}, 4.15",
        fix="certain",
        wrong=(("他读<<红楼梦>>。", "他读《红楼梦》。"), ("他读＜＜红楼梦＞＞。", "他读《红楼梦》。")),
        right=("a << b >> c", "甲＜乙"),
        check=pattern(
            rf"(?:<<|＜＜|«)(?P<in>(?=[^<>＜＞«»\n]*{HAN})[^<>＜＞«»\n ][^<>＜＞«»\n]{{0,40}})(?:>>|＞＞|»)",
            r"《\g<in>》",
        ),
        triggers="<＜«",
    ),
    Rule(
        "K323",
        "nested-title",
        marked("“{text}” stands in a title. Write “{better}”"),
        wording("A title in a title has single marks."),
        f"{GB}, 4.15",
        fix="certain",
        wrong=(("《《红楼梦》研究》", "《〈红楼梦〉研究》"),),
        right=("《〈红楼梦〉研究》", "《红楼梦》《水浒传》"),
        check=_nested_titles,
        triggers="《",
    ),
    Rule(
        "K324",
        "mark-between-titles",
        marked("“{text}” stands between titles or quotations. It is usually left out"),
        wording(
            "Between titles that stand side by side, and between quotations, there is "
            "usually no mark; where something stands behind one of them, there is."
        ),
        f"{GB}, 4.5",
        severity="notice",
        fix="offered",
        wrong=(("读《论语》、《孟子》。", "读《论语》《孟子》。"), ("“甲”、“乙”", "“甲”“乙”")),
        right=("读《论语》（节选）、《孟子》。", "读《论语》和《孟子》。"),
        check=pattern(r"(?<=》)、(?=《)|(?<=”)、(?=“)", ""),
        triggers="、",
        languages=("Hans",),
    ),
)
