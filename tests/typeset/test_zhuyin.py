"""Zhuyin readings, by the glyphs in a finished PDF."""

from itertools import pairwise

import pytest
from books import book, chapter
from pdfs import Pdf

from keben.formats import check_completeness
from keben.typeset import typeset

BODY = 10.5
LETTERS = 0.42 * BODY
HEAD, FOOT = 200, 540
"""Between the chapter's title and the folio, in points from the top."""


def zhuyin(text, *readings):
    """Ruby with a reading for each character."""
    pairs = zip(text, readings, strict=True)
    inner = "".join(f"{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp>" for base, reading in pairs)
    return f'<ruby class="zhuyin">{inner}</ruby>'


def set_text(body):
    """The glyphs of a paragraph on a page: those of the text, and those of its readings."""
    composition = book(chapter(f"<p>{body}</p>"), language="zh-Hant-TW")
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    glyphs = [glyph for glyph in Pdf(artifact.data).glyphs(1) if HEAD < glyph.y < FOOT]
    return tuple([g for g in glyphs if abs(g.size - size) < 0.1] for size in (BODY, LETTERS))


def test_letters_stand_one_over_the_other_beside_their_character():
    text, letters = set_text("字" + zhuyin("國音", "ㄍㄨㄛˊ", "ㄧㄣ") + "字")
    base = {glyph.text: glyph for glyph in text}
    places = {
        glyph.text: (
            (glyph.x - base["國" if glyph.text in "ㄍㄨㄛˊ" else "音"].x) / BODY,
            (base["國"].y - glyph.y) / BODY,
        )
        for glyph in letters
    }
    em = 0.42
    assert [places[each][0] for each in "ㄍㄨㄛㄧㄣ"] == pytest.approx([1.16 - em / 2] * 5, abs=0.01)
    middles = {letter: y + 0.38 * em for letter, (_, y) in places.items()}
    assert [middles[each] for each in "ㄍㄨㄛ"] == pytest.approx([0.69, 0.38, 0.07], abs=0.01)
    assert [middles[each] for each in "ㄧㄣ"] == pytest.approx([0.535, 0.225], abs=0.01)
    tone_x, tone_y = places["ˊ"]
    assert tone_x + 0.28 * em == pytest.approx(1.37, abs=0.01)
    assert tone_y + 0.65 * em == pytest.approx(0.07 + 0.26 * em, abs=0.01)


def test_the_light_tone_stands_over_the_first_letter():
    _, letters = set_text(zhuyin("了", "˙ㄌㄜ"))
    by_text = {glyph.text: glyph for glyph in letters}
    light, first, second = (by_text[each] for each in "˙ㄌㄜ")
    assert light.y - 0.385 * LETTERS < first.y - 0.63 * LETTERS < second.y - 0.63 * LETTERS
    assert light.x + 0.25 * LETTERS == pytest.approx(first.x + LETTERS / 2, abs=0.05)


def test_a_reading_takes_half_an_em_of_its_line():
    text, _ = set_text("字" + zhuyin("國語", "ㄍㄨㄛˊ", "ㄩˇ") + "字字")
    steps = [(two.x - one.x) / BODY for one, two in pairwise(text)]
    assert steps == pytest.approx([1, 1.5, 1.5, 1], abs=0.01)


def test_lines_with_readings_are_flush_and_a_last_reading_is_inside_the_measure():
    body = ("字" * 4 + zhuyin("國", "ㄍㄨㄛˊ")) * 30
    text, letters = set_text(body)
    rows = {}
    for glyph in text:
        rows.setdefault(glyph.y, []).append(glyph)
    *full, _ = rows.values()
    ends = {round((row[-1].x + BODY * (1.5 if row[-1].text == "國" else 1)), 1) for row in full}
    assert len(full) > 3 and max(ends) - min(ends) < 0.05 * BODY
    assert any(row[-1].text == "國" for row in full)
    assert max(glyph.x + 0.45 * LETTERS for glyph in letters) < max(ends)
