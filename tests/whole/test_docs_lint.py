"""docs/lint.md and docs/lint.zh.md against the rules: `python tools/rules.py` writes its tables again."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("page", "language"), [("lint.md", "en"), ("lint.zh.md", "zh-Hans")])
def test_the_tables_are_those_of_the_rules(page, language):
    spec = importlib.util.spec_from_file_location("rules", ROOT / "tools" / "rules.py")
    rules = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rules)
    text = (ROOT / "docs" / page).read_text("utf-8")
    assert rules.with_tables(text, language) == text
