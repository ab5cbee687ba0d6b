import re
import tomllib
from pathlib import Path

import pytest
from commands import run
from docxes import p, write_docx
from hypothesis import given
from hypothesis import strategies as st

from keben.core.markup import text_of
from keben.markdown import parse
from keben.project import load
from keben.project.importers import import_book
from keben.project.importers.decoding import decode
from keben.project.importers.headings import headings_in
from keben.project.importers.markup import escape
from keben.project.importers.novel import read_novel

NOVEL = """《起风》
作者：余某

第一章 起风
　　起风的那天，他没有出门。
　　“今天不走了？”她问。
　　第二章里写过这件事，他说。

第二章 下雨
　　雨下了三天。
***
　　到第四天，*号*和_下划线_还有 <角色>、{甲|乙}、$5 都在。
　　1. 第一条
后记
　　写完了。
"""
HANT = "第一章 起風\n　　起風的那天，他沒有出門，也不說話，雨下了三天。\n第二章 下雨\n　　雨下了三天，他還是沒有來。\n"


def titles(text):
    return [chapter.title for chapter in read_novel(text, "名").chapters]


def paragraphs(text):
    return [block.text for chapter in read_novel(text, "名").chapters for block in chapter.blocks]


@pytest.mark.parametrize(
    ("codec", "reported"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gb18030", "GB 18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_any_encoding_and_with_any_ends_of_lines(codec, reported, end):
    decoded = decode(NOVEL.replace("\n", end).encode(codec))
    assert (decoded.text, decoded.encoding, decoded.lost) == (NOVEL, reported, ())


@pytest.mark.parametrize(
    ("codec", "reported"),
    [("big5", "Big5"), ("gb18030", "GB 18030"), ("utf-8", "UTF-8"), ("utf-16", "UTF-16")],
)
def test_traditional_text_is_told_from_simplified_bytes(codec, reported):
    decoded = decode(HANT.encode(codec))
    assert (decoded.text, decoded.encoding) == (HANT, reported)


def test_damaged_bytes_are_counted_by_line_and_bytes_of_no_text_are_refused(tmp_path):
    data = (NOVEL * 20).encode("gb18030")
    decoded = decode(data[:40] + b"\xff" + data[40:])
    assert decoded.encoding == "GB 18030"
    assert decoded.lost == (5,)
    (tmp_path / "a.txt").write_bytes(bytes(range(128, 256)) * 9)
    result = run("import", tmp_path / "a.txt", tmp_path / "a")
    assert result.exit_code == 1
    assert "a.txt: It is not UTF-8, UTF-16, GB 18030 or Big5. Save it as UTF-8." in result.output
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    "line",
    "第一章,第1章 起风,第一百二十三回　风起,第 12 章：起风,第三章　他来了吗？,Chapter 3,CHAPTER IV The Rain,楔子,序,番外一 起风,番外：起风,后记,尾声,第十二话 起风,【序】".split(
        ","
    ),
)
def test_a_heading_is_known_by_its_form(line):
    assert [each.text for each in headings_in([line, "　　文。"])[0]] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "第二章里写过这件事，他说。",
        "第一次见到他，",
        "序幕拉开了。",
        "第三章" + "很长" * 20,
        "后记得写，",
        "一个人",
        "2020",
        "番外的事，不说了。",
    ],
)
def test_a_sentence_is_no_heading(line):
    assert headings_in(["　　文。", line, "　　文。"]) == ((), frozenset())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1\n文。\n2\n文。\n3\n文。\n", ["1", "2", "3"]),
        ("一、起风\n文。\n二、下雨\n文。\n三、天晴\n文。\n", ["一、起风", "二、下雨", "三、天晴"]),
        ("1\n文。\n7\n文。\n", ["名"]),
        ("第一卷 上\n第一章 甲\n文。\n第二章 乙\n文。\n", ["第一卷 上", "第一章 甲", "第二章 乙"]),
        ("第一卷 上\n文。\n第二卷 下\n文。\n", ["第一卷 上", "第二卷 下"]),
        ("第一节 甲\n文。\n第二节 乙\n文。\n", ["第一节 甲", "第二节 乙"]),
        ("第一章 甲\n第一节 子\n文。\n第二节 丑\n文。\n", ["第一章 甲"]),
        ("目录\n第一章 甲\n第二章 乙\n\n第一章 甲\n文。\n第二章 乙\n文。\n", ["第一章 甲", "第二章 乙"]),
        ("只有一段。\n", ["名"]),
    ],
)
def test_chapters_are_found(text, found):
    assert titles(text) == found


