import pytest
from folders import write
from samples import PNG

from keben.markdown import parse
from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.crossrefs import ids_in, with_crossrefs

IDS = frozenset(("fig-a", "fig-b", "tab-x", "sec-s", "eq-e"))
LINES = {
    "如 @fig-a 所示": "如[](#fig-a){.number}所示",
    "见图 @fig-a，": "见[](#fig-a){.number}，",
    "见[@fig-a; @fig-b]。": "见[](#fig-a){.number}、[](#fig-b){.number}。",
    "[-@fig-a]": "[](#fig-a){.number}",
    "@sec-s 说": "[](#sec-s) 说",
    r"见表 \@ref(tab:x)。": "见[](#tab-x){.number}。",
    r"图\@ref(fig:a)与\@ref(sec-s)": "[](#fig-a){.number}与[](#sec-s)",
    r"式 \@ref(eq:e)": "[](#eq-e){.number}",
    # Without an id, in code, and what only looks so.
    "@fig-none 与[@fig-a; @fig-none]": "@fig-none 与[@fig-a; @fig-none]",
    "`@fig-a`": "`@fig-a`",
    "a@fig-a.org": "a@fig-a.org",
    r"\@ref(fig:none)": r"\@ref(fig:none)",
}


@pytest.mark.parametrize("line", LINES)
def test_references_of_other_tools_are_those_of_keben(line):
    made = with_crossrefs([line, "", "```", line, "```"], IDS)
    assert made[0].replace(" [", "[").replace("} ", "}") == LINES[line].replace(" [", "[").replace("} ", "}")
    assert made[3] == line


def test_ids_are_those_in_braces_that_stay():
    lines = '![a](a.png "a"){#fig-a}\n![b](b.png "b"){#fig-b}\n![c](c.png){#fig-c}\n::: {#fig-d}\n:::\n: 表 {#tab-x .wide}\n$$ {#eq-e}\n`{#no}`\n```\n{#no}\n```'.split(
        "\n"
    )
    assert ids_in(lines, ["b.png"]) - {"no"} == {"fig-a", "tab-x", "eq-e"}


BOOK = {
    "_bookdown.yml": "book_filename: b\n",
    "index.Rmd": "---\ntitle: 试\n---\n# 序\n\n文。\n",
    "01-a.Rmd": "# (PART) 上篇 {-}\n\n# 甲\n\n见图 \\@ref(fig:a)与\\@ref(fig:b)。\n",
    "02-b.Rmd": (
        '# 乙\n\n```{r a, echo=FALSE, fig.cap="山"}\nknitr::include_graphics("a.png")\n```\n\n'
        '```{r b, echo=FALSE, fig.cap="水"}\nplot(x)\n```\n\n::: hidden\n隐\n:::\n'
    ),
    "03-c.Rmd": "# (APPENDIX) 附录 {-}\n\n# 丙\n\n文。\n",
    "_draft.Rmd": "# 草\n",
    "a.png": PNG,
}


def test_a_book_of_bookdown_has_its_parts_its_figures_and_its_references(tmp_path):
    draft = import_book(write(tmp_path / "book1", BOOK))
    texts = [draft.files[path].decode() for path in sorted(draft.files) if path.endswith(".md")]
    assert texts == [
        "---\nkind: preface\n---\n\n# 序\n\n文。\n",
        "---\nkind: part\n---\n\n# 上篇\n",
        "# 甲\n\n见[](#a){.number}与\\@ref(fig:b)。\n",
        '# 乙\n\n![山](../images/a.png "山"){#a}\n\n水\n',
        "---\nkind: appendix\n---\n\n# 丙\n\n文。\n",
    ]


def test_it_is_built_with_these_as_it_stands(tmp_path):
    manuscript = load(write(tmp_path / "book1", BOOK), {})[0]
    assert [source.kind for source in manuscript.sources] == ["preface", "part", None, None, "appendix"]
    # The picture of the other one is not there.
    assert "见[](#a){.number}与\\@ref(fig:b)。" in manuscript.sources[2].text
    _, findings = parse(manuscript)
    assert [finding for finding in findings if finding.severity == "error"] == []


def test_references_lead_to_headings_of_other_files(tmp_path):
    files = {
        "_quarto.yml": 'project:\n  type: book\nbook:\n  title: "试"\n  chapters: [index.qmd, a.qmd, b.qmd]\n',
        "index.qmd": "# 序\n\n见 @sec-a、@sec-b、[这里](#sec-in)与[@sec-in]，没有[此处](#sec-none)。\n",
        "a.qmd": "# 甲 {#sec-a}\n\n文。\n",
        "b.qmd": "# 乙 {#sec-b}\n\n文。\n\n## 丙 {#sec-in}\n\n文。见 @sec-b。\n",
    }
    draft = import_book(write(tmp_path / "book2", files))
    texts = [draft.files[path].decode() for path in sorted(draft.files) if path.endswith(".md")]
    assert "见[](02.md)、[](03.md)、[这里](#c03-0-2)与[](#c03-0-2)，没有此处。" in texts[0].replace(" ", "")
    assert "## 丙 {#c03-0-2}\n\n文。见[](03.md)。" in texts[2].replace("见 ", "见")
