"""Progress: live on a terminal; elsewhere plain lines for a build, and nothing for a single file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from keben.build.request import Job, Progress
from keben.cli.streams import say

if TYPE_CHECKING:
    from rich.table import Table


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A function to report to, for as long as a build runs."""
    if quiet:
        yield lambda _: None
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.live import Live

        board = _Board()
        with Live(board, console=Console(), refresh_per_second=8, transient=False):
            yield board.report
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
        number = shown.add_task(task, total=1.0)
        yield lambda done: shown.update(number, completed=done)


def _print_line(event: Progress) -> None:
    if event.state != "started":
        say(f"{event.job.name}  {_said(event)}")


def _said(event: Progress) -> str:
    facts = event.facts or {}
    counted = "sheets" if "sheets" in facts else "pages"
    pages = f"{facts[counted]} {counted}" if counted in facts else ""
    time = f"{event.seconds:.1f} s" if event.state == "made" else event.state.replace("kept", "unchanged")
    return "  ".join(part for part in (pages, time) if part)


class _Board:
    """Edition × format, each with its state; draws itself anew for every frame."""

    def __init__(self) -> None:
        self._rows: dict[Job, Progress] = {}
        self._began: dict[Job, float] = {}
        from rich.spinner import Spinner

        self._spinner = Spinner("dots")

    def report(self, event: Progress) -> None:
        self._rows[event.job] = event
        self._began.setdefault(event.job, monotonic())

    def __rich__(self) -> "Table":
        from rich.table import Table
        from rich.text import Text

        table = Table.grid(padding=(0, 2))
        for job, event in self._rows.items():
            running = event.state == "started"
            failed = event.state == "failed"
            done = Text("✗", style="red") if failed else Text("✓", style="green")
            mark = self._spinner if running else done
            said = f"{monotonic() - self._began[job]:.0f} s" if running else _said(event)
            table.add_row(mark, job.edition.name, job.format, Text(said, style="dim"))
        return table
