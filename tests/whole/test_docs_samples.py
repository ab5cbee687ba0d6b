"""What the documentation tells users to write and to run: samples build, commands are known, the tutorial comes out."""

import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from PIL import Image

from keben.cli import main
from keben.project.settings import read_settings

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.parent.glob("README*.md")])
HEAD = '[book]\ntitle = "书"\nlanguage = "zh-Hans"\n'


def parsed(page):
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def fences(page, info):
    return [token.content for token in parsed(page) if token.type == "fence" and token.info == info]


def commands(page):
    """Each line that calls Keben, without its comment."""
    for token in parsed(page):
        if token.type == "fence" and token.info in ("", "sh", "console"):
            for line in token.content.splitlines():
                if match := re.match(r"(?:\$ )?(keben [a-z].*)", line.partition("→")[0]):
                    yield re.sub(r"\s\s*# .*", "", match[1])


def shape(page):
    """Headings by level, code by its language, rows of tables, and pictures."""
    reported = []
    for token in parsed(page):
        if token.type == "heading_open":
            reported.append(token.tag)
        elif token.type == "fence":
            reported.append(f"fence {token.info}")
        elif token.type == "tr_open":
            reported.append("row")
        reported += [child.attrGet("src") for child in token.children or () if child.type == "image"]
    return reported


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.zh.md")), ids=lambda page: page.name)
def test_a_chinese_page_has_the_parts_of_the_english_one(page):
    english = DOCS / f"{page.name.removesuffix('.zh.md')}.md"
    assert shape(page) == shape(english)
    first = page.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"[English]({english.name}) · **简体中文**"
    assert english.read_text(encoding="utf-8").startswith(f"**English** · [简体中文]({page.name})\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_documentation_are_known(page):
    for line in commands(page):
        _, name, *words = shlex.split(line)
        command = main.get_command(click.Context(main), name)
        assert command is not None, line
        known = {option for each in command.params for option in each.opts + each.secondary_opts}
        asked = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert asked <= known | {"--help", "-h"}, line


@pytest.mark.parametrize(
    "name", ["book-toml.zh.md", "howto.md", "howto.zh.md", "tutorial.md", "tutorial.zh.md"]
)
def test_settings_that_pages_show_are_read(name):
    samples = fences(DOCS / name, "toml")
    assert samples
    for sample in samples:
        whole = sample if "[book]\n" in sample else HEAD + sample
        settings, findings = read_settings(whole, "book.toml")
        assert settings is not None
        assert [str(each) for each in findings if each.severity != "notice"] == []


@pytest.mark.parametrize("name", ["howto.md", "howto.zh.md"])
def test_chapters_that_pages_show_build(name, tmp_path):
    chapters = tmp_path / "book" / "chapters"
    chapters.mkdir(parents=True)
    (tmp_path / "book" / "images").mkdir()
    (tmp_path / "book" / "book.toml").write_text(HEAD, encoding="utf-8")
    samples = fences(DOCS / name, "markdown")
    assert len(samples) >= 4
    for number, sample in enumerate(samples, 1):
        (chapters / f"{number:02}.md").write_text(sample, encoding="utf-8")
        for picture in re.findall(r"\]\(\.\./images/([\w.]+)", sample):
            Image.new("RGB", (40, 30), "white").save(tmp_path / "book" / "images" / picture)
    done = CliRunner().invoke(main, ["build", str(tmp_path), "-f", "epub", "-j", "1"])
    assert done.exit_code == 0, done.output
    assert "warning" not in done.output


def test_the_tutorial_s_code_is_the_same_in_both_languages():
    for info in ("sh", "toml", "text"):
        assert fences(DOCS / "tutorial.md", info) == fences(DOCS / "tutorial.zh.md", info)


def test_the_tutorial_comes_out(tmp_path, monkeypatch):
    """Each command is run, with the files that the page says are written before it."""
    monkeypatch.chdir(tmp_path)
    for token in parsed(DOCS / "tutorial.md"):
        if token.type != "fence":
            continue
        if token.info == "text":
            Path("novel.txt").write_text(token.content, encoding="utf-8")
        elif token.info == "toml":
            Path("mybook/book/book.toml").write_text(token.content, encoding="utf-8")
        else:
            arguments = shlex.split(token.content, comments=True)[1:]
            done = CliRunner().invoke(main, arguments)
            allowed = (
                (0, 1) if "while something must" in token.content else (int("exit code 1" in token.content),)
            )
            assert done.exit_code in allowed, done.output
    made = {path.name for path in Path("mybook/build").iterdir()}
    assert {"sanguo-zh-Hans-press.pdf", "sanguo-zh-Hans-cover.pdf"} <= made
    shutil.rmtree("mybook")


def test_keben_s_own_lint_finds_nothing_in_the_chinese_pages():
    """What the pages show on purpose is left out: the other script, the other quotation marks, digits in full width."""
    pages = list(map(str, sorted(DOCS.glob("*.zh.md"))))
    apart = [word for rule in ("K306", "K521", "K601") for word in ("--ignore", rule)]
    done = CliRunner().invoke(main, ["lint", *pages, "--language", "zh-Hans", *apart])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.zh.md")), ids=lambda page: page.name)
def test_no_emphasis_of_a_chinese_page_is_left_as_stars(page):
    """CommonMark closes no emphasis behind a mark and before a character: **字。**字."""
    texts = [
        child.content
        for token in parsed(page)
        for before, child in pairwise([None, *(token.children or ())])
        if child.type == "text" and (before is None or before.content != "<code>")
    ]
    assert [text for text in texts if "**" in text] == []
