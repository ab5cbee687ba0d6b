import pytest

from keben.project.importers.headings import rank_of
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
        "更新时间:2012-3-1 21:30:11 本章字数:3311",
        "各位书友要是觉得《夜行记》还不错的话请不要忘记向您的朋友推荐哦！",
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


def test_what_asks_for_votes_again_and_again_is_left_out():
    asking = "PS：求推荐票，求月票！"
    lines = [line for n in "一二三" for line in (f"第{n}章 甲", "文。", asking)]
    read = novel(*lines)
    assert [[block.text for block in chapter.blocks] for chapter in read.chapters] == [["文。"]] * 3
    assert f"Left out, 3 times: “{asking}”." in read.remarks
    # Once it may be the author's own.
    assert novel("第一章 甲", "文。", asking).chapters[0].blocks[-1].text == asking


def page(number, *lines, head="雨夜长街", feed=""):
    """A page of a book that was scanned: its head on the outer side, its text, its number below."""
    top = f"·{number}·　　　　　　{head}" if number % 2 else f"第一章　山雨　　　　　　{number}"
    return [f"{feed}{top}", "", *lines, "", f"— {number} —", ""]


def test_heads_and_numbers_of_pages_are_left_out_and_paragraphs_go_on_over_them():
    line = "雨落在瓦上像有人在低声说话他走过长街看见灯火一盏盏"
    pages = [page(n, *[line] * 3, "　　" + line[2:], line) for n in range(3, 12)]
    read = novel("第一章　山雨", "", *(each for lines in pages for each in lines))
    assert titles(read) == ["第一章　山雨"]
    blocks = [block.text for block in read.chapters[0].blocks]
    assert blocks == [line * 3, *[line[2:] + line * 4] * 8, line[2:] + line]
    assert (
        "Left out: 18 running heads and numbers of pages: “… 雨夜长街”, “— … —”, “第一章 山雨 …”."
        in read.remarks
    )


def test_bare_numbers_are_those_of_pages_beside_their_breaks_only():
    lines = [line for n in range(1, 5) for line in ("文。", str(n), "\f")]
    assert [block.text for block in novel("第一章 甲", *lines).chapters[0].blocks] == ["文。"] * 4
    plain = [line for n in range(1, 5) for line in ("文。", f"图 {n}")]
    assert len(novel("第一章 甲", *plain).chapters[0].blocks) == 8


@pytest.mark.parametrize(
    "lines", [["- 1 -", "文。", "- 2 -", "文。"], ["价格　　　12", "人数　　　34", "价格　　　56"]]
)
def test_lines_with_numbers_that_are_no_heads_of_pages_stay(lines):
    assert [block.text for block in novel("第一章 甲", "文。", *lines).chapters[0].blocks][1:] == lines


def test_a_couplet_is_one_title():
    halves = [
        ("甄士隐梦幻识通灵", "贾雨村风尘怀闺秀"),
        ("贾夫人仙逝扬州城", "冷子兴演说荣国府"),
        ("托内兄如海荐西宾", "接外孙贾母惜孤女"),
    ]
    lines = [
        line
        for n, (a, b) in zip("一二三", halves, strict=True)
        for line in (f"第{n}回　{a}", f"　　　{b}", "文。")
    ]
    assert titles(novel(*lines)) == [f"第{n}回　{a}　{b}" for n, (a, b) in zip("一二三", halves, strict=True)]
    # A short line of the text, of another length, is none.
    other = [
        line
        for n, (a, _) in zip("一二三", halves, strict=True)
        for line in (f"第{n}回　{a}", "话说当日", "文。")
    ]
    assert titles(novel(*other)) == [f"第{n}回　{a}" for n, (a, _) in zip("一二三", halves, strict=True)]


def test_what_stands_behind_the_chapters_is_no_part_of_the_last_one():
    read = novel("第一章 甲", "文。", "第二章 乙", "文。", "参考文献", "[1] 某书", "致　谢", "谢。")
    assert [(chapter.rank, chapter.title) for chapter in read.chapters][2:] == [
        ("afterword", "参考文献"),
        ("afterword", "致　谢"),
    ]
    # In a chapter it is a part of it.
    inner = novel("第一章 甲", "文。", "参考文献", "[1] 某书", "第二章 乙", "文。")
    assert titles(inner) == ["第一章 甲", "第二章 乙"]
    assert [block.text for block in inner.chapters[0].blocks] == ["文。", "参考文献", "[1] 某书"]


def test_numbers_that_count_in_each_part_are_its_chapters():
    lines = [
        line
        for part in ("第一卷 东", "第二卷 西")
        for line in (part, "1、甲", "文。", "2、乙", "文。", "3、丙", "文。")
    ]
    read = novel(*lines)
    assert [(chapter.rank, chapter.title) for chapter in read.chapters] == [
        (rank, title)
        for part in ("第一卷 东", "第二卷 西")
        for rank, title in (("part", part), ("chapter", "1、甲"), ("chapter", "2、乙"), ("chapter", "3、丙"))
    ]
    bare = novel("第一卷 东", "文。", "第二卷 西", "文。")
    assert [chapter.rank for chapter in bare.chapters] == ["chapter", "chapter"]


