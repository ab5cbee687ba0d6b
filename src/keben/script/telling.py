"""What a rule for a character sees, and what it says of it."""

from collections.abc import Sequence

from keben.core.patterns import later
from keben.core.values import dataclass

NUMERAL = later(r"(?:[零〇一二三四五六七八九十百千万亿两几数0-9０-９]|多少|若干|[这那哪每])[余来多]?$")
"""Before a measure word."""
COUNT = later("(?:[零〇一二三四五六七八九十百千万亿两几数半0-9０-９]|若干)[余来多]?$")
"""A number, before what is counted: halves too, and no pronoun."""


@dataclass(frozen=True, slots=True)
class Around:
    """A clause, divided, and the characters that stand around it; these are empty at a text's edges."""

    clause: str
    segments: Sequence[tuple[int, int]]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DecidedForm:
    """A form in OpenCC's standard, and why."""

    target: str
    reason: str
    is_certain: bool = True
    """Whether an editor need not look."""
