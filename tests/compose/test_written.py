"""Numbers that titles are written with, at compose's door."""

import io
import zipfile

import pytest
from manuscripts import manuscript
from pdfs import Pdf
from projects import change, write_project
from samples import sample_edition
from themes import THEME, nodes

from keben.build.editions import prepare, read_project
from keben.build.request import Request, plan
from keben.check import check_source
from keben.compose import compose
from keben.compose.written import written_number
from keben.core.book import Book, Chapter, Manuscript
from keben.core.edition import Settings
from keben.core.markup import text_of, walk
from keben.formats import make
from keben.markdown import parse


def headings(*titles, numbering="auto", **fields):
    """Label and title of each chapter, as the page, the contents and the running heads have them."""
    chapters = tuple(
        Chapter(
            f"c{index}",
            f"book/chapters/c{index}.md",
            fields.get("kinds", {}).get(index, "chapter"),
            nodes(title),
            nodes("<p>x</p>"),
            label=fields.get("labels", {}).get(index),
        )
        for index, title in enumerate(titles)
    )
    manuscript = Manuscript(Settings((), (), numbering=numbering), (), {}, 1767225600)
    composition, findings = compose(Book(chapters), manuscript, THEME, sample_edition())
    assert findings == ()
    documents = {document.name: document for document in composition.documents}
    on_pages, reported = [], []
    for chapter in chapters:
        section = documents[chapter.name].root
        heading = next(node for node in walk(section) if node.tag == "h1")
        parts = {next(iter(node.classes)): text_of(node) for node in walk(heading) if node.classes}
        on_pages.append((parts.get("label", ""), parts["title"]))
        reported.append((section.get("data-title"), documents[chapter.name].title))
    entries = [node for node in walk(documents["contents"].root) if node.tag == "li"]
    in_contents = [
        tuple(
            next((text_of(node) for node in walk(entry) if name in node.classes), "")
            for name in ("label", "title")
        )
        for entry in entries
    ]
    assert in_contents == on_pages
    whole = [f"{label}\u3000{title}" if label else title for label, title in on_pages]
    assert reported == [(one, one) for one in whole]
    return on_pages


@pytest.mark.parametrize(
    ("title", "label", "number"),
    [
        ("第三回　甲", "第三回", "3"),
        ("第三章 安装", "第三章", "3"),
        ("第三章安装", "第三章", "3"),
        ("第三章：归来", "第三章", "3"),
        ("第一部《大地》", "第一部", "1"),
        ("第 3 章 归来", "第 3 章", "3"),
        ("第１２章 归来", "第１２章", "12"),
        ("第〇章 起", "第〇章", "0"),
        ("第零回 起", "第零回", "0"),
        ("第一百〇八回 聚义", "第一百〇八回", "108"),
        ("第兩百章 歸來", "第兩百章", "200"),
        ("第廿三節 歸", "第廿三節", "23"),
        ("第貳拾章 歸", "第貳拾章", "20"),
        ("第十二节", "第十二节", "12"),
        ("第三部分 概述", "第三部分", "3"),
        ("第一卷 第三章 归来", "第一卷 第三章", "3"),
        ("【第一章】归来", "【第一章】", "1"),
        ("卷一 风", "卷一", "1"),
        ("卷之三　雨", "卷之三", "3"),
        ("上卷 天", "上卷", ""),
        ("之一 归来", "之一", "1"),
        ("附录A 词表", "附录A", "A"),
        ("附錄一：詞表", "附錄一", "1"),
        ("Chapter 3 The Return", "Chapter 3", "3"),
        ("Part IV. War", "Part IV", "4"),
        ("Chapter Three", "Chapter Three", "3"),
        ("Appendix B", "Appendix B", "B"),
        ("1.2 安装", "1.2", "1.2"),
        ("１．２　安装", "１．２", "1.2"),
        ("01 归来", "01", "1"),
        ("第　三　章　归来", "第　三　章", "3"),
        ("一、归来", "一", "1"),
        ("1. 出发", "1", "1"),
        ("１．出发", "１", "1"),
        ("第三章——归来", "第三章", "3"),
        ("第三章 · 归来", "第三章", "3"),
        ("第3章 | 归来", "第3章", "3"),
        ("第一卷·第三章：归来", "第一卷·第三章", "3"),
        ("Chapter 3: The Return", "Chapter 3", "3"),
        ("附录：年表", "附录", ""),
        ("（二）归来", "", "2"),
        ("第1-2章 归来", "第1-2章", "2"),
        ("第三、四章 归来", "第三、四章", "4"),
        ("第1～2回", "第1～2回", "2"),
        ("第一至三回 归来", "第一至三回", "3"),
        ("第一章至第三章 归来", "第一章至第三章", "1"),
        ("第3.5章 归来", "第3.5章", "3.5"),
        ("第12—13节：归来", "第12—13节", "13"),
        ("卷一～二 风", "卷一～二", "2"),
        ("第一章（上） 归来", "第一章（上）", "1"),
        ("第2章下 归来", "第2章下", "2"),
        ("第三章之二 归来", "第三章之二", "3"),
        ("第三章-1 归来", "第三章-1", "3"),
        ("附录1-2 年表", "附录1-2", "2"),
        ("附录A-1 年表", "附录A-1", "A-1"),
        ("Chapters 3 and 4: The Return", "Chapters 3 and 4", "4"),
        ("CHAPTER 3-4 The Return", "CHAPTER 3-4", "4"),
        ("Ch. 3 The Return", "Ch. 3", "3"),
        ("番外一 归来", "番外一", ""),
        ("番外二：归来", "番外二", ""),
        ("番外·归来", "番外", ""),
        ("楔子 归来", "楔子", ""),
        ("序章：归来", "序章", ""),
        ("Prologue: The Return", "Prologue", ""),
    ],
)
def test_a_title_says_its_number_itself(title, label, number):
    found = written_number(title)
    assert (found.label, found.number) == (label, number)


