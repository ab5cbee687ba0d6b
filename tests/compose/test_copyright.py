"""compose at its door: the copyright page by region, and the order of a book's parts."""

from dataclasses import replace

import pytest
from manuscripts import ASSETS
from samples import sample_edition
from themes import THEME

from keben.compose import compose
from keben.core.book import Book, Chapter, Manuscript
from keben.core.edition import Settings
from keben.core.isbn import Isbns
from keben.core.markup import parse, text_of, walk
from keben.core.publication import CipData, EditionRecord
from keben.core.variants import plain

RECORD = EditionRecord(
    is_given=True,
    editors=("张三", "李四"),
    issuer="陈五",
    place="北京",
    address="某街1号",
    printer="某印厂",
    printing=3,
    printed="2026-09",
    price="38",
    copies="5000",
)


def chapter(name, kind="chapter", title=None, **fields):
    body = parse("<p>字。</p>")
    shown = (name,) if title is None else (title,) if title else ()
    return Chapter(name, f"book/chapters/{name}.md", kind, shown, (body,), **fields)


def composed(edition, *chapters, **settings):
    manuscript = Manuscript(Settings((), (), **settings), (), ASSETS, 1767225600)
    composition, findings = compose(Book(chapters or (chapter("a"),)), manuscript, THEME, edition)
    assert [str(finding) for finding in findings] == []
    return composition


def rows(composition):
    """The rows of the page, each as a text; of what is counted later the class."""
    root = next(each.root for each in composition.documents if each.kind == "colophon")
    language = composition.edition.language
    return [
        plain(
            "：".join(
                text_of(part) or part.get("class") for part in node.children if not isinstance(part, str)
            ),
            language,
        )
        for node in walk(root)
        if node.tag == "div" and any(getattr(part, "tag", "") == "dt" for part in node.children)
    ]


def test_the_mainland_s_page():
    edition = replace(sample_edition(), publication=RECORD)
    assert rows(composed(edition)) == [
        "著者：刻本编辑部",
        "责任编辑：张三、李四",
        "出版发行：刻本",
        "地址：某街1号",
        "印刷：某印厂",
        "开本：880毫米×1230毫米　1/32",
        "印张：counted-sheets",
        "字数：counted-words",
        "版次：2026年1月第1版",
        "印次：2026年9月第3次印刷",
        "印数：5000册",
        "标识：urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11",
        "定价：38.00元",
        "授权：公有领域",
    ]


def test_taiwan_s_page_is_the_last_one():
    edition = replace(sample_edition("zh-Hant-TW"), publication=replace(RECORD, price="380", edition=2))
    composition = composed(edition)
    assert rows(composition)[1:] == [
        "發行人：陈五",
        "責任編輯：张三、李四",
        "出版者：刻本",
        "地址：某街1号",
        "印刷：某印厂",
        "開本：148公釐×210公釐",
        "二版三刷：2026年9月",
        "定價：新臺幣380元",
        "識別碼：urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11",
        "授權：公有领域",
    ]
    assert composition.texts[-1].kind == "colophon"


def test_hong_kong_s_page():
    edition = replace(sample_edition("zh-Hant-HK"), publication=replace(RECORD, price="98"))
    composition = composed(edition)
    said = rows(composition)
    assert "版次：2026年1月第一版" in said
    assert "印次：2026年9月第三次印刷" in said
    assert "定價：港幣98元" in said
    assert any(row.startswith("出版人：") for row in said)
    assert composition.texts[1].kind == "colophon"


def test_what_is_given_is_not_counted():
    record = replace(
        RECORD, format="787×1092　1/32", sheets="7.125", words="150000", more=(("法律顾问", "某所"),)
    )
    said = rows(composed(replace(sample_edition(), publication=record)))
    assert {"开本：787×1092　1/32", "印张：7.125", "字数：150千字", "法律顾问：某所"} <= {*said}


def cip(composition):
    root = next(each.root for each in composition.documents if each.kind == "colophon")
    block = next(node for node in walk(root) if "cip" in node.classes)
    return [text_of(part).strip() for part in block.children if not isinstance(part, str)]


def catalogued(number, published="", series="某丛书"):
    data = CipData("", number, ("小说－中国－当代",), "I247.57")
    record = replace(RECORD, cip=data, series=series, published=published, edition=2)
    edition = replace(sample_edition(), publication=record)
    edition = replace(edition, metadata=replace(edition.metadata, isbns=Isbns(print="978-7-302-51147-2")))
    return cip(composed(edition))


def test_cip_data_by_the_standard_of_2023():
    assert catalogued("2026012A45") == [
        "图书在版编目（CIP）数据",
        "头发的书：一本样书 / 刻本编辑部著．—2版．—北京：刻本，2026.1．—（某丛书）．—ISBN 978-7-302-51147-2",
        "Ⅰ．I247.57",
        "中国国家版本馆CIP数据核字第2026012A45号",
    ]


@pytest.mark.parametrize("number", ["2023012345", "（2023）第012345号"])
def test_cip_data_by_the_standard_of_2001(number):
    assert catalogued(number, "2023-11") == [
        "图书在版编目（CIP）数据",
        "头发的书：一本样书 / 刻本编辑部著．—2版．—北京：刻本，2023.11",
        "（某丛书）",
        "ISBN 978-7-302-51147-2",
        "",
        "Ⅰ．①头…　Ⅱ．①刻…　Ⅲ．①小说－中国－当代　Ⅳ．①I247.57",
        "",
        "中国国家版本馆CIP数据核字（2023）第012345号",
    ]


