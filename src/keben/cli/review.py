"""``keben review``."""

import os
import subprocess
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from keben.build.outputs import output_of
from keben.cli.language import speaking
from keben.cli.output import (
    all_option,
    as_seen_from_here,
    findings_json,
    json_option,
    output_option,
    place_from_here,
    print_json,
    project_argument,
    remember,
    show_findings,
)
from keben.cli.streams import say
from keben.core.characters import FORBIDDEN
from keben.core.editorial.values import Doubt
from keben.core.errors import UsageError
from keben.core.saying import joined, series, wording
from keben.project import find_project
from keben.review import Answers, ReviewServer, ReviewSheet, serve
from keben.review.page import KINDS
from keben.review.session import (
    Comparison,
    Review,
    compare,
    note_seen,
    require_project,
    save_answers,
    write_review,
)
from keben.review.session import review as run_review

SHOWN = 20
"""How many places that must be decided a terminal shows."""


@click.command()
@project_argument
@click.option("-e", "--edition", "editions", multiple=True, help="An edition to review; all if left out.")
@output_option
@click.option("--new-only", is_flag=True, help="Show only what came since decisions were last saved.")
@click.option("--mark-seen", is_flag=True, help="Note in book/seen.tsv that all of it was looked at.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True),
    metavar="OLD",
    help="Show each sentence that an earlier build (its manifest or folder) has otherwise.",
)
@click.option("--sheet", is_flag=True, help="Also make a PDF of each edition's review, to print and to sign.")
@click.option("--serve", "served", is_flag=True, help="Open the review to a browser, and save its answers.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="With --serve: a port; else a free one."
)
@click.option(
    "--editor",
    metavar="NAME",
    help="With --serve: who decides, for book/decisions.tsv; the name that git knows if left out.",
)
@all_option
@json_option
def review(
    project: Path,
    editions: tuple[str, ...],
    output: Path | None,
    new_only: bool,
    mark_seen: bool,
    against: Path | None,
    sheet: bool,
    served: bool,
    port: int,
    editor: str | None,
    each: bool,
    as_json: bool,
) -> None:
    """Write the review of the conversion; exit 1 while something undecided must be decided."""
    remember(None, as_json=as_json, each=each)
    root = find_project(project)
    remember(root, as_json=as_json, each=each)
    if served and (as_json or against or sheet):
        message = wording("A server has nothing to print.")
        raise UsageError.at("--serve", "usage", message, wording("Leave out --json, --against and --sheet."))
    if served or mark_seen:
        require_project(root)
    if served:
        _serve(root, editions, port, _editor(root, editor), new_only=new_only)
        return
    result = run_review(root, os.environ, editions, new_only=new_only)
    if against:
        _show_changes(compare(result, against), as_json=as_json)
        return
    paths = write_review(result, output or output_of(root), speaking())
    if sheet:
        paths = (*paths, *_sheets(result, output or output_of(root)))
    if mark_seen:
        note_seen(root, result.sheet)
    if as_json:
        print_json(_as_json(result, root, paths))
    else:
        _show(result, root, paths)
    if result.demanded:
        raise SystemExit(1)


def _sheets(result: Review, output: Path) -> tuple[Path, ...]:
    """Loaded only here: it sets pages."""
    from keben.review.sheets import write_sheets

    return write_sheets(result, output, os.environ)


def _editor(root: Path, given: str | None) -> str:
    """Who decides, as a table's cell can hold it: the name given, else the one that git knows; empty: nobody's."""
    name = _git_name(root) if given is None else given
    return " ".join(FORBIDDEN.sub(" ", name).split())


