"""Notes with other marks."""

import pytest

from keben.core.markup import parse, serialize, text_of
from keben.core.notemarks import look_of, marks_in, remarked

CHAPTER = parse(
    '<section><p>字<a class="noteref" href="#a" id="r">④</a>，见<a class="xref" href="#a"><span class="ref-number">注④</span></a>。'
    '<a href="#a">④</a></p><section class="notes"><aside class="footnote" id="a"><p><a class="backlink" href="#r">④</a>甲④</p>'
    "</aside></section></section>"
)
PAGES = parse('<p>字<span class="footnote digit" id="a" data-mark="9">甲</span></p>')


def test_marks_are_those_of_the_calls():
    assert marks_in(CHAPTER) == {"a": "④"}
    assert marks_in(PAGES) == {"a": "9"}


def test_calls_links_back_and_references_get_another_mark_and_other_text_stays():
    made = remarked(CHAPTER, marks_in(CHAPTER), {"a": "①"})
    assert text_of(made) == "字①，见注①。④①甲④"
    assert serialize(remarked(CHAPTER, marks_in(CHAPTER), {"b": "①"})) == serialize(CHAPTER)


def test_what_pages_are_made_of_has_its_mark_in_an_attribute_and_the_class_of_it():
    made = remarked(PAGES, marks_in(PAGES), {"a": "12"})
    assert serialize(made) == '<p>字<span class="footnote many" id="a" data-mark="12">甲</span></p>'


@pytest.mark.parametrize(
    ("mark", "look"),
    [("①", ""), ("⑩", "many"), ("㊿", "many"), ("1", "digit"), ("12", "many"), ("〔一〕", "many")],
)
def test_looks(mark, look):
    assert look_of(mark) == look
