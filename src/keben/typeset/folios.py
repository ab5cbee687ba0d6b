"""Where a book's page numbers restart, and in what form those before it are."""

from keben.core.composition import Composition
from keben.core.paper import FrontFolios
from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Folios:
    """How pages are counted; false where they all are in one run."""

    front: FrontFolios = "continued"
    text: str = ""
    """The id of the part of the book that begins the text."""
    vertical: bool = False
    """In columns Roman numerals stand upright."""

    def __bool__(self) -> bool:
        return self.front != "continued" and bool(self.text)


IN_ONE_RUN = Folios()
"""All pages are counted together."""


def folios_of(composition: Composition) -> Folios:
    """How the pages of a book are counted: the text begins with its first part or chapter."""
    front = composition.edition.area.front_folios
    parts = composition.texts
    first = next((at for at, each in enumerate(parts) if not each.is_front), 0)
    vertical = composition.edition.is_vertical
    return Folios(front, parts[first].root.get("id"), vertical) if first else Folios(front)


_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """A number below 1000 as a folio has it: 十二, 三十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    ten = f"{_DIGITS[tens] if tens > 1 or hundreds else ''}十" if tens else "〇" if hundreds and ones else ""
    return f"{_DIGITS[hundreds] + '百' if hundreds else ''}{ten}{_DIGITS[ones] if ones else ''}"


_LARGEST = 39
"""Fonts that have signs of Roman numerals have none of 50."""


def upright_roman(number: int) -> str:
    """A number as Roman numerals that stand upright in a column, ⅻ and ⅹⅳ: each sign is one character; else nothing."""
    if not 0 < number <= _LARGEST:
        return ""
    if number <= 12:
        return _roman(number)
    tens, ones = divmod(number, 10)
    return _roman(10) * tens + (_roman(ones) if ones else "")


def _roman(number: int) -> str:
    return chr(0x216F + number)


def signs_of(folios: Folios) -> frozenset[str]:
    """What folios may need of fonts, beside what every font has."""
    is_upright = bool(folios) and folios.vertical and folios.front == "roman"
    return frozenset(map(_roman, range(1, 13))) if is_upright else frozenset()
