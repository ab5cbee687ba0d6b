"""Signs of Word's symbol fonts as characters of Unicode."""

_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_WINGDINGS = {
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
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩",
    0xC8: "∪", 0xCE: "∈", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xE5: "∑", 0xF2: "∫", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xDE: "⇒", 0xDB: "⇔", 0x40: "≅", 0x5E: "⊥", 0x24: "∃", 0x22: "∀",
}  # fmt: skip


def symbol(font: str, code: str) -> str | None:
    """The character of a sign; None where it is unknown."""
    try:
        value = int(code, 16)
    except ValueError:
        return None
    value = value - 0xF000 if 0xF000 <= value <= 0xF0FF else value
    name = font.lower()
    if name == "symbol":
        return _symbol(value)
    if name in ("wingdings 2", "wingdings2"):
        return _WINGDINGS_2.get(value)
    if name.startswith("wingdings"):
        return _WINGDINGS.get(value)
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
