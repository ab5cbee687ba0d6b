import pytest
from folders import MDBOOK, write
from samples import PNG

from keben.core.catalogues import translated
from keben.core.errors import SourceError
from keben.core.origins import origins_of
from keben.markdown import parse
from keben.project import load


def read(root):
    manuscript, findings = load(root, {})
    findings = origins_of(manuscript).findings(findings)
    return manuscript, [str(finding) for finding in findings]


def rows(manuscript):
    return [(source.path, source.title, source.kind, source.depth) for source in manuscript.sources]


def test_an_mdbook_is_read_by_its_summary_and_its_settings(tmp_path):
    manuscript, findings = read(write(tmp_path / "mine", MDBOOK))
    assert rows(manuscript) == [
        ("book/src/pre.md", "前言", "preface", 0),
        ("book/src/SUMMARY.md#5-第一部 起", "", "part", 0),
        ("book/src/a/README.md", "第一章 甲", None, 0),
        ("book/src/a/b.md", "1.1 乙", None, 1),
        ("book/src/c.md", "第二章 丙", None, 0),
        ("book/src/post.md", "后记", "afterword", 0),
    ]
    (edition,) = manuscript.settings.editions
    assert (edition.name, edition.metadata.title, edition.metadata.slug) == ("zh-Hans", "试", "mine")
    assert findings == [
        "book.toml: notice: This is built as it is: a book of mdBook (6 files), with the title “试”. Settings that a book has "
        "no use for: [output.html]. `keben import` makes a project of it, where more can be set.",
        "src/SUMMARY.md:9:4: notice: “草稿” has no file yet: the book is made without it.",
    ]
    notice = load(tmp_path / "mine", {})[1][0]
    assert translated(notice.message, "zh-Hans").startswith(
        "原样构建：一本书，格式为 mdBook（6 个文件），名为“试”。"
    )
    assert "行一\n行二" in manuscript.sources[4].text
    assert list(manuscript.assets) == ["src/p.png"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "book.toml",
            '[output.keben.editions.zh-Hant-TW]\n[output.keben.book]\nslug = "own"\nreader = "strict"\n',
        ),
        ("keben.toml", '[editions.zh-Hant-TW]\n[book]\nslug = "own"\nreader = "strict"\n'),
    ],
)
def test_settings_of_kebens_own_may_stand_beside(tmp_path, name, text):
    files = {**MDBOOK, name: str(MDBOOK.get(name, "")) + text}
    manuscript, findings = read(write(tmp_path / "mine", files))
    (edition,) = manuscript.settings.editions
    assert (edition.name, edition.metadata.title, edition.metadata.slug) == ("zh-Hant-TW", "试", "own")
    assert manuscript.settings.reader == "strict"
    assert len(findings) == 2


def test_a_slip_in_them_is_named_where_it_stands(tmp_path):
    files = {**MDBOOK, "book.toml": str(MDBOOK["book.toml"]) + "\n[output.keben.print]\nmesure = 20\n"}
    with pytest.raises(SourceError) as caught:
        load(write(tmp_path / "mine", files), {})
    assert str(caught.value).startswith(
        "book.toml:9:1: Unknown key `mesure` in [print]. Did you mean `measure`?"
    )


def test_a_gitbook_has_its_cover_its_readme_and_its_plain_title(tmp_path):
    files = {
        "README.md": "# *试* [书](x.md)\n\n文。\n",
        "SUMMARY.md": "* [甲](a.md)\n* [乙](b.md)\n* [外](https://example.org)\n* [甲](a.md)\n",
        "a.md": "",
        "cover.jpg": PNG,
        ".bookignore": "other.md\n",
        "other.md": "文。\n",
        "more.md": "文。\n",
    }
    manuscript, findings = read(write(tmp_path / "试", files))
    assert rows(manuscript) == [("book/README.md", "试 书", "preface", 0), ("book/a.md", "甲", None, 0)]
    (edition,) = manuscript.settings.editions
    assert (edition.metadata.title, edition.cover, edition.metadata.slug) == ("试 书", "cover.jpg", "book")
    assert [finding.partition(" ")[0] + finding.partition(": ")[2][:28] for finding in findings[1:]] == [
        "SUMMARY.md:2:7:warning: There is no chapter",
        "SUMMARY.md:3:7:notice: “https://example.org",
        "SUMMARY.md:4:7:notice: “a.md” is listed twi",
        "more.md:notice: This file is not in ",
    ]


