"""Contents from the store: whatever an edit does to them, the book is, byte for byte, the one that is laid out."""

from pathlib import Path
from shutil import copytree

import pytest
from books import PARAGRAPH, book, chapter

from keben.core.composition import Composition, Document
from keben.core.markup import parse
from keben.core.store import Store
from keben.typeset import typeset

NAMES = ("one", "two", "three", "four")
NOTE = (
    '<p>文<a epub:type="noteref" class="noteref" href="#n1" id="r1" role="doc-noteref">①</a></p>'
    '<section class="notes" epub:type="footnotes" role="doc-endnotes"><aside id="n1" epub:type="footnote" '
    'role="doc-footnote"><p>注文。<a class="backlink" href="#r1" role="doc-backlink">↩</a></p></aside></section>'
)
REFERENCE = '<p>见<a class="xref" href="#four">第四章</a>。</p>'
LONG = tuple(PARAGRAPH * count for count in (1, 3, 2, 4))


def contents(chapters: list[Document], lines: int) -> Document:
    """A contents with so many lines for each chapter."""
    entries = "".join(
        f'<li><a href="#{each.name}"><span class="title">{each.title}{line or ""}</span></a></li>'
        for each in chapters
        for line in range(lines)
    )
    root = parse(
        '<nav epub:type="toc" role="doc-toc" class="contents" id="contents" aria-labelledby="contents-title">'
        f'<h1 id="contents-title">目录</h1><ol>{entries}</ol></nav>'
    )
    return Document("contents", "contents", "目录", root)


def with_contents(*bodies: str, titles: tuple[str, ...] = NAMES, lines: int = 15) -> Composition:
    chapters = [
        chapter(body, name, title)
        for body, name, title in zip(bodies, NAMES[: len(bodies)], titles[: len(bodies)], strict=True)
    ]
    return book(chapter(PARAGRAPH, "front", "前言"), contents(chapters, lines), *chapters)


def test_contents_whose_numbers_stay_are_not_laid_out(tmp_path, made):
    store = Store(tmp_path)
    typeset(with_contents(*LONG), store=store)
    other = with_contents(LONG[0], LONG[1].replace("字", "文", 1), *LONG[2:])
    made.clear()
    warm = typeset(other, store=store)
    again = made.copy()
    assert warm.data == typeset(other).data
    # The first page of the document, empty ones, and the chapter.
    assert len(again) == len(set(again)) < warm.facts["pages"] - 2


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that has the book before any edit."""
    folder = tmp_path_factory.mktemp("store")
    typeset(with_contents(*LONG), store=Store(folder))
    return folder


@pytest.mark.parametrize(
    "other",
    [
        with_contents(PARAGRAPH * 40, *LONG[1:]),
        with_contents(*LONG[:3], titles=("one", "贰", "three")),
        with_contents(*LONG, lines=30),
        with_contents(LONG[0], LONG[1].replace("字", "龘", 1) + NOTE, *LONG[2:]),
        with_contents(REFERENCE * 40, LONG[1] + REFERENCE, *LONG[2:]),
    ],
    ids=[
        "longer-chapter",
        "heading-and-chapter-less",
        "longer-contents",
        "rare-letter-and-note",
        "references",
    ],
)
def test_a_book_after_any_edit_is_the_book_that_is_laid_out(other, kept, tmp_path):
    store = Store(copytree(kept, tmp_path / "store"))
    cold = typeset(other).data
    assert typeset(other, store=store).data == cold
    assert typeset(other, store=store).data == cold
