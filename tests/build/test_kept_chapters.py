"""A build that takes chapters from the store makes what one makes that has none: the same trees, findings and bytes."""

import json
import random
from pathlib import Path

import pytest
from commands import run
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import TOML, write_project

from keben.build.editions import prepare, read_project
from keben.build.request import Request, plan
from keben.core.store import Store
from keben.script import documents

BLOCKS = (
    "# 题 {#id}",
    "## 发展 {#grow}",
    "## 后来",
    "他说：“我的头*发*长了，‘后来’才剪。",
    "皇后走在后面，见[](#two)、[](#grow)。[^a]",
    "[^a]: 这是**注**文。",
    "{里程|lǐ chéng}与-{zh-hans:软件;zh-hant:軟體}-。",
    "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |",
    "![一个红点](../images/dot.png)",
    "![没有](../images/none.png)",
    "见[那里](two.md)和[这里](one.md#grow)，他来了?",
    "::: note\n小心头发。\n:::",
    "===高亮== 与 $$x$$ 和 [[链接]]",
    "```python\nprint('头发')\n```",
    "&#xE000;字",
)
chapters = st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=5).map("\n\n".join)
books = st.lists(chapters, min_size=2, max_size=3)
READERS = ("strict", "generous")


def project(root: Path, texts: list[str], reader: str):
    if not root.exists():
        write_project(root)
    names = ["one.md", "two.md", "three.md"][: len(texts)]
    listed = ", ".join(f'"chapters/{name}"' for name in names)
    toml = TOML.replace('chapters = ["chapters/one.md", "chapters/two.md"]', f"chapters = [{listed}]")
    toml = toml.replace("[book]\n", f'[book]\nreader = "{reader}"\n')
    (root / "book" / "book.toml").write_text(toml)
    for name, text in zip(names, texts, strict=True):
        (root / "book" / "chapters" / name).write_text(text + "\n")
    return read_project(root, {})


def prepared(read, store: Store | None = None):
    jobs = [job for job in plan(Request(Path(), Path()), read.manuscript) if job.format == "epub"]
    ready = prepare(read, jobs, store) if store else prepare(read, jobs)
    return ready.compositions, ready.records, ready.findings, ready.stopped


@settings(max_examples=8)
@given(st.lists(books, min_size=2, max_size=3), st.sampled_from(READERS))
def test_editions_of_a_book_that_is_written_on_are_what_they_are_without_a_store(
    tmp_path_factory, versions, reader
):
    folder = tmp_path_factory.mktemp("kept")
    store = Store(folder / "store")
    for number, texts in enumerate([*versions, versions[0]]):
        read = project(folder / str(number % 2), texts, reader)
        assert prepared(read, store) == prepared(read)


def test_only_chapters_that_changed_are_parsed_and_converted(tmp_path, monkeypatch):
    parsed: list[str] = []
    converted: list[str] = []
    real_parse, real_convert = (
        __import__("keben.markdown", fromlist=["x"])._parse_chapter,
        documents.convert_document,
    )
    monkeypatch.setattr(
        "keben.markdown._parse_chapter",
        lambda matter, text, context, source: (
            parsed.append(source.path),
            real_parse(matter, text, context, source),
        )[1],
    )
    monkeypatch.setattr(
        "keben.script.convert_document",
        lambda document, converter: (
            converted.append(document.name),
            real_convert(document, converter),
        )[1],
    )
    store = Store(tmp_path / "store")
    texts = [f"# 第{number}章\n\n头发长了。" for number in range(3)]
    prepared(project(tmp_path / "a", texts, "strict"), store)
    assert len(parsed) == 3
    parsed.clear()
    converted.clear()
    prepared(project(tmp_path / "a", [*texts[:2], texts[2] + "他来了。"], "strict"), store)
    assert parsed == ["book/chapters/three.md"]
    # What is said of the whole book is converted at each build.
    assert converted == ["three", "metadata"] * 2
    parsed.clear()
    prepared(project(tmp_path / "a", texts[:2], "strict"), store)
    # Other chapters, other links.
    assert len(parsed) == 2


def test_an_e_book_after_an_edit_is_byte_for_byte_the_one_that_is_built_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = write_project(tmp_path / "p")
    random.seed(1)
    for number in range(2):
        chapter = root / "book" / "chapters" / random.choice(["one.md", "two.md"])
        chapter.write_text(chapter.read_text() + f"\n又写了{number}段，“头发”长了。\n")
        command = ("build", root, "-f", "epub", "--json")
        again = json.loads(run(*command, "-o", tmp_path / "warm").stdout)
        new = json.loads(run(*command, "-o", tmp_path / f"cold{number}", "--no-cache").stdout)
        assert again["ok"] and again["findings"] == new["findings"]
        files = sorted(path.name for path in (tmp_path / "warm").glob("*.epub"))
        assert len(files) == 2
        for name in files:
            assert (tmp_path / "warm" / name).read_bytes() == (tmp_path / f"cold{number}" / name).read_bytes()


@pytest.mark.parametrize("setting", ['quotes = "keep"', 'title = "书"', 'vocabulary = "characters"'])
def test_another_setting_of_an_edition_counts(tmp_path, setting):
    store = Store(tmp_path / "store")
    root = write_project(tmp_path / "p")
    prepared(read_project(root, {}), store)
    toml = (root / "book" / "book.toml").read_text().replace('vocabulary = "regional"', setting)
    (root / "book" / "book.toml").write_text(toml)
    read = read_project(root, {})
    assert prepared(read, store) == prepared(read)


def test_another_term_of_the_glossary_counts(tmp_path):
    store = Store(tmp_path / "store")
    root = write_project(tmp_path / "p")
    prepared(read_project(root, {}), store)
    (root / "book" / "glossary.tsv").write_text("source\tzh-hant\n皇后\t皇貴妃\n")
    read = read_project(root, {})
    assert prepared(read, store) == prepared(read)
    assert "皇貴妃走" in str(prepared(read, store)[0]["zh-Hant-TW"].documents)
