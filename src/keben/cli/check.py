"""``keben check``."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from keben.build.inspection import inspect, inspect_epub
from keben.build.outputs import output_of
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
from keben.core.ebook import StoreName
from keben.core.errors import errors_in
from keben.core.saying import wording
from keben.project import find_project

if TYPE_CHECKING:
    from keben.check.rare import RareReport


@click.command()
@project_argument
@output_option
@click.option(
    "--store",
    "stores",
    multiple=True,
    type=click.Choice(get_args(StoreName)),
    help="A store whose rules the EPUBs are held against; several may be named.",
)
@all_option
@json_option
def check(
    project: Path, output: Path | None, stores: tuple[StoreName, ...], each: bool, as_json: bool
) -> None:
    """Check a book's source, then every artifact in its output folder; or one EPUB from anywhere."""
    remember(None, as_json=as_json, each=each)
    asked = tuple(dict.fromkeys(stores))
    if project.suffix.lower() == ".epub" and project.is_file():
        report, root = inspect_epub(project, asked), project.parent
    else:
        root = find_project(project)
        remember(root, as_json=as_json, each=each)
        report = inspect(root, output or output_of(root), os.environ, asked)
    findings = as_seen_from_here(report.findings, root)
    failed = bool(errors_in(findings))
    rare = {name: _from_here(found, root) for name, found in report.rare.items()}
    if as_json:
        print_json(
            {
                "ok": not failed,
                "checked": report.checked,
                "lines": {name: lines.figures() for name, lines in report.lines.items()},
                "rare": {name: _rare_json(found) for name, found in rare.items()},
                "stores": [each.figures() for each in report.stores],
                "findings": findings_json(findings),
            }
        )
    else:
        for line in report.checked:
            say(line)
        for name, characters in rare.items():
            for line in characters.summary(name):
                say(line)
        for store in report.stores:
            for line in store.lines():
                say(line)
        show_findings(findings)
        counted = (
            wording("1 finding.") if len(findings) == 1 else wording("{count} findings.", count=len(findings))
        )
        say(counted if findings else wording("Nothing to report."))
    if failed:
        raise SystemExit(1)


def _from_here(report: "RareReport", root: Path) -> "RareReport":
    return replace(
        report,
        characters=tuple(
            replace(each, first=place_from_here(each.first, root)) for each in report.characters
        ),
    )


def _rare_json(report: "RareReport") -> dict[str, object]:
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
