"""Formulas in a PDF: on the baseline, as large as the text, in set lines, and said."""

import re
from dataclasses import replace

import pikepdf
import pytest
from books import book, chapter
from formulas import formula, written
from pdfs import Pdf

from keben.check import measure_lines
from keben.check.drawnformulas import read_formulas
from keben.core.errors import errors_in
from keben.core.formulas import signs_of
from keben.core.markup import Element, walk
from keben.formats import check_completeness
from keben.markdown.mathml import read_mathml
from keben.typeset import formulas, typeset
from keben.typeset.formulas import with_drawn_formulas
from keben.typeset.formulas.drawing import draw_formula
from keben.typeset.formulas.parting import broken

BODY = 10.5
TEXT = "玄德幼孤，事母至孝；家贫，贩屦织席为业。家住本县楼桑村，其家之东南，有一大桑树，高五丈余，遥望之，童童如车盖。"

KNOWN = [
    r"\frac{a}{b}+\sqrt[3]{x}",
    r"\sum_{i=1}^n x_i\prod_i\int_0^1",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}",
    r"\begin{cases}x&\text{若}\\y\end{cases}",
    r"\begin{array}{c|c}1&2\\\hline3&4\end{array}",
    r"\ce{CaCO3 ->[高温] CaO + CO2 ^}",
    r"\left(\frac12\right)\Big|\lVert x\rVert",
    r"\overbrace{a}^n\underbrace{b}_m\hat x\vec v\overline{ab}\widetilde{AB}",
    r"\mathbb R\mathcal L\mathfrak g\mathbf x\mathsf s\mathtt t\boldsymbol\beta",
    r"\cancel x\boxed{y}\phantom z\textcolor{red}{w}",
    r"a\xrightarrow{f}b\quad\lim_{n\to\infty}\binom nk\pmod n",
    r"\dfrac12\cfrac1{2+\cfrac13}x''_1\ldots",
    r"中文=x",
    r"\left.\frac{dx}{dt}\right|_{t=0}",
    "",
]


@pytest.mark.parametrize("displayed", [True, False])
@pytest.mark.parametrize("latex", KNOWN)
def test_what_latex_gives_is_drawn(latex, displayed):
    drawn = draw_formula(formula(latex, displayed=displayed))
    assert drawn.width > 0
    assert drawn.height > drawn.depth >= 0
    tags = {node.tag for node in walk(drawn.root)}
    assert tags <= {"svg", "path", "rect", "line", "g", "text", "polyline"}
    assert bool(latex) == (len(tags) > 1)


def test_a_letter_is_as_large_as_in_the_font_and_stands_on_the_line():
    drawn = draw_formula(formula("x"))
    assert drawn.height == pytest.approx(0.5, abs=0.06)
    assert drawn.depth == pytest.approx(0.03, abs=0.03)
    assert draw_formula(formula("p")).depth > 0.2


def test_limits_stand_beside_an_operator_in_a_line_and_above_and_below_in_lines_of_its_own():
    inline, displayed = (draw_formula(formula(r"\sum_{i=1}^n", displayed=one)) for one in (False, True))
    assert inline.height < 1.8 < 2.2 < displayed.height
    limits = draw_formula(formula(r"\sum\limits_{i=1}^n"))
    assert limits.width < inline.width


def test_lines_of_a_table_are_drawn():
    def strokes(latex):
        return sum(node.tag in ("rect", "line") for node in walk(draw_formula(formula(latex)).root))

    assert strokes(r"\begin{array}{c|c}1&2\\\hline3&4\end{array}") == 2
    assert strokes(r"\begin{array}{cc}1&2\\3&4\end{array}") == 0


def test_a_bar_is_as_long_as_what_it_stands_over_and_an_arrow_as_its_words():
    def widest(latex):
        drawn = draw_formula(formula(latex))
        return max(float(node.get("width", "0")) for node in walk(drawn.root) if node.tag == "rect")

    assert widest(r"\overline{abc}") > 120
    assert widest(r"\underline{abc}") > 120
    plain, long = (draw_formula(formula(latex)) for latex in (r"\to", r"\xrightarrow{f}"))
    assert long.width > 1.4 * plain.width


def test_chinese_is_text_of_the_drawing():
    drawn = draw_formula(formula(r"v_{\text{平均}}"))
    (text,) = [node for node in walk(drawn.root) if node.tag == "text"]
    assert text.children == ("平均",)
    assert drawn.width > 1.6


def test_a_book_without_formulas_is_the_same():
    composition = book(chapter("<p>文</p>"))
    assert with_drawn_formulas(composition) == (composition, ())


