"""The workflows: what they may do, what they are pinned to, and that their commands make a book."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from keben import __version__
from keben.cli import main
from keben.core import doctor

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / ".github" / "workflows"
NAMES = ("book", "ci", "docs", "release")

PERMISSIONS = {
    "book": {"book": {"contents": "read"}},
    "ci": {
        job: {"contents": "read"} for job in ("lint", "tests", "coverage", "windows", "container", "book")
    },
    "docs": {"build": {"contents": "read"}},
    "release": {
        "build": {"contents": "read"},
        "compare": {},
        "attest": {"attestations": "write", "id-token": "write"},
        "publish": {"contents": "write"},
    },
}
"""All that each job may do; what is not here it may not."""


def read(name):
    return yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


def test_there_is_no_other_workflow():
    assert sorted(path.stem for path in FOLDER.iterdir()) == list(NAMES)


def test_each_action_is_pinned_to_one_commit_whose_version_is_reported():
    pins = {}
    for name in NAMES:
        for line in (FOLDER / f"{name}.yml").read_text(encoding="utf-8").splitlines():
            if "uses:" not in line or "uses: ./.github/workflows/" in line:
                continue
            found = re.fullmatch(r" +uses: (actions/[a-z-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", line)
            assert found, line
            pins.setdefault(found[1], set()).add(found.groups()[1:])
    assert {action: len(pin) for action, pin in pins.items()} == dict.fromkeys(
        (
            "actions/attest-build-provenance",
            "actions/checkout",
            "actions/download-artifact",
            "actions/setup-python",
            "actions/upload-artifact",
        ),
        1,
    )


@pytest.mark.parametrize("name", NAMES)
def test_jobs_may_do_what_they_must_and_no_more(name):
    workflow = read(name)
    assert workflow["permissions"] == {}
    assert {job: given["permissions"] for job, given in workflow["jobs"].items()} == PERMISSIONS[name]
    for job in workflow["jobs"].values():
        assert "uses" in job or 5 <= int(job["timeout-minutes"]) <= 90
    checkouts = [step for step in steps(workflow) if "checkout@" in step.get("uses", "")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)
    assert "pull_request_target" not in workflow["on"]


@pytest.mark.parametrize("name", NAMES)
def test_no_expression_stands_in_a_command(name):
    assert [step["name"] for step in steps(read(name)) if "${{" in step.get("run", "")] == []


def test_the_tests_run_on_each_system_and_python():
    matrix = read("ci")["jobs"]["tests"]["strategy"]["matrix"]
    assert [system.split("-")[0] for system in matrix["system"]] == ["ubuntu", "macos"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={matrix['python'][0]}"
    kind = "Programming Language :: Python :: 3."
    assert [name.removeprefix(kind) for name in project["classifiers"] if name.startswith(kind)] == [
        version.removeprefix("3.") for version in matrix["python"]
    ]


def test_each_run_keeps_the_book():
    assert read("ci")["jobs"]["book"]["uses"] == "./.github/workflows/book.yml"
    kept = steps(read("book"))[-1]
    assert kept["uses"].startswith("actions/upload-artifact@")
    assert kept["with"]["path"] == "${{ inputs.project }}/build/"


def test_a_release_goes_out_only_after_two_builds_are_the_same():
    jobs = read("release")["jobs"]
    assert [jobs[name]["needs"] for name in ("compare", "attest", "publish")] == [
        "build",
        "compare",
        "attest",
    ]
    machines = jobs["build"]["strategy"]["matrix"]["include"]
    assert len({machine["machine"] for machine in machines}) == len({m["zone"] for m in machines}) == 2


@pytest.mark.parametrize("fault", ["", "a byte", "a file", "a sum"])
def test_two_builds_that_differ_stop_a_release(fault, tmp_path):
    for machine in ("first", "second"):
        folder = tmp_path / "builds" / machine
        (folder / "review").mkdir(parents=True)
        (folder / "book.epub").write_bytes(b"x" if (fault, machine) == ("a byte", "second") else b"a")
        (folder / "review" / "a.html").write_bytes(b"b")
        sums = subprocess.run(
            ["sha256sum", "book.epub", "review/a.html"], cwd=folder, capture_output=True, check=True
        )
        (folder / "SHA256SUMS").write_bytes(b"0" + sums.stdout[1:] if fault == "a sum" else sums.stdout)
    if fault == "a file":
        (tmp_path / "builds" / "second" / "more.pdf").write_bytes(b"c")
    if fault == "a byte":
        shutil.copy(tmp_path / "builds/first/SHA256SUMS", tmp_path / "builds/second/SHA256SUMS")
    (command,) = [step["run"] for step in read("release")["jobs"]["compare"]["steps"] if "run" in step]
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", command], cwd=tmp_path, capture_output=True)
    assert (done.returncode == 0) == (fault == ""), done.stdout + done.stderr


def test_a_release_has_every_file_and_its_notes(tmp_path):
    """`build/README.md` is the repository's, and no part of a release."""
    folder, log = tmp_path / "release", tmp_path / "log"
    (folder / "reports").mkdir(parents=True)
    for name in ("RELEASE_NOTES.md", "a book.epub", "README.md", "SHA256SUMS", "reports/README.md"):
        (folder / name).write_text(name)
    gh = tmp_path / "gh"
    gh.write_text(f"#!/bin/bash\nprintf '%s\\n' \"$@\" >> {log}\n", encoding="utf-8")
    gh.chmod(0o755)
    (command,) = [step["run"] for step in read("release")["jobs"]["publish"]["steps"] if "run" in step]
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "TAG": "v1; false"}
    subprocess.run(["bash", "-eo", "pipefail", "-c", command], cwd=tmp_path, env=environment, check=True)
    options, files = log.read_text().split("RELEASE_NOTES.md\n", 1)
    assert options.split("\n")[:6] == [
        "release",
        "create",
        "v1; false",
        "--verify-tag",
        "--title",
        "v1; false",
    ]
    assert sorted(files.splitlines()) == [
        "./RELEASE_NOTES.md",
        "./SHA256SUMS",
        "./a book.epub",
        "./reports/README.md",
    ]


