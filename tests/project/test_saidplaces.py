"""Doubts about what book.toml says name the line and the column of it."""

from pathlib import Path

from commands import run
from projects import change, write_project

from keben.core.errors import Place
from keben.project.saidplaces import said_in


def test_each_text_has_its_place() -> None:
    text = '[book]\ntitle = "题"\nauthors = ["余华", { name = "李博杰", role = "trl" }]\n[editions.zh-Hant]\ntitle = "题"\n'
    assert said_in(text, "book/book.toml") == {
        "题": Place("book/book.toml", 2, 1),
        "余华": Place("book/book.toml", 3, 12),
        "李博杰": Place("book/book.toml", 3, 20),
        "trl": Place("book/book.toml", 3, 34),
    }


def test_a_doubt_about_a_name_and_a_title_names_its_line(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    change(
        root,
        "book/book.toml",
        'authors = ["林一"]',
        'authors = [\n  "林一",\n  "余华",\n]\npublisher = "李博杰书局"',
    )
    change(
        root,
        "book/book.toml",
        'description = "一本用来试验的书。"',
        'description = "一本讲皇后发卡的书，后里村的发廊。"',
    )
    change(root, "book/book.toml", 'title = "头发的书"', 'title = "姜后的面"')
    run("review", root, "-e", "zh-Hant-TW")
    rows = [
        line.split("\t") for line in (root / "build/review/zh-Hant-TW.tsv").read_text("utf-8").splitlines()
    ]
    header = rows[0]
    places = {
        row[header.index("phrase")]: row[header.index("place")] for row in rows if "book.toml" in "".join(row)
    }
    assert places.pop("余华") == "book/book.toml:5"
    assert places.pop("李博杰书局") == "book/book.toml:7"
    assert places
    assert set(places.values()) == {"book/book.toml:2", "book/book.toml:13"}


def test_a_line_moved_in_book_toml_makes_nothing_again(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    run("build", root, "-f", "epub", "-j", 1)
    change(root, "book/book.toml", "[book]\n", "# 注\n[book]\n")
    assert "0 made, 2 unchanged" in run("build", root, "-f", "epub", "-j", 1).stdout
