import time

import pytest
from drafts import page

from keben.lint.running import look


def codes(*pages):
    return [(one.place.path, one.place.line, one.place.column, one.rule.number) for one in look(pages)]


def test_places_count_characters_in_the_source():
    text = "# 好\n\n- 甲**乙**,丙\n- [丁](a,b)戊,己\n\n> 庚\n> 辛,壬\n"
    assert codes(page(text, select=("K201",))) == [
        ("a.md", 3, 9, "K201"),
        ("a.md", 4, 12, "K201"),
        ("a.md", 7, 4, "K201"),
    ]


def test_places_in_tables_notes_and_html():
    text = "| 甲,乙 | 甲,乙 |\n|---|---|\n| 甲 | 甲,乙 |\n\n文[^1]^[甲,乙]\n\n[^1]: 甲,乙\n\n<p>\n甲,乙</p>\n"
    assert codes(page(text, select=("K201",))) == [
        ("a.md", 1, 4, "K201"),
        ("a.md", 1, 10, "K201"),
        ("a.md", 3, 8, "K201"),
        ("a.md", 5, 9, "K201"),
        ("a.md", 7, 8, "K201"),
        ("a.md", 10, 2, "K201"),
    ]


def test_a_comma_between_chinese_and_a_number_is_offered_and_those_within_numbers_stay():
    (one,) = look([page("他看了看表,12点15分，共1,000人，3:30到。\n", select=("K201",))])
    assert (one.place.column, [edit.text for edit in one.edits], one.is_certain) == (6, ["，"], False)


def test_settings_choose_rules_by_number_beginning_and_name():
    text = "好,好...\n"
    assert codes(page(text, select=("K2",))) == [("a.md", 1, 2, "K201")]
    assert codes(page(text, select=("ellipsis",))) == [("a.md", 1, 4, "K401")]
    assert codes(page(text, ignore=("half-width-stop", "K4"))) == []
    assert codes(page(text, per_file={"*.md": ("all",)})) == []
    assert [one.rule.number for one in look([page("卫生组织(WHO)", extend=("K204",))])] == ["K204"]


def test_comments_keep_rules_from_a_block_a_file_or_a_part():
    block = "<!-- keben-lint-ignore K201 -->\n\n好,好\n\n好,好\n"
    assert codes(page(block)) == [("a.md", 5, 2, "K201")]
    inside = "好,好<!-- keben-lint-ignore K201 -->\n\n好,好\n"
    assert codes(page(inside)) == [("a.md", 3, 2, "K201")]
    assert codes(page("<!-- keben-lint-ignore-file half-width-stop -->\n\n好,好\n")) == []
    part = "<!-- keben-lint-off -->\n\n好,好\n\n<!-- keben-lint-on -->\n\n好,好\n"
    assert codes(page(part)) == [("a.md", 7, 2, "K201")]
    other = "<!-- keben-lint-ignore K301 -->\n\n好,好\n"
    assert codes(page(other)) == [("a.md", 3, 2, "K201")]


def test_straight_marks_become_those_that_the_book_has():
    corner = page("「好。」" * 12, path="b.md")
    remarks = look([page('他说："好。"'), corner])
    assert [edit.text for one in remarks for edit in one.edits] == ["「", "」"]


def test_forms_of_a_word_are_counted_over_the_whole_book():
    pages = [page("其他人、其他书。"), page("其它的。", path="b.md")]
    (remark,) = look(pages)
    assert (remark.rule.number, remark.place.path) == ("K611", "b.md")
    assert remark.message == "“其它” stands 1 times, “其他” 2 times"


def test_traditional_text_is_looked_at_as_such():
    assert codes(page("他們走了。", "zh-Hant-TW")) == []
    assert codes(page("他们走了。", "zh-Hant-TW")) == [("a.md", 1, 2, "K601")]
    assert codes(page("讀《論語》、《孟子》。", "zh-Hant-TW")) == []


def test_a_garbled_piece_is_one_error_and_nothing_else():
    text = "曹公大喜。笏玫埠鞍?曜?喙氐瘢?罚?钚帧；夭芄?弧伊?卟鏊笥曛柚粒?坏猛兑还潘滦?蕖Ｋ律?尤搿"
    (remark,) = look([page(text)])
    assert (remark.rule.number, remark.rule.severity) == ("K528", "error")


def test_plain_text_has_no_markdown():
    assert codes(page("　　＃＃ 好,好\n", plain=True, path="a.txt")) == [("a.txt", 1, 7, "K201")]


def test_text_in_another_language_is_left_alone():
    english = 'He said "好"—and then (as 延迟, a word) went on to say more, of which nothing is Chinese.'
    japanese = "これは「日本語」です, そして――終わり。何がありますか?黒い猫です、はい。"
    assert codes(page(english), page(japanese, path="b.md")) == []


def test_an_address_that_is_written_out_is_no_text():
    assert codes(page("见 https://example.org/a,b？c=好 和 a.b@example.org，以及 www.example.org/,。")) == []


def test_a_space_behind_a_number_of_a_chapter_stays():
    assert codes(page("见[第 6 章 函数](a.md)。他说，走吧。")) == []


def test_control_characters_are_found_where_they_stand():
    assert codes(page("好`a`\x01好\x03的。")) == [("a.md", 1, 5, "K523"), ("a.md", 1, 7, "K523")]


@pytest.mark.parametrize(
    "piece", ["好,", "好 ，", '好"好"', "‘好’", "**好,**", "好，。", "他們", "(好)", "[^1]，好"]
)
def test_the_time_is_in_proportion_to_a_paragraph_of_nothing_but_slips(piece):
    draft = page(piece * 6000)
    start = time.process_time()
    look([draft])
    assert time.process_time() - start < 5
