"""The reference pages against what they describe: commands, templates, words and style sheets of the default theme."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("theme.md", "theme.zh.md")


def test_the_pages_of_commands_are_what_the_commands_say():
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "commands.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("page", PAGES)
def test_each_template_sheet_block_and_variable_is_described(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    templates = [path for path in (ROOT / "templates").iterdir() if path.is_file()]
    assert [
        path.name for path in (*templates, *(ROOT / "styles").glob("*.css")) if f"`{path.name}`" not in text
    ] == []
    whole = "".join(path.read_text(encoding="utf-8") for path in templates)
    blocks = set(re.findall(r"{%-? *block (\w+)", whole))
    code = " ".join(re.findall(r"{[{%].*?[%}]}", whole))
    names = set(re.findall(r"\b(?:book|chapter|entry|page|own|chart|bar)\.[a-z_]+", code))
    assert len(names) > 30
    assert sorted(name for name in blocks | names if f"`{name}`" not in text) == []


@pytest.mark.parametrize("page", PAGES)
def test_each_word_of_the_theme_is_described(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    words = tomllib.loads((ROOT / "templates" / "words.toml").read_text(encoding="utf-8"))["zh-Hans"]
    reported = re.findall(r"`([a-z_]+)(…?)`", text)
    whole = {word for word, more in reported if not more}
    beginnings = tuple(word for word, more in reported if more)
    assert [word for word in words if word not in whole and not word.startswith(beginnings)] == []


@pytest.mark.parametrize("page", PAGES)
def test_each_class_that_is_described_is_in_a_style_sheet_or_the_markup(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    styles = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "styles").glob("*.css"))
    reported = set(re.findall(r"`\.([a-z-]+)`", text))
    assert reported
    assert sorted(each for each in reported if f".{each}" not in styles) == []
