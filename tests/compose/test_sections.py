import pytest

from keben.compose.numbering import Numbered, plain_text
from keben.compose.sections import number_sections
from keben.core.book import Chapter
from keben.core.markup import element


def numbered(*headings, number="3"):
    body = tuple(
        element(tag, {"id": f"h{index}", **more}, text) for index, (tag, text, more) in enumerate(headings)
    )
    chapter = Chapter("a", "a.md", "chapter", ("标题",), ("字", *body, element("p", None, "文")))
    return Numbered(chapter, "a", "第三章", number, ("标题",))


def texts(chapter):
    return [plain_text(node.children) for node in chapter.chapter.body if not isinstance(node, str)]


def test_headings_have_the_chapter_s_number_before_theirs():
    chapter = numbered(
        ("h3", "早", {}),
        ("h2", "甲", {}),
        ("h3", "一", {}),
        ("h3", "二", {}),
        ("h2", "乙", {}),
        ("h3", "三", {}),
        ("h4", "丁", {}),
    )
    assert texts(number_sections(chapter)) == [
        "早",
        "3.1 甲",
        "3.1.1 一",
        "3.1.2 二",
        "3.2 乙",
        "3.2.1 三",
        "丁",
        "文",
    ]
    assert number_sections(chapter).chapter.body[2].children[0].get("class") == "section-number"


def test_one_that_asks_for_none_has_none_and_counts_for_none():
    chapter = numbered(("h2", "甲", {"class": "unnumbered"}), ("h2", "乙", {}), number="A")
    assert texts(number_sections(chapter))[:2] == ["甲", "A.1 乙"]


@pytest.mark.parametrize("title", ["1 甲", "1.2 甲", "一、甲", "（二）甲", "(3) 甲", "第一节 甲", "§ 甲"])
def test_a_chapter_whose_author_numbered_is_left_as_it_is(title):
    chapter = numbered(("h2", title, {}), ("h2", "乙", {}))
    assert number_sections(chapter) is chapter


@pytest.mark.parametrize("title", ["2020年", "一见如故", "3D 打印", "第一"])
def test_a_number_that_is_none_of_the_heading_s_does_not_count(title):
    assert texts(number_sections(numbered(("h2", title, {}))))[0] == f"3.1 {title}"


def test_a_chapter_without_a_number_is_left_as_it_is():
    chapter = numbered(("h2", "甲", {}), number="")
    assert number_sections(chapter) is chapter
