"""Word's fields: codes with results (ECMA-376 part 1, 17.16)."""

import re
from dataclasses import field

from keben.core.values import dataclass

_FIRST = re.compile(r"\s*([A-Za-z]+)")
_LINK = re.compile(r"""^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]+))?""", re.IGNORECASE)
_PLACE = re.compile(r"""\\l\s+(?:"([^"]*)"|([^\s\\"]+))""", re.IGNORECASE)
_NAME = re.compile(r"^\s*(?:REF|NOTEREF|PAGEREF)\s+([^\s\\]+)", re.IGNORECASE)
_RUBY = re.compile(
    r"""\\o\s*(?:\\a[lcrd]\s*)?\(\s*\\s\s*\\up\s*-?[\d.]+\s*\((?P<over>.*?)\)\s*[,;，；]\s*(?P<base>[^\\]*?)\s*\)\s*$""",
    re.IGNORECASE | re.DOTALL,
)
_SIGN = re.compile(
    r"""^\s*SYMBOL\s+(0x[0-9a-f]{1,4}|\d{1,5})(?:.*?\\f\s+(?:"([^"]*)"|([^\s\\"]+)))?""", re.IGNORECASE
)

LISTS = ("TOC", "INDEX", "RD", "TOA", "BIBLIOGRAPHY_")
"""Fields whose result is made of the text."""


@dataclass(slots=True)
class OpenField:
    """A field that has begun."""

    code: list[str] = field(default_factory=list)
    in_result: bool = False

    @property
    def kind(self) -> str:
        """The field's name: TOC, REF."""
        match = _FIRST.match("".join(self.code))
        return match[1].upper() if match else ""

    @property
    def href(self) -> str:
        """Where its result links to; empty: nowhere."""
        code = "".join(self.code)
        if self.kind == "HYPERLINK":
            place = _PLACE.search(code)
            if place:
                return "#" + (place[1] or place[2])
            link = _LINK.match(code)
            return (link[1] or link[2] or "") if link else ""
        match = _NAME.match(code) if self.kind in ("REF", "NOTEREF") else None
        return f"#{match[1]}" if match else ""

    @property
    def sign(self) -> tuple[str, str] | None:
        """The font and the code in hexadecimal digits of a sign that it names."""
        match = _SIGN.match("".join(self.code)) if self.kind == "SYMBOL" else None
        if match is None:
            return None
        number = match[1].lower()
        code = int(number, 16) if number.startswith("0x") else int(number)
        return (match[2] or match[3] or "Symbol", f"{code:04X}")

    @property
    def ruby(self) -> tuple[str, str] | None:
        """Base and reading, where it draws one over the other, as Word writes phonetic guides."""
        match = _RUBY.search("".join(self.code)) if self.kind == "EQ" else None
        return (match["base"], match["over"]) if match else None
