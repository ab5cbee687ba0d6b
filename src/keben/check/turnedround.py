"""What a text consists of where PDFium reads lines from right to left: it takes many characters for others there.

It decomposes them, by a table of its own that goes beyond Unicode's compatibility decompositions (NFKD): found by
giving it each character of the Basic Multilingual Plane. A bracket, a quotation mark or a sign of relation it turns
round.
"""

import unicodedata
from collections import Counter

_CONTROLS = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SS SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS "
    "US SP DEL"
)
"""From U+2400 on."""

_OTHERS = {
    **{chr(0x2400 + number): name for number, name in enumerate(_CONTROLS.split())},
    **dict(zip("\u2044®℞℟℣℧␢⺠⻁⻄⻆⻑⻘⻝⻣⻤⻨⻩", "/RRRVƱb民虎西角长青食骨鬼麦黄", strict=True)),
    "\u0338": "/",
}
"""What a character is taken for, after NFKD."""

_DENIED = str.maketrans({"∄": "∃", "∉": "∈", "∌": "∋", "\u0384": "", "\u0385": "¨"})
"""What a character is taken for, before."""

_QUOTES = frozenset("‘’“”")


def characters_of(text: str) -> "Counter[str]":
    """The characters, without white space, as often as they are there; the same for what PDFium takes for another."""
    found = Counter[str]()
    for character in unicodedata.normalize("NFKD", text.translate(_DENIED)):
        if character.isspace():
            continue
        if unicodedata.mirrored(character) or character in _QUOTES:
            found["("] += 1
            continue
        number = unicodedata.digit(character, None) if unicodedata.category(character) == "No" else None
        if number is None and unicodedata.category(character) == "No":
            value = unicodedata.numeric(character, -1.0)
            number = int(value) if value == int(value) and 10 <= value <= 20 else None
        found.update(_OTHERS.get(character, character) if number is None else str(number))
    return found
