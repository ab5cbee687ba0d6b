"""Markdown's signs as an input method writes them, in full width: they are read as text."""

import re
from collections.abc import Iterator

from keben.core.saying import marked, wording
from keben.lint.patterns import HAN, both, in_kinds, pattern
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import ProseBlock

SOURCE = "CommonMark 0.31.2; Keben's docs/markdown.md"

_LONGEST_HEADING = 40
_PARAGRAPHS = ("paragraph", "item", "quotation")


def _heading(match: re.Match[str]) -> str:
    return "#" * len(match["signs"]) + " "


def _is_heading(match: re.Match[str], passage: ProseBlock) -> bool:
    line = passage.text[match.end() :].partition("\n")[0]
    level = len(match["signs"])
    return (
        passage.kind == "paragraph"
        and level <= 6
        and len(line) <= _LONGEST_HEADING
        and (level > 1 or match["gap"] != "")
    )


_IS_NO_TOPIC = r"(?![^\n＃#]{1,20}[＃#])"
"""Behind the signs: a topic of social media has another one at its end."""


def _notes(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
    for match in re.finditer(
        r"[［【\[][\^＾](?P<label>[A-Za-z0-9_-]{1,20})[］】\]](?P<colon>[:：]?)", passage.text
    ):
        if match[0].startswith("[^") and match[0].rstrip(":：").endswith("]"):
            continue
        label = match["label"]
        again = re.findall(rf"[［【\[][\^＾]{re.escape(label)}[］】\]]", page.text)
        defines = match.start() == 0 and match["colon"]
        better = f"[^{label}]" + (": " if defines else match["colon"])
        end = match.end()
        if defines:
            end += len(passage.text[end:]) - len(passage.text[end:].lstrip(" \u3000"))
        yield Slip(match.start(), end, better, len(again) > 1)


def _definitions(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    match = re.match(r"：[ \u3000]*", passage.text)
    if match and passage.calls and passage.calls[0].at == 0 and passage.kind == "paragraph":
        yield Slip(0, match.end(), ": ")


def _table(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    lines = passage.text.split("\n")
    if len(lines) < 2 or not all(line.lstrip()[:1] in ("|", "｜") for line in lines):
        return
    is_table = re.fullmatch(r"[|｜][-－—:： |｜]+", lines[1].strip()) is not None
    at = 0
    for number, line in enumerate(lines):
        signs = "｜－：" if number == 1 else "｜"
        for column, character in enumerate(line):
            if character in signs:
                better = {"｜": "|", "－": "-", "：": ":"}[character]
                yield Slip(at + column, at + column + 1, better, is_table)
        at += len(line) + 1


def _indented(page: LintPage) -> Iterator[Slip]:
    starts = [0]
    for line in page.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for first, last in page.prose.indented:
        end = starts[last] - 1
        text = page.text[starts[first] : end].rstrip()
        better = "\n".join(line.lstrip(" \t") for line in text.split("\n"))
        yield Slip(starts[first], starts[first] + len(text), better)


RULES = (
    Rule(
        "K101",
        "wide-heading",
        marked("“{text}” begins no heading in full width"),
        wording(
            "An input method in Chinese mode writes ＃; Markdown knows # alone, and the line is printed as text."
        ),
        SOURCE,
        fix="certain",
        wrong=(("＃＃ 小节", "## 小节"), ("＃　第一章", "# 第一章")),
        right=("＃话题＃ 今天聊什么？", "他说＃是井号。"),
        check=in_kinds(
            pattern(
                rf"\A(?P<signs>(?=#*＃)[#＃]+){_IS_NO_TOPIC}(?P<gap>[ \t\u3000]*)(?=\S)",
                _heading,
                _is_heading,
            ),
            *_PARAGRAPHS,
        ),
        triggers="＃",
        shapes=True,
    ),
    Rule(
        "K102",
        "wide-quotation",
        marked("“{text}” begins no quotation in full width"),
        wording("Markdown knows > alone."),
        SOURCE,
        fix="certain",
        wrong=(("＞ 床前明月光，\n＞疑是地上霜。", "> 床前明月光，\n> 疑是地上霜。"),),
        right=("甲＞乙",),
        check=in_kinds(pattern(r"(?:\A|(?<=\n))(?P<x>＞[ \u3000]?)(?=\S)", "> "), "paragraph"),
        triggers="＞",
        shapes=True,
    ),
    Rule(
        "K103",
        "wide-note",
        marked("“{text}” calls no note"),
        wording("Markdown knows [^1] in half width alone."),
        SOURCE,
        fix="certain",
        wrong=(("正文［^1］。\n\n[^1]: 注文。", "正文[^1]。\n\n[^1]: 注文。"),),
        right=("正文[^1]。\n\n[^1]: 注文。", "【1】"),
        check=_notes,
        triggers="^＾",
        shapes=True,
    ),
    Rule(
        "K104",
        "wide-emphasis",
        marked("“{text}” is not emphasis"),
        wording("Markdown knows * alone."),
        SOURCE,
        fix="certain",
        wrong=(("这是＊＊重点＊＊。", "这是**重点**。"), ("这是＊重点＊。", "这是*重点*。")),
        right=("3＊5＝15", "＊ 表示注释"),
        check=pattern(
            rf"(?P<stars>(?=\**＊)[＊*]{{1,3}})(?![＊*\s])(?P<inner>[^＊*\n]*{HAN}[^＊*\n]*)(?<!\s)(?P<last>[＊*]{{1,3}})",
            lambda found: (
                "*" * len(found["stars"]) + found["inner"] + "*" * len(found["stars"])
                if len(found["stars"]) == len(found["last"])
                else None
            ),
            lambda found, _: len(found["stars"]) == 2,
        ),
        triggers="＊",
        shapes=True,
    ),
    Rule(
        "K105",
        "wide-ruby",
        marked("“{text}” is not a word with its reading"),
        wording("Keben knows {字|zì} in half width alone."),
        SOURCE,
        fix="certain",
        wrong=(("｛霾｜mái｝很重。", "{霾|mái}很重。"), ("{霾｜mái}很重。", "{霾|mái}很重。")),
        right=("｛甲｜乙｝是两个集合。", "{霾|mái}很重。"),
        check=pattern(
            rf"[{{｛](?P<base>{HAN}{{1,8}})[|｜]"
            r"(?P<reading>[A-Za-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff\u3105-\u312fˊˇˋ˙ ]{1,40})[}｝]",
            r"{\g<base>|\g<reading>}",
        ),
        triggers="｛｝｜",
        shapes=True,
    ),
    Rule(
        "K106",
        "wide-code",
        marked("“{text}” is not code"),
        wording("Markdown knows ` alone."),
        SOURCE,
        fix="certain",
        wrong=((wording("运行｀make all｀。"), wording("运行`make all`。")),),
        right=("｀ 是全角的重音符。",),
        check=pattern(r"｀([^`｀\n]{1,60})｀", r"`\1`"),
        triggers="｀",
        shapes=True,
    ),
    Rule(
        "K107",
        "wide-link",
        marked("“{text}” is neither a link nor a picture"),
        wording("Markdown knows [text](address) in half width alone."),
        SOURCE,
        fix="certain",
        wrong=(
            ("见［首页］（https://example.org/）。", "见[首页](https://example.org/)。"),
            ("！［地图］（images/map.png）", "![地图](images/map.png)"),
        ),
        right=("见［甲］（乙）。", "数组[一]（见下）。"),
        check=pattern(
            r"(?P<sign>[!！]?)(?:［(?P<text>[^\[\]［］\n]{1,60})[］\]]|\[(?P<other>[^\[\]［］\n]{1,60})[］\]])"
            r"(?:（(?P<address>(?:https?://|[./#A-Za-z0-9_-])[!-'*-~]*)[）)]|\((?P<half>https?://[!-'*-~]+|[!-'*-~]+\.[a-z]{2,4})[）)])",
            lambda found: (
                ("!" if found["sign"] else "")
                + f"[{found['text'] or found['other']}]({found['address'] or found['half']})"
            ),
            lambda found, _: bool(
                re.search(
                    r"://|\.(?:md|html?|png|jpe?g|gif|svg|webp|pdf)\b", found["address"] or found["half"]
                )
            ),
        ),
        triggers="］（",
        shapes=True,
    ),
    Rule(
        "K108",
        "wide-table",
        marked("“{text}” parts no cells of a table"),
        wording("Markdown knows | and - alone."),
        SOURCE,
        fix="certain",
        wrong=(("｜甲｜乙｜\n｜－－－｜－－－｜\n｜一｜二｜", "|甲|乙|\n|---|---|\n|一|二|"),),
        right=("甲｜乙",),
        check=in_kinds(_table, "paragraph"),
        triggers="｜",
        shapes=True,
    ),
    Rule(
        "K109",
        "heading-gap",
        marked("“{text}” begins no heading without a space behind it"),
        wording("Markdown asks for a space behind the signs of a heading."),
        SOURCE,
        fix="certain",
        wrong=(("##小节", "## 小节"), ("###　小节", "### 小节")),
        right=("#话题#很多", "## 小节", "C#语言"),
        check=in_kinds(
            pattern(
                rf"\A(?P<signs>#{{1,6}}){_IS_NO_TOPIC}(?P<gap>\u3000*)(?={HAN}|[“「《（])",
                _heading,
                _is_heading,
            ),
            "paragraph",
        ),
        triggers="#",
        shapes=True,
    ),
    Rule(
        "K110",
        "list-gap",
        marked("“{text}” begins no item of a list"),
        wording("Markdown asks for a space in half width behind the mark of an item."),
        SOURCE,
        fix="certain",
        wrong=(
            ("-　甲\n-　乙", "- 甲\n- 乙"),
            ("1.　甲\n2.　乙", "1. 甲\n2. 乙"),
            ("－ 甲\n－ 乙", "- 甲\n- 乙"),
        ),
        right=("- 甲", "－5℃"),
        check=both(
            in_kinds(
                pattern(
                    r"(?:\A|(?<=\n))(?P<x>(?:[-*+]|(?P<number>[0-9]{1,3}[.)]))\u3000+)(?=\S)",
                    lambda found: found["x"].rstrip("\u3000") + " ",
                    lambda found, passage: found["number"] is None and passage.kind == "paragraph",
                ),
                "paragraph",
            ),
            in_kinds(
                pattern(r"(?:\A|(?<=\n))(?P<x>－[ \u3000])(?=\S)", "- ", lambda _found, _passage: False),
                "paragraph",
            ),
        ),
        triggers="\u3000－",
        shapes=True,
    ),
    Rule(
        "K111",
        "wide-definition",
        marked("“{text}” behind the label defines no note"),
        wording("Markdown asks for a colon in half width."),
        SOURCE,
        fix="certain",
        wrong=(("正文[^1]。\n\n[^1]：注文。", "正文[^1]。\n\n[^1]: 注文。"),),
        right=("正文[^1]：下文。\n\n[^1]: 注文。",),
        check=_definitions,
        triggers="：",
        shapes=True,
    ),
    Rule(
        "K112",
        "indented-paragraph",
        marked("“{text}” is set as code: four spaces begin its line"),
        wording(
            "Four spaces at the head of a line make code in Markdown. Paragraphs are indented by the theme."
        ),
        SOURCE,
        fix="offered",
        wrong=(("前文。\n\n    四个空格缩进的一段，是正文。", "前文。\n\n四个空格缩进的一段，是正文。"),),
        right=("前文。\n\n    print(1)",),
        page_check=_indented,
        shapes=True,
    ),
)
