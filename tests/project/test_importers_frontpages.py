"""Title pages, dedications and copyright pages of documents."""

import pytest
from docxes import p, write_docx

from keben.project.importers import import_book
from keben.project.importers.frontpages import date_in, dedication_in, lone_name_in, publisher_in

CENTER = '<w:jc w:val="center"/>'
BODY = p("第一章 起风", "1") + p("话。") + p("第二章 落雨", "1") + p("话。")


def imported(tmp_path, *front):
    return import_book(write_docx(tmp_path / "书.docx", "".join(front) + BODY))


def centred(text):
    return p(text, more=CENTER)


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("江南水利文献出版社", "江南水利文献出版社"),
        ("水岸文化事業有限公司", "水岸文化事業有限公司"),
        ("中华书局出版", "中华书局"),
        ("生活·读书·新知三联书店", "生活·读书·新知三联书店"),
        ("时代出版传媒股份有限公司", "时代出版传媒股份有限公司"),
        ("Harbour Press", "Harbour Press"),
        ("出版社", ""),
        ("他在出版社工作。", ""),
        ("沈其昌 著", ""),
    ],
)
def test_a_publisher_is_known_by_what_it_is_called(line, publisher):
    assert publisher_in(line) == publisher


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        ("2024年3月", True),
        ("二〇二四年", True),
        ("民國113年5月", True),
        ("2024.3", True),
        ("2024", False),
        ("12", False),
        ("", False),
        ("三月里", False),
        ("第3章", False),
        ("2024年的春天", False),
    ],
)
def test_a_date_stands_alone_in_its_line(line, is_date):
    assert date_in(line) == (line if is_date else "")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["谨以此书献给我的祖母，", "她在船上生。", "", "话"], range(2)),
        (["甲", "献给安娜"], range(1, 2)),
        (["獻給", "我的母親", "責任編輯：何平"], range(2)),
        (["致我的父亲"], range(1)),
        (["他献给国王一匹马。"], range(0)),
        (["致读者"], range(0)),
        (["献给国王的马" + "很高" * 40], range(0)),
    ],
)
def test_a_dedication_is_known_by_how_it_begins(lines, found):
    assert dedication_in(lines) == found


@pytest.mark.parametrize(
    ("line", "name"), [("苏 白", "苏白"), ("林未遲", "林未遲"), ("全本", ""), ("远方的山", "")]
)
def test_a_name_alone_is_known_by_its_surname(line, name):
    assert lone_name_in(line) == name


def test_what_a_title_page_says_goes_into_the_settings(tmp_path):
    draft = imported(
        tmp_path,
        p("运河三百里", "t"),
        centred("沈其昌"),
        centred("江南水利文献出版社"),
        centred("2024年3月"),
    )
    settings = draft.files["book/book.toml"].decode()
    assert 'authors = ["沈其昌"]\n' in settings
    assert 'publisher = "江南水利文献出版社"\ndate = "2024年3月"\n' in settings
    assert draft.chapters == ("第一章 起风", "第二章 落雨")
    assert (
        "From the title page, now in book/book.toml: “沈其昌”, “江南水利文献出版社”, “2024年3月”."
        in draft.remarks
    )
    assert any(remark.startswith("Checked: all of its text") for remark in draft.remarks)


def test_a_dedication_is_a_chapter_of_its_own(tmp_path):
    draft = imported(
        tmp_path,
        p("运河三百里", "t"),
        centred("谨以此书献给我的祖母，"),
        centred("她在船上生，在船上老。"),
        p("编者按：本书据手稿排印，凡三十万字，分上下两编，各有图版若干，附于书末，以备读者参考与检索之用。"),
        p("完。"),
    )
    assert draft.files["book/chapters/01.md"].decode() == (
        "---\nkind: dedication\n---\n\n谨以此书献给我的祖母，\n\n她在船上生，在船上老。\n"
    )
    assert draft.chapters[1:] == ("卷首", "第一章 起风", "第二章 落雨")
    assert any(remark.startswith("Checked: all of its text") for remark in draft.remarks)


def test_a_heading_says_that_a_page_is_a_dedication(tmp_path):
    draft = imported(tmp_path, p("献词", "1"), p("给安娜"))
    assert draft.files["book/chapters/01.md"].decode() == "---\nkind: dedication\n---\n\n# 献词\n\n给安娜\n"


def test_what_stands_on_a_copyright_page_is_reported(tmp_path):
    draft = imported(
        tmp_path, p("运河三百里", "t"), p("责任编辑：何平"), p("ISBN 978-7-5000-0001-6"), p("定价：58.00元")
    )
    found = [remark for remark in draft.remarks if "copyright page" in remark]
    assert len(found) == 1 and "责任编辑：何平" in found[0] and "[book.imprint]" in found[0]
    assert "责任编辑：何平" in draft.files["book/chapters/01.md"].decode()


def test_a_text_before_the_first_heading_is_no_title_page(tmp_path):
    """A name or a date in the text, below a sentence, is text."""
    draft = imported(
        tmp_path, p("运河三百里", "t"), p("这本书是在中华书局的阁楼上写成的。"), p("中华书局"), p("2024年3月")
    )
    assert "publisher" not in draft.files["book/book.toml"].decode()
    assert "中华书局\n\n2024年3月" in draft.files["book/chapters/01.md"].decode()
