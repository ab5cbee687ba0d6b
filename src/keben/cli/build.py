"""``keben build``."""

import os
from pathlib import Path

import click

from keben.cli.live import progress
from keben.cli.output import (
    as_seen_from_here,
    finding_json,
    json_option,
    output_option,
    print_json,
    project_argument,
    remember,
    show_findings,
)
from keben.jobs import Request
from keben.model import Format
from keben.pipeline import build as run_build
from keben.project import find_project


@click.command()
@project_argument
@click.option("-e", "--edition", "editions", multiple=True, help="An edition to build; all if left out.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["epub", "pdf", "booklet"]),
    help="A format to build; all that the edition has if left out.",
)
@output_option
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="Processes to use; one a processor if left out."
)
@click.option("--no-cache", is_flag=True, help="Make every artifact anew, also where nothing changed.")
@json_option
def build(
    project: Path,
    editions: tuple[str, ...],
    formats: tuple[Format, ...],
    output: Path | None,
    jobs: int | None,
    no_cache: bool,
    as_json: bool,
) -> None:
    """Build the editions of a book into its output folder."""
    remember(None, as_json=as_json)
    root = find_project(project)
    remember(root, as_json=as_json)
    request = Request(
        root=root,
        output=output or root / "build",
        editions=editions,
        formats=formats,
        jobs=jobs or os.cpu_count() or 1,
        reuse=not no_cache,
    )
    with progress(quiet=as_json) as report:
        outcome = run_build(request, os.environ, report)
    findings = as_seen_from_here(outcome.findings, root)
    if as_json:
        print_json(
            {
                "ok": True,
                "output": str(request.output),
                "made": outcome.made,
                "kept": outcome.kept,
                "artifacts": outcome.manifest["artifacts"],
                "findings": [finding_json(finding) for finding in findings],
            }
        )
        return
    show_findings(findings)
    shown = os.path.relpath(request.output)
    click.echo(f"{len(outcome.made)} made, {len(outcome.kept)} unchanged, in {shown}/")