def test_parts_sections_and_matter_have_their_kinds():
    text = "书名：甲\n第一卷 上\n楔子\n文。\n第一章 甲\n第一节 子\n文。\n番外 乙\n文。\n后记\n文。\n"
    novel = read_novel(text, "名")
    assert [(each.title, each.rank) for each in novel.chapters] == [
        ("第一卷 上", "part"),
        ("楔子", "preface"),
        ("第一章 甲", "chapter"),
        ("番外 乙", "appendix"),
        ("后记", "afterword"),
    ]
    assert [(block.kind, block.text) for block in novel.chapters[2].blocks] == [
        ("heading", "第一节 子"),
        ("paragraph", "文。"),
    ]
    assert novel.title == "甲"


LONG = "这一行正好有二十个字，写到行末就换行了，"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("　　甲。\n　　乙。\n", ["甲。", "乙。"]),
        ("甲。\n\n乙。\n", ["甲。", "乙。"]),
        (f"{LONG}\n{LONG}\n{LONG}\n完。\n\n{LONG}\n完。\n", [f"{LONG * 3}完。", f"{LONG}完。"]),
        (f"　　{LONG}\n{LONG}\n{LONG}\n完。\n　　{LONG}\n完。\n", [f"{LONG * 3}完。", f"{LONG}完。"]),
        ("\t甲\u00a0。\n    乙。\n", ["甲\u00a0。", "乙。"]),
        ("甲。\n※※※\n乙。\n——————\n丙。\n……\n", ["甲。", "", "乙。", "", "丙。", "……"]),
    ],
)
def test_paragraphs_are_found(text, found):
    assert paragraphs(text) == found


def test_an_address_that_comes_again_and_again_is_left_out_and_reported():
    noise = "更多好书请访问 www.example.com"
    novel = read_novel(
        f"第一章 甲\n文。\n{noise}\n第二章 乙\n{noise}\n文。\n{noise}\n见 www.example.org\n", "名"
    )
    assert [block.text for each in novel.chapters for block in each.blocks] == [
        "文。",
        "文。",
        "见 www.example.org",
    ]
    assert f"Left out, 3 times: “{noise}”." in novel.remarks


def test_what_stands_before_the_first_chapter_is_used_or_kept():
    novel = read_novel(
        "《起风》（全本）\n作者：余某、李某\n内容简介：写风。\n献给她。\n\n写在前面的话。\n第一章 甲\n文。\n",
        "名",
    )
    assert (novel.title, novel.authors, novel.description) == ("起风", ("余某", "李某"), "写风。")
    found = [(each.title, each.rank, [block.text for block in each.blocks]) for each in novel.chapters[:2]]
    assert found == [("献给她。", "dedication", ["献给她。"]), ("卷首", "preface", ["写在前面的话。"])]


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Co", "Cn"]), min_size=1)
)
def test_text_is_escaped_as_what_it_is(text):
    text = " ".join(text.split())
    from manuscripts import manuscript

    book, findings = parse(manuscript(f"# 甲\n\n首。\n\n甲{escape(text)}\n\n{escape('1. ' + text)}\n"))
    (chapter,) = book.chapters
    assert "".join(map(text_of, chapter.body)).split() == f"首。甲{text}1. {text}".split() or findings