def test_equal_formulas_share_a_drawing():
    composition = book(chapter(f"<p>{written('x')}，{written('x')}，{written('y')}</p>"))
    drawn, _ = with_drawn_formulas(composition)
    assert len(drawn.drawings) == 2
    sources = [node.get("src") for node in walk(drawn.documents[0].root) if node.tag == "img"]
    assert sources[0] == sources[1] != sources[2]


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        ("x=1", 1),
        ("f(x)=x^2+2x+1", 2),
        (r"a^2+b^2=c^2-2ab\cos C", 3),
        ("a+b+c+d+e+f+g+h+i+j", 10),
        ("(a+b+c+d+e+f+g+h+i+j)", 1),
        (r"\left(a+b+c+d+e+f+g+h+i\right)", 1),
        (r"\ce{2H2 + O2 -> 2H2O}", 3),
        ("aaaaaaaaaaaaaaa=-bbbbb", 1),
        (r"\frac{a+b+c+d+e+f+g+h}{x=y}=zzzzzzzzzzzz", 2),
    ],
)
def test_a_long_formula_may_be_parted_where_nothing_encloses_its_signs(latex, parts):
    drawn, _ = with_drawn_formulas(book(chapter(f"<p>{written(latex)}</p>")))
    pictures = [node for node in walk(drawn.documents[0].root) if node.tag == "img"]
    assert [each.get("alt") for each in pictures] == [latex, *[" "] * (parts - 1)]


def test_what_cannot_be_drawn_stands_there_as_its_latex_with_a_warning(monkeypatch):
    def fail(_):
        raise ZeroDivisionError("x")

    formulas._made.cache_clear()
    monkeypatch.setattr(formulas, "draw_formula", fail)
    composition = book(chapter(f'<p data-line="7">由{written("x^9")}得。</p>'))
    artifact = typeset(composition)
    formulas._made.cache_clear()
    assert [str(finding) for finding in artifact.findings] == [
        "book/chapters/one.md:7: warning: The formula “x^9” cannot be drawn (ZeroDivisionError: x). "
        "Its LaTeX is printed; write it otherwise."
    ]
    assert check_completeness(composition, artifact) == ()
    assert "x^9" in Pdf(artifact.data).text(1)


def test_a_paragraph_with_a_tall_formula_takes_whole_lines():
    low, tall = (
        with_drawn_formulas(book(chapter(f"<p>文{written(latex)}</p>")))[0].documents[0].root
        for latex in ("x^2", r"\begin{pmatrix}1\\2\end{pmatrix}")
    )
    styles = [[node.get("style") for node in walk(root) if node.tag == "p"] for root in (low, tall)]
    assert styles == [[""], ["--block-step: line"]]


@pytest.fixture(scope="module")
def artifacts():
    latex = ["x", r"f(x)=x^2+1", r"\frac{a}{b}", r"\sum_{i=1}^n x_i", r"\text{路程}"]
    line = "".join(f"{TEXT[at * 7 : at * 7 + 11]}{written(one)}" for at, one in enumerate(latex))
    body = f"<p>{line * 4}。</p><p>“{written('x')}”（{written('y')}），{TEXT}</p>"
    block = written(r"x = \frac{-b}{2a}", displayed=True)
    body += (
        f'<div class="formula" id="eq">{block}<span class="formula-number">（1-1）</span></div><p>{TEXT}</p>'
    )
    made = {}
    for language in ("zh-Hans-CN", "zh-Hant-TW"):
        composition = book(chapter(body), language=language)
        made[language] = composition, typeset(composition)
    return made


@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW"])
def test_lines_with_formulas_are_set(artifacts, language):
    composition, artifact = artifacts[language]
    assert check_completeness(composition, artifact) == ()
    report = measure_lines(artifact.data, composition.edition.area, language)
    assert report.full >= 8
    assert (report.share, report.kinsoku, report.loose) == (1.0, 0, 0)
    assert report.largest_stretch < 0.5


def test_each_formula_is_an_element_that_says_its_latex(artifacts):
    _, artifact = artifacts["zh-Hans-CN"]
    found = read_formulas(artifact.data)
    assert [each.alt for each in found[:6]] == [
        "x",
        "f(x)=x^2+1",
        "",
        r"\frac{a}{b}",
        r"\sum_{i=1}^n x_i",
        r"\text{路程}",
    ]
    assert len(found) == 27
    assert [each.alt for each in found].count("") == 4
    assert all(each.box for each in found)
    with pikepdf.open(__import__("io").BytesIO(artifact.data)) as pdf:
        kinds = {str(each.get("/S")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)}
    assert "/Formula" in kinds
    assert "/Figure" not in kinds


