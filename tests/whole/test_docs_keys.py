"""docs/keys.md and docs/keys.zh.md: every key of the schema, in both languages, with an example that is read."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from keben.core.toml.schema import _all_tables
from keben.project.settings import _File, read_settings

ROOT = Path(__file__).parents[2]
HEAD = {"title": '"书"', "language": '"zh-Hans"'}
BESIDE = {
    "book.certifier-report": {"certified-by": '"某某"'},
    "book.certifier-credential": {"certified-by": '"某某"'},
    "book.conforms-to": {"certified-by": '"某某"'},
    "editions.writing": {"language": '"zh-Hant-TW"'},
}
"""What an example needs beside it."""


def rows():
    with (ROOT / "docs" / "keys.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_pages_are_what_the_schema_says():
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "keys.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_key_has_a_row_in_both_languages():
    reported = {row["key"].rpartition(".")[2] for row in rows()}
    assert {key for _, keys in _all_tables(_File) for key in keys} - {"book", "print", "booklet", "press"} - {
        "epub", "convert", "lint",
    } <= reported  # fmt: skip
    assert [
        row["key"] for row in rows() if not (row["zh"] and row["en"] and row["example"] and row["since"])
    ] == []


def sample(key, example):
    """A book.toml with the example in it. An inner key is part of its table's own example."""
    if key == "editions":
        return '[book]\ntitle = "书"\nlanguage = "zh-Hans"\n[editions]\nzh-Hans = {}\n'
    section, _, name = key.partition(".")
    book = dict(HEAD)
    tables = {"book": book}
    own = book if section == "book" else tables.setdefault(
        "editions.zh-Hans" if section == "editions" else section, {}
    )  # fmt: skip
    own |= BESIDE.get(key, {})
    own[name] = example
    return "".join(
        f"[{table}]\n" + "".join(f"{each} = {value}\n" for each, value in values.items())
        for table, values in tables.items()
    )


@pytest.mark.parametrize("row", [r for r in rows() if r["key"].count(".") < 2], ids=lambda row: row["key"])
def test_each_example_is_read(row):
    settings, findings = read_settings(sample(row["key"], row["example"]), "book.toml")
    assert settings is not None, findings
    assert [str(finding) for finding in findings if finding.severity == "error"] == []