@pytest.mark.parametrize(
    ("front", "authors", "blocks"),
    [
        ("《渡口》\n林小河 著\n", ("林小河",), []),
        ("渡口\n\n林小河著\n\n献给她。\n", ("林小河",), ["献给她。"]),
        ("《渡口》\n作者：余某\n林小河 著\n", ("余某",), ["林小河 著"]),
        ("《渡口》\n\n献给她。\n\n林小河 著\n", (), ["献给她。", "林小河 著"]),
    ],
)
def test_a_name_on_the_line_below_the_title_is_the_author(front, authors, blocks):
    novel = read_novel(f"{front}第一章 甲\n文。\n第二章 乙\n文。\n", "名")
    found = [block.text for chapter in novel.chapters[:-2] for block in chapter.blocks]
    assert (novel.title, novel.authors, found) == ("渡口", authors, blocks)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("《起风》余某", ("余某",)),
        ("《起风》 余某 著", ("余某",)),
        ("《起风》作者：余某", ("余某",)),
        ("《起风》（全本）", ()),
        ("《起风》by Yu", ("Yu",)),
    ],
)
def test_a_name_behind_the_title_is_the_author(line, authors):
    novel = read_novel(f"{line}\n第一章 甲\n文。\n", "名")
    assert (novel.title, novel.authors, len(novel.chapters)) == ("起风", authors, 1)


def test_an_import_builds_and_is_safe_to_repeat(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "起风.txt").write_bytes(NOVEL.encode("gb18030"))
    checked = run("import", "起风.txt", "--check")
    assert checked.exit_code == 0
    assert not (tmp_path / "起风").exists()
    result = run("import", "起风.txt")
    assert (
        result.output == checked.output + "4 files written, in 起风/book. Build it with: keben build 起风\n"
    )
    assert result.output.splitlines()[:6] == [
        "起风: 3 chapters",
        "  第一章 起风",
        "  第二章 下雨",
        "  后记",
        "Its encoding is GB 18030.",
        "It is in Simplified Chinese (13 characters are only in GB 2312, 0 only in Big5): `language` in book/book.toml is zh-Hans.",
    ]
    settings = tomllib.loads((tmp_path / "起风/book/book.toml").read_text("utf-8"))
    assert settings["book"]["authors"] == ["余某"]
    before = {path: path.read_bytes() for path in (tmp_path / "起风").rglob("*") if path.is_file()}
    assert run("import", "起风.txt").output.endswith(
        "0 files written, 4 there already, in 起风/book. Build it with: keben build 起风\n"
    )
    (tmp_path / "起风/book/chapters/02.md").write_text("# 改过\n\n文。\n", "utf-8")
    refused = run("import", "起风.txt")
    assert refused.exit_code == 2
    assert "起风/book/chapters/02.md: This file is there, and says something else." in refused.output
    assert (tmp_path / "起风/book/chapters/02.md").read_text("utf-8") == "# 改过\n\n文。\n"
    assert len(before) == 5
    assert before[tmp_path / "起风/.gitignore"] == b"/build/\n/.keben/\n"
    assert run("build", "起风", "-f", "epub").exit_code == 0


def test_every_letter_of_the_text_is_in_the_book(tmp_path):
    (tmp_path / "a.txt").write_text(NOVEL, "utf-8")
    draft = import_book(tmp_path / "a.txt")
    for path, data in draft.files.items():
        (tmp_path / "a" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "a" / path).write_bytes(data)
    manuscript, found = load(tmp_path / "a", {})
    book, also = parse(manuscript)
    assert not found
    assert [finding.code for finding in also] == []
    said = "".join(text_of(node) for chapter in book.chapters for node in (*chapter.title, *chapter.body))
    wanted = re.sub(r"《起风》|作者：余某|\*\*\*", "", NOVEL)
    assert "".join(said.split()) == "".join(wanted.split())


@pytest.mark.parametrize("name", ["none.txt", "a.doc"])
def test_what_cannot_be_imported_is_refused(name, tmp_path):
    (tmp_path / "a.doc").write_bytes(b"PK")
    result = run("import", tmp_path / name)
    assert result.exit_code == 2
    assert result.output.startswith("error: ") or "import" in result.output or "nothing here" in result.output


def test_an_empty_text_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("\n\n", "utf-8")
    result = run("import", tmp_path / "a.txt", tmp_path / "a")
    assert result.exit_code == 1
    assert "There is no text in it." in result.output


