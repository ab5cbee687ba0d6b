"""Titles in two halves: where they turn over, and what stays of one in a running head."""

import pytest

from keben.typeset.lines.balance import even_lines
from keben.typeset.lines.entries import entry_line
from keben.typeset.lines.halves import half_ends
from keben.typeset.lines.marks import marks_of
from keben.typeset.lines.paragraph import LinePiece, paragraph

EM = 10.0
WIDE = "\u3000"
PEACH = f"宴桃园豪杰三结义{WIDE}斩黄巾英雄首立功"


def text_of(title, measure):
    return paragraph(
        [LinePiece(title, EM, lambda part: EM / 2 * len(part))], marks_of("zh-Hans-CN"), measure * EM
    )


def titled(title, measure):
    """The lines of a title, without the spaces at their ends."""
    text = text_of(title, measure)
    return [text.text[line.first : line.last] for line in even_lines(text, measure * EM, measure * EM)]


def listed(title, measure, tail=3):
    """Those of an entry of the contents, a character further in from the second on."""
    text = text_of(title, measure)
    lines, at = [], 0
    while at < len(title):
        line = entry_line(text, at, (measure - (1 if at else 0)) * EM, tail * EM)
        lines.append(text.text[line.first : line.last])
        at = line.end
    return lines


HALVES = ["宴桃园豪杰三结义", "斩黄巾英雄首立功"]


@pytest.mark.parametrize("gap", [WIDE, " ", f"{WIDE}{WIDE}", f" {WIDE}"])
@pytest.mark.parametrize("measure", [8, 9, 12, 15, 16])
def test_each_half_begins_a_line(gap, measure):
    assert titled(gap.join(HALVES), measure) == HALVES


@pytest.mark.parametrize("measure", [12, 15, 18])
def test_each_half_begins_a_line_of_the_contents(measure):
    assert listed(PEACH, measure) == HALVES


def test_halves_that_fit_stay_on_a_line():
    assert titled(PEACH, 17) == [PEACH]
    assert listed(PEACH, 20) == [PEACH]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("贾宝玉神游太虚境", "警幻仙曲演红楼梦"),
        ("张天师祈禳瘟疫", "洪太尉误走妖魔"),
        ("赵太爷设宴迎新客", "王秀才题诗"),
        ("忆往事", "叹今朝是何年"),
    ],
)
def test_halves_of_other_lengths(one, two):
    is_couplet = min(len(one), len(two)) >= 4
    measure = max(len(one), len(two)) + 1
    assert (titled(f"{one}{WIDE}{two}", measure) == [one, two]) is is_couplet


def test_a_half_that_has_no_room_is_parted_by_itself():
    assert titled(PEACH, 6) == ["宴桃园豪", "杰三结义", "斩黄巾英", "雄首立功"]
    assert titled(f"{'前' * 10}{WIDE}{'后' * 7}", 8) == ["前" * 5, "前" * 5, "后" * 7]


def test_of_four_parts_two_stand_on_a_line():
    parts = ["小序初成", "大梦方醒", "故人远去", "新客重来"]
    assert titled(WIDE.join(parts), 10) == [WIDE.join(parts[:2]), WIDE.join(parts[2:])]
    assert titled(WIDE.join(parts), 5) == parts


@pytest.mark.parametrize(
    "title", ["一　点灯的人和守灯的人", "第三章　河流与城市的变迁", "附录　大事年表和人名索引"]
)
def test_a_number_is_no_half(title):
    assert half_ends(title) == ()
    assert len(titled(title, 9)) == 2


def test_the_number_before_a_couplet_stands_with_its_first_half():
    assert titled(f"第一回 {PEACH}", 14) == [f"第一回 {HALVES[0]}", HALVES[1]]


def test_no_line_begins_with_a_wide_space():
    lines = titled(f"岁月{WIDE}{'河' * 13}", 9)
    assert not any(line.startswith(WIDE) or line.endswith(WIDE) for line in lines)
