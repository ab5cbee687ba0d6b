import pytest

from keben.project.importers.natural import chinese_number, natural_key
from keben.project.importers.summary import read_summary, split_anchor


def tree(entries):
    """Entries as (rank's first letters, title, target, children) without what is empty."""
    return [
        tuple(
            part
            for part in (
                entry.rank if entry.rank != "chapter" else "",
                entry.title,
                entry.target,
                tree(entry.children),
            )
            if part
        )
        for entry in entries
    ]


def test_a_summary_is_a_tree_of_parts_chapters_and_sections():
    text = (
        "# 目录\n\n[前言](pre.md)\n\n# 第一部 起\n\n- [第一章 甲](a/README.md)\n  - [1.1 乙](a/b.md)\n"
        "    - [深](a/deep.md)\n  - [1.2 丙](a/c.md)\n- [草稿]()\n\n# 第二部 承\n\n1. [第二章 丁](d.md)\n\n---\n\n"
        "[后记](post.md)\n[附录A 表](app.md)\n"
    )
    assert tree(read_summary(text)) == [
        ("preface", "前言", "pre.md"),
        ("part", "第一部 起"),
        (
            "第一章 甲",
            "a/README.md",
            [("1.1 乙", "a/b.md", [("深", "a/deep.md")]), ("1.2 丙", "a/c.md")],
        ),
        ("草稿",),
        ("part", "第二部 承"),
        ("第二章 丁", "d.md"),
        ("afterword", "后记", "post.md"),
        ("appendix", "附录A 表", "app.md"),
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("- [甲](a.md)", ("甲", "a.md")),
        ('- [甲](a.md "提示")', ("甲", "a.md")),
        ("- [丙 [新]](c.md)", ("丙 [新]", "c.md")),
        ("* [甲](<a b.md>)", ("甲", "a b.md")),
        ("* [甲](a b.md)", ("甲", "a b.md")),
        ("- [甲](a%20b.md)", ("甲", "a%20b.md")),
        ("- [甲](a(1).md)", ("甲", "a(1).md")),
        ("- [甲][x]\n\n[x]: a.md", ("甲", "a.md")),
        ("- [甲]\n\n[甲]: <a b.md>", ("甲", "a b.md")),
        ("- [ ] [甲](a.md)", ("甲", "a.md")),
        ("- **[甲](a.md)**", ("甲", "a.md")),
        ("- [**甲**](a.md)", ("甲", "a.md")),
        ("- [`a]`](a.md)", ("`a]`", "a.md")),
        ("- **第一部**", ("第一部",)),
        ("- 只有字", ("只有字",)),
        ('- [甲 <a href="#a" id="a"></a>](a.md)', ("甲", "a.md")),
    ],
)
def test_an_entry_is_read_in_every_form(line, wanted):
    assert tree(read_summary(line)) == [wanted]


@pytest.mark.parametrize("end", ["-->", ""])
def test_what_a_comment_holds_is_no_entry(end):
    assert tree(read_summary(f"- [甲](a.md)\n<!-- - [停](off.md)\n- [停](off2.md) {end}")) == [("甲", "a.md")]


def test_links_without_any_list_are_chapters():
    assert tree(read_summary("[甲](a.md)\n[乙](b.md)\n")) == [("甲", "a.md"), ("乙", "b.md")]


def test_titles_of_parts_have_no_empty_anchors():
    parts = read_summary(
        '# 目录\n\n* [序](a.md)\n\n## 第一册 <a href="#one" id="one"></a>\n\n* [甲](b.md)\n\n## <a id=two></a>第二册\n\n* [乙](c.md)\n'
    )
    assert [each.title for each in parts] == ["序", "第一册", "甲", "第二册", "乙"]


def test_a_first_heading_is_a_part_where_it_says_so():
    text = "# 第一部\n\n- [甲](a.md)\n\n# 第二部\n\n- [乙](b.md)\n"
    assert tree(read_summary(text)) == [
        ("part", "第一部"),
        ("甲", "a.md"),
        ("part", "第二部"),
        ("乙", "b.md"),
    ]


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("a.md#%E4%B8%80", ("a.md", "一")),
        ("guide?id=x", ("guide", "x")),
        ("#/guide?id=x", ("/guide", "x")),
        ("a.md", ("a.md", "")),
    ],
)
def test_anchors_are_taken_apart(target, wanted):
    assert split_anchor(target) == wanted


def test_names_are_sorted_as_people_number():
    names = ["第十章", "10 乙", "第二章", "2 甲", "第二十一章", "第一章", "下册", "上册", "a", "第３章"]
    assert sorted(names, key=natural_key) == [
        "上册",
        "2 甲",
        "下册",
        "10 乙",
        "a",
        "第一章",
        "第二章",
        "第３章",
        "第十章",
        "第二十一章",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("二十一", 21), ("一百零五", 105), ("二一", 21), ("007", 7), ("两千", 2000)],
)
def test_chinese_numbers(text, value):
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("written", "target"),
    [
        (r"ch\install.md", "ch/install.md"),
        (r"第一章\图\a.md", "第一章/图/a.md"),
        (r"a\_b.md", r"a\_b.md"),
        (r"https://example.org/a\b", r"https://example.org/a\b"),
    ],
)
def test_a_path_of_windows_is_read_with_its_folders(written, target):
    (entry,) = read_summary(f"* [安装]({written})\n")
    assert entry.target == target
    (entry,) = read_summary(f"* [安装][a]\n\n[a]: {written}\n")
    assert entry.target == target