def scaffold(folder):
    """The workflow that `keben new` writes, and what it calls of this repository, with which inputs."""
    assert CliRunner().invoke(main, ["new", str(folder)]).exit_code == 0
    text = (folder / ".github" / "workflows" / "book.yml").read_text(encoding="utf-8")
    return text, yaml.safe_load(text)["jobs"]["book"]


def test_a_new_project_calls_the_workflow_in_six_lines(tmp_path):
    text, call = scaffold(tmp_path / "demo")
    assert len(text.splitlines()) == 6
    called = re.fullmatch(r"([\w-]+/[\w-]+)/(\.github/workflows/book\.yml)@v(\S+)", call["uses"])
    assert called and (CHECKOUT / called[2]).is_file() and called[3] == __version__
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["urls"]["Source"] == f"https://github.com/{called[1]}"
    for document in ("docs/tour.md", "docs/ci.md"):
        assert f"```yaml\n{text}```\n" in (CHECKOUT / document).read_text(encoding="utf-8")


def test_what_the_workflow_installs_is_what_the_doctor_asks_for(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: name if name == "apt-get" else None)
    things = ("pango", "fontconfig", "noto", "wenkai", "git")
    asked = [doctor.install_command(thing).removeprefix("apt-get install -y ") for thing in things]
    (command,) = [step["run"] for step in steps(read("book")) if "apt-get" in step.get("run", "")]
    last = command.splitlines()[-1]
    assert last == f"sudo apt-get install -y -qq --no-install-recommends {' '.join(asked)}"


STAND_IN = """#!/bin/bash
# pip and apt-get are recorded, and not run: what they install is here.
if [ "$1 $2" = "-m pip" ] || [ "$1" = apt-get ]; then
  printf '%s\\n' "$*" >> {log}
else
  exec {python} {prefix} "$@"
fi
"""


def test_the_commands_of_the_called_workflow_make_another_book(tmp_path):
    """Run its job as a runner does, in a repository with a book in a folder; only installing is left out."""
    root, tools, log = tmp_path / "repository", tmp_path / "tools", tmp_path / "log"
    shutil.copytree(CHECKOUT / "tests" / "cases" / "traditional" / "in", root / "my book")
    settings = root / "my book" / "book" / "book.toml"
    # One edition is enough here, and saves the time of the others.
    settings.write_text(re.sub(r"(?s)\[editions\..*", "[editions.zh-Hans]\n", settings.read_text()))
    (root / ".keben").symlink_to(CHECKOUT)
    tools.mkdir()
    for name, prefix in (("python", ""), ("keben", "-m keben"), ("sudo", "")):
        script = STAND_IN.format(log=log, python=sys.executable, prefix=prefix)
        (tools / name).write_text(script, encoding="utf-8")
        (tools / name).chmod(0o755)
    job = read("book")["jobs"]["book"]
    inputs = {name: given["default"] for name, given in read("book")["on"]["workflow_call"]["inputs"].items()}
    inputs["project"] = "my book"

    def filled(text):
        return re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: inputs[found[1]], text)

    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "PYTHONPATH": str(CHECKOUT / "src"),
        **{name: filled(value) for name, value in job["env"].items()},
    }
    for step in job["steps"]:
        if "run" in step:
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
            assert done.returncode == 0, (step["name"], done.stdout, done.stderr)
    kept = root / filled(job["steps"][-1]["with"]["path"])
    made = {entry["name"] for entry in json.loads((kept / "manifest.json").read_text())["artifacts"]}
    assert made == {"back-zh-Hans.epub", "back-zh-Hans.pdf"}
    assert all((kept / name).is_file() for name in made)
    asked = log.read_text().splitlines()
    assert [line.split()[0] for line in asked] == ["apt-get", "apt-get", "-m", "-m"]
    for path in re.findall(r"(?<= )\S*\.keben\S*", " ".join(asked)):
        assert (root / path).exists(), path
