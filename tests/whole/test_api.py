"""docs/api.md: what it says of the code is what the code says; and its examples run."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest
from apidocs import blocks, describe
from leaflets import leaflet, saved
from projects import write_project

import keben

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api.md"
BLOCKS = [names for names, _ in blocks(DOCUMENT.read_text(encoding="utf-8"))]


def test_every_public_name_is_described_once():
    described = [name for names in BLOCKS for name in names]
    assert sorted(described) == sorted({*keben.__all__} - {"__version__"})
    assert sorted(keben.HOMES) == sorted(described)


@pytest.mark.parametrize("names", BLOCKS, ids=["-".join(names[:2]) for names in BLOCKS])
def test_names_are_described_as_they_are(names, pytestconfig):
    """`--refresh` writes the descriptions again; look at the difference: others' programs depend on it."""
    text = DOCUMENT.read_text(encoding="utf-8")
    described, wanted = dict(blocks(text))[names], describe(names)
    if pytestconfig.getoption("refresh"):
        DOCUMENT.write_text(text.replace(described, wanted), encoding="utf-8")
    else:
        assert described == wanted


def test_what_is_public_is_there_and_says_what_it_does():
    for name in keben.HOMES:
        value = getattr(keben, name)
        assert not (inspect.isclass(value) or inspect.isfunction(value)) or inspect.getdoc(value), name


def test_a_name_that_is_not_public_is_none():
    with pytest.raises(AttributeError, match="no attribute 'typeset_book'"):
        keben.typeset_book  # noqa: B018
    assert dir(keben) == sorted(keben.__all__)


def test_nothing_is_loaded_before_it_is_asked_for():
    code = "import sys, keben; keben.Finding; print(sorted({'weasyprint', 'opencc', 'pikepdf'} & {*sys.modules}))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"


def test_the_examples_run(tmp_path, monkeypatch, capsys):
    examples = re.findall(
        r"```python\n((?:from|import) .*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL
    )
    write_project(tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.pdf").write_bytes(saved(leaflet(8)))
    printed = []
    for example in examples:
        exec(compile(example, str(DOCUMENT), "exec"), {"__name__": "example"})
        printed.append(capsys.readouterr().out.splitlines())
    assert printed == [
        ["頭髮與發現"],
        ["2 sheets"],
        ["hair-zh-Hans.epub", "hair-zh-Hant-TW.epub"],
        ["hair-zh-Hant-TW.epub"],
    ]
