import pytest
from folders import write
from manuscripts import generous

from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.bibtex import read_bibtex
from keben.project.importers.citing import listed_works, with_citations

BIB = r"""
@string{jss = "Journal of Statistical Software"}
@comment{nothing}
@Article{bates2015,
 author = {Douglas Bates and Martin M{\"a}chler and Ben Bolker and Steve Walker},
 title = {Fitting {Linear} Models},
 journal = jss, volume = 67, number = "1", pages = {1--48}, year = {2015}, doi = {10.18637/jss.v067.i01},
}
@book{knuth, author = "Knuth, Donald E.", title = {The {\TeX}book}, publisher = {Addison-Wesley},
  address = {Reading}, year = 1984}
@book{zhou, author = {周志华}, title = {机器学习}, publisher = {清华大学出版社}, address = {北京}, year = {2016}}
@Manual{R, title = {R: A Language}, author = {{R Core Team}}, year = {2023}, url = {https://www.R-project.org/}}
@inproceedings{two, author = {Efron, Bradley and Hastie, Trevor}, title = {A \& B}, booktitle = {Proc. X}, year = 2004}
@misc{broken, title = {没有结束
"""
WORKS = read_bibtex(BIB)
LINES = {
    "见[@bates2015]。": "见（Bates等，2015）。",
    "见 [@zhou; @two, p. 3] 说": "见（周志华，2016；Efron和Hastie，2004，p. 3）说",
    "@knuth 说": "Knuth（1984） 说",
    "[-@knuth]": "（1984）",
    "[参见 @R]": "（参见 R Core Team，2023）",
    # What is unknown, in code, or no citation.
    "[@nobody]": "[@nobody]",
    "[@zhou; @nobody]": "[@zhou; @nobody]",
    "`[@zhou]`": "`[@zhou]`",
    "a@knuth.org": "a@knuth.org",
    "[@zhou](a.md)": "[@zhou](a.md)",
}


@pytest.mark.parametrize("line", LINES)
def test_citations_are_persons_and_years(line):
    assert with_citations([line, "```", line, "```"], WORKS).lines == (LINES[line], "```", line, "```")


def test_works_are_listed_as_the_standard_has_it():
    assert listed_works(["zhou", "bates2015", "knuth", "R", "two"], WORKS)[::2] == (
        "Bates D, Mächler M, Bolker B, et al, 2015. Fitting Linear Models\\[J\\]. Journal of Statistical Software, "
        "67(1): 1–48. <https://doi.org/10.18637/jss.v067.i01>",
        "Efron B, Hastie T, 2004. A & B\\[C\\]. //Proc. X.",
        "Knuth D E, 1984. The book\\[M\\]. Reading: Addison-Wesley.",
        "R Core Team, 2023. R: A Language\\[EB/OL\\]. <https://www.R-project.org/>",
        "周志华，2016．机器学习\\[M\\]．北京：清华大学出版社．",
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"\'{e}t\'e", "été"),
        (r"{\o}re", "øre"),
        (r"\v{S}\`a", "Šà"),
        (r"A~B -- C", "A B – C"),
        (r"\emph{x} 50\%", "x 50%"),
    ],
)
def test_signs_of_latex_are_letters(value, text):
    assert read_bibtex(f"@misc{{a, title = {{{value}}}}}")["a"].fields["title"] == text


@pytest.mark.parametrize(
    "text",
    ["", "@", "@book{", "@book{a", "@book{a, title", "@book{a, title = {", '@book{a, title = "', "@a{b,c=#"],
)
def test_what_is_no_bibtex_is_passed_over(text):
    assert set(read_bibtex(text)) <= {"a", "b"}


BOOK = {"a.md": "# 甲\n\n见[@zhou]与[@nobody]。\n", "works.bib": BIB}


def test_the_works_are_a_chapter_of_their_own(tmp_path):
    draft = import_book(write(tmp_path / "book1", BOOK))
    assert draft.chapters == ("甲", "参考文献")
    assert draft.files["book/chapters/01.md"].decode() == "# 甲\n\n见（周志华，2016）与[@nobody]。\n"
    last = draft.files["book/chapters/02.md"].decode()
    assert (
        last
        == "---\nkind: afterword\n---\n\n# 参考文献\n\n周志华，2016．机器学习\\[M\\]．北京：清华大学出版社．\n"
    )
    assert "Citations of 1 work are written out, and the works are listed." in draft.remarks
    assert generous(last)[1] == []


@pytest.mark.parametrize("place", ["::: {#refs}\n:::", '<div id="refs"></div>'])
def test_or_they_stand_where_the_book_says_so(tmp_path, place):
    draft = import_book(write(tmp_path / "book1", {**BOOK, "z.md": f"# 书目\n\n{place}\n\n末。\n"}))
    assert draft.chapters == ("甲", "书目")
    assert "机器学习" in draft.files["book/chapters/02.md"].decode().split("末。")[0]


def test_a_folder_is_built_so_as_it_stands(tmp_path):
    manuscript = load(write(tmp_path / "book1", BOOK), {})[0]
    assert "见（周志华，2016）与[@nobody]。" in manuscript.sources[0].text
    assert [source.kind for source in manuscript.sources] == [None, "afterword"]
    assert "机器学习" in manuscript.sources[1].text


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("周志华, 李航", ("周志华", "李航")),
        ("周志华、李航，王伟", ("周志华", "李航", "王伟")),
        ("周志华 and 李航", ("周志华", "李航")),
        ("周, 志华", ("周, 志华",)),
        ("司马, 相如", ("司马, 相如",)),
        ("周, 志华 and 李航", ("周, 志华", "李航")),
        ("Knuth, Donald E.", ("Knuth, Donald E.",)),
    ],
)
def test_chinese_authors_with_commas_between_them_are_several(author, people):
    (work,) = read_bibtex(f"@book{{a, author = {{{author}}}, title = {{题}}}}").values()
    assert work.people("author") == people
