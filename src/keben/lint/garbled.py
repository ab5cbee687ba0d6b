"""Text that was read in a wrong encoding: what it said cannot be corrected character by character."""

import re
from collections.abc import Iterator
from functools import lru_cache

from keben.core.saying import marked, wording
from keben.lint.values import LintPage, Rule, Slip
from keben.markdown.passages import ProseBlock

_WINDOW = 40
_STEP = 20
_LEAST = 12
_RARE_SHARE = 0.3
_RARE_BESIDE_SIGNS = 0.15
ROUND = 40
"""How far the other rules stay away on both sides."""

_SIGNS = re.compile(r"[?\ufffd０-９Ａ-Ｚａ-ｚ]|锟斤拷|烫烫|屯屯")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u3400-\u9fff]")

_COMMON = {"gb2312": (0xB0, 0xD7), "big5": (0xA4, 0xC6)}
"""First and last lead byte of the level of a character set that has the characters of common use."""


@lru_cache(maxsize=8192)
def _is_common(character: str) -> bool:
    """Whether a character is of the first level of GB 2312 or of Big5."""
    for codec, (first, last) in _COMMON.items():
        try:
            lead = character.encode(codec)[0]
        except UnicodeEncodeError:
            continue
        if first <= lead <= last:
            return True
    return False


@lru_cache(maxsize=64)
def garbled_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Pieces of a text with far more rare characters than any prose has, beside signs of what was lost."""
    if len(_SIGNS.findall(text)) < 2:
        return ()
    found: list[tuple[int, int]] = []
    for start in range(0, max(len(text) - _STEP, 1), _STEP):
        window = text[start : start + _WINDOW]
        han = _HAN.findall(window)
        rare = sum(not _is_common(one) for one in han)
        signs = len(_SIGNS.findall(window))
        most = _RARE_SHARE if signs == 1 else _RARE_BESIDE_SIGNS
        if len(han) >= _LEAST and signs and not _KANA.search(window) and rare > most * len(han):
            end = start + len(window)
            if found and start <= found[-1][1] + 2 * _WINDOW:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return tuple(found)


def _garbled(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
    for start, end in garbled_spans(passage.text):
        yield Slip(start, end)


RULES = (
    Rule(
        "K528",
        "garbled-text",
        marked("“{text}” was read in a wrong encoding, and characters are lost"),
        wording(
            "Text in GB 18030 or Big5 that a program took for another encoding. It has to be "
            "taken again from where it came; no other rule looks at it."
        ),
        "GB 18030—2022; Big5",
        severity="error",
        wrong=(("曹公大喜，命人置酒。笏玫埠鞍?曜?喙氐瘢?罚?钚帧；夭芄?弧伊?卟鏊笥曛柚粒?坏猛兑还", None),),
        right=("“你去吗?”他问,“我去。”她说:“好?”", "琥珀、珊瑚、琉璃、玳瑁、翡翠"),
        check=_garbled,
    ),
)
