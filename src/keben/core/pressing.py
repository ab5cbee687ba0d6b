"""Settings of the files for a printer. Lengths are in millimetres."""

from dataclasses import field
from typing import Literal

from keben.core.values import dataclass

LEAST_SPINE = 3.0
"""A narrower spine has no text: folds wander by a millimetre, and the text would come round the edge."""


Inks = Literal["all", "black"]


@dataclass(frozen=True, slots=True)
class Press:
    """How the files for a printer are made."""

    bleed: float = 3.0
    """What is printed beyond the trimmed page, on each side."""
    marks: bool = True
    """Whether crop and registration marks stand round the page, and fold marks round a cover."""
    paper: float = 0.1
    """The thickness of a leaf inside the book."""
    glue: float = 0.5
    """What binding and cover add to the thickness of all leaves."""
    inks: Inks = "all"
    """Of the interior; ``black``: its colours become grey. A cover has all."""
    spine_text: bool = True
    """Whether the spine has text, where it is wide enough."""
    profile: str = ""
    """The ICC profile of the printing condition: a path below ``book/``; empty: none, and no PDF/X."""
    profile_data: bytes = field(default=b"", repr=False)
    """Its bytes, when the project was read."""

    def spine(self, pages: int) -> float:
        """The width of the spine of a book of so many pages."""
        return round((pages + 1) // 2 * self.paper + self.glue, 2)


USUAL = Press()
"""Bleed of 3 mm, marks, paper of 0.1 mm, and no PDF/X."""
