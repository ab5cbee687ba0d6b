"""Notes at the foot of a page: their lines are Keben's own, and their marks stand where marks stand."""

from dataclasses import replace
from itertools import pairwise

import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Glyph, Pdf

from keben.core.numerals import note_mark
from keben.core.paper import TypeArea
from keben.formats import check_completeness
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


@pytest.mark.parametrize("marks", ["circled", "figures"])
def test_notes_are_numbered_anew_on_each_page(marks: str) -> None:
    first = note_mark(1, marks)
    count = 16
    calls = "".join(
        f"<p>{'字' * 60}{CALL.format(number, note_mark(number + 1, marks))}字。</p>"
        for number in range(count)
    )
    notes = "".join(
        NOTE.format(number, note_mark(number + 1, marks), f"注{'甲' * 40}") for number in range(count)
    )
    composition = book(chapter(f'{calls}<section class="notes">{notes}</section>'))
    edition = replace(composition.edition, notes=marks, notes_number="page")
    composition = replace(composition, edition=edition)
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    pdf = Pdf(artifact.data)
    pages = [rows(pdf.glyphs(page)) for page in range(1, pdf.pages + 1)]
    assert sum(1 for found in pages if found) >= 2
    begun = 0
    for found in pages:
        texts = ["".join(glyph.text for glyph in line) for line in found]
        # A note that goes on overleaf has no mark there.
        begins = [text.partition("注")[0] for text in texts if "注" in text]
        assert begins == [note_mark(number, marks) for number in range(1, len(begins) + 1)]
        begun += len(begins)
    assert begun == count
    assert set(artifact.facts["marks"]) == {f"n{number}" for number in range(count)}
    assert artifact.facts["marks"]["n0"] == first


@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
def test_notes_stand_alike_wherever_they_are_called(writing: str) -> None:
    call = [CALL.format(number, note_mark(number + 1)) for number in range(6)]
    body = (
        f'<h2 id="h">节{call[0]}</h2><p>正文{call[1]}。</p><ul><li>项{call[2]}</li></ul><blockquote><p>引文{call[3]}。</p></blockquote>'
        f'<figure class="table" id="t"><figcaption>表{call[4]}</figcaption><table><tbody><tr><td>格{call[5]}</td></tr></tbody></table></figure>'
    )
    notes = "".join(NOTE.format(number, note_mark(number + 1), "注文。") for number in range(6))
    sheets = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    composition = book(chapter(f'{body}<section class="notes">{notes}</section>'), styles=sheets)
    area = TypeArea(measure=40, lines=16) if writing == "vertical" else composition.edition.area
    composition = replace(composition, edition=replace(composition.edition, writing=writing, area=area))
    pdf = Pdf(typeset(composition).data)
    count = 0
    for page_number in range(1, pdf.pages + 1):
        glyphs = pdf.glyphs(page_number)
        found = sorted({round(glyph.y, 1) for glyph in glyphs if glyph.size == SIZE and glyph.text == "文"})
        assert {round(two - one, 1) for one, two in pairwise(found)} <= {13.5}
        count += len(found)
    assert count == 6


def test_no_line_begins_with_the_call_of_a_note_that_was_called_before() -> None:
    call = CALL.format(0, "①")
    again = call.replace(' id="r0"', "")
    ends = (f"字{again}", f"<strong>字</strong>{again}", f"<em>字</em>。{again}", f"字{again}{again}")
    body = "".join(f"<p>{'字' * count}{end}{'字' * 9}</p>" for count in range(21, 28) for end in ends)
    notes = NOTE.format(0, "①", "注文")
    artifact = typeset(book(chapter(f'<p>正文{call}。</p>{body}<section class="notes">{notes}</section>')))
    pdf = Pdf(artifact.data)
    called = 0
    for page_number in range(1, pdf.pages + 1):
        glyphs = pdf.glyphs(page_number)
        edge = min(glyph.x for glyph in glyphs if glyph.text == "字")
        calls = [glyph for glyph in glyphs if glyph.text == "①" and glyph.size < SIZE]
        assert not [glyph for glyph in calls if glyph.x < edge + 1]
        called += len(calls)
    assert called == 1 + 7 * (1 + 1 + 1 + 2)