def test_a_plain_folder_is_in_the_order_of_names_in_any_encoding(tmp_path):
    files = {
        "README.md": "文。\n",
        "2 乙.md": "头发和文字。\n".encode("gb18030"),
        "10 丙.md": "# 丙\n\n文。\n",
        "build/manifest.json": "{}",
        "build/SHA256SUMS": "",
        "build/left.md": "旧。\n",
        "空.md": "\n",
    }
    manuscript, findings = read(write(tmp_path / "plain", files))
    assert rows(manuscript) == [
        ("book/README.md", "plain", "preface", 0),
        ("book/2 乙.md", "", None, 0),
        ("book/10 丙.md", "", None, 0),
    ]
    assert findings[1] == ".: notice: 1 file in GB 18030, read as such."


def test_one_markdown_file_brings_the_pictures_that_it_shows(tmp_path):
    files = {
        "a.md": "# 一\n\n![图](p/x.png)\n\n# 二\n\n文。\n",
        "p/x.png": PNG,
        "y.png": PNG,
        "b.md": "文。\n",
    }
    manuscript, findings = read(write(tmp_path, files) / "a.md")
    assert [(source.path, source.is_parted) for source in manuscript.sources] == [("book/a.md", True)]
    assert list(manuscript.assets) == ["p/x.png"]
    assert manuscript.settings.editions[0].metadata.title == "a"
    assert findings == [
        "a.md: notice: This is built as it is: one file, with the title “a”. `keben import` makes a project of it, where more "
        "can be set."
    ]


def test_one_plain_text_is_parted_by_its_headings_and_keeps_its_lines(tmp_path):
    text = "《试》\n作者：某人\n\n第一章 起\n　　一。\n　　*二*，长得多的一行。\n第二章 落\n　　三，也不短的一行。\n"
    manuscript, _ = read(write(tmp_path, {"n.txt": text.encode("gb18030")}) / "n.txt")
    sources = manuscript.sources
    assert [source.text for source in sources[1:]] == [
        "# 第一章 起\n\n一。\n\n\\*二\\*，长得多的一行。\n",
        "# 第二章 落\n\n三，也不短的一行。\n",
    ]
    assert [[span.line for span in source.spans] for source in sources[1:]] == [[4, 5, 6], [7, 8]]
    metadata = manuscript.settings.editions[0].metadata
    assert (metadata.title, metadata.authors[0].name) == ("试", "某人")


@pytest.mark.parametrize("files", [{"SUMMARY.md": "- [甲](a.md)\n"}, {"a.md": "\n"}])
def test_a_folder_without_any_text_is_an_error(tmp_path, files):
    with pytest.raises(SourceError, match="There is no Markdown file in it"):
        load(write(tmp_path / "x", files), {})


