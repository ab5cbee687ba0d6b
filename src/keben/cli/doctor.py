"""``keben doctor``."""

import contextlib
import subprocess
import sys
from collections.abc import Iterable

import click

from keben.cli.language import spoken
from keben.cli.output import json_option, print_json
from keben.cli.streams import say
from keben.core.doctor import Check, diagnose
from keben.core.errors import UsageError
from keben.core.packages import Step, install_steps
from keben.core.reasons import reason_of
from keben.core.saying import joined, wording


@click.command()
@json_option
@click.option("--install", is_flag=True, help="Install what a PDF cannot do without, after asking.")
@click.option("--all", "each", is_flag=True, help="With --install: everything that this machine lacks.")
@click.option("-y", "--yes", is_flag=True, help="With --install: do not ask.")
def doctor(as_json: bool, install: bool, each: bool, yes: bool) -> None:
    """Say what this machine has and lacks, and the command that installs what it lacks."""
    if (each or yes) and not install:
        raise UsageError.at(
            "keben doctor", "usage", wording("--all and --yes go with --install."), wording("Add --install.")
        )
    if install and as_json:
        raise UsageError.at(
            "keben doctor",
            "usage",
            wording("--install and --json exclude each other."),
            wording("Leave out one."),
        )
    checks = diagnose()
    if as_json:
        _print(checks)
    else:
        _say(checks)
    if install and _install(checks, each=each, yes=yes):
        checks = diagnose()
        _say(checks)
    if any(check.required and not check.ok for check in checks):
        raise SystemExit(1)


def _print(checks: Iterable[Check]) -> None:
    listed = tuple(checks)
    print_json(
        {
            "ok": all(check.ok or not check.required for check in listed),
            "checks": [
                {
                    "name": check.name,
                    "ok": check.ok,
                    "required": check.required,
                    "found": check.found,
                    "fix": check.fix,
                }
                for check in listed
            ],
        }
    )


def _say(checks: Iterable[Check]) -> None:
    for check in checks:
        mark = wording("ok  ") if check.ok else wording("LACK") if check.required else wording("no  ")
        say(joined(mark, "  ", wording("{name}: {passed}", name=check.name, passed=check.found)))
        if not check.ok and check.fix:
            say(joined("      ", check.fix))


def _install(checks: Iterable[Check], *, each: bool, yes: bool) -> bool:
    """Install what is lacking; whether anything was run."""
    lacking = [check for check in checks if not check.ok and check.thing and (check.required or each)]
    if not lacking:
        say(wording("Nothing to install."))
        return False
    steps = install_steps(check.thing for check in lacking)
    if not steps:
        say(wording("No package manager that Keben knows has what is lacking. Install it as said above."))
        return False
    say(wording("To run:"))
    for step in steps:
        command = subprocess.list2cmdline(step)
        say(f"  {command}")
    if not yes and not _agreed():
        say(wording("Nothing was run."))
        return False
    for step in steps:
        _run(step)
    return True


def _agreed() -> bool:
    """Whether a person says yes; where nobody can be asked, nothing is agreed to."""
    with contextlib.suppress(AttributeError, ValueError):
        if sys.stdin.isatty():
            return click.confirm(spoken(wording("Run this?")))
    say(wording("Nobody can be asked here. Add --yes to run it."))
    return False


def _run(step: Step) -> None:
    command = subprocess.list2cmdline(step)
    try:
        ended = subprocess.run(step, check=False).returncode  # noqa: S603 - a list; no shell reads it
    except OSError as error:
        reason = reason_of(error)
        say(wording("{command} cannot be run: {reason}.", command=command, reason=reason), err=True)
        return
    if ended:
        say(wording("{command} failed with exit code {ended}.", command=command, ended=ended), err=True)
