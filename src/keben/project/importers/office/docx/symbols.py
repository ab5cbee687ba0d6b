"""Signs of Word's symbol fonts as characters of Unicode."""

import re

UNKNOWN = "〓"
"""For a sign that is in no font of Unicode's."""

_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_WINGDINGS = {
    **{0x5E + at: chr(0x2648 + at) for at in range(12)}, **{0x81 + at: chr(0x2460 + at) for at in range(10)},
    **{0x8C + at: chr(0x2776 + at) for at in range(10)}, 0x80: "⓪", 0x8B: "⓿",
    0x21: "✏", 0x23: "✁", 0x3F: "✍", 0x51: "✈", 0xA5: "◎", 0xF1: "⇧", 0xF2: "⇩",
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x41: "✌", 0x45: "☜", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x52: "☼",
    0x54: "❄", 0x58: "✠", 0x59: "✡", 0x5B: "☯", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒",
    0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x7B: "❀", 0x7C: "✿", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻",
    0xAB: "★", 0xAE: "✫", 0xB2: "✧", 0xC4: "✄", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xEF: "⇦", 0xF0: "⇨", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑", 0x4E: "☠", 0x46 - 1: "☜",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✔",
    0x51: "☒",
    0x52: "☑",
    0x97: "●",
    0x99: "◉",
    0x9F: "▪",
    0xA3: "□",
    0xEA: "✶",
    0xF5: "※",
}
_WINGDINGS_3 = {
    0x70: "▲", 0x71: "▼", 0x72: "△", 0x73: "▽", 0x74: "◀", 0x75: "▶", 0x76: "◁", 0x77: "▷", 0x7D: "▶",
    0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓",
}  # fmt: skip
_WEBDINGS = {
    0x33: "◀", 0x34: "▶", 0x35: "▲", 0x36: "▼", 0x61: "✔", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✘",
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩",
    0xC8: "∪", 0xCE: "∈", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xE5: "∑", 0xF2: "∫", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xDE: "⇒", 0xDB: "⇔", 0x40: "≅", 0x5E: "⊥", 0x24: "∃", 0x22: "∀",
}  # fmt: skip

_TABLES = {
    "wingdings": _WINGDINGS, "wingdings2": _WINGDINGS_2, "wingdings3": _WINGDINGS_3, "webdings": _WEBDINGS,
}  # fmt: skip
_LETTERS = re.compile(r"[!-~\xa1-\xff\uf021-\uf0ff]")


def is_symbolic(font: str) -> bool:
    """Whether a font shows signs in the places of letters."""
    name = font.lower().replace(" ", "")
    return name == "symbol" or name in _TABLES


def in_signs(font: str, text: str) -> tuple[str, tuple[str, ...]]:
    """A text in such a font as characters of Unicode, and the signs that none stands for, which are `UNKNOWN`."""
    unknown: list[str] = []

    def shown(match: re.Match[str]) -> str:
        code = f"{ord(match[0]):04X}"
        found = symbol(font, code)
        if found is None:
            unknown.append(f"{font} {code}")
        return found or UNKNOWN

    return _LETTERS.sub(shown, text), tuple(unknown)


def symbol(font: str, code: str) -> str | None:
    """The character of a sign; None where it is unknown."""
    try:
        value = int(code, 16)
    except ValueError:
        return None
    value = value - 0xF000 if 0xF000 <= value <= 0xF0FF else value
    name = font.lower().replace(" ", "")
    if name == "symbol":
        return _symbol(value)
    if name in _TABLES:
        return _TABLES[name].get(value)
    is_private = 0xE000 <= value <= 0xF8FF
    return (
        chr(value) if 0x20 <= value <= 0xFFFF and not is_private and not 0xD800 <= value <= 0xDFFF else None
    )


def _symbol(value: int) -> str | None:
    if value in _SYMBOL:
        return _SYMBOL[value]
    if 0x41 <= value <= 0x5A:
        return _GREEK[value - 0x41]
    if 0x61 <= value <= 0x7A:
        return "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"[value - 0x61]
    return chr(value) if 0x20 <= value < 0x40 else None
