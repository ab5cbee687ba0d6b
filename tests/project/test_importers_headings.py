import pytest

from keben.project.importers.headings import headings_in


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("第二章  旧信", "第二章 旧信"),
        ("第三章 　尾声", "第三章　尾声"),
        ("第四章\t\t雨", "第四章 雨"),
        ("第五章　归来", "第五章　归来"),
    ],
)
def test_several_spaces_behind_a_chapter_s_number_become_one(line, text):
    ((heading,), _) = headings_in(["", line, "文。"])
    assert (heading.line, heading.text) == (2, text)


@pytest.mark.parametrize(
    "form",
    [
        "☆、第{n}章 甲",
        "◆ 第{n}章 甲",
        "# 第{n}章 甲",
        "=== 第{n}章 甲 ===",
        "【第{n}章】甲",
        "【第{n}章 甲】",
        "正文 第{n}章 甲",
        "正文第{n}章 甲",
        "山河记 第{n}章 甲",
    ],
)
def test_signs_and_words_around_chapters_fall_away(form):
    lines = [line for n in "一二三" for line in (form.format(n=n), "文。")]
    found, contents = headings_in(lines)
    assert [heading.text for heading in found] == ["第一章 甲", "第二章 甲", "第三章 甲"]
    assert not contents


def test_a_part_in_one_line_with_its_chapters_is_one():
    lines = [
        "第一卷 少年 第一章 甲",
        "文。",
        "第一卷 少年 第二章 乙",
        "文。",
        "第二卷 天下 第三章 丙",
        "文。",
    ]
    found, _ = headings_in(lines)
    assert [(heading.rank, heading.text) for heading in found] == [
        ("part", "第一卷 少年"),
        ("chapter", "第一章 甲"),
        ("chapter", "第二章 乙"),
        ("part", "第二卷 天下"),
        ("chapter", "第三章 丙"),
    ]


def test_several_names_before_chapters_are_parts():
    lines = [f"{name} 第{n}章" for name in ("正文", "番外") for n in "一二三"]
    found, _ = headings_in([line for each in lines for line in (each, "文。")])
    assert [heading.text for heading in found if heading.rank == "part"] == ["正文", "番外"]


@pytest.mark.parametrize("line", ["他翻到 第三章 的末尾", "她说：“第三章 在哪里？”", "「第三章」"])
def test_a_sentence_that_names_a_chapter_is_no_heading(line):
    assert headings_in(["第一章 甲", "文。", line, "文。"])[0][1:] == ()


@pytest.mark.parametrize(
    "form", ["{n}", "0{n} 甲", "{n}. 甲", "({n})", "（{c}）", "（{c}）甲", "第{c}夜", "第{n}天 甲"]
)
def test_numbers_that_count_are_chapters(form):
    heads = [form.format(n=n, c=c) for n, c in enumerate("一二三", 1)]
    found, _ = headings_in([line for head in heads for line in (head, "文。")])
    assert [heading.text for heading in found] == heads


def test_numbers_line_below_line_are_a_list_or_a_table_of_contents():
    assert headings_in(["文。", "1、甲", "2、乙", "3、丙"]) == ((), frozenset())
    listed = ["1 甲", "2 乙", "3 丙", "1 甲", "文。", "2 乙", "文。", "3 丙", "文。"]
    assert [heading.line for heading in headings_in(listed)[0]] == [4, 6, 8]


@pytest.mark.parametrize("leader", ["……………………", "........ ", "\t", " · · · · ", "——————"])
def test_lines_with_pages_are_a_table_of_contents(leader):
    titles = ["第一章 甲", "第二章 乙", "第三章 丙"]
    lines = ["目　录", *(f"{title}{leader}{n}" for n, title in enumerate(titles)), "前言\t1"]
    found, contents = headings_in([*lines, *(line for title in titles for line in (title, "文。"))])
    assert [heading.text for heading in found] == titles
    assert contents == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("line", "rank"),
    [
        ("前　言", "preface"),
        ("楔  子", "preface"),
        ("后 记", "afterword"),
        ("附　　录", "appendix"),
    ],
)
def test_words_that_are_spaced_out_are_read(line, rank):
    found, _ = headings_in(["第一章", "文。", line, "文。"])
    assert [heading.rank for heading in found[1:]] == [rank] * bool(rank)
