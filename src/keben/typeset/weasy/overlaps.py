"""Glyphs that stand where others stand: a second accent over one letter, a narrow sign beside itself.

PDFium takes two characters of one code for one, which some programs draw twice to make it bold: within 0.07 em of one
another in one run (CPDF_TextPage::ProcessTextObjectItems), or in two runs that overlap, whatever their fonts are
(CPDF_TextPage::IsSameTextObject). With codes of their own both are kept.
"""

from collections.abc import Sequence
from dataclasses import field
from operator import sub

from keben.core.values import dataclass

_IN_RUN = 0.08
_IN_ANOTHER = 1.0
"""Ems within which two characters of one code may be taken for one."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The codes that are drawn in a line, and where."""

    em: float
    """In the unit of the places."""
    places: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    """By code: the run and the place of each character."""

    def has(self, code: int, run: int, place: float) -> bool:
        """Whether a character of a run would be taken for one that is drawn."""
        return any(
            abs(other - place) < self.em * (_IN_RUN if of == run else _IN_ANOTHER)
            for of, other in self.places.get(code, ())
        )

    def add(self, code: int, run: int, place: float) -> None:
        """Note that a character is drawn."""
        self.places.setdefault(code, []).append((run, place))

    def is_free(self, places: Sequence[float]) -> bool:
        """Whether characters of one run in these places are taken for no other ones, whatever their codes are.

        None is drawn before them in the line, and each stands well behind the one before it.
        """
        return not self.places and min(map(sub, places[1:], places), default=self.em) >= self.em * _IN_RUN
