"""Bytes → text, where nobody says in which encoding they are.

A byte order mark decides; then strict UTF-8; then UTF-16, whose texts have bytes that no other has. GB 18030 and Big5
share their bytes: each reading is weighed by how many of its characters are among the commonest of written Chinese.
"""

import codecs

from keben.core.values import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8-sig": "UTF-8", "utf-32": "UTF-32", "utf-16": "UTF-16"}

_COMMON = frozenset(
    "的一是不了在人有我他这这個个上们們来來到时時大地为為子中你说說生国國年着著就那和要她出也得里裡裏后後自以会會家可下而过過"
    "天去能对對小多然于於心学學么麼之都好看起发發当當没沒成只如事把还還用第样樣道想作种種开開，。：“”「」？！、…"
)
"""The commonest characters of written Chinese, in both scripts, and its marks."""

_LEAST = 0.15
"""The share of common characters that a text of prose has; readings in a wrong encoding have a few per cent."""

_MOST_LOST = 0.002
"""The share of bytes that may be damaged in a text that is still what it was."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how it was read."""

    text: str
    encoding: str
    lost: tuple[int, ...] = ()
    """Lines, from 1, that had bytes which are no characters; U+FFFD stands there."""


def decode(data: bytes) -> Decoded | None:
    """The text of bytes; None where they are in no encoding that Chinese texts come in."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _read(data, codec, _NAMES[codec])
    try:
        return _read(data, "utf-8", "UTF-8", "strict")
    except UnicodeDecodeError:
        pass
    readings = [
        reading
        for codec, name in (
            ("gb18030", "GB 18030"),
            ("big5hkscs", "Big5"),
            ("utf-8", "UTF-8"),
            ("utf-16-le", "UTF-16"),
            ("utf-16-be", "UTF-16"),
        )
        if (reading := _read(data, codec, name)).text.count("\ufffd") <= _MOST_LOST * len(data)
    ]
    best = max(readings, key=lambda reading: _weight(reading.text), default=None)
    return best if best and _weight(best.text) >= _LEAST else None


def _read(data: bytes, codec: str, name: str, errors: str = "replace") -> Decoded:
    text = data.decode(codec, errors).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lost = tuple(number for number, line in enumerate(text.split("\n"), 1) if "\ufffd" in line)
    return Decoded(text, name, lost)


def _weight(text: str) -> float:
    letters = [character for character in text if not character.isspace() and not character.isascii()]
    return sum(character in _COMMON for character in letters) / len(letters) if letters else 0.0
