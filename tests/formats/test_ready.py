"""A composition as a format reads it."""

from dataclasses import replace

import pytest
from samples import sample_composition

from keben.core.composition import Document
from keben.core.markup import parse, serialize
from keben.formats import FORMATS, only, read_as

BODY = (
    '<section class="chapter" id="one"><p data-only="epub">甲</p><p data-only="pdf">乙</p><p data-only="screen">丙'
    '</p><p data-only="print">丁</p><p>戊<span data-only="epub">己<em>庚</em></span>辛</p></section>'
)
FRONT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4"><title>封面</title></svg>'


@pytest.fixture
def composition():
    documents = (
        Document("one", "chapter", "甲", parse(BODY)),
        Document("front", "front", "封面", parse(FRONT)),
    )
    return replace(sample_composition(), documents=documents)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("epub", "<p>甲</p><p>戊<span>己<em>庚</em></span>辛</p>"),
        ("pdf", "<p>乙</p><p>丙</p><p>戊辛</p>"),
        ("booklet", "<p>乙</p><p>丙</p><p>戊辛</p>"),
        ("press", "<p>乙</p><p>丁</p><p>戊辛</p>"),
        ("cover", "<p>戊辛</p>"),
    ],
)
def test_what_is_meant_for_other_formats_is_left_out(composition, name, body):
    read = only(composition, FORMATS[name])
    assert serialize(read.documents[0].root) == f'<section class="chapter" id="one">{body}</section>'


def test_the_printed_cover_s_front_is_shown_by_the_cover_alone(composition):
    shown = {name: only(composition, form).front is not None for name, form in FORMATS.items()}
    assert shown == {
        "epub": False,
        "pdf": False,
        "booklet": False,
        "press": False,
        "cover": True,
        "docx": False,
        "sample": False,
        "onix": False,
    }


def test_what_is_read_stays_as_it_was(composition):
    before = [serialize(each.root) for each in composition.documents]
    only(composition, FORMATS["epub"])
    assert [serialize(each.root) for each in composition.documents] == before


def test_numbers_stand_upright_in_columns_and_in_rows_are_left_alone(composition):
    document = Document("one", "chapter", "甲", parse("<section><p>在12月</p></section>"))
    rows = replace(composition, documents=(document,))
    columns = replace(rows, edition=replace(rows.edition, writing="vertical"))
    assert read_as(rows, FORMATS["pdf"]) == only(rows, FORMATS["pdf"])
    assert serialize(read_as(columns, FORMATS["epub"]).documents[0].root) == (
        '<section><p>在<span class="upright">12</span>月</p></section>'
    )
