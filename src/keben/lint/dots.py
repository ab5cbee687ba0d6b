"""Ellipses and dashes as keyboards give them."""

import re

from keben.core.saying import marked, wording
from keben.lint.patterns import CLOSING_CLASS, HAN, HAN_CLASS, OPENING_CLASS, both, pattern
from keben.lint.values import Rule
from keben.markdown.passages import ProseBlock

GB = "GB/T 15834—2011"
ELLIPSIS = "……"
DASH = "——"

_NEAR = f"{HAN_CLASS}{CLOSING_CLASS}{OPENING_CLASS}，。！？、；："


def _beside_chinese(match: re.Match[str], _passage: ProseBlock) -> bool:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return bool(re.search(HAN, before + after)) or (before + after).strip() == ""


def _dots(form: str) -> str:
    """A run of dots that Chinese stands beside."""
    return rf"(?:(?<=[{_NEAR}])(?:{form})|(?<![.\w/])(?:{form})(?=[{_NEAR}]))"


RULES = (
    Rule(
        "K401",
        "ellipsis",
        marked("“{text}” is meant for an ellipsis. Write “……”"),
        wording("An ellipsis is six dots in the place of two characters: U+2026 twice."),
        f"{GB}, 4.11 and 5.1.5",
        fix="certain",
        wrong=(
            ("他想了想...", "他想了想……"),
            ("他走了。。。", "他走了……"),
            ("他想了想…", "他想了想……"),
            ("等等・・・", "等等……"),
            ("嗯⋯⋯好。", "嗯……好。"),
            ("嗯......好。", "嗯……好。"),
        ),
        right=("他想了想……", "运行 a...b", "第一行…………第二行", "Wait... 好"),
        check=both(
            pattern(_dots(r"\.{3,}"), ELLIPSIS),
            pattern(r"。{3,}|[・·•‧]{3,}|．{3,}|⋯{1,6}", ELLIPSIS, _beside_chinese),
            pattern(rf"(?<=[{_NEAR}])(?<!…)…(?!…)|(?<![…A-Za-z])…(?!…)(?=[{_NEAR}])", ELLIPSIS),
            pattern(r"(?<!…)(?:…{3}|…{5,})(?!…)", ELLIPSIS, lambda found, _: len(found[0]) == 3),
            pattern(r"(?<!…)……[.。](?=[.。])[.。]*|(?<!…)……\.", ELLIPSIS),
            pattern(rf"(?<={HAN})，{{3,}}|(?<={HAN})、{{3,}}", ELLIPSIS, lambda _found, _passage: False),
        ),
        triggers=".。・·•‧．⋯…，、",
    ),
    Rule(
        "K402",
        "dash",
        marked("“{text}” is meant for a dash. Write “——”"),
        wording("A dash is a line in the place of two characters: U+2014 twice."),
        f"{GB}, 4.10 and 5.1.4",
        fix="certain",
        wrong=(
            ("他想了想--算了。", "他想了想——算了。"),
            ("他想了想－－算了。", "他想了想——算了。"),
            ("他想了想――算了。", "他想了想——算了。"),
            ("他想了想──算了。", "他想了想——算了。"),
            ("他想了想———算了。", "他想了想——算了。"),
            ("他想了想——-算了。", "他想了想——算了。"),
        ),
        right=("他想了想——算了。", "运行 a --b", "北京—上海", "1920—1936年"),
        check=both(
            pattern(
                rf"(?:(?<=[{_NEAR}])-{{2,}}(?![-A-Za-z0-9])|(?<![-A-Za-z0-9])-{{2,}}(?=[{_NEAR}]))", DASH
            ),
            pattern(r"－{2,}|―+|–{2,}|─{2,4}(?!─)", DASH, _beside_chinese),
            pattern(
                r"(?<!—)—{3}(?!—)|(?<!—)——[-－–]+|[-－–]+——(?!—)|(?<!—)—[-－–]+(?!—)", DASH, _beside_chinese
            ),
        ),
        triggers="-－―–─—",
    ),
    Rule(
        "K403",
        "half-dash",
        marked("“{text}” is half a dash. Write “——” if a dash is meant"),
        wording("One U+2014 joins places and times; a dash in a sentence has two."),
        f"{GB}, 4.10 and 4.13",
        severity="notice",
        fix="offered",
        wrong=(("“我—”他停住了。", "“我——”他停住了。"), ("他想了想 — 算了。", "他想了想——算了。")),
        right=("北京—上海", "“我——”"),
        check=pattern(
            rf"(?<=[{HAN_CLASS}，])(?<!—)[—–](?!—)(?=[”’」』？！。])|(?<={HAN}) +[—–] +(?={HAN})"
            rf"|(?<=[“「，。！？])(?<!—)—(?!—)(?={HAN})",
            DASH,
        ),
        triggers="—–",
    ),
    Rule(
        "K404",
        "character-for-dash",
        marked("“{text}” may be meant for a dash"),
        wording("Scanners and input methods take a dash for two characters 一."),
        f"{GB}, 4.10",
        severity="notice",
        fix="offered",
        wrong=(("“我一一”他停住了。", "“我——”他停住了。"), ("他喊：一一“站住！”", "他喊：——“站住！”")),
        right=("一一介绍", "他把事情一一说了。"),
        check=pattern(r"(?<=[，。：！？”])一一(?=[“‘「])|一一(?=[”’」』])", DASH),
        triggers="一",
    ),
    Rule(
        "K405",
        "ellipsis-and-etc",
        marked("“{text}” says twice that there is more"),
        wording("An ellipsis and 等 mean the same; one of them is enough."),
        wording("{gb}, 4.11 and appendix A", gb=GB),
        severity="notice",
        wrong=(("苹果、梨、葡萄……等等。", None), ("苹果、梨等……", None)),
        right=("等……我马上来！", "苹果、梨……"),
        check=pattern(rf"(?<={HAN})……等(?=等?[，。；、])等?|、[{HAN_CLASS}]{{1,8}}等等?……"),
        triggers="等",
    ),
)
