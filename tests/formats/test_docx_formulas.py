"""Formulas in a Word document: Word's own, which say what the book's say."""

import io
import re

import docx
import pytest
from formulas import formula
from lxml import etree
from wordbooks import DOCUMENT, composed, packed, parts, read, write_small, written

from keben.check import check_docx
from keben.check.docxtext import FORMULA, formula_signs
from keben.core.composition import Artifact
from keben.core.formulas import signs_of
from keben.formats.docx import write_docx
from keben.formats.docx.formulas import word_formula
from keben.formats.docx.marking import part
from keben.project.importers.office.docx.maths import latex as read_latex

TEXT = """# 第一章 式

由 $x^2$ 与 $\\frac{a}{b}$ 得 $\\sum_{i=1}^n x_i$。

$$\\sqrt[3]{x}$$

$$
v=\\frac{\\text{路程}}{t}
$$ {#eq-v}

见[](#eq-v)，不知 $\\no$。
"""


def omml(latex):
    root = etree.fromstring(part("document", word_formula(formula(latex), displayed=False)))
    return next(root.iter(FORMULA))


@pytest.mark.parametrize(
    ("latex", "inner"),
    [
        ("x^2", "<m:sSup><m:e>x</m:e><m:sup>2</m:sup></m:sSup>"),
        ("x_1^2", "<m:sSubSup><m:e>x</m:e><m:sub>1</m:sub><m:sup>2</m:sup></m:sSubSup>"),
        (r"\frac ab", "<m:f><m:num>a</m:num><m:den>b</m:den></m:f>"),
        (r"\sqrt x", '<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>x</m:e></m:rad>'),
        (r"\hat x", '<m:acc><m:accPr><m:chr m:val="\u0302"/></m:accPr><m:e>x</m:e></m:acc>'),
        (r"\overline x", '<m:bar><m:barPr><m:pos m:val="top"/></m:barPr><m:e>x</m:e></m:bar>'),
        (
            r"\int_0 x",
            '<m:nary><m:naryPr><m:chr m:val="∫"/><m:limLoc m:val="subSup"/><m:supHide m:val="1"/></m:naryPr>'
            "<m:sub>0</m:sub><m:sup/><m:e>x</m:e></m:nary>",
        ),
        (
            r"\left(x\right)",
            '<m:d><m:dPr><m:begChr m:val="("/><m:endChr m:val=")"/></m:dPr><m:e>x</m:e></m:d>',
        ),
    ],
)
def test_each_part_is_word_s_own(latex, inner):
    found = word_formula(formula(latex), displayed=False)
    bare = re.sub(r"<m:r>.*?<m:t[^>]*>(.*?)</m:t></m:r>", r"\1", found)
    assert bare == f"<m:oMath>{inner}</m:oMath>"


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
        r"\begin{aligned}a&=b\\c&=d\end{aligned}",
        r"\begin{cases}x&\text{若}\\y\end{cases}",
        r"\sum_{i=1}^n x_i\prod\iint_S f",
        r"\overbrace{a}^n\underbrace{b}_m\vec v\underline{ab}\overset{!}{=}",
        r"\cancel x\boxed{y}\phantom z\textcolor{red}{w}\binom nk",
        r"\ce{CaCO3 ->[高温] CaO + CO2 ^}\quad\lim_{n\to\infty}",
        r"{}_1^2X\left.\frac{dx}{dt}\right|_0 f'",
    ],
)
def test_it_has_the_signs_of_the_formula(latex):
    assert formula_signs(omml(latex)) == signs_of(formula(latex))


@pytest.mark.parametrize("latex", [r"\frac{a}{b}", "x_{1}^{2}", r"\sqrt{x}", r"\sum_{i=1}^{n}{x}"])
def test_it_is_read_back_as_the_same_latex(latex):
    again = read_latex(omml(latex))
    assert signs_of(formula(again)) == signs_of(formula(latex))
    assert again.replace(" ", "").replace("{", "").replace("}", "") == latex.replace("{", "").replace("}", "")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return read(write_small(tmp_path_factory.mktemp("formulas"), TEXT))


def test_a_document_with_formulas_is_whole_in_each_edition(project):
    for name in ("zh-Hans", "zh-Hant-TW", "vertical"):
        composition = composed(project, name)
        assert check_docx(composition, write_docx(composition, {})) == ()


def test_a_formula_that_differs_is_found_out(project):
    composition = composed(project, "zh-Hans")
    artifact = write_docx(composition, {})
    files = parts(artifact.data)
    changed = files[DOCUMENT].replace(b">a</m:t>", b">c</m:t>")
    assert changed != files[DOCUMENT]
    other = Artifact(artifact.name, artifact.edition, "docx", packed({**files, DOCUMENT: changed}))
    assert [finding.code for finding in check_docx(composition, other)] == ["changed-markup"]


def test_formulas_in_lines_of_their_own_stand_in_the_middle(project):
    text = parts(written(project))[DOCUMENT].decode()
    assert text.count("<m:oMathPara>") == 1
    assert text.count("<m:oMath>") == 5
    document = docx.Document(io.BytesIO(written(project)))
    (numbered,) = [each for each in document.paragraphs if each.text == "\u2003（1-1）"]
    assert numbered.alignment == 1