def test_the_date_tells_the_form_of_cip_data_without_a_number():
    assert catalogued("", "2024-05", "")[2:] == ["Ⅰ．I247.57"]
    assert "Ⅳ．①I247.57" in catalogued("", "2020-05", "")[-1]


def test_cip_data_as_they_were_issued():
    edition = replace(sample_edition(), publication=replace(RECORD, cip=CipData("甲 / 乙著\n\nISBN 1")))
    assert cip(composed(edition)) == ["图书在版编目（CIP）数据", "甲 / 乙著", "", "ISBN 1"]


def kinds(composition):
    return [each.kind for each in composition.texts]


def test_usual_is_title_page_copyright_page_dedication_contents():
    chapters = chapter("a"), chapter("p", "preface"), chapter("d", "dedication", "")
    composition = composed(sample_edition(), *chapters)
    assert kinds(composition) == ["titlepage", "colophon", "dedication", "contents", "chapter", "preface"]


def test_a_frontispiece_faces_the_title_page_behind_a_half_title():
    composition = composed(sample_edition(), chapter("a"), chapter("f", "frontispiece", ""))
    assert kinds(composition) == [
        "half-title",
        "frontispiece",
        "titlepage",
        "colophon",
        "contents",
        "chapter",
    ]


def test_an_order_says_where_everything_stands():
    order = ("half-title", "titlepage", "preface", "contents", "text", "colophon")
    edition = replace(sample_edition(), order=order)
    chapters = chapter("a"), chapter("w", "afterword"), chapter("p", "preface")
    composition = composed(edition, *chapters)
    assert kinds(composition) == [
        "half-title",
        "titlepage",
        "preface",
        "contents",
        "chapter",
        "afterword",
        "colophon",
    ]
    contents = next(each.root for each in composition.documents if each.kind == "contents")
    assert [node.get("href") for node in walk(contents) if node.tag == "a"] == ["#p", "#a", "#w"]


def test_pages_without_a_title_are_in_no_contents():
    chapters = chapter("d", "dedication", ""), chapter("a")
    composition = composed(sample_edition(), *chapters)
    document = next(each for each in composition.documents if each.kind == "dedication")
    assert document.title == "献词"
    assert document.root.get("aria-label") == "献词"
    assert not any(node.tag == "h1" for node in walk(document.root))
    contents = next(each.root for each in composition.documents if each.kind == "contents")
    assert [node.get("href") for node in walk(contents) if node.tag == "a"] == ["#a"]


@pytest.mark.parametrize(
    ("in_parts", "label"), [("through", "第二章"), ("restart", "第一章"), ("anew", "第一章")]
)
def test_chapters_are_counted_through_parts_or_from_1(in_parts, label):
    chapters = chapter("p", "part"), chapter("a"), chapter("q", "part"), chapter("b")
    composition = composed(sample_edition(), *chapters, numbering_in_parts=in_parts)
    assert [each.title for each in composition.documents if each.kind == "chapter"] == [
        "第一章　a",
        f"{label}　b",
    ]


def test_figures_of_parts_that_count_alike_have_the_parts_number():
    figures = parse(
        '<div><figure class="figure"><img src="images/dot.png" alt="点"/><figcaption>点</figcaption></figure></div>'
    )
    bodies = [
        Chapter(
            name, f"book/chapters/{name}.md", kind, (name,), figures.children if kind == "chapter" else ()
        )
        for name, kind in (("o", "chapter"), ("p", "part"), ("a", "chapter"), ("q", "part"), ("b", "chapter"))
    ]
    for in_parts, numbers in (
        ("restart", ["图1-1", "图1-1-1", "图2-1-1"]),
        ("through", ["图1-1", "图2-1", "图3-1"]),
    ):
        composition = composed(sample_edition(), *bodies, numbering_in_parts=in_parts)
        roots = [each.root for each in composition.documents if each.kind == "chapter"]
        assert [text_of(node) for root in roots for node in walk(root) if "number" in node.classes] == numbers


def test_running_heads_have_the_short_title():
    composition = composed(sample_edition(), chapter("a", title="很长的题目", short="短题"), chapter("b"))
    assert [each.running for each in composition.documents if each.kind == "chapter"] == ["第一章　短题", ""]


@pytest.mark.parametrize("note", ["修订本", "（修订本）"])
@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW"])
def test_a_note_to_an_edition_stands_in_parentheses(note, language):
    edition = replace(sample_edition(language), publication=replace(RECORD, note=note))
    found = [row for row in rows(composed(edition)) if "修订本" in row]
    assert len(found) == 1
    assert found[0].endswith("（修订本）")


@pytest.mark.parametrize(
    ("language", "said", "row"),
    [
        ("zh-Hans-CN", {"printing": 1}, "印次：2026年1月第1次印刷"),
        ("zh-Hans-CN", {"printed": "2026-09"}, "印次：2026年9月第1次印刷"),
        ("zh-Hans-CN", {"copies": "3000"}, "印次：2026年1月第1次印刷"),
        ("zh-Hant-TW", {"printing": 1}, "初版一刷：2026年1月"),
        ("zh-Hant-TW", {"edition": 2}, "二版：2026年1月"),
        ("zh-Hant-TW", {}, "初版：2026年1月"),
    ],
)
def test_a_printing_is_named_where_the_book_says_something_of_it(language, said, row):
    edition = replace(sample_edition(language), publication=EditionRecord(is_given=True, **said))
    assert row in rows(composed(edition))


@pytest.mark.parametrize("said", [{}, {"edition": 2}, {"price": "38"}])
def test_a_printing_of_which_nothing_is_said_is_not_named(said):
    edition = replace(sample_edition(), publication=EditionRecord(is_given=True, **said))
    assert not [row for row in rows(composed(edition)) if row.startswith("印次")]
