import pytest
from folders import write
from samples import PNG

from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.chunks import with_chunks
from keben.project.importers.implicitfigures import with_captions
from keben.project.importers.sources import open_folder

CHUNKS = {
    "```{r}\nx <- 1\n```": "```r\nx <- 1\n```",
    "```{r setup, include=FALSE}\nx\n```": "",
    "```{r, echo=FALSE}\nx\n```\n后": "\n\n\n后",
    "```{python}\n#| echo: false\nx\n```": "",
    "```{r}\n#| label: a\n#| message: false\nx\n```": "```r\nx\n```",
    "~~~{r name, eval = FALSE}\nx\n~~~": "~~~r\nx\n~~~",
    '```{r, echo=FALSE, fig.cap="山"}\nknitr::include_graphics("a.png")\n```': '\n![山](a.png "山")',
    "```{r m, echo=FALSE}\nknitr::include_graphics(c(\"a.png\", 'b c.png'))\n```": "\n![](a.png){#m} ![](<b c.png>)",
    # Pictures that code draws: kept ones, and such as are not there.
    '```{r fig-a, echo=FALSE, fig.cap="山, 水"}\nplot(x)\n```': '\n![山, 水](p_files/figure-html/fig-a-1.png "山, 水"){#fig-a}',
    '```{r}\n#| label: fig-b\n#| fig-cap: "海"\n#| echo: false\nplot(x)\n```': '\n![海](fig-b "海"){#fig-b}',
    "```{r}\n#| label: fig-b\n#| fig-cap:\n#|   - 甲\n#|   - 乙\nplot(x)\n```": (
        '```r\nplot(x)\n```\n\n![甲；乙](fig-b "甲；乙"){#fig-b}'
    ),
    "```{r, include=FALSE, fig.cap='山'}\nplot(x)\n```": "",
    "```{block2, type='rmdwarning'}\n注意*事*。\n```": "::: warning\n注意*事*。\n:::",
    "```{mermaid}\ngraph LR\n```": "```mermaid\ngraph LR\n```",
    # Not code of such a tool.
    "```r\nx\n```": "```r\nx\n```",
    "```{.r}\nx\n```": "```{.r}\nx\n```",
    "```{=html}\n<b>\n```": "```{=html}\n<b>\n```",
    "````md\n```{r, echo=FALSE}\nx\n```\n````": "````md\n```{r, echo=FALSE}\nx\n```\n````",
    "```{r, echo=FALSE}\n没有结束": "```{r, echo=FALSE}\n没有结束",
}


@pytest.mark.parametrize("text", CHUNKS)
def test_code_becomes_what_a_book_shows_of_it(tmp_path, text):
    folder = open_folder(write(tmp_path, {"p.qmd": "", "p_files/figure-html/fig-a-1.png": PNG}))
    made = with_chunks(text.split("\n"), "p.qmd", folder)
    assert len(made) == len(text.split("\n"))
    assert "\n".join(made).rstrip() == CHUNKS[text]


BOOK = {
    "_quarto.yml": "book:\n  title: 试\n  chapters: [index.qmd, a.qmd]\n",
    "index.qmd": "# 序\n\n文。\n",
    "a.qmd": "# 甲\n\n```{r}\n#| label: fig-a\n#| echo: false\n#| fig-cap: 山\nplot(x)\n```\n\n末。\n",
}


def test_captions_of_pictures_that_code_would_draw_stay_and_are_reported(tmp_path):
    draft = import_book(write(tmp_path / "book1", BOOK))
    assert draft.files["book/chapters/02.md"].decode().split() == ["#", "甲", "山", "末。"]
    assert "Pictures that are not there; their alternative text stays (1): fig-a." in draft.remarks


def test_a_book_is_built_so_as_it_stands(tmp_path):
    manuscript = load(write(tmp_path / "book1", BOOK), {})[0]
    text = manuscript.sources[1].text
    assert "plot(x)" not in text
    assert '![山](fig-a "山"){#fig-a}' in text.split("\n")


PICTURES = {
    "![山](a.png)": '![山](a.png "山")',
    "![山[^1]](<a b.png>){#fig-a width=50%}": '![山[^1]](<a b.png> "山[^1]"){#fig-a width=50%}',
    '![山](a.png "水")': '![山](a.png "水")',
    "![](a.png)": "![](a.png)",
    "文![山](a.png)": "文![山](a.png)",
    "![山](a.png)\n下一行": "![山](a.png)\n下一行",
    "::: x\n![山](a.png)\n:::": '::: x\n![山](a.png "山")\n:::',
    "```\n![山](a.png)\n```": "```\n![山](a.png)\n```",
}


@pytest.mark.parametrize("text", PICTURES)
def test_the_text_of_a_lone_picture_is_its_caption(text):
    assert "\n".join(with_captions(text.split("\n"))) == PICTURES[text]
