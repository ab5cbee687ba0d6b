"""What commands print: findings on standard error, results on standard output."""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from keben.cli.streams import is_narrow, say
from keben.cli.telling import by_severity, lines
from keben.core.errors import Finding, KebenError, Place
from keben.core.saying import wording
from keben.project import is_project


def project_argument(function: Any) -> Any:
    """The PROJECT argument that most commands take."""
    return click.argument(
        "project",
        required=False,
        default=".",
        type=click.Path(path_type=Path),
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


def all_option(function: Any) -> Any:
    """The ``--all`` option."""
    return click.option(
        "--all", "each", is_flag=True, help="Show each finding; else many of one kind are said once."
    )(function)


def as_seen_from_here(findings: Iterable[Finding], root: Path) -> tuple[Finding, ...]:
    """Findings whose paths are relative to the current folder instead of the project's root."""
    is_own = is_project(root)
    return tuple(
        replace(finding, place=_from_here(finding.place, root, is_own=is_own)) for finding in findings
    )


def place_from_here(place: Place, root: Path) -> Place:
    """A place whose path is relative to the current folder instead of the project's root."""
    return _from_here(place, root, is_own=is_project(root))


def _from_here(place: Place, root: Path, *, is_own: bool) -> Place:
    if Path(place.path).is_absolute():
        return replace(place, path=shown_path(place.path))
    here = Path.cwd()
    first = place.path.split("/", 1)[0]
    if is_own:
        is_below = first in ("book", "templates", "styles") and (root / first).exists()
    else:
        root = root.parent if root.is_file() else root
        is_below = (root / place.path).exists()
    if root == here or not is_below:
        return place
    shown = os.path.relpath(root, here)
    prefix = str(root) if shown.startswith("..") else shown
    return replace(place, path=os.path.normpath(f"{prefix}/{place.path}"))


def shown_path(path: str) -> str:
    """A path as it is seen from the current folder, where it is below it."""
    shown = os.path.relpath(path)
    return path if shown.startswith("..") else shown


def typed(path: Path) -> str:
    """A path as it is typed in a command: in quotation marks where it has a space."""
    return f'"{path}"' if any(character.isspace() for character in str(path)) else str(path)


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings on standard error: the worst first, many of one kind once (each, with ``--all``)."""
    for line in lines(findings, each=bool(_meta().get("keben.all"))):
        say(line, err=True)


def print_json(value: object) -> None:
    """Print the one object of ``--json``: in ASCII where the stream lacks characters, so that it stays JSON."""
    say(json.dumps(value, ensure_ascii=is_narrow("stdout"), indent=2))


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


def findings_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """All findings as ``--json`` shows them, the worst first."""
    return [finding_json(finding) for finding in by_severity(findings)]


def fail(error: KebenError) -> NoReturn:
    """Show an error in the way that the command was asked to speak, and end the run."""
    meta = _meta()
    root = meta.get("keben.root")
    if meta.get("keben.json"):
        print_json(error_json(error, root))
    else:
        show_error(error, root)
    sys.exit(error.exit_code)


def error_json(error: KebenError, root: Path | None) -> dict[str, object]:
    """An error as ``--json`` shows it; ``root`` is the project's that it is about."""
    return {"ok": False, "others": error.others, "findings": findings_json(_seen(error, root))}


def show_error(error: KebenError, root: Path | None) -> None:
    """Print an error's findings on standard error, and that nothing was written; ``root`` as for `error_json`."""
    findings = _seen(error, root)
    show_findings(findings)
    errors = sum(finding.severity == "error" for finding in findings)
    if errors > 1 or error.others:
        said = wording(
            "{errors} {error}; nothing was written.",
            errors=errors,
            error="error" if errors == 1 else "errors",
        )
        files = (
            wording("the file") if error.others == 1 else wording("the {others} files", others=error.others)
        )
        more = (
            wording(" --keep-going writes {files} that nothing is wrong with.", files=files)
            if error.others
            else ""
        )
        say(said + more, err=True)


def _seen(error: KebenError, root: Path | None) -> tuple[Finding, ...]:
    return as_seen_from_here(error.findings, root) if root else error.findings


def remember(root: Path | None, *, as_json: bool, each: bool = False) -> None:
    """Tell `fail` which project this run is about, whether to speak JSON, and whether to show each finding."""
    meta = _meta()
    if root is not None:
        meta["keben.root"] = root
    meta["keben.json"] = as_json
    meta["keben.all"] = each


def _meta() -> dict[str, Any]:
    context = click.get_current_context(silent=True)
    return context.find_root().meta if context else {}