@pytest.mark.parametrize(
    ("files", "kind", "wanted"),
    [
        (
            {
                "config.ini": "[project]\ntitle = 试\nauthor = 甲\n",
                "index.md": "试\n==\n\n```toc\n:maxdepth: 2\n\nb/index\na\n```\n",
                "a.md": "# 甲\n\n文。\n",
                "b/index.md": "# 乙\n\n文。\n\n```toc\n:maxdepth: 2\n\nc\n```\n",
                "b/c.md": "## 丙\n\n文。\n",
            },
            "d2lbook",
            [("book/b/index.md", 0), ("book/b/c.md", 1), ("book/a.md", 0)],
        ),
        (
            {
                "_toc.yml": "root: intro\nparts:\n- caption: 部\n  chapters:\n  - file: b\n    sections:\n    - file: a\n",
                "_config.yml": "title: 试\n",
                "intro.md": "# 言\n\n文。\n",
                "a.md": "# 甲\n\n文。\n",
                "b.md": "文。\n",
            },
            "Jupyter Book",
            [("book/intro.md", 0), ("book/_toc.yml#0-部", 0), ("book/b.md", 0), ("book/a.md", 1)],
        ),
        (
            {
                "_bookdown.yml": "rmd_files: [index.Rmd, b.Rmd, a.Rmd]\n",
                "index.Rmd": "---\ntitle: 试\nauthor: 甲\n---\n\n# 言\n\n文。\n",
                "a.Rmd": "# 甲\n\n文。\n",
                "b.Rmd": "# 乙\n\n文。\n",
            },
            "bookdown",
            [("book/index.Rmd", 0), ("book/b.Rmd", 0), ("book/a.Rmd", 0)],
        ),
        (
            {
                "LANGS.md": "* [English](en)\n* [中文](zh-hans/)\n",
                "book.json": '{"title": "试"}',
                "en/SUMMARY.md": "* [A](a.md)\n",
                "en/a.md": "# A\n\nText.\n",
                "zh-hans/SUMMARY.md": "* [甲](a.md)\n",
                "zh-hans/a.md": "# 甲\n\n文。\n",
            },
            "GitBook",
            [("book/zh-hans/a.md", 0)],
        ),
        (
            {
                "loppo.yml": "dir: docs\nsite: 试\n",
                "chapters.yml": "- b.md: 乙\n- c/: 部\n- a.md: 甲\n",
                "docs/a.md": "# 甲\n\n文。\n",
                "docs/b.md": "文。\n",
            },
            "Loppo",
            [("book/docs/b.md", 0), ("book/docs/a.md", 0)],
        ),
        (
            {
                "mkdocs.yml": "site_name: 试\nnav:\n  - 部:\n    - 乙: b.md\n  - a.md\n",
                "docs/a.md": "# 甲\n\n文。\n",
                "docs/b.md": "文。\n",
            },
            "MkDocs",
            [("book/mkdocs.yml#0-部", 0), ("book/docs/b.md", 0), ("book/docs/a.md", 0)],
        ),
    ],
)
def test_each_tool_lists_its_chapters_in_its_own_way(tmp_path, files, kind, wanted):
    manuscript, findings = read(write(tmp_path / "x", files))
    assert [(source.path, source.depth) for source in manuscript.sources] == wanted
    assert f"a book of {kind} (" in findings[0]
    assert manuscript.settings.editions[0].metadata.title == "试"
    assert "toc" not in "".join(source.text for source in manuscript.sources)


def test_lines_behind_code_whose_picture_has_no_room_are_those_of_the_file(tmp_path):
    """Code without options for Quarto is shown with its picture: two lines more than the file has."""
    (tmp_path / "_quarto.yml").write_text(
        "project:\n  type: book\nbook:\n  title: 试\n  chapters: [index.qmd]\n"
    )
    code = '```{r fig-a, fig.cap="一个图"}\nplot(1)\n```\n\n'
    optional = '```{r}\n#| fig-cap: "又一图"\nplot(2)\n```\n\n'
    text = f'# 甲\n\n{code}写"甲"。\n\n{optional}写"乙"。\n\n{{{{< include a.qmd >}}}}\n\n写"丙"。\n'
    (tmp_path / "index.qmd").write_text(text)
    (tmp_path / "a.qmd").write_text("一。\n\n二。\n")
    manuscript, _ = load(tmp_path, {})
    _, findings = parse(manuscript)
    (found,) = [
        origins_of(manuscript).findings([each])[0] for each in findings if "quotation mark" in each.message
    ]
    rows = [at for at, line in enumerate(text.split("\n"), 1) if '"' in line and "写" in line]
    assert (found.place.path, found.place.line) == ("index.qmd", rows[0])
    assert f"at {rows[0]}:4, {rows[1]}:2, {rows[1]}:4, {rows[2]}:2, …" in found.message
