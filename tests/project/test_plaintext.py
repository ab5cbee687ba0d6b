import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import write_project

from keben.core.book import Span
from keben.project import load
from keben.project.asis import load_as_it_stands
from keben.project.plaintext import text_sources

NOVEL = "写在前面的话。\n\n第一章 起风\n　　起风的那天，他没有出门。\n　　*号*和#话题#。\n---\n第二章\n    <角色>都在这里。\n"


def test_a_text_is_its_chapters_and_each_sign_is_what_it_is():
    opening, one, two = text_sources(NOVEL, "book/n.txt")
    assert (opening.path, opening.kind, one.path, two.path) == (
        "book/n.txt",
        "preface",
        "book/n.txt#1",
        "book/n.txt#2",
    )
    assert one.text == "# 第一章 起风\n\n起风的那天，他没有出门。\n\n\\*号\\*和#话题#。\n"
    assert two.text == "# 第二章\n\n\\<角色\\>都在这里。\n"
    assert two.spans == (Span(1, "book/n.txt", 7), Span(3, "book/n.txt", 8))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_project_may_list_one_in_any_encoding(tmp_path, encoding):
    root = write_project(tmp_path / "demo")
    toml = root / "book" / "book.toml"
    toml.write_text(toml.read_text().replace("chapters/two.md", "./n.txt"))
    (root / "book" / "n.txt").write_bytes(NOVEL.encode(encoding))
    manuscript, findings = load(root, {})
    assert [source.path for source in manuscript.sources] == [
        "book/chapters/one.md",
        "book/n.txt",
        "book/n.txt#1",
        "book/n.txt#2",
    ]
    assert [finding.code for finding in findings] == ["unlisted-chapter"]


@given(
    st.lists(
        st.sampled_from(["第一章 起", "　　文。", "文，", "", "***", "1. 数", "序", "<b>", "书名：甲"]),
        max_size=12,
    )
)
def test_no_letter_of_a_text_is_lost(rows):
    made = "".join(source.text for source in text_sources("\n".join(rows), "book/n.txt"))
    for row in rows:
        for sign in row.strip().strip("*"):
            assert sign in made


def test_lines_of_a_site_and_heads_of_pages_that_are_printed_are_reported(tmp_path):
    text = "第一章 甲\n文。\n本章未完，请点击下一页继续阅读\n" + "".join(
        f"文文文文。\n\n雨夜长街　　{page}\n\n" for page in range(1, 5)
    )
    path = tmp_path / "书.txt"
    path.write_text(text)
    _, findings = load_as_it_stands(path, 0)
    (found,) = [each for each in findings if each.code == "printed-site-lines"]
    assert str(found) == (
        "book/书.txt:3: warning: 5 lines seem to come from a web site or from the heads of pages, and are printed:"
        " “本章未完，请点击下一页继续阅读”, “雨夜长街 …”. `keben import` makes a project without them; or delete them."
    )
    root = write_project(tmp_path / "demo")
    toml = root / "book" / "book.toml"
    toml.write_text(toml.read_text().replace("chapters/two.md", "./n.txt"))
    (root / "book" / "n.txt").write_text(text)
    assert "printed-site-lines" in {finding.code for finding in load(root, {})[1]}
    path.write_text("第一章 甲\n他打开 www.example.com 看了一眼。\n")
    assert "printed-site-lines" not in {finding.code for finding in load_as_it_stands(path, 0)[1]}


def test_a_dedication_has_no_title(tmp_path):
    first, second = text_sources("献给安娜\n\n第一章 甲\n文。\n", "book/n.txt")
    assert (first.kind, first.text.strip()) == ("dedication", "献给安娜")
    assert second.text == "# 第一章 甲\n\n文。\n"
