"""Notes at the foot of a page: their lines are Keben's own, and their marks stand where marks stand."""

from itertools import pairwise

import pytest
from books import book, chapter
from pdfs import Glyph, Pdf

from keben.typeset import typeset

SIZE = 8.5
LEFT, MEASURE = 60.45, 283.5
CALL = '<a class="noteref" href="#n{0}" id="r{0}">{1}</a>'
NOTE = '<aside class="footnote" id="n{0}"><p><a class="backlink" href="#r{0}">{1}</a>{2}</p></aside>'
TEXT = (
    "注文“甲”，“乙”。（丙）、（丁），2026年Latin又" + "“甲”，“乙”。（丙）、（丁），" * 6 + "注文" * 20 + "。"
)


def page(text: str, *marks: str) -> list[Glyph]:
    """The glyphs of a page with a paragraph that calls notes, all with one text."""
    calls = "字".join(CALL.format(number, mark) for number, mark in enumerate(marks))
    notes = "".join(NOTE.format(number, mark, text) for number, mark in enumerate(marks))
    artifact = typeset(book(chapter(f'<p>正文{calls}字。</p><section class="notes">{notes}</section>')))
    return Pdf(artifact.data).glyphs(1)


def rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """The lines of the notes, without the folio."""
    found: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.size == SIZE:
            found.setdefault(glyph.y, []).append(glyph)
    return [found[y] for y in sorted(found)[:-1]]


@pytest.mark.parametrize("mark", ["①", "1", "12"])
def test_the_lines_of_a_note_are_flush_and_its_pairs_close(mark: str) -> None:
    lines = rows(page(TEXT, mark))
    assert "".join(glyph.text for line in lines for glyph in line) == mark + TEXT
    assert len(lines) > 4
    for line in lines[:-1]:
        last = line[-1]
        end = last.x + (SIZE / 2 if last.text in "，。、）”" else SIZE)
        assert end == pytest.approx(LEFT + MEASURE, abs=0.05 * SIZE)
        for one, two in pairwise(line):
            if one.text + two.text in ("”，", "）、", "。（", "，“"):
                assert two.x - one.x < 0.8 * SIZE


@pytest.mark.parametrize("mark", ["①", "1", "9", "12", "㊿"])
def test_a_note_begins_where_its_other_lines_do(mark: str) -> None:
    first, second, *_ = rows(page("国" * 80, mark))
    begins = next(glyph.x for glyph in first if glyph.text == "国")
    assert begins == pytest.approx(second[0].x, abs=0.1 * SIZE)


def test_a_raised_figure_stands_close_to_its_word() -> None:
    glyphs = [glyph for glyph in page("注", "1", "2") if glyph.size != SIZE]
    at = next(index for index, glyph in enumerate(glyphs) if glyph.text == "1")
    before, mark = glyphs[at - 1], glyphs[at]
    assert (before.text, mark.x - before.x) == ("文", pytest.approx(10.5, abs=0.05))


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>项{}</li><li>项{}</li></ul>",
        "<ol><li>项{}<ul><li>项{}</li></ul></li></ol>",
        "<blockquote><p>引{}</p><p>引{}</p></blockquote>",
        "<table><tr><td>格{}</td></tr><tr><td>格{}</td></tr></table>",
        '<figure class="table"><figcaption>题{}</figcaption><table><tr><td>格{}</td></tr></table></figure>',
        '<h2 id="a">题{}</h2><p>文{}</p>',
        "<dl><dt>词{}</dt><dd>义{}</dd></dl>",
    ],
    ids=["list", "lists", "quotation", "table", "caption", "heading", "definitions"],
)
@pytest.mark.parametrize(
    "note", ["短注", "短注</p><ul><li>短注</li><li>短注</li></ul><p>短注"], ids=["text", "blocks"]
)
def test_notes_are_evenly_spaced_wherever_they_are_called(body: str, note: str) -> None:
    calls = [CALL.format(number, "①②"[number]) for number in range(2)]
    notes = "".join(NOTE.format(number, "①②"[number], note) for number in range(2))
    artifact = typeset(book(chapter(f'{body.format(*calls)}<section class="notes">{notes}</section>')))
    tops = sorted(
        {glyph.y for line in rows(Pdf(artifact.data).glyphs(1)) for glyph in line if glyph.text == "短"}
    )
    assert len(tops) == 2 * note.count("短注")
    assert {round(after - before, 1) for before, after in pairwise(tops)} == {13.5}