@pytest.mark.parametrize(
    "title",
    "第一次见面 第三者 一九八四 三国 三国演义 第三回合 第一回到北京 第二天早上 第一人称 第九交响曲 1984 2001太空漫游 "
    "卷土重来 中部崛起 上海 三、四个人 第一节课 Bookish 归来第三章 3月的雨 24小时 1-2 楔子 番外（一） 番外之夜 序曲 第三".split(),
)
def test_what_only_looks_like_a_number_is_a_title(title):
    assert written_number(title) is None


def test_a_written_number_is_the_label_and_nothing_is_counted_on_top():
    assert headings("楔子", "第一回　甲", "第二回　乙<em>丙</em>", "尾声") == [
        ("", "楔子"),
        ("第一回", "甲"),
        ("第二回", "乙丙"),
        ("", "尾声"),
    ]


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("简介", "第一章 甲", "乙"), [("", "简介"), ("第一章", "甲"), ("第二章", "乙")]),
        (("第一章 甲", "补记", "第二章 乙"), [("第一章", "甲"), ("", "补记"), ("第二章", "乙")]),
        (("简介", "第二章 甲"), [("第一章", "简介"), ("第二章", "甲")]),
    ],
)
def test_no_chapter_is_counted_as_another_one_calls_itself(titles, expected):
    assert headings(*titles) == expected


def test_a_title_that_is_nothing_else_stands_alone():
    assert headings("第一章", "第二章 归来", "<strong>第三章</strong> 出发") == [
        ("", "第一章"),
        ("第二章", "归来"),
        ("", "第三章 出发"),
    ]


@pytest.mark.parametrize(
    ("title", "label", "rest"),
    [
        ("第三章：归来", "第三章", "归来"),
        ("第三章——归来", "第三章", "归来"),
        ("第三章 - 归来", "第三章", "归来"),
        ("第三章、归来", "第三章", "归来"),
        ("第三章：——归来", "第三章", "——归来"),
        ("第三章：<em>归</em>来", "第三章", "归来"),
        ("第三章 -1℃", "第三章", "-1℃"),
        ("第三章 .NET", "第三章", ".NET"),
        ("第三章 ...", "第三章", "..."),
        ("一、归来", "一", "归来"),
        ("1. 归来", "1", "归来"),
        ("01.归来", "01", "归来"),
        ("1.2. 归来", "1.2", "归来"),
        ("第一卷·第三章：归来", "第一卷·第三章", "归来"),
        ("附录A：年表", "附录A", "年表"),
        ("Chapter 3. The Return", "Chapter 3", "The Return"),
        ("第六章《远》", "第六章", "《远》"),
        ("（二）归来", "", "（二）归来"),
        ("第三章：", "", "第三章："),
        ("第1-2章 归来", "第1-2章", "归来"),
        ("第三章上海", "第三章", "上海"),
        ("第三章·一个人", "第三章", "一个人"),
        ("第三章（上）", "", "第三章（上）"),
        ("番外一 归来", "番外一", "归来"),
        ("番外：<em>归</em>来", "番外", "归来"),
        ("番外（一）", "", "番外（一）"),
        ("第十二节", "", "第十二节"),
        ("楔子", "", "楔子"),
        ("3 归来", "3", "归来"),
        ("三　归来", "三", "归来"),
        ("<strong>第三章</strong>：归来", "", "第三章：归来"),
    ],
)
def test_a_mark_behind_the_number_only_separates(title, label, rest):
    assert headings(title) == [(label, rest)]
    written = manuscript(f"# {title.replace('<em>', '*').replace('</em>', '*')}\n\n字\n")
    book, _ = parse(written)
    composition, _ = compose(book, written, THEME, sample_edition())
    assert check_source(book, composition, {}) == ()


