r"""parse at its door: formulas between ``$`` and its kin become MathML that says its LaTeX."""

import pytest
from manuscripts import parse_body, wrong

from keben.core.formulas import ASKED, MATHML
from keben.core.markup import serialize, walk


def formulas(text):
    chapter, findings = parse_body(text)
    assert findings == []
    return [node for block in chapter.body for node in walk(block) if node.tag == "math"]


@pytest.mark.parametrize(
    ("written", "latex"),
    [
        ("$E = mc^2$", "E = mc^2"),
        ("$x_{i=1}$", "x_{i=1}"),
        ("$a_1 + b_2 * c_3 * d_4$", "a_1 + b_2 * c_3 * d_4"),
        (r"$\sum_{i=1}^{n} i \, \{a\} \;$", r"\sum_{i=1}^{n} i \, \{a\} \;"),
        (r"$\text{价格} \times 2$", r"\text{价格} \times 2"),
        ("$a < b > c$", "a < b > c"),
        (r"$$x = \frac{-b}{2a}$$", r"x = \frac{-b}{2a}"),
        (r"\(a_1\)", "a_1"),
        (r"\[x^2 = {y}\]", "x^2 = {y}"),
        ("$5$", "5"),
        ("$速度 = 路程/时间$", "速度 = 路程/时间"),
        ("$x\n+y$", "x +y"),
    ],
)
def test_a_formula_in_a_line_is_one_element_that_says_its_latex(written, latex):
    chapter, findings = parse_body(f"由{written}得。")
    assert findings == []
    before, formula, after = chapter.body[0].children
    assert (before, formula.tag, after) == ("由", "math", "得。")
    assert formula.get("alttext") == latex
    assert formula.get("xmlns") == MATHML
    assert "display" not in formula.attributes


def test_the_parts_of_a_formula_are_mathml():
    (formula,) = formulas("由 $x^2 < \\frac{a}{b}$ 得。")
    assert serialize(formula.children) == (
        "<msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo><mfrac><mi>a</mi><mi>b</mi></mfrac>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "$$\n\\begin{aligned}\na_1 &= b_1 \\\\\n- c &= *0*\n\\end{aligned}\n$$",
        "\\begin{equation}\na = {x=1}\n\\end{equation}",
        "\\[\nx_1\n\\]",
        "$$x$$",
        "```math\nx^2\n```",
        "> $$\n> x\n> $$",
    ],
)
def test_a_formula_in_lines_of_its_own_is_a_block(text):
    chapter, findings = parse_body(f"由\n\n{text}\n\n得。")
    assert findings == []
    block = next(node for part in chapter.body for node in walk(part) if node.tag == "div")
    assert (block.classes, block.line) == ({"formula"}, 5)
    assert [child.tag for child in block.children] == ["math"]
    assert block.children[0].get("display") == "block"
    assert ASKED not in block.attributes


@pytest.mark.parametrize(
    ("text", "name", "asked"),
    [
        ("$$x$$ {#eq-a}", "eq-a", "#"),
        ("$$\nx\n$$ {#eq-a}", "eq-a", "#"),
        ("{#eq-a}\n$$\nx\n$$", "eq-a", "#"),
        ("\\[\nx\n\\] {#eq-a}", "eq-a", "#"),
        ("\\begin{equation}\nx\n\\end{equation} {#eq-a}", "eq-a", "#"),
        ("\\begin{equation}\\label{eq-a}\nx\n\\end{equation}", "eq-a", "#"),
        ("$$x \\tag{3}$$ {#eq-a}", "eq-a", "3"),
        ("$$x \\tag{*} \\label{eq-a}$$", "eq-a", "*"),
        ("$$x \\tag{3}$$", "", "3"),
    ],
)
def test_a_formula_with_a_name_or_a_tag_asks_for_a_number(text, name, asked):
    chapter, findings = parse_body(f"由\n\n{text}\n\n得。")
    assert findings == []
    assert (chapter.body[1].get("id"), chapter.body[1].get(ASKED)) == (name, asked)


def test_latex_that_is_not_known_is_printed_as_it_is_written():
    chapter, findings = parse_body("由 $\\no{x}$ 得。\n\n$$\na\n+ \\no\n$$\n\n末。")
    assert serialize(chapter.body[0]) == '<p>由 <code class="math">$\\no{x}$</code> 得。</p>'
    assert serialize(chapter.body[1]) == '<pre class="math"><code>$$\na\n+ \\no\n$$\n</code></pre>'
    assert len(findings) == 1
    assert 'The formula “$\\no{x}$” cannot be set (Unknown command "\\no")' in findings[0]
    assert "1 more of this kind in this chapter, at 7:1." in findings[0]


def test_a_command_that_a_formula_defines_is_known_after_it():
    assert [found.get("alttext") for found in formulas("$$\\newcommand{\\vv}{v^2}\\vv$$\n\n又 $\\vv$。")] == [
        "\\newcommand{\\vv}{v^2}\\vv",
        "\\vv",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# 题 $x^2$",
        "- 甲 $x$",
        "| 甲 |\n|---|\n| $x$ |",
        "<div>甲 $x$</div>",
        "> 引 $x$",
        "**粗 $x$**",
        "[链 $x$](https://example.org)",
    ],
)
def test_formulas_may_stand_wherever_text_does(text):
    assert len(formulas(f"首。\n\n#{text}" if text.startswith("#") else text)) == 1


def test_a_formula_in_a_note_is_set():
    chapter, findings = parse_body("文[^a]。\n\n[^a]: 注 $x$。")
    assert findings == []
    assert [node.tag for part in chapter.notes[0].body for node in walk(part)] == ["p", "math", "mi"]


def test_a_line_break_before_a_formula_is_a_space():
    chapter, _ = parse_body("由\n$x$\n得。")
    assert [child for child in chapter.body[0].children if isinstance(child, str)] == ["由 ", " 得。"]


@pytest.mark.parametrize("text", ["`$x$`", "```\n$x$\n```", "<code>$x$</code>", "\\$x\\$", "$5 和 $6"])
def test_code_and_money_are_no_formulas(text):
    assert formulas(text) == []


def test_text_behind_the_sign_makes_a_paragraph_of_it():
    assert wrong("$$x$$ 是式子。") == []
    chapter, _ = parse_body("$$x$$ 是式子。")
    assert chapter.body[0].tag == "p"
