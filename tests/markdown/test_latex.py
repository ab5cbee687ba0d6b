import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.markup import serialize, walk
from keben.markdown.latex import Latex, NoFormulaError
from keben.markdown.mathml import _ALLOWED


def mathml(latex, *, displayed=True):
    return serialize(Latex().formula(latex, displayed=displayed).element.children)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\mathcal{L}", "<mi>ℒ</mi>"),
        (r"\sin x", '<mrow><mi>sin</mi><mo lspace="0.1667em">\u2061</mo><mi>x</mi></mrow>'),
        (r"\mbox{若}", "<mtext>若</mtext>"),
        (r"\text{若 $x$ 则}", "<mtext>若\u00a0</mtext><mi>x</mi><mtext>\u00a0则</mtext>"),
        (r"速度=v", "<mtext>速度</mtext><mo>=</mo><mi>v</mi>"),
        (r"\textbf{粗}", '<mtext mathvariant="bold">粗</mtext>'),
        (r"\textcolor{red}{x}", '<mstyle mathcolor="#FF0000"><mi>x</mi></mstyle>'),
        (r"\dfrac12", '<mstyle displaystyle="true"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>'),
        (r"\cancel{x}", '<menclose notation="updiagonalstrike"><mi>x</mi></menclose>'),
        (r"x\!y", '<mi>x</mi><mspace width="-0.166667em"></mspace><mi>y</mi>'),
    ],
)
def test_what_browsers_say_by_styles_is_said_by_attributes(latex, expected):
    assert mathml(latex) == expected


@pytest.mark.parametrize(
    "environment", ["align", "align*", "split", "eqnarray", "gather", "multline", "smallmatrix", "alignat"]
)
def test_environments_that_number_lines_are_set_without_numbers(environment):
    columns = "{2}" if environment == "alignat" else ""
    source = rf"\begin{{{environment}}}{columns}a&=b\\c&=d\end{{{environment}}}"
    if environment in ("gather", "multline"):
        source = source.replace("&", "")
    root = Latex().formula(source, displayed=True).element
    assert [node.tag for node in walk(root)].count("mtr") == 2
    assert "1" not in "".join(
        child for node in walk(root) for child in node.children if isinstance(child, str)
    )


def test_lines_and_edges_of_a_table_are_attributes():
    found = mathml(r"\begin{array}{l|r}1&2\\\hline 3&4\end{array}")
    assert found.startswith(
        '<mtable columnspacing="0.8em" columnlines="solid" rowspacing="0.5em" rowlines="solid">'
    )
    assert found.count('columnalign="left"') == found.count('columnalign="right"') == 2


@pytest.mark.parametrize(
    ("latex", "said"),
    [
        (r"\no{x}", r'Unknown command "\no"'),
        (r"\frac{a", 'Expected closing token "}"'),
        (r"\href{javascript:alert(1)}{x}", r'Unknown command "\href"'),
        (r"x_1_2", "Duplicate subscript"),
        (r"\eqref{eq}", "a reference stands in it"),
        ("x" * 20_001, "more than 20,000 characters"),
        (r"\def\a{\a\a}\a", ""),
    ],
)
def test_latex_that_is_not_known_or_not_whole_is_refused(latex, said):
    with pytest.raises(NoFormulaError) as found:
        mathml(latex)
    assert said in str(found.value)


def test_tags_and_labels_are_the_book_s():
    found = Latex().formula(r"\begin{equation}\label{a}x\tag{3}\label{b}\end{equation}", displayed=True)
    assert (found.tag, found.labels) == ("3", ("a", "b"))
    assert serialize(found.element.children) == "<mi>x</mi>"


def test_several_tags_stay_where_they_are():
    found = Latex().formula(r"\begin{align}x\tag{1}\\y\tag{2}\end{align}", displayed=True)
    assert found.tag is None
    assert "（1）" in serialize(found.element)
    assert "（2）" in serialize(found.element)


@given(st.text("\\{}[]^_&$%#ab1 \n+<>中", max_size=30))
def test_whatever_is_written_gives_sound_mathml_or_is_refused(latex):
    try:
        root = Latex().formula(latex, displayed=False).element
    except NoFormulaError:
        return
    for node in walk(root):
        allowed = _ALLOWED[node.tag] | ({"xmlns", "alttext"} if node is root else set())
        assert set(node.attributes) <= allowed
