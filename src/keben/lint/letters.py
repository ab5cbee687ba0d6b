"""Characters that look like others, show nothing, or are no text."""

import re
import unicodedata
from collections.abc import Iterator

from keben.core.characters import FORBIDDEN, describe
from keben.core.interpuncts import ANY, odd_dots
from keben.core.saying import marked, wording
from keben.lint.patterns import HAN, HAN_CLASS, both, pattern
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import CHINESE, ProseBlock

_RADICALS = "\u2e80-\u2eff\u2f00-\u2fdf"
_COMPATIBILITY = "\uf900-\ufaff\U0002f800-\U0002fa1f"
_ZERO = "\u200b\u2060\ufeff\u00ad"

_SUPPLEMENT = dict(
    zip(
        "⺠⻅⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⻄⻆⺟⻁⼾",
        "民见贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟西角母虎户",
        strict=True,
    )
)
"""Radicals that scanners and PDFs give for characters and that have no decomposition (Unicode 16, CJK Radicals
Supplement)."""


def _narrow(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _unified(match: re.Match[str]) -> str | None:
    better = unicodedata.normalize("NFC", match[0])
    return better if better != match[0] else None


def _compatible(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    for match in re.finditer(f"[{_COMPATIBILITY}]", passage.text):
        if better := _unified(match):
            yield Slip(match.start(), match.end(), better)


def _character(match: re.Match[str]) -> str | None:
    if match[0] in _SUPPLEMENT:
        return _SUPPLEMENT[match[0]]
    better = unicodedata.normalize("NFKC", match[0])
    return better if better != match[0] else None


def _is_in_word(match: re.Match[str], _passage: ProseBlock) -> bool:
    around = (
        match.string[max(match.start() - 1, 0) : match.start()] + match.string[match.end() : match.end() + 1]
    )
    return re.search(f"[{HAN_CLASS}{_RADICALS}]", around) is not None


def _no_text(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    for match in FORBIDDEN.finditer(passage.text):
        if passage.span(
            match.start(), match.end()
        ):  # What stands for code and the like is not in the source.
            yield Slip(match.start(), match.end(), about=describe(match[0]).rstrip("."))


def _interpunct(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
    # What stands for Chinese with something about it, such as ruby, is Chinese.
    for at in odd_dots(passage.text.replace(CHINESE, "文")):
        if passage.text[at] != "．" or page.is_simplified:
            yield Slip(at, at + 1, "·")
    if page.is_simplified:
        for match in re.finditer(rf"(?<={HAN})[・‧](?={HAN})", passage.text):
            yield Slip(match.start(), match.end(), "·")


RULES = (
    Rule(
        "K521",
        "full-width-letters",
        marked("“{text}” is in full width. Write “{better}”"),
        wording("Letters and digits of horizontal text are in half width."),
        "GB/T 15835—2011, 5.1.7; CLREQ, Mixed text composition",
        fix="certain",
        wrong=(("ＡＢＣ公司有１２３人。", "ABC公司有123人。"), ("３．１４", "3.14")),
        right=("ABC公司有123人。",),
        doubts_garbled=True,
        check=pattern(r"[０-９Ａ-Ｚａ-ｚ]+(?:(?<=[０-９])．(?=[０-９])[０-９]+)*", _narrow),
    ),
    Rule(
        "K522",
        "zero-width",
        marked("A character that shows nothing stands in the text: {about}"),
        wording("It comes from web pages, hides words from search, and lets lines break in words."),
        "Unicode 16, chapter 23.2",
        fix="certain",
        wrong=(("他\u200b走了。", "他走了。"), ("他\ufeff走了。", "他走了。")),
        right=("👨\u200d👩\u200d👧",),
        check=both(
            lambda passage, _: (
                Slip(match.start(), match.end(), "", about=", ".join(f"U+{ord(one):04X}" for one in match[0]))
                for match in re.finditer(f"[{_ZERO}]+", passage.text)
            ),
            lambda passage, _: (
                Slip(match.start(), match.end(), "", is_certain=False, about=f"U+{ord(match[0]):04X}")
                for match in re.finditer(
                    rf"(?<=[{HAN_CLASS}，。])[\u200c-\u200f]|[\u200c-\u200f](?={HAN})", passage.text
                )
            ),
        ),
    ),
    Rule(
        "K523",
        "no-text",
        "{about}",
        wording("It has no meaning that a reader shares; something was lost, or is shown by one font alone."),
        "Unicode 16, chapter 23",
        wrong=(("他\ufffd走了。", None), ("他\ue000走了。", None)),
        right=("他走了。",),
        check=_no_text,
    ),
    Rule(
        "K524",
        "compatibility-ideograph",
        marked("“{text}” is a copy of “{better}” that stands for other standards"),
        wording("Programs that normalise a text replace it, and searches miss it."),
        "Unicode 16, chapter 18.1; UAX 15",
        fix="certain",
        wrong=(("一\uf9f4", "一林"),),
        right=("一林",),
        check=_compatible,
    ),
    Rule(
        "K525",
        "radical",
        marked("“{text}” is the sign of a radical. Write “{better}”"),
        wording(
            "PDFs and scanners give radicals for characters that look alike; searches miss them, and fonts lack them."
        ),
        "Unicode 16, chapter 18.2",
        fix="certain",
        wrong=(("⼀⼈", "一人"), ("⻅面", "见面")),
        right=("一人", "部首“⼀”"),
        check=lambda passage, page: (
            slip
            for slip in pattern(f"[{_RADICALS}]", _character, _is_in_word)(passage, page)
            if slip.is_certain is not False
        ),
    ),
    Rule(
        "K526",
        "interpunct",
        marked("“{text}” parts a name. Write “·”"),
        wording("The parts of a name have U+00B7 between them."),
        "GB/T 15834—2011, 4.14; CLREQ, Interpuncts",
        fix="certain",
        wrong=(
            ("列夫•托尔斯泰", "列夫·托尔斯泰"),
            ("列夫・托尔斯泰", "列夫·托尔斯泰"),
            ("列夫．托尔斯泰", "列夫·托尔斯泰"),
        ),
        right=("列夫·托尔斯泰", "• 甲", "十二．结语"),
        check=_interpunct,
        triggers=ANY.replace("·", ""),
    ),
    Rule(
        "K527",
        "half-width-katakana-mark",
        marked("“{text}” is a half-width mark of Japanese. Write “{better}”"),
        wording("Input methods give these for Chinese stops."),
        "Unicode 16, chapter 18.4",
        fix="certain",
        wrong=(("他走了｡", "他走了。"), ("甲､乙", "甲、乙")),
        right=("他走了。",),
        check=pattern(r"[｡､]", lambda found: {"｡": "。", "､": "、"}[found[0]]),
        triggers="｡､",
    ),
)
