"""Numbers in the forms of word processors (ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = {"Simplified": "零壹贰叁肆伍陆柒捌玖", "Traditional": "零壹貳參肆伍陸柒捌玖"}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def numeral(value: int, form: str) -> str:
    """A number as a form writes it; in digits where the form is unknown or has none so large."""
    return _FORMS.get(form, str)(value) if value >= 0 else str(value)


def _counting(digits: str, units: str, *, is_short: bool) -> Callable[[int], str]:
    def write(value: int) -> str:
        if not 0 < value < 10_000:
            return digits[0] if value == 0 else str(value)
        text = ""
        was_zero = False
        for place in range(3, -1, -1):
            digit = value // 10**place % 10
            if digit:
                text += (digits[0] if was_zero else "") + digits[digit] + (units[place - 1] if place else "")
                was_zero = False
            elif text:
                was_zero = True
        return text[1:] if is_short and text.startswith(digits[1] + units[0]) else text

    return write


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (value // worth)
        value %= worth
    return text


def _letters(value: int) -> str:
    return chr(64 + (value - 1) % 26 + 1) * ((value - 1) // 26 + 1) if 0 < value <= 780 else str(value)


def _circled(value: int) -> str:
    return chr(0x245F + value) if 0 < value <= 20 else chr(0x323C + value) if 20 < value <= 35 else str(value)


def _of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


_chinese = _counting("零一二三四五六七八九", "十百千", is_short=True)
_FORMS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: str(value).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    "japaneseDigitalTenThousand": lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    "taiwaneseDigital": lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    "chineseLegalSimplified": _counting(_LEGAL["Simplified"], "拾佰仟", is_short=False),
    "ideographLegalTraditional": _counting(_LEGAL["Traditional"], "拾佰仟", is_short=False),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda value: chr(0x2487 + value) if 0 < value <= 20 else f"{value}.",
    "decimalEnclosedParen": lambda value: chr(0x2473 + value) if 0 < value <= 20 else f"({value})",
    "ideographEnclosedCircle": lambda value: chr(0x327F + value) if 0 < value <= 10 else str(value),
    "none": lambda _: "",
}