def test_the_number_stands_at_the_measure_s_end_beside_the_middle_of_the_formula(artifacts):
    _, artifact = artifacts["zh-Hans-CN"]
    pdf = Pdf(artifact.data)
    (page,) = [page for page in range(1, pdf.pages + 1) if "1-1" in pdf.text(page)]
    block = next(each for each in read_formulas(artifact.data) if "2a" in each.alt)
    middle = pdf.size(page)[1] - (block.box[1] + block.box[3]) / 2
    number = [glyph for glyph in pdf.glyphs(page) if abs(glyph.y - middle) < 0.6 * BODY]
    assert "".join(glyph.text for glyph in number) == "（1-1）"
    left = 60.45 if page % 2 else 75.56
    assert number[-1].x + BODY == pytest.approx(left + 27 * BODY, abs=0.6 * BODY)
    assert block.box[2] < number[0].x
    centre = (block.box[0] + block.box[2]) / 2
    assert centre == pytest.approx(left + 13.5 * BODY, abs=1.5)


def test_a_formula_that_is_not_in_the_file_is_found_out(artifacts):
    composition, artifact = artifacts["zh-Hans-CN"]
    document = composition.documents[0]
    changed = replace(document, root=document.root.with_children([*document.root.children, formula("z^9")]))
    findings = check_completeness(replace(composition, documents=(changed,)), artifact)
    assert [finding.code for finding in errors_in(findings)] == ["lost-formula"]
    assert re.search(r"“z\^9”", findings[0].message)


LONG = "h^5+(K_1+s)h^4+(K_1K_2+K_1s-K_w-K_1c)h^3+(K_1K_2K_3+K_1K_2s-K_1K_w-2K_1K_2c)h^2 = (K_1K_2K_3s-K_1K_2K_w)h"


@pytest.mark.parametrize("room", [12.0, 18.0, 25.0])
def test_a_formula_in_its_own_lines_is_broken_where_it_is_too_wide(room):
    whole = formula(LONG, displayed=True)
    made = broken(whole, lambda each: draw_formula(each).width, room)
    lines = [node for node in walk(made) if node.tag == "mtr"]
    assert len(lines) >= draw_formula(whole).width // room
    assert draw_formula(made).width <= room + 0.1
    assert signs_of(made) == signs_of(whole)
    # A sign stands at a line's end, and is not said again.
    ends = [[node for node in walk(line) if node.tag in ("mo", "mi", "mn")][-1] for line in lines[:-1]]
    assert {"".join(end.children) for end in ends} <= set("+−=")


def test_a_formula_that_has_room_or_no_place_to_break_at_stays():
    for latex in ("a+b=c", r"\frac{a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p}{q}"):
        whole = formula(latex, displayed=True)
        assert broken(whole, lambda each: draw_formula(each).width, 8.0) is whole


def test_a_long_formula_is_set_as_large_as_the_text_and_its_number_stands_beside_it():
    number = '<span class="formula-number">（1-1）</span>'
    block = f'<div class="formula numbered" id="eq">{written(LONG, displayed=True)}{number}</div>'
    composition = book(chapter(f'<p data-line="3">{TEXT}</p>{block}'))
    pdf = typeset(composition)
    assert check_completeness(composition, pdf) == ()
    (drawn,) = (each for each in read_formulas(pdf.data) if each.box)
    left, bottom, right, top = drawn.box
    assert top - bottom > 3 * BODY
    assert right - left <= (27 - 8) * BODY + 1


def test_a_list_whose_item_has_a_parted_formula_is_whole():
    """Formulas are drawn after the text of the page, and an item's place is not theirs."""
    long = written(r"K_a=[H^+][A^-]/[HA]+b+c+d+e+f+g+h+i+j+k+l+m+n")
    items = f"<li>水；</li><li>弱酸的电离常数：{long}；电离不到5%时，{written('x=y')}。</li><li>滴定。</li>"
    composition = book(chapter(f"<ul>{items}</ul>"))
    pdf = typeset(composition)
    assert sum(1 for each in read_formulas(pdf.data) if each.box) >= 2
    assert check_completeness(composition, pdf) == ()


def test_a_table_that_moves_and_holds_formulas_is_whole():
    cells = f"<tr><td>甲{written('x')}</td><td>1</td></tr>"
    head = f"<thead><tr><th>酸</th><th>{written('K_a')}</th></tr></thead>"
    table = f'<figure class="table wide" id="t"><figcaption><span class="number">表1-1</span><span class="caption">表</span></figcaption><table>{head}<tbody>{cells}</tbody></table></figure>'
    composition = book(chapter(f'<p data-line="3">{TEXT}</p>{table}<p data-line="9">{TEXT}</p>'))
    pdf = typeset(composition)
    assert pdf.facts["moved"]
    assert check_completeness(composition, pdf) == ()


def test_mathml_as_mathjax_writes_it_is_drawn():
    math = read_mathml(
        '<math><mstyle displaystyle="true" scriptlevel="0"><mtable rowspacing=".5em" columnspacing="1em 0">'
        "<mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable></mstyle></math>"
    )
    assert draw_formula(Element("math", {"display": "block"}, math)).width > 1