def _git_name(root: Path) -> str:
    try:
        asked = subprocess.run(  # noqa: S603 - git by its name, as everywhere
            ["git", "-C", str(root), "config", "user.name"],  # noqa: S607
            capture_output=True,
            check=False,
            timeout=30,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.decode("utf-8", "replace")


def _serve(root: Path, editions: tuple[str, ...], port: int, editor: str, *, new_only: bool) -> None:
    last: list[ReviewSheet] = []

    def make_sheet() -> ReviewSheet:
        last[:] = [run_review(root, os.environ, editions, new_only=new_only).sheet]
        return last[0]

    def save(answers: Answers) -> None:
        save_answers(root, answers, editor, datetime.now(UTC).astimezone().date().isoformat())
        if last and not new_only:
            note_seen(root, last[0])

    def started(server: ReviewServer) -> None:
        say(wording("The review is at {url}", url=server.url))
        say(
            wording(
                "Answers are saved to book/decisions.tsv{editor}. End with Ctrl-C.",
                editor=wording(", as {editor}’s", editor=editor) if editor else "",
            )
        )

    make_sheet()  # What is wrong with the project is reported here, and not in the browser.
    serve(make_sheet, save, port, started=started, language=speaking())


def _show(result: Review, root: Path, paths: Sequence[Path]) -> None:
    show_findings(as_seen_from_here(result.findings, root))
    if not result.sheet.editions:
        say(wording("No edition is in another script than the source: there is no conversion to review."))
    for reviewed in result.sheet.editions:
        ranks = Counter(doubt.rank for doubt in reviewed.doubts)
        ranked = series(wording("{count} of rank {rank}", count=ranks[rank], rank=rank) for rank in (1, 2, 3))
        say(
            wording(
                "{edition}: {count} doubtful places ({ranked})",
                edition=reviewed.edition,
                count=len(reviewed.doubts),
                ranked=ranked,
            )
        )
    for path in paths:
        if path.suffix in (".html", ".pdf"):
            say(f"  {os.path.relpath(path)}")
    demanded = result.demanded
    for edition, doubt in demanded[:SHOWN]:
        say(_line(edition, doubt, root), err=True)
    if len(demanded) > SHOWN:
        say(wording("… and {count} more.", count=len(demanded) - SHOWN), err=True)
    if demanded:
        found = {doubt.kind for _, doubt in demanded}
        kinds = series(
            wording("{name} (`{code}`)", name=KINDS[kind][0], code=kind)
            for kind in (*result.sheet.fail_on, *sorted(found.difference(result.sheet.fail_on)))
            if kind in found
        )
        say(
            wording(
                "{count} places of these kinds must be decided: {kinds}.", count=len(demanded), kinds=kinds
            ),
            err=True,
        )


def _line(edition: str, doubt: Doubt, root: Path) -> str:
    choice = series(doubt.candidates[:4], " or ")
    return wording(
        "{place}: {edition}: {kind}: “{phrase}” is {choice}? {reason}",
        place=place_from_here(doubt.place, root),
        edition=edition,
        kind=KINDS[doubt.kind][0],
        phrase=doubt.phrase,
        choice=choice,
        reason=doubt.reason,
    )


def _show_changes(compared: Sequence[Comparison], *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "ok": not any(each.changes for each in compared),
                "editions": [
                    {
                        "edition": each.edition,
                        "facts": each.facts,
                        "changes": [
                            {
                                "place": change.place,
                                "source": change.source,
                                "before": change.before,
                                "now": change.now,
                            }
                            for change in each.changes
                        ],
                    }
                    for each in compared
                ],
            }
        )
    else:
        for each in compared:
            say(
                wording(
                    "{edition}: {count} sentences would change", edition=each.edition, count=len(each.changes)
                )
            )
            for fact in each.facts:
                say(joined("  ", fact))
            for change in each.changes:
                say(f"{change.place}\n  - {change.before}\n  + {change.now}")
    if any(each.changes for each in compared):
        raise SystemExit(1)


def _as_json(result: Review, root: Path, paths: Sequence[Path]) -> dict[str, Any]:
    return {
        "ok": not result.demanded,
        "undecided": len(result.demanded),
        "files": [str(path) for path in paths],
        "editions": [
            {
                "edition": reviewed.edition,
                "language": reviewed.language,
                "doubts": [
                    {
                        "rank": doubt.rank,
                        "kind": doubt.kind,
                        "phrase": doubt.phrase,
                        "candidates": doubt.candidates,
                        "path": doubt.place.path,
                        "line": doubt.place.line or None,
                        "before": doubt.anchor[0],
                        "after": doubt.anchor[1],
                        "reason": doubt.reason,
                        "new": doubt.is_new,
                    }
                    for doubt in reviewed.doubts
                ],
            }
            for reviewed in result.sheet.editions
        ],
        "findings": findings_json(as_seen_from_here(result.findings, root)),
    }
