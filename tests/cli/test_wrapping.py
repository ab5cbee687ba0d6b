"""Lines by the cells of a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from keben.cli.wrapping import cells, wrap


def test_a_chinese_character_takes_two_cells():
    assert [cells(text) for text in ("ab", "中文", "“，”", "e\u0301", "")] == [2, 4, 6, 1, 0]


def test_lines_end_behind_any_character_and_no_mark_begins_one():
    assert wrap("中文书，中文书。", 6) == "中文\n书，中\n文书。"
    assert wrap("用 --into 时", 8) == "用\n--into\n时"
    assert wrap("一\n\n二", 8, preserve_paragraphs=True) == "一\n\n二"
    assert wrap("中文中文", 6, "  ", "    ") == "  中文\n    中\n    文"


@given(st.text("中文，。“”（）ab -", max_size=60), st.integers(12, 40))
def test_nothing_is_lost_and_lines_fit(text, width):
    made = wrap(text, width)
    assert "".join(made.split()) == "".join(text.split())
    marks = set("，。“”（）")
    assert all(cells(line) <= width or set(line) & marks or " " not in line for line in made.splitlines())
