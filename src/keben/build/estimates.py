"""What artifacts are expected to take, and how long a build will go on: to plan by, and for a person to wait by.

Nothing that is made hangs on it. Figures are those of docs/performance.md, rounded up.
"""

from collections.abc import Iterable
from dataclasses import field, replace
from time import monotonic

from keben.build.graph import Task
from keben.core.values import dataclass
from keben.formats import Format


@dataclass(frozen=True, slots=True)
class Cost:
    """What a task will take, more or less."""

    seconds: float
    memory: int
    """Bytes."""


PAGES = (1.0, 4e-5), (290_000_000, 450)
"""Of what sets pages: seconds and bytes at least, and for each character."""
FONTS = 5.0
"""Seconds, of making the fonts for columns."""
PAPER = (0.3, 2e-6), (150_000_000, 200)
"""Of what is made from pages that are set."""
OTHERS = (0.3, 1e-6), (150_000_000, 200)
READING = (0.5, 1e-5), (120_000_000, 300)
"""Of reading and converting a book."""

_COPIES = 3
"""How often the bytes of pictures are in memory: as they came, in the file, and on the way."""


def expected_of(form: Format, characters: int, pictures: int, *, columns: bool = False) -> Cost:
    """What an artifact will take, from the number of characters in the source, and the bytes of the pictures.

    ``columns``: it is set in columns, for which fonts may have to be made.
    """
    figures = PAPER if form.base else PAGES if form.sets == "pages" else OTHERS
    cost = _expected(figures, characters, pictures)
    return replace(cost, seconds=cost.seconds + FONTS) if columns and figures is PAGES else cost


def expected_of_reading(characters: int, pictures: int) -> Cost:
    """What it will take to parse, compose and convert a book, for each edition."""
    return _expected(READING, characters, pictures)


def _expected(figures: tuple[tuple[float, float], tuple[int, int]], characters: int, pictures: int) -> Cost:
    (seconds, each), (least, more) = figures
    return Cost(seconds + each * characters, least + more * characters + _COPIES * pictures)


@dataclass(slots=True)
class Forecast:
    """How long tasks will go on, by what they were expected to take and what those that ended took."""

    at_once: int
    expected: float = 0.0
    taken: float = 0.0
    begun: dict[str, float] = field(default_factory=dict)

    def begin(self, task: Task) -> None:
        """Note that a task runs."""
        self.begun[task.name] = monotonic()

    def end(self, task: Task, seconds: float) -> None:
        """Note what a task took."""
        self.begun.pop(task.name, None)
        self.expected += task.seconds
        self.taken += seconds

    def left(self, unfinished: Iterable[Task], further: float = 0.0) -> float | None:
        """Seconds until all of these are done, and others that are expected to take ``further`` seconds.

        None: nothing has ended yet to go by.
        """
        if not self.expected:
            return None
        now, rate = monotonic(), self.taken / self.expected
        each = [max(task.seconds * rate - (now - self.begun.get(task.name, now)), 0.0) for task in unfinished]
        at_once = self.at_once if further else max(min(self.at_once, len(each)), 1)
        return max((sum(each) + further * rate) / at_once, max(each, default=0.0))
