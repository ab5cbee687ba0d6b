"""docs/lint.md against the rules: `python tools/rules.py` writes its tables again."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_tables_are_those_of_the_rules():
    spec = importlib.util.spec_from_file_location("rules", ROOT / "tools" / "rules.py")
    rules = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rules)
    text = (ROOT / "docs" / "lint.md").read_text("utf-8")
    assert rules.with_tables(text) == text
