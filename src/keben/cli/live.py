"""Progress: live on a terminal; elsewhere plain lines for a build, and nothing for a single file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from keben.build.request import Progress
from keben.cli.language import spoken
from keben.cli.output import shown_path
from keben.cli.streams import say
from keben.core.saying import joined, series, wording

if TYPE_CHECKING:
    from rich.console import Group
    from rich.live import Live
    from rich.spinner import Spinner
    from rich.text import Text

ROWS = 20
"""How many artifacts a terminal shows; of more, those that are at work and those that ended last."""
WORTH_SAYING = 30.0
"""Seconds: off a terminal, the time that is left is only said if it is longer."""


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A function to report to, for as long as a build runs."""
    if quiet:
        yield lambda _: None
    elif sys.stdout.isatty():
        board = _Board()
        with ExitStack() as shown:

            def report(event: Progress) -> None:
                if not board.is_shown:
                    # Now, not before: a thread draws the board, and what sets pages begins while there is none.
                    shown.enter_context(board.shown())
                board.report(event)

            yield report
            board.end()
    else:
        yield _print_line


@contextmanager
def bar(task: str) -> Iterator[Callable[[float], None]]:
    """A function that draws how much of a task is done, from 0 to 1, on a terminal; the bar goes when it is done."""
    if not sys.stdout.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress as ProgressBar

    with ProgressBar(console=Console(), transient=True) as shown:
        number = shown.add_task(spoken(task), total=1.0)
        yield lambda done: shown.update(number, completed=done)


def _print_line(event: Progress) -> None:
    if event.state in ("started", "read"):
        return
    left = (
        wording("  {duration} left", duration=_duration(event.left))
        if event.left and event.left > WORTH_SAYING
        else ""
    )
    say(joined(_named(event), "  ", _said(event), left))


def _named(event: Progress) -> str:
    """The artifact, by its path where there are several books."""
    book = shown_path(event.book) if event.book else ""
    return "/".join(part for part in (book, event.job.name if event.job else "") if part)


def _said(event: Progress) -> str:
    facts = event.facts or {}
    pages = ""
    if "sheets" in facts:
        pages = wording("{number} sheets", number=facts["sheets"])
    elif "pages" in facts:
        pages = wording("{number} pages", number=facts["pages"])
    time = (
        wording("{seconds:.1f} s", seconds=event.seconds)
        if event.state == "made"
        else _STATES.get(event.state, event.state)
    )
    asked, had = event.steps
    steps = wording("{had} of {asked} steps from the cache", had=had, asked=asked) if had else ""
    return series((part for part in (pages, time, steps) if part), "  ")


_STATES = {
    "kept": wording("unchanged"),
    "read": wording("reading"),
    "again": wording("its process was killed; made again by itself"),
}


def _duration(seconds: float) -> str:
    """About how long: ``about 40 s``, ``about 3 min``."""
    if seconds < 60:
        return wording("about {seconds} s", seconds=max(round(seconds / 5), 1) * 5)
    return (
        wording("about {seconds} min", seconds=round(seconds / 60))
        if seconds < 3600
        else wording("about {seconds:.1f} h", seconds=seconds / 3600)
    )


class _Board:
    """Each artifact with its state, and how long is left; draws itself again for every frame."""

    def __init__(self) -> None:
        self._rows: dict[str, Progress] = {}
        self._began: dict[str, float] = {}
        self._left: tuple[float, float] | None = None
        """Seconds, and when that was said."""
        self._spinner: Spinner | None = None
        self.is_shown = False
        """Whether it is drawn already."""

    def shown(self) -> "Live":
        """What draws it for as long as it is entered."""
        from rich.console import Console
        from rich.live import Live

        self.is_shown = True
        return Live(self, console=Console(), refresh_per_second=8, transient=False)

    def report(self, event: Progress) -> None:
        """Take what happened."""
        name = _named(event)
        if event.book:
            # The book is read when its first artifact is reported.
            self._rows.pop(shown_path(event.book), None)
        self._rows[name] = event
        self._began.setdefault(name, monotonic())
        if event.left is not None:
            self._left = event.left, monotonic()

    def end(self) -> None:
        """Say nothing more of what is to come."""
        self._left = None

    def __rich__(self) -> "Group":
        from rich.console import Group
        from rich.spinner import Spinner
        from rich.table import Table
        from rich.text import Text

        self._spinner = self._spinner or Spinner("dots")
        running = {name: event for name, event in self._rows.items() if event.state in _RUNNING}
        ended = [name for name in self._rows if name not in running]
        shown = {*running, *ended[-max(ROWS - len(running), 1) :]}
        table = Table.grid(padding=(0, 2))
        for name, event in self._rows.items():
            if name in shown:
                table.add_row(*self._row(name, event))
        summary = self._summary(len(running), len(shown) < len(self._rows))
        return Group(table, Text(spoken(summary), style="dim")) if summary else Group(table)

    def _row(self, name: str, event: Progress) -> "tuple[Spinner | Text | None, str, str, Text]":
        from rich.text import Text

        is_running = event.state in _RUNNING
        done = Text("✗", style="red") if event.state == "failed" else Text("✓", style="green")
        said = f"{monotonic() - self._began[name]:.0f} s" if event.state == "started" else _said(event)
        book = shown_path(event.book) if event.book else ""
        edition, form = (event.job.edition.name, str(event.job.format)) if event.job else ("", "")
        where = "/".join(part for part in (book, edition) if part)
        return self._spinner if is_running else done, where, form, Text(spoken(said), style="dim")

    def _summary(self, running: int, is_cut: bool) -> str:
        states = [event.state for event in self._rows.values()]
        counts = (
            (states.count("made"), wording("made")),
            (states.count("kept"), wording("unchanged")),
            (states.count("failed"), wording("failed")),
            (running, wording("at work")),
        )
        counted = (
            series(wording("{number} {what}", number=number, what=what) for number, what in counts if number)
            if is_cut
            else ""
        )
        left = ""
        if self._left and running:
            seconds, said = self._left
            left = wording("{duration} left", duration=_duration(max(seconds - (monotonic() - said), 1.0)))
        return series((part for part in (counted, left) if part), "; ")


_RUNNING = ("started", "again", "read")
