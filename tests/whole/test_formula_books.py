"""A chapter with formulas, from Markdown to what each edition says."""

import os

import pytest
from projects import TOML
from wordbooks import composed

from keben.build.editions import convert_editions, read_project
from keben.core.formulas import formulas_in
from keben.core.markup import text_of, walk

ONE = r"""# 第一章 式

由 $x^2$ 得[](#eq:sum)，见[](#eq:named)、[](#two-eq)。

$$
a + b
$$ {#eq:sum}

$$
c
$$

$$ d \tag{甲} \label{eq:named} $$

$$ v=\frac{\text{软件}}{t} $$ {#third}

见[](#third)、式 $\eqref{eq:named}$ 与 \ref{third}，不见 \eqref{nowhere}。面积 m^2^，水 H~2~O。

## 题 $y^2$ 的

字。
"""
TWO = "# 第二章 又\n\n$$ e $$ {#two-eq}\n\n见[](#eq:sum)。\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("formulas")
    (root / "book" / "chapters").mkdir(parents=True)
    (root / "book" / "book.toml").write_text(TOML, "utf-8")
    (root / "book" / "chapters" / "one.md").write_text(ONE, "utf-8")
    (root / "book" / "chapters" / "two.md").write_text(TWO, "utf-8")
    return read_project(root, os.environ)


def chapter(project, edition, name="one"):
    composition = composed(project, edition)
    return next(document.root for document in composition.documents if document.name == name)


def test_nothing_is_wrong_with_it(project):
    _, findings = convert_editions(project, {"zh-Hans": ["epub"], "zh-Hant-TW": ["epub"]})
    (said,) = [str(finding) for finding in (*project.findings, *findings)]
    assert "“\\eqref{nowhere}” is a command of LaTeX, and is printed." in said


def test_formulas_are_numbered_by_chapter_and_referred_to(project):
    root = chapter(project, "zh-Hans")
    blocks = [node for node in walk(root) if "formula" in node.classes]
    assert [text_of(node.children[1:]) for node in blocks] == ["（1-1）", "", "（甲）", "（1-2）"]
    assert all("data-equation" not in node.attributes for node in blocks)
    references = [text_of(node) for node in walk(root) if "xref" in node.classes]
    assert references == ["式（1-1）", "式（甲）", "式（2-1）", "式（1-2）", "（甲）", "（1-2）"]


def test_words_in_a_formula_are_converted_and_signs_are_not(project):
    root = chapter(project, "zh-Hant-TW")
    found = [formula.get("alttext") for formula in formulas_in(root)]
    assert r"v=\frac{\text{軟體}}{t}" in found
    (word,) = [node for node in walk(root) if node.tag == "mtext"]
    assert word.children == ("軟體",)


def test_a_heading_says_the_latex_of_its_formula_where_text_alone_can_stand(project):
    root = chapter(project, "zh-Hans")
    (heading,) = [node for node in walk(root) if node.tag == "h2"]
    assert [node.tag for node in walk(heading)][:2] == ["h2", "math"]
    assert text_of(heading) == "题 y^2 的"
