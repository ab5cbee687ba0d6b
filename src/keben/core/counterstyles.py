"""The characters of the counter styles that CSS predefines (CSS Counter Styles 3, sections 6 and 7).

A style sheet names such a style and does not say its characters, which need fonts as any other text does. Those whose
characters every font has (``decimal``, ``lower-roman``) are here without any.
"""

from collections.abc import Mapping

_DIGITS = {
    "arabic-indic": "٠", "bengali": "০", "cambodian": "០", "khmer": "០", "devanagari": "०", "gujarati": "૦",
    "gurmukhi": "੦", "kannada": "೦", "lao": "໐", "malayalam": "൦", "mongolian": "᠐", "myanmar": "၀", "oriya": "୦",
    "persian": "۰", "tamil": "௦", "telugu": "౦", "thai": "๐", "tibetan": "༠",
}  # fmt: skip
"""The digit nought of each style whose digits are ten characters in a row."""

_HIRAGANA = (
    "、あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん"
)
_KATAKANA = (
    "、アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン"
)
_ARMENIAN = "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔ"
_ASCII = (
    "decimal decimal-leading-zero lower-roman upper-roman lower-alpha lower-latin upper-alpha upper-latin"
)

COUNTER_STYLES: Mapping[str, str] = {
    **dict.fromkeys(_ASCII.split(), ""),
    **{name: "".join(chr(ord(nought) + value) for value in range(10)) for name, nought in _DIGITS.items()},
    "disc": "•",
    "circle": "◦",
    "square": "▪",
    "disclosure-open": "▾",
    "disclosure-closed": "▸",
    "armenian": _ARMENIAN,
    "upper-armenian": _ARMENIAN,
    "lower-armenian": _ARMENIAN.lower(),
    "georgian": "აბგდევზთიკლმნოპჟრსტფქღყშჩცძწჭხჯჰჱჲჳჴჵ",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת׳",
    "lower-greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "cjk-decimal": "〇一二三四五六七八九、",
    "cjk-earthly-branch": "子丑寅卯辰巳午未申酉戌亥、",
    "cjk-heavenly-stem": "甲乙丙丁戊己庚辛壬癸、",
    "hiragana": _HIRAGANA,
    "hiragana-iroha": _HIRAGANA,
    "katakana": _KATAKANA,
    "katakana-iroha": _KATAKANA,
    "japanese-informal": "〇一二三四五六七八九十百千、マイナス",
    "japanese-formal": "零壱弐参四伍六七八九拾百阡、マイナス",
    "korean-hangul-formal": "영일이삼사오육칠팔구십백천마너스",
    "korean-hanja-informal": "零一二三四五六七八九十百千마이너스",
    "korean-hanja-formal": "零壹貳參四五六七八九拾百仟마이너스",
}
"""By name. A number that a style has no form for is printed in ``decimal``."""
