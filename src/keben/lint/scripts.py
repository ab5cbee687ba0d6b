"""Characters of the other script: Traditional ones in a Simplified book, and the other way round."""

from collections.abc import Iterator, Mapping
from functools import cache

from keben.core.regions import region_of
from keben.core.saying import marked, series, wording
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import ProseBlock
from keben.script.dictionaries import entries

_ENOUGH = 5
"""How many more characters of one script than of the other say what a text is in."""
_AROUND = {"“": "”", "「": "」", "（": "）", "‘": "’", "『": "』", "《": "》"}


@cache
def foreign_characters(language: str) -> Mapping[str, tuple[str, ...]]:
    """Characters that a text in a language does not have, with those that stand for them, by OpenCC's tables.

    A character that the region's own character set has is none: 乾 and 著 are Simplified too. One whose counterpart
    that set lacks is rare, and is left alone.
    """
    region = region_of(language)
    files = ("TSCharacters.txt",) if "Hans" in language else ("STCharacters.txt",)
    return {
        source: targets
        for file in files
        for source, targets in entries(file).items()
        if source not in targets
        and not _has(region.common.codec, source)
        and all(_has(region.common.codec, target) for target in targets)
    }


def script_of(text: str, otherwise: str = "zh-Hans-CN") -> str:
    """The language of a text of which nothing says it: that of the script that more characters belong to alone."""
    traditional = foreign_characters("zh-Hans-CN").keys()
    simplified = foreign_characters("zh-Hant-TW").keys()
    balance = sum((one in simplified) - (one in traditional) for one in text)
    if abs(balance) < _ENOUGH:
        return otherwise
    return "zh-Hans-CN" if balance > 0 else "zh-Hant-TW"


def _has(codec: str, text: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _foreign(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
    table = foreign_characters(page.language)
    text = passage.text
    if table.keys().isdisjoint(text):
        return
    for at, character in enumerate(text):
        targets = table.get(character)
        if targets:
            is_shown = _AROUND.get(text[at - 1 : at]) == text[at + 1 : at + 2] != ""
            if not is_shown:
                yield Slip(at, at + 1, targets[0], about=series(targets, " or "))


RULES = (
    Rule(
        "K601",
        "other-script",
        marked("“{text}” is of the other script. Write “{about}”"),
        wording(
            "Keben converts from one script: what is written in the other stays as it is, or is converted twice."
        ),
        wording("OpenCC, TSCharacters and STCharacters; GB 2312 and Big5 for what either script has"),
        fix="offered",
        wrong=(("他們走了。", "他们走了。"),),
        right=("乾隆与著作", "“們”是繁体字的一个例子".replace("們", "门"), "“們”"),
        check=_foreign,
    ),
)
