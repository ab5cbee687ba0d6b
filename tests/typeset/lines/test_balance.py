"""Lines of a title: about as long as one another, and no more of them."""

import pytest

from keben.typeset.lines.balance import even_lines
from keben.typeset.lines.breaking import break_lines
from keben.typeset.lines.marks import marks_of
from keben.typeset.lines.paragraph import LinePiece, paragraph

EM = 10.0


def even(text, measure, cut=even_lines):
    whole = paragraph(
        [LinePiece(text, EM, lambda part: EM / 2 * len(part))], marks_of("zh-Hans-CN"), measure * EM
    )
    return [whole.text[line.first : line.last] for line in cut(whole, measure * EM, measure * EM)]


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("题" * 22, 20, ["题" * 11] * 2),
        ("题" * 23, 20, ["题" * 12, "题" * 11]),
        ("题" * 41, 20, ["题" * 14, "题" * 14, "题" * 13]),
        ("题" * 20, 20, ["题" * 20]),
        ("各站的流速，缺八月十二日", 10, ["各站的流速，", "缺八月十二日"]),
        # At a mark, where the lines are not too unlike then.
        ("从上游到下游：沿途的城镇和桥梁考略", 10, ["从上游到下游：", "沿途的城镇和桥梁考略"]),
        ("河：从上游到下游沿途城镇考略", 10, ["河：从上游到下", "游沿途城镇考略"]),
        ("一二三四五六 七八九十一二三四五", 12, ["一二三四五六", "七八九十一二三四五"]),
        # Before a bracket, not between the parts of a name.
        ("诗三首之一（一九〇八年春）", 10, ["诗三首之一", "（一九〇八年春）"]),
        (
            "——莱纳．马利亚．里尔克（德语诗人、小说家）",
            13,
            ["——莱纳．马利亚．里尔克", "（德语诗人、小说家）"],
        ),
        ("题" * 10 + "\n" + "题" * 22, 20, ["题" * 10, "题" * 20, "题" * 2]),
    ],
    ids=[
        "two",
        "odd",
        "three",
        "one",
        "mark",
        "a mark",
        "a mark at an edge",
        "a space",
        "a bracket",
        "a name",
        "forced",
    ],
)
def test_lines_of_a_title(text, measure, expected):
    assert even(text, measure) == expected


def test_a_text_of_many_lines_is_a_paragraph():
    assert even("题" * 101, 20) == even("题" * 101, 20, break_lines)


def test_a_word_that_has_no_room_elsewhere_stays_where_it_is():
    text = "题" * 4 + "characteristically" + "题" * 3
    made = even(text, 14)
    assert len(made) == len(even(text, 14, break_lines))
    assert "".join(made) == text
    assert any("characteristically" in line for line in made)
