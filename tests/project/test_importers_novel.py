import pytest

from keben.project.importers.novel import read_chapters, read_novel


def novel(*lines):
    return read_novel("\n".join(lines), "名")


def titles(read):
    return [chapter.title for chapter in read.chapters]


def test_titles_below_their_numbers_belong_to_them():
    lines = [
        line for n, t in zip("一二三", "甲乙丙", strict=True) for line in (f"第{n}章", "", t, "", "文。")
    ]
    assert titles(novel(*lines)) == ["第一章 甲", "第二章 乙", "第三章 丙"]
    assert [
        [block.text for block in chapter.blocks] for chapter in read_chapters("\n".join(lines), "名")
    ] == [["文。"]] * 3


def test_one_chapter_with_a_sentence_below_its_number_leaves_the_lines_below_where_they_are():
    read = novel("第一章", "甲", "文。", "第二章", "这是一句话。", "文。", "第三章", "丙", "文。")
    assert titles(read) == ["第一章", "第二章", "第三章"]
    assert [block.text for block in read.chapters[0].blocks] == ["甲", "文。"]


@pytest.mark.parametrize(
    "line",
    [
        "本书来自www.example.com免费小说下载站",
        "更多TXT电子书请到 example.net",
        "天才一秒记住本站地址",
        "最快更新，无弹窗阅读请。",
        "(本章完)",
        "【未完待续】",
        "本章未完，请点击下一页继续阅读",
        "------章节内容开始-------",
    ],
)
def test_lines_of_a_site_are_left_out_and_named(line):
    read = novel("第一章 甲", "文。", line, "第二章 乙", "文。")
    assert [[block.text for block in chapter.blocks] for chapter in read.chapters] == [["文。"], ["文。"]]
    assert read.remarks[-1] == f"Left out: “{line}”."


@pytest.mark.parametrize(
    "line", ["他打开 www.example.com 看了一眼。", "手机更新了。", "正文写完了。", "（全书完）"]
)
def test_what_only_resembles_them_stays(line):
    read = novel("第一章 甲", "文。", line)
    assert [block.text for block in read.chapters[0].blocks] == ["文。", line]


def test_many_lines_of_a_site_are_counted():
    lines = [f"小说下载 a{n}.com" for n in range(9)]
    assert novel("第一章 甲", "文。", *lines).remarks[-1] == "Left out: 3 more lines of a site's."


def test_signs_around_headings_are_reported_once():
    assert novel("☆、第1章 甲", "文。", "☆、第2章 乙", "文。").remarks[-1] == (
        "What stands around the text of 2 headings is left out: “☆、第1章 甲”."
    )


def test_title_and_author_stand_in_one_line():
    read = novel("远山 作者：林一", "第一章 甲", "文。")
    assert (read.title, read.credits, titles(read)) == ("远山", (("林一", "aut"),), ["第一章 甲"])


def test_a_text_without_headings_keeps_its_title_and_its_author():
    read = novel("雪夜", "文／林一、李二", "", "一句话。", "又一句话。")
    assert (read.title, read.credits, titles(read)) == ("雪夜", (("林一", "aut"), ("李二", "aut")), ["雪夜"])
    assert [block.text for block in read.chapters[0].blocks] == ["一句话。", "又一句话。"]


def test_a_text_that_names_no_author_is_all_text():
    read = novel("雪夜", "一句话。")
    assert (read.title, [block.text for block in read.chapters[0].blocks]) == ("名", ["雪夜", "一句话。"])


def test_a_chapter_that_stands_there_twice_is_taken_once():
    read = novel("第一章 甲", "文。", "第二章 乙", "文二。", "第二章 乙", "文二。", "第三章 丙", "文。")
    assert titles(read) == ["第一章 甲", "第二章 乙", "第三章 丙"]
    assert "Chapters that stand there twice, word by word, are taken once: “第二章 乙”." in read.remarks
    # What reads a file again for a book takes all of it.
    assert len(read_chapters("第一章 甲\n文。\n第一章 甲\n文。", "名")) == 2


def test_titles_that_come_again_with_another_text_stay_and_are_named():
    read = novel("第一章 甲", "文。", "第二章 乙", "上。", "第二章 乙", "下。")
    assert titles(read) == ["第一章 甲", "第二章 乙", "第二章 乙"]
    assert "Several chapters have the same title: “第二章 乙”." in read.remarks


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("一 二 四", ["第二章 → 第四章"]),
        ("1 2 3", []),
        ("１ ３", ["第１章 → 第３章"]),
        ("九 十 十二 一 二", ["第十章 → 第十二章"]),
    ],
)
def test_numbers_that_are_missing_are_named(numbers, said):
    lines = [line for number in numbers.split() for line in (f"第{number}章", "文。")]
    gaps = [each for each in novel(*lines).remarks if each.startswith("Numbers of chapters")]
    assert gaps == [f"Numbers of chapters are missing: “{each}”." for each in said]
