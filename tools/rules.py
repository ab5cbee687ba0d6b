"""Writes the tables of docs/lint.md and docs/lint.zh.md from the rules themselves: python tools/rules.py [PAGE ...]."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from keben.core.catalogues import translated
from keben.core.saying import Wording
from keben.lint.table import FAMILIES
from keben.lint.values import Rule

BEGIN = "<!-- rules: written by tools/rules.py -->\n"
END = "<!-- end of rules -->"
_SIGNS = "&<>|*_`[]#~!:\\"
"""What Markdown would read, or make a link or an emoji of, inside of ``<code>``."""
DOCS = Path(__file__).resolve().parent.parent / "docs"
DOCUMENTS = {DOCS / "lint.md": "en", DOCS / "lint.zh.md": "zh-Hans"}

WORDS = {
    "en": {
        "head": "| rule | severity, fix | why | wrong → right |",
        "off": "; off unless selected",
        "simplified": "; Simplified only",
        "person": "(a person decides)",
        "passed": "passed over: ",
        "comma": ", ",
    },
    "zh-Hans": {
        "head": "| 规则 | 程度，改法 | 为什么 | 错 → 对 |",
        "off": "；默认关闭",
        "simplified": "；只看简体",
        "person": "由人决定",
        "passed": "不算错：",
        "comma": "，",
        "error": "错误",
        "warning": "警告",
        "notice": "提示",
        "certain": "确定",
        "offered": "建议",
        "none": "不改",
    },
}

_SOURCES = {
    "Keben's docs": "刻本的docs",
    "Mixed text composition": "中西文混排",
    "Interpuncts": "间隔号",
    " (第一批异形词整理表)": "《第一批异形词整理表》",
    "MOE Taiwan, Dictionary of Chinese Character Variants": "台湾教育部《异体字字典》",
    " (academic works)": "（学术著作）",
    "common practice of publishers": "出版界通行做法",
    "chapter ": "第",
    ", ": "，",
    "; ": "；",
    " and ": "和",
    " to ": "至",
}
"""What sources that no catalogue has say in Chinese: they are mostly numbers."""

_GAP = re.compile(
    r"(?<=[\u4e00-\u9fff]) (?=[!-~＃～—])|(?<=[!-~～—]) (?=[\u4e00-\u9fff])|(?<=[“「]) (?=[”」])"
)
"""A space that messages have and pages have not: between Chinese and Latin, and in a pair of marks."""


def tables(language: str = "en") -> str:
    """A table for each family of rules."""
    words = WORDS[language]
    parts = []
    for title, module in FAMILIES:
        parts.append(f"### {_said(title, language)}\n\n{words['head']}\n|---|---|---|---|\n")
        parts += [f"{_row(rule, words, language)}\n" for rule in module.RULES]
        parts.append("\n")
    return "".join(parts)


def _said(text: str, language: str) -> str:
    if language == "en":
        return text
    return _GAP.sub("", translated(text, language)).replace("Keben", "刻本")


def _source(text: str, language: str) -> str:
    if language == "en" or (isinstance(text, Wording) and translated(text, language) != text):
        return _said(text, language)
    for english, chinese in _SOURCES.items():
        text = text.replace(english, chinese)
    return re.sub(r"第([\d.]+)", r"第\1章", text)


def _row(rule: Rule, words: Mapping[str, str], language: str) -> str:
    off = "" if rule.by_default else words["off"]
    languages = words["simplified"] if rule.languages == ("Hans",) else ""
    examples = "<br>".join(
        f"{_code(wrong)} → {_code(better) if better is not None else words['person']}"
        for wrong, better in rule.wrong
    )
    right = words["comma"].join(map(_code, rule.right))
    reason, source = _cell(_said(rule.reason, language)), _cell(_source(rule.source, language))
    if language != "en":
        reason = re.sub("“”|「」", r"`\g<0>`", reason)  # as code, which no conversion changes
    kind = f"{words.get(rule.severity, rule.severity)}{words['comma']}{words.get(rule.fix, rule.fix)}"
    return (
        f"| **{rule.number}**<br>`{rule.name}` | {kind}{off}{languages} "
        f"| {reason}{' ' if language == 'en' else ''}<br>*{source}* "
        f"| {examples}<br>{words['passed']}{right} |"
    )


def _cell(text: str) -> str:
    for sign in ("\\", "|", "*", "#", "[", "<", ">", "{", "`", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text


def _code(text: str) -> str:
    """An example as code in a cell of a table, with what shows nothing named."""
    shown = "".join(_shown(character) for character in text)
    escaped = "".join(f"&#{ord(one)};" if one in _SIGNS else one for one in shown)
    return f"<code>{escaped}</code>"


def _shown(character: str) -> str:
    if character == "\n":
        return "⏎"
    if character == "\t":
        return "⇥"
    is_unseen = character in "\u00a0\u200b\u200d\u3000\ufeff\ufffd" or "\ue000" <= character <= "\uf8ff"
    return f"[U+{ord(character):04X}]" if is_unseen else character


def with_tables(text: str, language: str = "en") -> str:
    """A document with its tables as they should be."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{tables(language)}{END}{rest.partition(END)[2]}"


def main(*paths: Path) -> None:
    """Write the tables of the pages again, of both where none is named."""
    for path in paths or DOCUMENTS:
        language = DOCUMENTS.get(path.resolve(), "en")
        path.write_text(with_tables(path.read_text("utf-8"), language), "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
