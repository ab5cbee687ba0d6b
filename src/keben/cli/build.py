"""``keben build``."""

import os
from pathlib import Path

import click

from keben.build import build as run_build
from keben.build.outputs import output_of
from keben.build.request import Request
from keben.cli.books import build_books, outcome_json, say_outcome
from keben.cli.language import WordedOption
from keben.cli.live import progress
from keben.cli.output import (
    all_option,
    as_seen_from_here,
    findings_json,
    json_option,
    output_option,
    print_json,
    remember,
    show_findings,
)
from keben.cli.streams import say
from keben.core.errors import UsageError
from keben.core.frugal import settle_memory
from keben.core.media import FormatName
from keben.core.saying import series, wording
from keben.formats import FORMATS
from keben.project import find_project, is_project

FORMATS_TOLD = series(
    (
        wording("{name}: {summary}", name=form.name, summary=form.summary)
        for form in FORMATS.values()
        if form.is_asked
    ),
    "; ",
)


@click.command()
@click.argument("projects", nargs=-1, type=click.Path(path_type=Path), metavar="[PROJECT]...")
@click.option("-e", "--edition", "editions", multiple=True, help="An edition to build; all if left out.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([form.name for form in FORMATS.values() if form.is_asked]),
    cls=WordedOption,
    help=wording("A format to build; all that the edition has if left out. {formats}.", formats=FORMATS_TOLD),
)
@output_option
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes to use; one a processor if left out. Fewer run where there is no memory for more.",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Have the workers of a Dask scheduler make the files, such as tcp://10.0.0.1:8786.",
)
@click.option("--no-cache", is_flag=True, help="Make every artifact again, also where nothing changed.")
@click.option(
    "--release",
    "as_release",
    is_flag=True,
    help="Make everything again, check it, and write what a release needs; refuse while something is open.",
)
@click.option(
    "--reports",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="With --release: a folder of reports of other validators, which go with it.",
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="Write what came out right also where something did not; exit 1 all the same.",
)
@all_option
@json_option
def build(
    projects: tuple[Path, ...],
    editions: tuple[str, ...],
    formats: tuple[FormatName, ...],
    output: Path | None,
    jobs: int | None,
    scheduler: str,
    no_cache: bool,
    as_release: bool,
    reports: Path | None,
    keep_going: bool,
    each: bool,
    as_json: bool,
) -> None:
    """Build the editions of a book into its output folder.

    Of several books, each goes into its own; with -o, into a folder of its name below that one.
    """
    settle_memory()
    remember(None, as_json=as_json, each=each)

    def request(root: Path, into: Path | None) -> Request:
        return Request(
            root=root,
            output=into or output_of(root),
            editions=editions,
            formats=formats,
            jobs=jobs or os.cpu_count() or 1,
            reuse=not (no_cache or as_release),
            alone=as_release,
            keep_going=keep_going,
            scheduler=scheduler,
        )

    if len(projects) > 1:
        if as_release or reports:
            message = wording("Books are released one at a time.")
            raise UsageError.at("--release", "usage", message, wording("Name one project."))
        build_books(projects, output, request, as_json=as_json)
        return
    root = find_project(projects[0] if projects else Path())
    remember(root, as_json=as_json, each=each)
    asked = request(root, output)
    if as_release:
        _require_whole(asked)
        _release(asked, reports, as_json=as_json)
        return
    if reports:
        raise UsageError.at(
            "--reports", "usage", wording("Reports go with a release."), wording("Add --release.")
        )
    with progress(quiet=as_json) as report:
        outcome = run_build(asked, os.environ, report)
    findings = as_seen_from_here(outcome.findings, root)
    if as_json:
        print_json(outcome_json(asked, outcome, findings))
    else:
        show_findings(findings)
        say_outcome(asked, outcome)
    if outcome.missing:
        raise SystemExit(1)


def _require_whole(request: Request) -> None:
    """See that a release is asked for as a whole.

    Raises:
        UsageError: it is not.
    """
    if request.keep_going:
        message = wording("A release is whole or not at all.")
        raise UsageError.at("--release", "usage", message, wording("Leave out --keep-going."))
    if request.editions or request.formats:
        message = wording("A release has every edition and every format.")
        raise UsageError.at("--release", "usage", message, wording("Leave out -e and -f."))
    if not is_project(request.root):
        message = wording("A release needs a project of Keben's.")
        raise UsageError.at("--release", "usage", message, wording("Make one of it: `keben import`."))


def _release(request: Request, reports: Path | None, *, as_json: bool) -> None:
    from keben.release import publish

    with progress(quiet=as_json) as report:
        done = publish(request, os.environ, report, _keep_quiet if as_json else say, reports)
    findings = as_seen_from_here(done.findings, request.root)
    manifest = done.manifest
    if as_json:
        print_json(
            {
                "ok": True,
                "output": str(request.output),
                "commit": manifest["commit"],
                "artifacts": manifest["artifacts"],
                "checks": manifest["checks"],
                "files": sorted(path.name for path in done.paths),
                "findings": findings_json(findings),
            }
        )
        return
    show_findings(findings)
    for check, result in dict.fromkeys((each["check"], each["result"]) for each in manifest["checks"]):
        say(wording("{name}: {passed}", name=wording(check), passed=_RESULTS.get(result, result)))
    of = wording(" of commit {manifest}", manifest=manifest["commit"][:12]) if manifest["commit"] else ""
    shown = os.path.relpath(request.output)
    say(
        wording(
            "Version {manifest}{of}: {count} files in {shown}/",
            manifest=manifest["version"],
            of=of,
            count=len(done.paths),
            shown=shown,
        )
    )


_RESULTS = {
    "passed": wording("passed"),
    "failed": wording("failed"),
    "measured": wording("measured"),
    "not run": wording("not run"),
}
"""What a check came to, as a person reads it; manifests and reports have the names."""


def _keep_quiet(_said: str) -> None:
    """Say nothing: with ``--json`` only one object goes to standard output."""
