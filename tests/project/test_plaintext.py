import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import write_project

from keben.core.book import Span
from keben.project import load
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
    assert one.text == "# 第一章 起风\n\n起风的那天，他没有出门。\n\n\\*号\\*和#话题#。\n\n* * *\n"
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
