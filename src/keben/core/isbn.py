"""The International Standard Book Number (ISO 2108): 13 digits, or the 10 of before 2007."""

import re
import unicodedata

from keben.core.media import Medium
from keben.core.patterns import later
from keben.core.saying import wording
from keben.core.values import dataclass

_PREFIX = later(r"(?:urn:isbn:)?\s*(?:isbn(?:-1[03])?[:\s]*)?", re.IGNORECASE)
_DASHES = later("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")

# RangeMessage.xml of the International ISBN Agency, 2026-01-04: of each group the ranges of its registrants' numbers.
_RANGES = {
    "978-7": "00-09 100-499 5000-7999 80000-89999 900000-999999",
    "978-626": "00-04 300-499 7000-7999 92500-99999",
    "978-957": "00-02 0300-0499 05-19 2000-2099 21-27 28000-30999 31-43 440-819 8200-9699 97000-99999",
    "978-986": "00-05 06000-06999 0700-0799 08-11 120-539 5400-7999 80000-99999",
    "978-962": "00-19 200-699 7000-8499 85000-86999 8700-8999 900-999",
    "978-988": "00-11 12000-19999 200-699 70000-79999 8000-9699 97000-99999",
    "978-99937": "0-1 20-59 600-999",
    "978-99965": "0-2 300-359 36-62 630-999",
    "978-99981": "0-0 10-10 110-149 15-19 200-219 22-74 750-999",
}
"""The mainland, Taiwan (three groups), Hong Kong (two), Macau (three)."""


@dataclass(frozen=True, slots=True)
class Isbns:
    """The ISBNs of one edition, one a publication; each in 13 digits, hyphenated where that is known."""

    epub: str = ""
    pdf: str = ""
    print: str = ""

    def of(self, medium: Medium) -> str:
        """The number that a publication carries: for a printed copy its own, else that of the PDF."""
        return {"epub": self.epub, "pdf": self.pdf, "print": self.print or self.pdf}[medium]


NO_ISBNS = Isbns()


def read_isbn(text: str) -> tuple[str, str]:
    """A text as an ISBN of 13 digits with its hyphens, and what is wrong with it; one of the two is empty.

    ``ISBN`` or ``urn:isbn:`` may stand before it; spaces and dashes of any kind count as hyphens. One of 10 digits
    becomes that of 13 which all books got in 2007: 978 before, and another check digit.
    """
    plain = in_half_width(text)
    plain = _PREFIX.sub("", plain, count=1).strip()
    plain = re.sub(r"[\s-]+", "-", plain)
    if problem := check_isbn(plain):
        return "", problem
    digits = plain.replace("-", "")
    if len(digits) == 10:
        plain = f"978-{plain[:-1]}{_check_digit_13('978' + digits[:9])}"
        digits = plain.replace("-", "")
    # 978- alone is what stands before ten digits, not a hyphenation.
    parted = hyphenated(digits) if plain.count("-") < 2 else plain
    return (parted if "-" in parted else plain), ""


def in_half_width(text: str) -> str:
    """A number as a keyboard for Latin writes it: figures, colons and spaces in half width, dashes as hyphens."""
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text).strip())


def isbn_of(identifier: str) -> str:
    """The ISBN of ``urn:isbn:…``, as `read_isbn` gives it; empty for another identifier, and for no ISBN."""
    return read_isbn(identifier)[0] if identifier.lower().startswith("urn:isbn:") else ""


def check_isbn(text: str) -> str:
    """What is wrong with an ISBN, which may have hyphens; empty where nothing is."""
    digits = text.replace("-", "").upper()
    is_ascii = digits.isascii()
    if is_ascii and re.fullmatch(r"\d{9}[\dX]", digits):
        wanted = _check_digit_10(digits[:9])
    elif is_ascii and re.fullmatch(r"\d{13}", digits):
        if not digits.startswith(("978", "979")):
            return wording(
                "The ISBN “{text}” begins with {digits}: an ISBN of 13 digits begins with 978 or 979",
                text=text,
                digits=digits[:3],
            )
        wanted = _check_digit_13(digits[:12])
    else:
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        return wording("“{shown}” is not an ISBN: it has 13 digits (or, before 2007, 10)", shown=shown)
    if digits[-1] != wanted:
        return wording(
            "The ISBN “{text}” is mistyped: its check digit would be {wanted}, not {digits}",
            text=text,
            wanted=wanted,
            digits=digits[-1],
        )
    return ""


def hyphenated(digits: str) -> str:
    """13 digits divided as their agency parts them; as they are where the group is not one of Chinese books."""
    for group, ranges in _RANGES.items():
        start = group.replace("-", "")
        rest = digits[len(start) : 12]
        if not digits.startswith(start):
            continue
        for range_ in ranges.split():
            first, _, last = range_.partition("-")
            registrant = rest[: len(first)]
            if first <= registrant <= last:
                return f"{group}-{registrant}-{rest[len(first) :]}-{digits[12]}"
    return digits


def urn_of(isbn: str) -> str:
    """``urn:isbn:`` and 13 digits (RFC 8254, 4.2; Taiwan's EPUB guide wants no hyphens)."""
    return f"urn:isbn:{isbn.replace('-', '')}"


def _check_digit_13(digits: str) -> str:
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return str(-total % 10)


def _check_digit_10(digits: str) -> str:
    total = sum(int(digit) * (10 - index) for index, digit in enumerate(digits))
    check = -total % 11
    return "X" if check == 10 else str(check)
