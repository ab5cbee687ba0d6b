"""Numbers: mixed numerals, ranges, zeros, and signs between digits."""

import re

from keben.core.saying import marked, wording
from keben.lint.patterns import both, pattern
from keben.lint.values import Rule

GB = "GB/T 15835—2011"

_DIGITS = "一二三四五六七八九"
_MEASURE = "[年月日天周岁人个次倍页章节度米元万亿千百%％℃点分秒时小条项种名部件]"

RULES = (
    Rule(
        "K701",
        "mixed-numeral",
        marked("“{text}” mixes Chinese and Arabic figures"),
        wording("A number is written in one kind of figures; only 万 and 亿 stand behind Arabic ones."),
        f"{GB}, 5.3",
        wrong=(("来了一百20人", None), ("来了1百零8人", None)),
        right=("来了3万人", "5千克", "来了一百二十人", "一百2元店".replace("一百2", "两")),
        check=pattern(
            rf"[{_DIGITS}两]?[十百千][0-9]+|[0-9]+[百](?![分货姓年])(?:零?[0-9{_DIGITS}])"
            rf"|[0-9]+十(?=[{_DIGITS}]?[人个年天岁])"
        ),
        triggers="十百千",
    ),
    Rule(
        "K702",
        "range-mark",
        marked("“{text}” has a sign of keyboards between its ends. Write “～”"),
        wording("Ranges of numbers have ～ (U+FF5E)."),
        f"{GB}, 5.1.3; GB/T 15834—2011, 4.13",
        fix="certain",
        wrong=(("需要3~5天", "需要3～5天"), ("10%〜20%", "10%～20%"), ("三~五天", "三～五天")),
        right=("需要3～5天", "~/bin", "约~5"),
        check=both(
            pattern(r"(?<=[0-9%％℃])[~〜∼˜](?=[0-9])(?![0-9.,]*[A-Za-z_/])", "～"),
            pattern(rf"(?<=[{_DIGITS}十百千万年月日天个岁])[~〜∼](?=[{_DIGITS}十百千0-9])", "～"),
        ),
        triggers="~〜∼˜",
    ),
    Rule(
        "K703",
        "range-hyphen",
        marked("“{text}” has a hyphen between its ends. Write “～”, or “—” between years"),
        wording("Ranges of numbers have ～ or —; a hyphen joins the parts of one number."),
        f"{GB}, 5.1.3; GB/T 15834—2011, 4.13",
        severity="notice",
        fix="offered",
        wrong=(("需要3-5天", "需要3～5天"), ("1920-1936年", "1920—1936年")),
        right=("010-62751234", "2026-11-26", "需要3～5天"),
        check=pattern(
            rf"(?<![0-9A-Za-z.–-])[0-9]+(?:\.[0-9]+)?[%％]?(?P<x>[-–－])[0-9]+(?:\.[0-9]+)?(?={_MEASURE})(?!日|[0-9])",
            lambda found: "—" if re.match(r"\d{3,4}\D\d{3,4}", found[0]) else "～",
        ),
        triggers="-–－",
    ),
    Rule(
        "K704",
        "zero",
        marked("“{text}” stands for a zero in a Chinese number. Write “〇”"),
        wording("The zero of years and numbers that name is U+3007, which fonts of Chinese have."),
        f"{GB}, 5.2.5",
        fix="certain",
        wrong=(("二○二六年", "二〇二六年"), ("二О二六年", "二〇二六年"), ("二0二六年", "二〇二六年")),
        right=("二〇二六年", "○ 正确"),
        check=both(
            pattern(rf"(?<=[{_DIGITS}〇○])[○◯ОΟOoо〇０0](?=[○◯ОΟOoо〇０0]?[{_DIGITS}年])", "〇"),
            pattern(rf"(?<=[{_DIGITS}])[○◯](?=[○◯]?[{_DIGITS}年])|(?<=[○◯])[○◯](?=[{_DIGITS}年])", "〇"),
        ),
        triggers="○◯ОΟOoо０0",
    ),
    Rule(
        "K705",
        "year-with-ling",
        marked("“{text}” has 零 in a year. Write “〇”"),
        wording("The zero in a year is written 〇: a year is not a quantity."),
        f"{GB}, 5.2.2 and 5.2.5",
        severity="notice",
        fix="offered",
        wrong=(("二零二六年", "二〇二六年"),),
        right=("一百零二年", "二〇二六年", "零年"),
        check=pattern(
            rf"(?<![{_DIGITS}零〇])[{_DIGITS}](?=[{_DIGITS}零〇]{{3}}年)[{_DIGITS}〇]*零[{_DIGITS}零〇]*(?=年)",
            lambda found: found[0].replace("零", "〇"),
        ),
        triggers="零",
    ),
    Rule(
        "K706",
        "approximate-number",
        marked("“{text}” is one number that is not exact. Write it without “、”"),
        wording("Two neighbouring numbers that say about how many have no mark between them."),
        f"{GB}, 5.2.1",
        severity="notice",
        fix="offered",
        wrong=(("过了三、四天", "过了三四天"),),
        right=("第三、四章", "一、二年级"),
        check=pattern(
            rf"(?<![第{_DIGITS}十百千、年月])(?:一(?P<a>、)二|二(?P<b>、)三|两(?P<c>、)三|三(?P<d>、)四|四(?P<e>、)五|五(?P<f>、)六|六(?P<g>、)七"
            rf"|七(?P<h>、)八|八(?P<i>、)九)(?=[十百千万]?(?:天|个|岁|里|步|次|遍|人|位|句|丈|尺|寸|斤|日|名|只|匹|条))",
            lambda found: found[0].replace("、", ""),
        ),
        triggers="、",
    ),
    Rule(
        "K707",
        "full-width-colon-in-time",
        marked("“{text}” has a full-width colon between digits. Write “:”"),
        wording("Hours and minutes have a colon in half width between them."),
        f"{GB}, 5.1.5",
        fix="certain",
        wrong=(("下午3：30开会", "下午3:30开会"),),
        right=("下午3:30开会", "第1：甲", "比例是1：2"),
        check=pattern(
            r"(?P<day>(?:上午|下午|早上|中午|傍晚|晚上|凌晨|清晨|半夜|午后|午後) ?)?"
            r"(?<![0-9：])(?:[01]?[0-9]|2[0-3])(?P<x>：)[0-5][0-9](?![0-9：])",
            ":",
            lambda found, _: found["day"] is not None,
        ),
        triggers="：",
    ),
    Rule(
        "K708",
        "full-width-percent",
        marked("“{text}” is in full width behind digits. Write “%”"),
        wording("Signs of units behind digits are in half width, as digits are."),
        f"{GB}, 5.1.7",
        severity="notice",
        fix="offered",
        wrong=(("占12％", "占12%"),),
        right=("占12%",),
        check=pattern(r"(?<=[0-9])％", "%"),
        triggers="％",
    ),
    Rule(
        "K709",
        "percent-in-words",
        marked("“{text}” mixes words and figures"),
        wording("百分之 has Chinese figures behind it, and Arabic figures have % behind them."),
        f"{GB}, 5.3",
        severity="notice",
        fix="offered",
        wrong=(("占百分之12", "占12%"),),
        right=("占百分之十二", "占12%"),
        check=pattern(r"百分之(?P<number>[0-9]+(?:\.[0-9]+)?)(?![0-9.]*[千万亿])", r"\g<number>%"),
        triggers="百",
    ),
)
