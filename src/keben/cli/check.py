"""``keben check``."""

import os
from pathlib import Path

import click

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
from keben.errors import errors_in
from keben.inspection import inspect
from keben.project import find_project


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
    if as_json:
        print_json(
            {
                "ok": not failed,
                "checked": report.checked,
                "lines": {name: lines.figures() for name, lines in report.lines.items()},
                "findings": [finding_json(finding) for finding in findings],
            }
        )
    else:
        for line in report.checked:
            click.echo(line)
        show_findings(findings)
        click.echo(f"{len(findings)} findings." if findings else "Nothing to report.")
    if failed:
        raise SystemExit(1)
