"""What ``keben build`` reports about the books that it built: one, or several, each by itself."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from keben.build import BookOutcome, Outcome, build_several
from keben.build.request import Request
from keben.cli.live import progress
from keben.cli.output import (
    as_seen_from_here,
    error_json,
    findings_json,
    print_json,
    show_error,
    show_findings,
)
from keben.cli.streams import say
from keben.core.errors import Finding, KebenError, UsageError
from keben.core.saying import series, wording
from keben.project import find_project

Asks = Callable[[Path, Path | None], Request]
"""A request for the book at a root, into a folder if that is named."""


def build_books(projects: Sequence[Path], output: Path | None, asks: Asks, *, as_json: bool) -> None:
    """Build several books, and say what came of each, in their order.

    Ends the run with 1 where a book or a part of one is missing, and with 2 where each was asked for wrongly.

    Raises:
        UsageError: two books would go into one folder.
        MachineError: there is no scheduler, or one of its workers would not make the same files.
    """
    found = {project: _found(project) for project in projects}
    # One that is named twice is built once.
    roots = list(dict.fromkeys(root for root in found.values() if isinstance(root, Path)))
    requests = [asks(root, output / root.stem if output else None) for root in roots]
    with progress(quiet=as_json) as report:
        built = dict(zip(roots, build_several(requests, os.environ, report), strict=True))
    books = {project: built[root] if isinstance(root, Path) else root for project, root in found.items()}
    if as_json:
        results = [{"project": str(project), **_json(book)} for project, book in books.items()]
        print_json({"ok": all(each["ok"] for each in results), "books": results})
    else:
        for project, book in books.items():
            _say(project, book)
    errors = [_error(book) for book in books.values()]
    if errors and all(isinstance(error, UsageError) for error in errors):
        raise SystemExit(UsageError.exit_code)
    if any(errors) or any(_missing(book) for book in books.values()):
        raise SystemExit(1)


def outcome_json(request: Request, outcome: Outcome, findings: Sequence[Finding]) -> dict[str, Any]:
    """What ``--json`` shows of a book that was built."""
    return {
        "ok": not outcome.missing,
        "output": str(request.output),
        "made": outcome.made,
        "kept": outcome.kept,
        "missing": outcome.missing,
        "artifacts": outcome.manifest["artifacts"],
        "findings": findings_json(findings),
    }


def say_outcome(request: Request, outcome: Outcome) -> None:
    """Say how much was made, and what is missing."""
    shown = os.path.relpath(request.output)
    say(
        wording(
            "{count} made, {count2} unchanged, in {shown}/",
            count=len(outcome.made),
            count2=len(outcome.kept),
            shown=shown,
        )
    )
    if outcome.missing:
        say(
            wording(
                "{count} missing: {missing}", count=len(outcome.missing), missing=series(outcome.missing)
            ),
            err=True,
        )


def _found(project: Path) -> Path | KebenError:
    """The root of the book in a folder, or why there is none."""
    try:
        return find_project(project)
    except KebenError as error:
        return error


def _error(book: BookOutcome | KebenError) -> KebenError | None:
    """Why nothing was written of a book."""
    return book if isinstance(book, KebenError) else book.error


def _missing(book: BookOutcome | KebenError) -> tuple[str, ...]:
    return () if isinstance(book, KebenError) or not book.outcome else book.outcome.missing


def _json(book: BookOutcome | KebenError) -> dict[str, Any]:
    if isinstance(book, KebenError):
        return error_json(book, None)
    root, outcome = book.request.root, book.outcome
    if outcome is None:
        return error_json(book.error or KebenError(), root)
    return outcome_json(book.request, outcome, as_seen_from_here(outcome.findings, root))


def _say(project: Path, book: BookOutcome | KebenError) -> None:
    if isinstance(book, KebenError):
        say(f"{project}:", err=True)
        show_error(book, None)
        return
    root, outcome = book.request.root, book.outcome
    if outcome is None:
        say(f"{project}:", err=True)
        show_error(book.error or KebenError(), root)
        return
    if outcome.findings:
        say(f"{project}:", err=True)
        show_findings(as_seen_from_here(outcome.findings, root))
    say_outcome(book.request, outcome)
