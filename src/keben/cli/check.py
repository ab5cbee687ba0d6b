"""``keben check``."""

import os
from dataclasses import replace
from pathlib import Path

import click

from keben.cli.output import (
    as_seen_from_here,
    finding_json,
    json_option,
    output_option,
    place_from_here,
    print_json,
    project_argument,
    remember,
    show_findings,
)
from keben.errors import errors_in
from keben.inspection import inspect
from keben.project import find_project
from keben.rare import RareReport


@click.command()
@project_argument
@output_option
@json_option
def check(project: Path, output: Path | None, as_json: bool) -> None:
    """Check a book's source, then every artifact in its output folder."""
    remember(None, as_json=as_json)
    root = find_project(project)
    remember(root, as_json=as_json)
    report = inspect(root, output or root / "build", os.environ)
    findings = as_seen_from_here(report.findings, root)
    failed = bool(errors_in(findings))
    rare = {name: _from_here(each, root) for name, each in report.rare.items()}
    if as_json:
        print_json(
            {
                "ok": not failed,
                "checked": report.checked,
                "lines": {name: lines.figures() for name, lines in report.lines.items()},
                "rare": {name: _rare_json(each) for name, each in rare.items()},
                "findings": [finding_json(finding) for finding in findings],
            }
        )
    else:
        for line in report.checked:
            click.echo(line)
        for name, each in rare.items():
            for line in each.summary(name):
                click.echo(line)
        show_findings(findings)
        click.echo(f"{len(findings)} findings." if findings else "Nothing to report.")
    if failed:
        raise SystemExit(1)


def _from_here(report: RareReport, root: Path) -> RareReport:
    return replace(
        report,
        characters=tuple(
            replace(each, first=place_from_here(each.first, root)) for each in report.characters
        ),
    )


def _rare_json(report: RareReport) -> dict[str, object]:
    return {
        "common": report.common.name,
        "characters": [
            {
                "character": each.character,
                "code": f"U+{ord(each.character):04X}",
                "count": each.count,
                "path": each.first.path,
                "line": each.first.line or None,
                "font": each.font or None,
            }
            for each in report.characters
        ],
    }