VERSES = {
    "　　诗曰：\n　　　　满纸荒唐言，\n　　　　一把辛酸泪。\n　　文。": "满纸荒唐言，\n一把辛酸泪。",
    "　　诗曰：\n　　　　　白日依山尽\n　　　　　黄河入海流\n　　文。": "白日依山尽\n黄河入海流",
    "诗曰：\n    满纸荒唐言，\n    一把辛酸泪。\n文。\n文。": "满纸荒唐言，\n一把辛酸泪。",
    # One line, lines of another kind, and what is set in as all of the text is.
    "　　诗曰：\n　　　　满纸荒唐言，\n　　文。": "",
    "　　文：\n　　　　甲店\n　　　　乙酒楼\n　　文。": "",
    "　　　　满纸荒唐言，\n　　　　一把辛酸泪。": "",
}


@pytest.mark.parametrize("text", VERSES)
def test_lines_that_are_set_in_like_verse_keep_their_lines(text):
    read = novel("第一章 甲", *text.split("\n"))
    assert [block.text for block in read.chapters[0].blocks if block.kind == "verse"] == [
        VERSES[text]
    ] * bool(VERSES[text])
    assert sum("like verse" in remark for remark in read.remarks) == bool(VERSES[text])


def test_words_in_brackets_name_title_and_author():
    read = novel("【书名】：夜行记", "【作者】：阿青", "第一章 甲", "文。")
    assert (read.title, read.credits, titles(read)) == ("夜行记", (("阿青", "aut"),), ["第一章 甲"])


def test_a_few_lines_below_one_another_do_not_make_a_text_of_wrapped_lines():
    lines = [line for n in range(20) for line in (f"第{n}段话。", "")]
    read = novel("前言", "甲乙", "丙丁", "戊己", "庚辛", "", "第一章 甲", "", *lines)
    assert [block.text for block in read.chapters[0].blocks] == ["甲乙", "丙丁", "戊己", "庚辛"]


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


def test_a_name_below_the_title_is_the_author_s():
    read = novel("远山", "苏白", "", "第一章 甲", "文。", "第二章 乙", "文。")
    assert (read.title, read.credits, titles(read)) == (
        "远山",
        (("苏白", "aut"),),
        ["第一章 甲", "第二章 乙"],
    )
    assert "“苏白” below the title is taken for the author." in read.remarks


@pytest.mark.parametrize(
    "lines", [("作者：林一", "苏白"), ("苏白", "一段话。"), ("远方的山",), ("白日依山尽，",)]
)
def test_what_else_stands_below_the_title_stays(lines):
    read = novel("远山", *lines, "", "第一章 甲", "文。", "第二章 乙", "文。")
    assert lines[-1] in [block.text for block in read.chapters[0].blocks]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("《远山》（校对版全本）作者：苏白", "苏白"),
        ("远山【完结】 作者：苏白", "苏白"),
        ("远山（精校版）", ""),
    ],
)
def test_what_a_site_says_of_its_file_is_no_part_of_the_title(line, author):
    read = novel(line, "", "第一章 甲", "文。", "第二章 乙", "文。")
    assert (read.title, "".join(read.authors)) == ("远山", author)


def test_a_dedication_before_the_chapters_is_one():
    read = novel(
        "远山",
        "苏白 著",
        "",
        "谨以此书献给我的母亲",
        "",
        "话。",
        "",
        "第一章 甲",
        "文。",
        "第二章 乙",
        "文。",
    )
    assert [(chapter.title, chapter.rank) for chapter in read.chapters[:2]] == [
        ("谨以此书献给我的母亲", "dedication"),
        ("卷首", "preface"),
    ]
    assert [block.text for block in read.chapters[0].blocks] == ["谨以此书献给我的母亲"]


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("上部　春", "part"),
        ("下卷 秋", "part"),
        ("中篇", "part"),
        ("作者后记", "afterword"),
        ("再版後記", "afterword"),
        ("写在最后", "afterword"),
        ("推荐序一　读远山", "preface"),
        ("译者序", "preface"),
        ("导读", "preface"),
        ("上部分", None),
        ("下卷了", None),
        ("记者后记者", None),
    ],
)
def test_what_a_title_says_it_is(title, rank):
    assert rank_of(title) == rank


@pytest.mark.parametrize("sign", ["#", "##", "◆", "※", "○", "* * *", "———"])
def test_a_sign_alone_is_a_break_and_none_stands_at_a_chapter_s_edge(sign):
    read = novel("第一章 甲", sign, "文。", sign, "文。", sign, "第二章 乙", "文。", sign)
    assert [[block.kind for block in chapter.blocks] for chapter in read.chapters] == [
        ["paragraph", "break", "paragraph"],
        ["paragraph"],
    ]


def test_chapters_of_several_parts_may_have_the_same_titles():
    part = ("Chapter 1", "文。", "Chapter 2", "文。")
    read = novel("上部 春", *part, "下部 秋", *part)
    assert not [remark for remark in read.remarks if "same title" in remark]
    read = novel("上部 春", *part, "Chapter 2", "又。", "下部 秋", *part)
    assert "Several chapters have the same title: “Chapter 2”." in read.remarks
