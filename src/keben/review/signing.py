"""A sheet to sign: what of an edition's conversion is decided, and what is not, as the source of a small book.

The book that it makes is in the edition's own script and is set by Keben like any other, so an editor reads each place
in the letters that will be printed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from keben.core.editorial.values import Decision, Doubt, DoubtKind
from keben.core.language import script
from keben.project.importers.markup import escape_anywhere
from keben.review.values import Reviewed, ReviewSheet

CONTEXTS = 3
"""How many places of one phrase are shown."""

AROUND = 14
"""How many characters of the text before and after a phrase are shown."""

_ROOM = "&nbsp;<br>&nbsp;"
"""A cell that is written into by hand."""

_SIMPLIFIED = {
    "title": "转换复核单",
    "book": "书名",
    "edition": "版本",
    "counts": "未定 {open} 处，其中必须决定的 {must} 处；已定 {decided} 条。",
    "open": "未定之处",
    "must": "必须决定",
    "rank-1": "先看",
    "rank-2": "宜看",
    "rank-3": "有空再看",
    "decided": "已定",
    "nothing": "没有。",
    "phrase": "原文",
    "now": "今作",
    "choice": "可作",
    "where": "何处",
    "why": "缘由",
    "target": "定作",
    "scope": "范围",
    "here": "仅此处：{text}",
    "everywhere": "全书",
    "note": "附记",
    "who": "何人何时",
    "more": "另有 {count} 处。",
    "made": "依据",
    "text": "正文",
    "dictionaries": "词典",
    "segmentation": "断词",
    "configurations": "配置",
    "words": "词表",
    "vocabulary": "用词",
    "sign": "签署",
    "signed": "以上各处我已看过，转换依此付印。",
    "name": "复核人",
    "day": "日期",
    "remark": "意见",
}
_TRADITIONAL = {
    "title": "轉換覆核單",
    "book": "書名",
    "edition": "版本",
    "counts": "未定 {open} 處，其中必須決定的 {must} 處；已定 {decided} 條。",
    "open": "未定之處",
    "must": "必須決定",
    "rank-1": "先看",
    "rank-2": "宜看",
    "rank-3": "有空再看",
    "decided": "已定",
    "nothing": "沒有。",
    "phrase": "原文",
    "now": "今作",
    "choice": "可作",
    "where": "何處",
    "why": "緣由",
    "target": "定作",
    "scope": "範圍",
    "here": "僅此處：{text}",
    "everywhere": "全書",
    "note": "附記",
    "who": "何人何時",
    "more": "另有 {count} 處。",
    "made": "依據",
    "text": "正文",
    "dictionaries": "詞典",
    "segmentation": "斷詞",
    "configurations": "配置",
    "words": "詞表",
    "vocabulary": "用詞",
    "sign": "簽署",
    "signed": "以上各處我已看過，轉換依此付印。",
    "name": "覆核人",
    "day": "日期",
    "remark": "意見",
}

_KINDS: Mapping[DoubtKind, tuple[str, str]] = {
    "credit": ("人名", "人名"),
    "likely": ("多半有误", "多半有誤"),
    "overlap": ("断词两可", "斷詞兩可"),
    "glossary": ("术语", "術語"),
    "quotes": ("引号", "引號"),
    "name": ("似是名字", "似是名字"),
    "several": ("一词数形", "一詞數形"),
    "inconsistent": ("前后不一", "前後不一"),
    "own": ("本书用词", "本書用詞"),
    "markup": ("标记之下", "標記之下"),
    "phrase": ("词语", "詞語"),
    "default": ("照常", "照常"),
    "context": ("上下文", "上下文"),
    "regional": ("地区用词", "地區用詞"),
}
"""What each kind of doubt is called, in Simplified and in Traditional."""


def signing_sources(
    sheet: ReviewSheet, reviewed: Reviewed, facts: Sequence[tuple[str, str]]
) -> Mapping[str, str]:
    """The files of a book that is an edition's sheet, by path.

    Args:
        sheet: The review, with the title as the edition has it.
        reviewed: The edition's part of it.
        facts: What the conversion depends on, in names and values: they say which conversion is signed.
    """
    words = _SIMPLIFIED if script(reviewed.language) == "Hans" else _TRADITIONAL
    return {
        "book/book.toml": _settings(sheet, reviewed, words),
        "book/chapters/sheet.md": _text(sheet, reviewed, facts, words),
    }


def _settings(sheet: ReviewSheet, reviewed: Reviewed, words: Mapping[str, str]) -> str:
    said = {
        "title": f"{sheet.title}　{words['title']}",
        "language": reviewed.language,
        "slug": "sheet",
        "numbering": "none",
    }
    lines = ["[book]", *(f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in said.items())]
    trim = ["", "[print]", 'trim = "A4"', 'design = "report"']
    return "\n".join(
        [*lines, *trim, "", f"[editions.{json.dumps(reviewed.language)}]", 'formats = ["pdf"]', ""]
    )


def _text(
    sheet: ReviewSheet, reviewed: Reviewed, facts: Sequence[tuple[str, str]], words: Mapping[str, str]
) -> str:
    decided = [
        each for each in sheet.decisions if each.language in (reviewed.language, reviewed.language[:7])
    ]
    must = [each for each in reviewed.doubts if each.kind in sheet.fail_on]
    counts = words["counts"].format(open=len(reviewed.doubts), must=len(must), decided=len(decided))
    parts = [
        f"# {words['title']}",
        f"{words['book']}：《{escape_anywhere(sheet.title)}》",
        f"{words['edition']}：{escape_anywhere(reviewed.edition)}",
        counts,
        f"## {words['open']}",
        *_open(sheet, reviewed, words),
        f"## {words['decided']}",
        _table(
            (words["phrase"], words["target"], words["scope"], words["note"], words["who"]),
            [_decision_row(each, sheet.source_language, words) for each in decided],
        )
        or words["nothing"],
        f"## {words['made']}",
        "\n".join(f"- {words.get(name, _plain(name))}：`{value}`" for name, value in facts),
        f"## {words['sign']}",
        words["signed"],
        _table((words["name"], words["day"], words["remark"]), [(_ROOM, _ROOM, _ROOM)] * 2),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _open(sheet: ReviewSheet, reviewed: Reviewed, words: Mapping[str, str]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Doubt]] = {}
    for doubt in reviewed.doubts:
        heading = "must" if doubt.kind in sheet.fail_on else f"rank-{doubt.rank}"
        groups.setdefault((heading, doubt.phrase), []).append(doubt)
    if not groups:
        yield words["nothing"]
    for heading in ("must", "rank-1", "rank-2", "rank-3"):
        rows = [
            _open_row(doubts, sheet.source_language, reviewed.language, words)
            for (under, _), doubts in groups.items()
            if under == heading
        ]
        if rows:
            yield f"### {words[heading]}"
            yield _table((words["phrase"], words["choice"], words["where"], words["why"]), rows)


def _open_row(
    doubts: Sequence[Doubt], source: str, language: str, words: Mapping[str, str]
) -> tuple[str, ...]:
    first = doubts[0]
    outputs = list(dict.fromkeys(each.output for each in doubts if each.output))
    candidates = dict.fromkeys([*outputs, *(text for each in doubts for text in each.candidates)])
    boxes = "<br>".join(f"□ {_plain(text)}" for text in candidates)
    shown = [
        f"{_plain(each.output_before[-AROUND:])}**{_plain(each.output)}**{_plain(each.output_after[:AROUND])}"
        f"　`{each.place.path.removeprefix('book/')}:{each.place.line}`"
        for each in doubts[:CONTEXTS]
    ]
    if len(doubts) > CONTEXTS:
        shown.append(words["more"].format(count=len(doubts) - CONTEXTS))
    kind = _KINDS[first.kind][script(language) != "Hans"]
    return _in(first.phrase, source), boxes, "<br>".join(shown), kind


def _decision_row(decision: Decision, source: str, words: Mapping[str, str]) -> tuple[str, ...]:
    around = decision.before + decision.phrase + decision.after
    scope = (
        words["here"].format(text=_in(around, source)) if around != decision.phrase else words["everywhere"]
    )
    who = " ".join(filter(None, (decision.editor, decision.date)))
    return _in(decision.phrase, source), _plain(decision.target), scope, _plain(decision.note), _plain(who)


def _in(text: str, language: str) -> str:
    return f"[{_plain(text)}]{{lang={language}}}"


def _plain(text: str) -> str:
    return escape_anywhere(" ".join(text.split()))


def _table(head: Iterable[str], rows: Sequence[Sequence[str]]) -> str:
    """A table, or nothing where it has no rows."""
    names = list(head)
    if not rows:
        return ""
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