def test_a_folder_without_markdown_is_refused(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK")
    result = run("import", tmp_path, tmp_path / "x")
    assert result.exit_code == 1
    assert "There is no Markdown file in it." in result.output


def test_a_folder_is_imported_builds_and_is_safe_to_repeat(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "mine"
    for name, text in {
        "book.toml": '[book]\ntitle = "试"\nauthors = ["甲"]\n',
        "src/SUMMARY.md": "# 目录\n\n[前言](pre.md)\n\n# 第一部\n\n- [甲](a.md)\n  - [乙](b.md)\n",
        "src/pre.md": "先说几句。\n",
        "src/a.md": "# 甲\n\n见[乙](b.md#二)，又见[无](none.md)。\n\n#### 深\n\n文。\n",
        "src/b.md": "## 乙\n\n文。\n\n### 二\n\n文。\n",
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    checked = run("import", "mine", "--check")
    assert not (tmp_path / "mine-keben").exists()
    made = run("import", "mine")
    assert made.output == checked.output + (
        "4 files written, in mine-keben/book. Build it with: keben build mine-keben\n"
    )
    assert run("import", "mine").output.endswith(
        "0 files written, 4 there already, in mine-keben/book. Build it with: keben build mine-keben\n"
    )
    built = run("build", "mine-keben", "-f", "epub")
    assert built.exit_code == 0
    assert "warning" not in built.output


@pytest.mark.parametrize("folder", ["mine", "mine/sub", "."])
def test_a_project_is_not_written_into_what_is_imported(tmp_path, monkeypatch, folder):
    source = tmp_path / "mine"
    source.mkdir()
    (source / "a.md").write_text("# 甲\n\n文。\n", "utf-8")
    monkeypatch.chdir(source if folder == "." else tmp_path)
    result = run("import", source, folder)
    assert result.exit_code == 2
    assert "inside of what is imported" in result.output
    assert [path.name for path in source.iterdir()] == ["a.md"]


@pytest.mark.parametrize(("heading", "title"), [("前言", "a-book"), ("序", "a-book"), ("起风", "起风")])
def test_a_heading_of_the_front_matter_is_no_title_of_a_book(heading, title, tmp_path):
    folder = tmp_path / "a-book"
    folder.mkdir()
    (folder / "SUMMARY.md").write_text("[前](README.md)\n\n- [甲](a.md)\n", "utf-8")
    (folder / "README.md").write_text(f"# {heading}\n\n文。\n", "utf-8")
    (folder / "a.md").write_text("# 甲\n\n文。\n", "utf-8")
    assert import_book(folder).title == title


def test_a_word_document_is_imported_and_builds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    notes = '<w:footnote w:id="2">' + p("注文") + "</w:footnote>"
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = p("书名", "t") + p("第一章 起风", "1") + p("正文*不是强调*", inner=call) + p("节", "2") + p("完。")
    write_docx(tmp_path / "a.docx", body, parts={"footnotes": notes})
    result = run("import", "a.docx", "out", "--check", "--fetch")
    assert result.exit_code == 0
    assert "Checked: all of its text" in result.output
    assert not (tmp_path / "out").exists()
    assert run("import", "a.docx", "out", "--fetch").exit_code == 0
    assert run("import", "a.docx", "out").exit_code == 0
    result = run("build", "out", "-f", "epub")
    assert (result.exit_code, "warning" in result.output) == (0, False)


def test_a_damaged_word_document_is_refused(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK")
    result = run("import", tmp_path / "a.docx", tmp_path / "out")
    assert result.exit_code == 1
    assert "It is damaged" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--write",), "--write: It says how a corrected .docx is taken back into its project."),
        (("-e", "zh-Hans"), "--edition: It says how a corrected .docx is taken back into its project."),
        (("a.md",), "a.md: This is a file. Name a new folder."),
    ],
)
def test_arguments_that_do_not_fit_are_refused_before_anything_is_read(
    tmp_path, monkeypatch, arguments, message
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# 甲\n\n文。\n", encoding="utf-8")
    result = run("import", "a.md", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_gitignore_that_is_there_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("第一章 甲\n\n　　文。\n", "utf-8")
    Path("b").mkdir()
    Path("b/.gitignore").write_text("mine\n", "utf-8")
    assert run("import", "a.txt", "b").exit_code == 0
    assert Path("b/.gitignore").read_text("utf-8") == "mine\n"


def test_a_folder_with_a_space_is_quoted_in_the_command_that_builds_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("第一章 甲\n\n　　文。\n", "utf-8")
    assert run("import", "a.txt", "新 书").output.endswith(
        'in 新 书/book. Build it with: keben build "新 书"\n'
    )
