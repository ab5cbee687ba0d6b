"""Notes that go on overleaf: they begin on the page of their call, nothing is lost, and no page stays empty for them."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from books import book, chapter
from insides import forget
from pdfs import Glyph, Pdf
from weasyprint.layout import block

from keben.formats import check_completeness
from keben.typeset import typeset
from keben.typeset.weasy import footnotes

SIZE = 8.5
PARAGRAPH = "<p>" + "文" * 100 + "</p>"
FIRST = 0x4E00


def calls(*lengths: int, first: int = 0) -> tuple[str, str]:
    """Calls of notes of so many characters, and the notes; each note has a character of its own."""
    called = noted = ""
    for at, length in enumerate(lengths, first):
        called += f'字<a class="noteref" href="#n{at}" id="r{at}">{at + 1}</a>'
        text = chr(FIRST + at) * length
        noted += f'<aside class="footnote" id="n{at}"><p><a class="backlink" href="#r{at}">{at + 1}</a>{text}</p></aside>'
    return called, noted


def pages(body: str, notes: str, after: str = "") -> list[tuple[str, str]]:
    """The text of each page, and the text of its notes."""
    first = chapter(f'{body}<section class="notes">{notes}</section>')
    documents = (first, chapter(after, "two")) if after else (first,)
    pdf = Pdf(typeset(book(*documents)).data)
    found = []
    for number in range(1, pdf.pages + 1):
        glyphs = [glyph for glyph in pdf.glyphs(number) if glyph.y < 530]
        found.append((_text(glyphs, small=False), _text(glyphs, small=True)))
    return found


def _text(glyphs: list[Glyph], *, small: bool) -> str:
    kept = [glyph.text for glyph in glyphs if (glyph.size == SIZE) == small and glyph.size >= SIZE]
    return "".join(text for text in kept if not text.isdigit())


def notes_in_order(found: list[tuple[str, str]]) -> str:
    return "".join(notes for _, notes in found)


def test_a_note_of_three_pages_goes_on_below_the_text() -> None:
    called, noted = calls(2600)
    found = pages(f"<p>{called}。</p>{PARAGRAPH * 40}", noted)
    assert notes_in_order(found) == chr(FIRST) * 2600
    having = [(text, notes) for text, notes in found if notes]
    assert "字" in having[0][0]
    assert len(having) > 3
    assert all("文" in text for text, _ in having)
    assert all(text.count("文") > 200 for text, _ in having[1:])


def test_a_note_is_not_parted_where_its_line_can_stand_on_the_next_page() -> None:
    called, noted = calls(150)
    found = pages(f"{PARAGRAPH * 4}<p>{'文' * 20}{called}。</p>{PARAGRAPH * 10}", noted)
    assert [notes for _, notes in found if notes] == [chr(FIRST) * 150]


def test_two_long_notes_of_one_line_begin_on_its_page() -> None:
    called, noted = calls(1500, 1200, 10)
    found = pages(f"{PARAGRAPH * 2}<p>{called}。</p>{PARAGRAPH * 40}", noted)
    page = next(notes for text, notes in found if "字" in text)
    assert set(page) == {chr(FIRST + at) for at in range(3)}
    rests = notes_in_order(found)[len(page) :]
    assert rests == "".join(sorted(rests))
    assert Counter(notes_in_order(found)) == Counter(
        {chr(FIRST): 1500, chr(FIRST + 1): 1200, chr(FIRST + 2): 10}
    )


def test_the_rest_of_a_note_does_not_stand_before_that_of_an_earlier_one() -> None:
    # The first note goes on on the second page. The second one's rest is not parted, and has no room below it, where
    # that of the third would have.
    texts = (chr(FIRST) * 900, chr(FIRST + 1) * 60, chr(FIRST + 2) * 130)
    whole = f'<p style="break-inside: avoid">{chr(FIRST + 1) * 420}</p>'
    called = noted = ""
    for at, (text, more) in enumerate(zip(texts, ("", whole, ""), strict=True)):
        called += calls(1, first=at)[0]
        noted += f'<aside class="footnote" id="n{at}"><p><a class="backlink" href="#r{at}">{at + 1}</a>{text}</p>{more}</aside>'
    found = pages(f"{'<p>文</p>' * 6}<p>{called}。</p>{'<p>文</p>' * 5}", noted)
    rests = [set(notes) for _, notes in found if notes][1:]
    assert rests == [{chr(FIRST)}, {chr(FIRST + 1), chr(FIRST + 2)}]


def test_what_is_left_of_a_note_ends_before_the_next_chapter_begins() -> None:
    called, noted = calls(2000)
    found = pages(f"{PARAGRAPH * 2}<p>{called}。</p>", noted, "<p>末</p>")
    assert notes_in_order(found) == chr(FIRST) * 2000
    last = max(at for at, (_, notes) in enumerate(found) if notes)
    assert next(at for at, (text, _) in enumerate(found) if "末" in text) > last
    # Pages of notes alone are full but for the last one.
    alone = [notes for text, notes in found if notes and "文" not in text]
    assert all(len(notes) > 900 for notes in alone[:-1])


@pytest.mark.parametrize("seed", range(4))
def test_any_notes_begin_where_they_are_called_and_are_whole(seed: int) -> None:
    choose = random.Random(seed)
    lengths = [choose.choice((8, 8, 60, 200, 500, 900)) for _ in range(14)]
    body = noted = ""
    for at, length in enumerate(lengths):
        called, note = calls(length, first=at)
        body += f"<p>{'文' * choose.randrange(60)}{chr(FIRST + 500 + at)}{called}{'文' * choose.randrange(160)}。</p>"
        noted += note
    found = pages(body, noted, "<p>末</p>")
    for at, length in enumerate(lengths):
        begins = next(number for number, (_, notes) in enumerate(found) if chr(FIRST + at) in notes)
        assert chr(FIRST + 500 + at) in found[begins][0]
        assert notes_in_order(found).count(chr(FIRST + at)) == length


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>{}</td><td>" + "文" * 60 + "</td></tr><tr><td>一</td><td>二</td></tr></table>",
        '<h2 id="h">节{}</h2>' + PARAGRAPH,
        "<ul><li>{}</li><li>文</li></ul>",
        "<blockquote><p>{}</p></blockquote>",
    ],
    ids=["table", "heading", "list", "quotation"],
)
def test_a_long_note_is_parted_wherever_it_is_called(body: str) -> None:
    called, noted = calls(1400)
    found = pages(f"{PARAGRAPH * 2}{body.format(called)}{PARAGRAPH * 30}", noted)
    assert notes_in_order(found) == chr(FIRST) * 1400
    assert "字" in next(text for text, notes in found if notes)
    full = [len(text) * 10.5 * 17.85 + len(notes) * 8.5 * 13.5 for text, notes in found[1:-2]]
    # Of 27 × 26 characters: paragraphs end in short lines, and a heading stands in white.
    assert min(full) > 0.6 * 27 * 26 * 10.5 * 17.85


def test_blocks_in_a_note_are_parted_too() -> None:
    noted = (
        '<aside class="footnote" id="n0"><p><a class="backlink" href="#r0">1</a>' + "甲" * 300 + "</p>"
        "<ul><li>" + "乙" * 200 + "</li><li>" + "丙" * 200 + "</li></ul>"
        "<blockquote><p>" + "丁" * 300 + "</p></blockquote><p>" + "戊" * 300 + "</p></aside>"
    )
    found = pages(f"<p>{calls(1)[0]}。</p>{PARAGRAPH * 30}", noted)
    text = "".join(mark for mark in notes_in_order(found) if mark in "甲乙丙丁戊")
    assert text == "甲" * 300 + "乙" * 200 + "丙" * 200 + "丁" * 300 + "戊" * 300


def test_another_weasyprint_places_notes_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    known = block._linebox_layout
    forget(monkeypatch, "weasyprint.layout.block._linebox_layout")
    with footnotes.notes_that_stay():
        assert block._linebox_layout is known
    called, noted = calls(2600)
    composition = book(chapter(f'<p>{called}。</p>{PARAGRAPH * 40}<section class="notes">{noted}</section>'))
    assert ("note-apart", "warning") in {(each.code, each.severity) for each in typeset(composition).findings}


def test_notes_whose_parts_stand_among_one_another_are_whole_for_the_proof() -> None:
    called, noted = calls(1500, 1200, 10)
    composition = book(
        chapter(f'{PARAGRAPH * 2}<p>{called}。</p>{PARAGRAPH * 40}<section class="notes">{noted}</section>')
    )
    assert check_completeness(composition, typeset(composition)) == ()


@pytest.mark.parametrize(
    ("style", "length", "before"),
    [
        (".chapter { columns: 2 }", 300, 3),
        (".chapter { columns: 2 }", 900, 9),
        (".chapter { columns: 3 }", 300, 3),
    ],
)
def test_a_note_of_columns_begins_below_them_and_goes_on_overleaf(
    style: str, length: int, before: int
) -> None:
    called, noted = calls(length)
    body = PARAGRAPH * before + f"<p>{'文' * 40}{called}{'文' * 30}。</p>"
    plain = book(chapter(f'{body}{PARAGRAPH * 6}<section class="notes">{noted}</section>'))
    composition = replace(plain, styles={**plain.styles, "print.css": plain.styles["print.css"] + style})
    artifact = typeset(composition)
    assert artifact.findings == ()
    assert check_completeness(composition, artifact) == ()
