"""``keben lint``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keben.cli.output import all_option, fail, findings_json, print_json, remember, show_findings
from keben.cli.streams import say
from keben.core.errors import Finding, SourceError, UsageError, errors_in
from keben.core.saying import wording

if TYPE_CHECKING:
    from keben.cli.lintfiles import LintTarget
    from keben.lint.values import Remark

_RANKS = ("error", "warning", "notice")


_SEVERITIES = {"error": wording("error"), "warning": wording("warning"), "notice": wording("notice")}
_FIXES = {"certain": wording("certain"), "offered": wording("offered"), "none": wording("none")}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--fix", "do_fix", is_flag=True, help="Correct what is certain, after showing the difference.")
@click.option("--diff", "do_diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--offered", is_flag=True, help="With --fix or --diff: also what a person has to look at.")
@click.option("--yes", is_flag=True, help="With --fix: do not ask.")
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules: K201, K2, half-width-stop.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules.")
@click.option("--language", metavar="TAG", help="What the text is written in, where no book.toml says it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How remarks are printed.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*_RANKS, "never"]),
    default="warning",
    help="From which severity on remarks make the command fail; warning if left out.",
)
@click.option("--rules", "list_rules", is_flag=True, help="List the rules, and end.")
@all_option
def lint(
    paths: tuple[Path, ...],
    do_fix: bool,
    do_diff: bool,
    offered: bool,
    yes: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    language: str | None,
    form: str,
    fail_on: str,
    list_rules: bool,
    each: bool,
) -> None:
    """Look a manuscript through as an editor does: a project, files (.md, .txt), or a folder of Markdown.

    Exits with 1 where there is something to correct.
    """
    from keben.cli.lintfiles import correct, differences, look_at, read_targets, text_lines

    remember(None, as_json=form == "json", each=each)
    if list_rules:
        _list_rules()
        return
    select, ignore = _names(select), _names(ignore)
    targets = read_targets(paths or (Path(),), select=select, ignore=ignore, language=language)
    problems = tuple(finding for target in targets for finding in target.findings)
    if errors_in(problems):
        fail(SourceError(*problems))
    if do_fix or do_diff:
        after = [correct(target, offered=offered) for target in targets]
        lines = [line for pair in zip(targets, after, strict=True) for line in differences(*pair)]
        _show_difference(lines, is_text=form == "text")
        if do_fix and lines:
            _write(targets, after, yes=yes)
        if do_fix:
            targets = after
    remarks = tuple(remark for target in targets for remark in look_at(target))
    _show(remarks, form, problems=problems, lines=text_lines(remarks, each=each))
    if fail_on != "never" and any(
        _RANKS.index(one.rule.severity) <= _RANKS.index(fail_on) for one in remarks
    ):
        raise SystemExit(1)


def _list_rules() -> None:
    from keben.lint.table import FAMILIES

    for title, module in FAMILIES:
        say(title)
        for rule in module.RULES:
            off = "" if rule.by_default else wording(" (off unless selected)")
            say(
                wording(
                    "  {number} {name}: {severity}, fix {fix}{off}",
                    number=rule.number,
                    name=rule.name,
                    severity=_SEVERITIES[rule.severity],
                    fix=_FIXES[rule.fix],
                    off=off,
                )
            )


def _names(options: tuple[str, ...]) -> tuple[str, ...]:
    """Names of rules, which commas may part as well."""
    from keben.lint.selection import unknown

    names = tuple(name.strip() for option in options for name in option.split(",") if name.strip())
    for name in unknown(names):
        raise UsageError.at(
            name,
            "unknown-rule",
            wording("There is no rule “{name}”.", name=name),
            wording("keben lint --rules lists them."),
        )
    return names


def _show_difference(lines: list[str], *, is_text: bool) -> None:
    """The difference, on standard output; where that is for a program, on standard error."""
    for line in lines:
        say(line, err=not is_text)
    if not lines:
        say(wording("Nothing to fix."), err=True)


def _write(targets: "list[LintTarget]", after: "list[LintTarget]", *, yes: bool) -> None:
    from keben.cli.lintfiles import write

    if not yes:
        if not has_terminal():
            message = wording("There is nobody to ask whether to write this.")
            raise UsageError.at(
                "keben lint", "no-terminal", message, wording("Add --yes, or only look at it with --diff.")
            )
        if not click.confirm(wording("Write these changes?"), err=True):
            raise click.Abort
    say(write(targets, after), err=True)


def has_terminal() -> bool:
    """Whether a person can answer a question."""
    return sys.stdin is not None and sys.stdin.isatty()


def _show(
    remarks: "tuple[Remark, ...]", form: str, *, problems: tuple[Finding, ...], lines: tuple[str, ...]
) -> None:
    from keben.lint.reports import as_github, as_json, as_sarif

    if form == "json":
        print_json({"ok": not remarks, "remarks": as_json(remarks), "findings": findings_json(problems)})
    elif form == "sarif":
        say(as_sarif(remarks))
    elif form == "github":
        for line in as_github(remarks):
            say(line)
    else:
        show_findings(problems)
        for line in lines:
            say(line)
