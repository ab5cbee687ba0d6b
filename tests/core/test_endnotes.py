"""Notes at the end of a chapter or of the book."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.core.composition import Document
from keben.core.endnotes import ENDNOTES, with_endnotes, without_endnotes
from keben.core.markup import parse, serialize, text_of, walk
from keben.core.paper import TypeArea
from keben.formats import check_completeness
from keben.typeset import typeset

CALL = '<a class="noteref" href="#{0}" id="r-{0}">{1}</a>'
NOTE = '<aside epub:type="footnote" role="doc-footnote" class="footnote" id="{0}"><p><a class="backlink" href="#r-{0}">{1}</a>{2}</p></aside>'
BODY = '<p>正文{}字{}。</p><section class="notes" epub:type="footnotes" aria-label="注释">{}{}</section>'


def noted(name, title):
    marks = [(f"{name}-n1", "①", f"甲{name}注。"), (f"{name}-n2", "②", f"乙{name}注。")]
    calls = [CALL.format(*each[:2]) for each in marks]
    return chapter(BODY.format(*calls, *(NOTE.format(*each) for each in marks)), name, title)


def bound():
    root = parse(
        f'<section class="chapter afterword" id="{ENDNOTES}" aria-labelledby="{ENDNOTES}-title"><header class="chapter-head">'
        f'<h1 id="{ENDNOTES}-title"><span class="title">注释</span></h1></header></section>'
    )
    return Document(ENDNOTES, "afterword", "注释", root)


def contents():
    root = parse(
        '<nav class="contents" id="contents"><h1 id="contents-title">目录</h1><ol><li><a href="#one">甲</a></li>'
        f'<li><a href="#{ENDNOTES}">注释</a></li></ol></nav>'
    )
    return Document("contents", "contents", "目录", root)


def composition(at, *, writing="horizontal"):
    sheets = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    documents = [noted("one", "甲"), noted("two", "乙"), *([contents(), bound()] if at == "book" else [])]
    made = book(*documents, styles=sheets)
    area = TypeArea(measure=40, lines=16) if writing == "vertical" else made.edition.area
    return replace(made, edition=replace(made.edition, notes_at=at, writing=writing, area=area))


def test_notes_stay_at_the_feet_of_pages_where_nothing_else_is_said():
    made = composition("page")
    assert with_endnotes(made) is made


def test_a_chapter_s_notes_are_the_last_of_its_text():
    made = with_endnotes(composition("chapter"))
    for document, name in zip(made.documents, ("one", "two"), strict=True):
        section = document.root.children[-1]
        assert (section.classes, section.get("role")) == ({ENDNOTES}, "doc-endnotes")
        assert text_of(section) == f"{made.words['notes']}①甲{name}注。②乙{name}注。"
        assert [node.get("id") for node in walk(section) if "endnote" in node.classes] == [
            f"{name}-n1",
            f"{name}-n2",
        ]
        assert "footnote" not in serialize(document.root)


def test_a_book_s_notes_stand_together_under_the_titles_of_their_chapters():
    made = with_endnotes(composition("book"))
    one, two, _, notes = made.documents
    assert "注。" not in text_of(one.root) + text_of(two.root)
    assert text_of(notes.root) == "注释第一章　甲①甲one注。②乙one注。第一章　乙①甲two注。②乙two注。"
    ids = {node.get("id") for document in made.documents for node in walk(document.root)}
    links = {node.get("href")[1:] for document in made.documents for node in walk(document.root) if node.get("href")}  # fmt: skip
    assert links <= ids


def test_a_format_with_notes_of_its_own_has_no_document_of_them():
    made = without_endnotes(composition("book"))
    assert [document.name for document in made.documents] == ["one", "two", "contents"]
    assert text_of(made.documents[2].root) == "目录甲"
    assert "甲one注。" in text_of(made.documents[0].root)


@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
@pytest.mark.parametrize("at", ["chapter", "book"])
def test_endnotes_are_printed_where_they_stand_and_linked_both_ways(at, writing):
    made = with_endnotes(composition(at, writing=writing))
    artifact = typeset(made)
    assert check_completeness(made, artifact) == ()
    pdf = Pdf(artifact.data)
    texts = ["".join(pdf.text(page).split()) for page in range(1, pdf.pages + 1)]
    whole = "".join(texts)
    assert [whole.count(f"{each}注。") for each in ("甲one", "乙one", "甲two", "乙two")] == [1] * 4
    with_notes = [page for page, text in enumerate(texts, 1) if "注。" in text]
    assert len(with_notes) == (2 if at == "chapter" else 1)
    glyphs = [glyph for glyph in pdf.glyphs(with_notes[0]) if abs(glyph.size - 8.5) < 0.1]
    rows = sorted({round(glyph.y, 1) for glyph in glyphs if glyph.text in "甲乙"})
    steps = {round(two - one, 1) for one, two in pairwise(rows)}
    assert 13.5 in steps
    assert re.search("①甲one注。②乙one注。", whole)
