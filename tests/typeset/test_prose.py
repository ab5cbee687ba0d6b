"""Text in the book's own drawings is set as its prose is."""

from itertools import pairwise

import pytest
from pdfs import Pdf

from keben.core.composition import Document
from keben.core.markup import element, parse
from keben.typeset.fonts import choose
from keben.typeset.lines.drawn import shifts_of
from keben.typeset.resources import BASE, Resources
from keben.typeset.weasy import PrintJob, StyleSheet, print_plain


def drawn(text, attributes='class="prose"', language="zh-Hans-CN", anchor="start"):
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100" width="400" height="100" {attributes}>'
        f'<text x="200" y="50" font-size="20" text-anchor="{anchor}">{text}</text></svg>'
    )
    drawing = Document("a.svg", "drawing", "图", parse(svg))
    resources = Resources({}, {"a.svg": drawing}, choose(language))
    page = element(
        "html",
        {"lang": language},
        element("body", None, element("img", {"src": f"{BASE}a.svg", "alt": "图"})),
    )
    css = "@page { size: 400px 100px; margin: 0 } body { margin: 0 } img { display: block }"
    data, findings = print_plain(PrintJob("a", page, (StyleSheet("a", css),), resources), language)
    assert findings == ()
    return [(glyph.text, glyph.x / 0.75) for glyph in Pdf(data).glyphs(1) if glyph.text.strip()]


def steps(glyphs):
    return [round((second[1] - first[1]) / 20, 2) for first, second in pairwise(glyphs)]


def test_a_quarter_of_an_em_stands_between_chinese_and_figures():
    plain, set_ = steps(drawn("共170多国", "")), steps(drawn("共170多国"))
    assert [round(b - a, 2) for a, b in zip(plain, set_, strict=True)] == [0.25, 0, 0, 0.25, 0]


def test_two_marks_take_an_em_and_a_half():
    assert steps(drawn("甲》，乙")) == [1.0, 0.5, 1.0]
    assert steps(drawn("甲》，乙", "")) == [1.0, 1.0, 1.0]


def test_text_stays_in_its_middle():
    glyphs = drawn("2020年春", anchor="middle")
    plain = drawn("2020年春", "", anchor="middle")
    assert glyphs[0][1] == pytest.approx(plain[0][1] - 0.125 * 20, abs=0.1)


def test_a_text_with_spacing_of_its_own_keeps_it():
    assert drawn('<tspan letter-spacing="5">共170国</tspan>') == drawn(
        '<tspan letter-spacing="5">共170国</tspan>', ""
    )


@pytest.mark.parametrize(("text", "shifts"), [("", []), ("abc", []), ("甲乙", [0, 0]), ("甲a", [0, 2.5])])
def test_shifts(text, shifts):
    assert shifts_of(text, 10, "zh-Hans-CN") == shifts
