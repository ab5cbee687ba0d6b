"""Names and works as editions print them."""

import pytest
from samples import sample_edition

from keben.compose.names import settle_names
from keben.core.book import Book, Chapter, Note
from keben.core.markup import parse, serialize


def settled(html, **changes):
    body = parse(f"<div>{html}</div>").children
    book = Book((Chapter("a", "book/chapters/a.md", "chapter", body, body, (Note("n", body, 1),)),))
    (chapter,) = settle_names(book, sample_edition(**changes)).chapters
    assert chapter.title == chapter.body == chapter.notes[0].body
    return serialize(chapter.body)


def test_by_itself_a_name_stands_as_it_is_and_a_work_in_brackets():
    html = '<span class="name">屈原</span>的<span class="work">离骚</span>'
    assert settled(html) == '<span class="name">屈原</span>的<span class="work">《离骚》</span>'


def test_a_work_in_another_has_single_brackets():
    html = (
        '<span class="work">读<span class="work">离骚<em>与<span class="work">九歌</span></em></span></span>'
    )
    assert settled(html) == (
        '<span class="work">《读<span class="work">〈离骚<em>与<span class="work">《九歌》</span></em>〉</span>》</span>'
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<span class="name">甲</span>和<span class="name">乙</span>', ("name lined", "name lined")),
        ('<span class="name">甲</span><span class="work">乙</span>', ("name lined", "work lined apart")),
    ],
)
def test_lines_of_neighbours_are_apart(html, expected):
    found = parse(f"<div>{settled(html, names='lined', works='wavy')}</div>")
    assert tuple(child.get("class") for child in found.children if not isinstance(child, str)) == expected


def test_a_wavy_title_has_no_brackets():
    assert settled('<span class="work">离骚</span>', works="wavy") == '<span class="work lined">离骚</span>'
