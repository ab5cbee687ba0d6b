"""What commands print: findings on standard error, results on standard output."""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from keben.errors import Finding, KebenError, Place


def project_argument(function: Any) -> Any:
    """The PROJECT argument that most commands take."""
    return click.argument(
        "project",
        required=False,
        default=".",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="[PROJECT]",
    )(function)


def output_option(function: Any) -> Any:
    """The ``--output`` option."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        help="The output folder; PROJECT/build if left out.",
    )(function)


def json_option(function: Any) -> Any:
    """The ``--json`` option."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object, and nothing else.")(
        function
    )


def as_seen_from_here(findings: Iterable[Finding], root: Path) -> tuple[Finding, ...]:
    """Findings whose paths are relative to the current folder instead of the project's root."""
    return tuple(replace(finding, place=place_from_here(finding.place, root)) for finding in findings)


def place_from_here(place: Place, root: Path) -> Place:
    """A place whose path is relative to the current folder instead of the project's root."""
    here = Path.cwd()
    first = place.path.split("/", 1)[0]
    if root == here or first not in ("book", "templates", "styles") or not (root / first).exists():
        return place
    shown = os.path.relpath(root, here)
    prefix = str(root) if shown.startswith("..") else shown
    return replace(place, path=f"{prefix}/{place.path}")


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings, one a line, on standard error."""
    for finding in findings:
        click.echo(str(finding), err=True)


def print_json(value: object) -> None:
    """Print the one object of ``--json``."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def finding_json(finding: Finding) -> dict[str, object]:
    """A finding as ``--json`` shows it."""
    return {
        "path": finding.place.path,
        "line": finding.place.line or None,
        "column": finding.place.column or None,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "advice": finding.advice,
    }


def fail(error: KebenError) -> NoReturn:
    """Show an error in the way that the command was asked to speak, and end the run."""
    context = click.get_current_context(silent=True)
    meta = context.find_root().meta if context else {}
    findings = error.findings
    if root := meta.get("keben.root"):
        findings = as_seen_from_here(findings, root)
    if meta.get("keben.json"):
        print_json({"ok": False, "findings": [finding_json(finding) for finding in findings]})
    else:
        show_findings(findings)
        errors = sum(finding.severity == "error" for finding in findings)
        if errors > 1:
            click.echo(f"{errors} errors; nothing was written.", err=True)
    sys.exit(error.exit_code)


def remember(root: Path | None, *, as_json: bool) -> None:
    """Tell `fail` which project this run is about, and whether to speak JSON."""
    meta = click.get_current_context().find_root().meta
    if root is not None:
        meta["keben.root"] = root
    meta["keben.json"] = as_json
