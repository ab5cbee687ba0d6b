"""docs/api.md: what it says of the code is what the code says; and its example makes a book."""

import importlib
import inspect
import re
from pathlib import Path

import pytest
from apidocs import blocks, describe, public
from projects import write_project

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api.md"
MODULES = [name for name, _ in blocks(DOCUMENT.read_text(encoding="utf-8"))]


def test_the_stages_and_their_values_are_described():
    stages = ["project", "theme", "markdown", "compose", "script", "epub", "typeset"]
    others = ["pipeline", "jobs", "inspection", "metadata", "model", "paper", "errors"]
    assert sorted(MODULES) == sorted(f"keben.{name}" for name in (*stages, *others))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_described_as_it_is(name, pytestconfig):
    """`--refresh` writes the descriptions anew; look at the difference: others' programs hang on it."""
    text = DOCUMENT.read_text(encoding="utf-8")
    described, wanted = dict(blocks(text))[name], describe(name)
    if pytestconfig.getoption("refresh"):
        DOCUMENT.write_text(text.replace(described, wanted), encoding="utf-8")
    else:
        assert described == wanted


@pytest.mark.parametrize("name", MODULES)
def test_what_is_public_is_there_and_says_what_it_does(name):
    module = importlib.import_module(name)
    for each in public(module):
        value = getattr(module, each)
        assert not (inspect.isclass(value) or inspect.isfunction(value)) or inspect.getdoc(value), each


@pytest.mark.parametrize(
    ("number", "printed"), [(0, ["hair-zh-Hans.epub", "hair-zh-Hant-TW.epub"]), (1, ["hair-zh-Hant-TW.epub"])]
)
def test_the_examples_run(number, printed, tmp_path, monkeypatch, capsys):
    examples = re.findall(r"```python\n(from .*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    write_project(tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    exec(compile(examples[number], str(DOCUMENT), "exec"), {"__name__": "example"})
    assert capsys.readouterr().out.split() == printed
    assert len(examples) == 2
