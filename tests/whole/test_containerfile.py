import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest
import yaml

from keben.core.packages import MANAGERS

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool():
    specification = importlib.util.spec_from_file_location(
        "containerfile", CHECKOUT / "tools/containerfile.py"
    )
    module = importlib.util.module_from_spec(specification)
    sys.modules["containerfile"] = module
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def steps(tool):
    return tool.read_steps((CHECKOUT / "Containerfile").read_text(encoding="utf-8"))


def texts(steps, name):
    return [step.text for step in steps if step.name == name]


def test_steps_are_read_with_their_lines(tool):
    text = "# a\nFROM x AS y\nRUN a \\\n  # between\n && b\n"
    assert [(step.line, step.name, step.text) for step in tool.read_steps(text)] == [
        (2, "FROM", "x AS y"),
        (3, "RUN", "a && b"),
    ]
    assert tool.settings('A=1 b.c="d e"') == {"A": "1", "b.c": "d e"}
    for wrong in ("FROM\n", "RUN a \\\n"):
        with pytest.raises(ValueError, match="line 1"):
            tool.read_steps(wrong)


def test_it_installs_what_the_doctor_asks_for(steps):
    (installed,) = [text for text in texts(steps, "RUN") if "libpango" in text]
    names = re.search(r"--no-install-recommends (.*?) &&", installed)[1].split()
    asked = " ".join(
        MANAGERS["apt-get"].names[thing] for thing in ("pango", "fontconfig", "noto", "wenkai", "git")
    )
    assert names == ["ca-certificates", "python3", "python3-venv", *asked.split()]


def test_packages_come_by_hash_and_the_user_is_not_root(steps):
    names = [step.name for step in steps]
    assert any("--require-hashes -r /opt/requirements.txt" in text for text in texts(steps, "RUN"))
    assert texts(steps, "USER") == ["writer"]
    assert "RUN" not in names[names.index("USER") :]
    assert texts(steps, "VOLUME") == texts(steps, "WORKDIR") == ["/book"]
    assert json.loads(texts(steps, "ENTRYPOINT")[0]) == ["keben"]
    assert "ADD" not in names


def test_its_labels_are_true(tool, steps):
    labels = tool.settings(texts(steps, "LABEL")[0])
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'license = "{labels["org.opencontainers.image.licenses"]}"' in project
    assert f'Source = "{labels["org.opencontainers.image.source"]}"' in project


def test_what_is_copied_is_there_and_is_not_ignored(steps):
    ignored = (CHECKOUT / ".containerignore").read_text(encoding="utf-8")
    assert (CHECKOUT / ".dockerignore").read_text(encoding="utf-8") == ignored
    kept = {line[1:] for line in ignored.splitlines() if line.startswith("!")}
    sources = {word for text in texts(steps, "COPY") if "--from" not in text for word in text.split()[:-1]}
    assert sources == kept
    assert all((CHECKOUT / source).exists() for source in sources)


def test_the_workflow_builds_it_and_makes_a_book_with_it():
    jobs = yaml.safe_load((CHECKOUT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]
    commands = "\n".join(step.get("run", "") for step in jobs["container"]["steps"])
    assert "docker build --file Containerfile --tag keben ." in commands
    assert "keben new" in commands and "keben build" in commands
