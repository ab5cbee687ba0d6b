"""docs/book-toml.md against the schema, and its examples against the reader."""

import re
from pathlib import Path

import pytest

from keben.core.toml.schema import _all_tables
from keben.project.settings import _EditionTable, _File, read_settings

TEXT = (Path(__file__).parents[2] / "docs" / "book-toml.md").read_text(encoding="utf-8")


def test_every_key_is_described():
    known = {key for _, keys in _all_tables(_File) for key in keys}
    known |= {key.replace("_", "-") for key in _EditionTable.model_fields}
    assert known > {"title", "language", "chapters", "formats", "measure", "fail-on", "creep", "inks"}
    missing = known - set(re.findall(r"`([a-z-]+)`", TEXT))
    assert missing == set()


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL))
def test_its_examples_are_read(example):
    if "[book]" not in example:
        head = '[book]\ntitle = "书"\nlanguage = "zh-Hans"\n'
        example = f"{head}{example}"
    settings, findings = read_settings(example, "book.toml")
    assert settings is not None
    assert [str(finding) for finding in findings if finding.severity != "notice"] == []