def test_chapters_without_a_number_go_on_counting():
    assert headings("第五章 甲", "归来", "引言") == [("第五章", "甲"), ("第六章", "归来"), ("", "引言")]
    assert headings("引言", "归来") == [("第一章", "引言"), ("第二章", "归来")]
    assert headings("卷一 风", "归来", kinds={0: "part"}) == [("卷一", "风"), ("第一章", "归来")]


def test_bare_numbers_count_where_three_follow_one_another():
    assert headings("一", "二", "三 归来") == [("", "一"), ("", "二"), ("三", "归来")]
    assert headings("一、一个人", "二、归来", "三、三国")[::2] == [("一", "一个人"), ("三", "三国")]
    assert headings("一", "二", "四") == [("第一章", "一"), ("第二章", "二"), ("第三章", "四")]


def test_a_small_number_with_a_space_behind_it_counts_by_itself():
    assert headings("3 某", "归来") == [("3", "某"), ("第四章", "归来")]
    assert headings("归来", "2 某") == [("第一章", "归来"), ("2", "某")]
    assert headings("1", "2") == [("", "1"), ("", "2")]
    assert headings("番外 某", "引言") == [("番外", "某"), ("第一章", "引言")]


@pytest.mark.parametrize(
    "title",
    ["1984", "1984 年的夏天", "3月的雨", "3 月的雨", "12 怒汉", "24 小时", "7 天", "3 Men", "一 个人", "7"],
)
def test_a_title_that_only_begins_with_a_number_is_counted(title):
    assert headings(title) == [("第一章", title)]


def test_numbers_that_do_not_rise_or_stand_beside_others_are_titles():
    assert headings("3 某", "2 某") == [("第一章", "3 某"), ("第二章", "2 某")]
    assert headings("第一章 某", "3 某") == [("第一章", "某"), ("第二章", "3 某")]


def test_the_front_matter_wins():
    assert headings("第一回 甲", "第二回 乙", labels={0: "", 1: "专题"}) == [
        ("", "第一回 甲"),
        ("专题", "第二回 乙"),
    ]


def test_numbering_is_a_choice_of_the_book():
    titles = ("第一章 甲", "归来")
    assert headings(*titles, numbering="written") == [("第一章", "甲"), ("", "归来")]
    assert headings(*titles, numbering="none") == [("", "第一章 甲"), ("", "归来")]
    assert headings(*titles, numbering="none", labels={1: "后来"})[1] == ("后来", "归来")


def test_references_and_figures_use_the_written_number():
    figure = '<figure class="figure" id="f"><img src="images/dot.png" alt="图"/><figcaption>题</figcaption></figure>'
    links = "".join(f'<a class="xref" href="#{name}"></a>；' for name in ("a", "b", "f"))
    chapters = (
        Chapter("a", "a.md", "chapter", nodes("第三回　甲"), nodes(figure)),
        Chapter("b", "b.md", "chapter", nodes("第四回"), nodes(f"<p>{links}</p>")),
    )
    manuscript = Manuscript(Settings((), ()), (), {}, 1767225600)
    composition, _ = compose(Book(chapters), manuscript, THEME, sample_edition())
    page = next(document.root for document in composition.documents if document.name == "b")
    paragraph = next(node for node in walk(page) if node.tag == "p")
    assert text_of(paragraph) == "第三回“甲”；第四回；图3-1“题”；"


def test_the_mark_is_printed_nowhere(tmp_path):
    root = write_project(tmp_path)
    change(root, "book/chapters/one.md", "title: 里程", "title: 第三章：里程")
    change(root, "book/chapters/two.md", "title: 后来", "title: 第四章——后来")
    change(
        root,
        "book/book.toml",
        "[editions.zh-Hant-TW]",
        "[editions.tw]\nlanguage = 'zh-Hant-TW'\nwriting = 'vertical'",
    )
    project = read_project(root, {})
    jobs = plan(Request(root, tmp_path / "build"), project.manuscript)
    prepared = prepare(project, jobs)
    assert prepared.findings == ()
    for job in jobs:
        artifact, findings = make(prepared.compositions[job.edition.name], job.format)
        assert findings == ()
        last = {"zh-Hans": "后来", "tw": "後來"}[job.edition.name]
        if job.format == "epub":
            with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
                pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith("html")]
                nav = archive.read("EPUB/nav.xhtml").decode()
                ncx = archive.read("EPUB/toc.ncx").decode()
            for label, title in (("第三章", "里程"), ("第四章", last)):
                assert f'<span class="label">{label}</span> <span class="title">{title}</span></a>' in nav
                assert f"<text>{label} {title}</text>" in ncx
            assert not [page for page in pages if "章：" in page or "——" in page]
        else:
            pdf = Pdf(artifact.data)
            assert {"第三章\u3000里程", f"第四章\u3000{last}"} <= {title for _, title, _ in pdf.outline()}
            text = "".join(pdf.text(page) for page in range(1, pdf.pages + 1)).replace(" ", "")
            assert "章：" not in text
            assert "——" not in text
