import sys

import pytest
from click.testing import CliRunner

from keben.cli import doctor as command
from keben.cli import main
from keben.core.doctor import Check


def run(*arguments, text=None):
    return CliRunner().invoke(main, ["doctor", *arguments], input=text)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine without Pango and git, whose `apt-get` is a program that writes down what it is asked for."""
    log = tmp_path / "log"
    script = (
        f"#!{sys.executable}\nimport sys\nopen({str(log)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
    )
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "apt-get").write_text(script, encoding="utf-8")
    (tools / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setattr("keben.core.packages._is_root", lambda: True)

    def diagnose():
        there = log.exists() and "libpango" in log.read_text(encoding="utf-8")
        return (
            Check("Pango", there, "here" if there else "not there", "get it", thing="pango"),
            Check("git", False, "not there", "get it", required=False, thing="git"),
        )

    monkeypatch.setattr(command, "diagnose", diagnose)
    return log


INSTALLED = "update\ninstall -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"


def test_it_installs_what_is_lacking_and_looks_again(machine):
    result = run("--install", "--yes")
    assert (result.exit_code, machine.read_text()) == (0, INSTALLED)
    assert "LACK  Pango" in result.stdout
    assert "ok    Pango: here" in result.stdout
    assert "  apt-get install -y libpango-1.0-0" in result.stdout


def test_everything_is_installed_where_everything_is_asked_for(machine):
    run("--install", "--yes", "--all")
    assert machine.read_text().endswith("libharfbuzz-subset0 git\n")


def test_where_nobody_can_be_asked_nothing_is_run(machine):
    result = run("--install", text="y\n")
    assert result.exit_code == 1
    assert "Add --yes to run it." in result.stdout
    assert not machine.exists()


@pytest.mark.parametrize(("answer", "ran"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_it_asks_before_it_runs_anything(machine, monkeypatch, answer, ran):
    monkeypatch.setattr(command, "_agreed", lambda: command.click.confirm("Run this?"))
    result = run("--install", text=answer)
    assert (machine.exists(), result.exit_code) == (ran, 0 if ran else 1)


def test_a_command_that_fails_is_reported(machine, tmp_path):
    (tmp_path / "tools/apt-get").write_text("#!/bin/sh\nexit 100\n", encoding="utf-8")
    result = run("--install", "--yes")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "apt-get update failed with exit code 100."


def test_a_program_that_is_gone_is_reported(machine, monkeypatch):
    monkeypatch.setattr(command, "install_steps", lambda _things: (("no-such-program", "x"),))
    result = run("--install", "--yes")
    assert "no-such-program x cannot be run: No such file or directory." in result.stderr


def test_a_whole_machine_has_nothing_to_install(monkeypatch):
    monkeypatch.setattr(command, "diagnose", lambda: (Check("Pango", True, "1.50", thing="pango"),))
    result = run("--install")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "Nothing to install.")


@pytest.mark.parametrize("options", [("--yes",), ("--all",), ("--install", "--json")])
def test_options_that_do_not_go_together_are_refused(options):
    assert run(*options).exit_code == 2
