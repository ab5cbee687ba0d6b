"""MathML that a chapter brings becomes a formula, as one in LaTeX does."""

import pytest
from manuscripts import generous, html

from keben.core.markup import serialize

OPEN = '<math xmlns="http://www.w3.org/1998/Math/MathML"'
SQUARE = "<msup><mi>x</mi><mn>2</mn></msup>"


def read(text: str) -> tuple[str, list[str]]:
    book, findings = generous(f"# 题\n\n{text}\n")
    return serialize(book.chapters[0].body), findings


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (f"字 <math>{SQUARE}</math> 字", f'<p>字 {OPEN} alttext="x2">{SQUARE}</math> 字</p>'),
        (
            '<MATH alttext="x^2">\n <msup>\n <mi> x </mi><mn>2</mn></msup>\n</MATH>',
            f'<p>{OPEN} alttext="x^2">{SQUARE}</math></p>',
        ),
        (
            f'<math display="block"><semantics>{SQUARE}<annotation encoding="application/x-tex">x^{{2}}</annotation>'
            "</semantics></math>",
            f'<div class="formula">{OPEN} display="block" alttext="x^{{2}}">{SQUARE}</math></div>',
        ),
        (
            "<math><mfenced><mi>a</mi><mi>&beta;</mi></mfenced></math>",
            f'<p>{OPEN} alttext="(a,β)"><mrow><mo stretchy="true">(</mo><mi>a</mi><mo>,</mo><mi>β</mi>'
            '<mo stretchy="true">)</mo></mrow></math></p>',
        ),
        (
            # As MathJax writes them: numbers that are no lengths.
            '<math display="block"><mstyle displaystyle="true" scriptlevel="0"><mtable rowspacing=".5em">'
            '<mtr><mtd rowspan="0"><mi>a</mi></mtd></mtr></mtable></mstyle></math>',
            f'<div class="formula">{OPEN} display="block" alttext="a"><mstyle displaystyle="true"><mstyle '
            'displaystyle="true" scriptlevel="0"><mtable><mtr><mtd rowspan="0"><mi>a</mi></mtd>'
            "</mtr></mtable></mstyle></mstyle></math></div>",
        ),
        (
            '<math><mi onclick="x()" href="javascript:x">a</mi><script>x()</script></math>',
            f'<p>{OPEN} alttext="a"><mi>a</mi></math></p>',
        ),
    ],
)
def test_mathml_is_a_formula(source: str, made: str) -> None:
    assert read(source) == (made, [])


def test_a_strict_reader_takes_it_too() -> None:
    assert html(f"<math>{SQUARE}</math>") == f'<p>{OPEN} alttext="x2">{SQUARE}</math></p>'


def test_what_cannot_be_read_keeps_its_text_with_a_warning() -> None:
    body, findings = read("字<math><mi>x</mo></math>字")
    assert body == "<p>字x字</p>"
    assert [each.partition(" “")[0] for each in findings] == ["a.md:3:2: warning:"]
    assert read("`<math><mi>x</mi></math>`") == (
        "<p><code>&lt;math&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;/math&gt;</code></p>",
        [],
    )
