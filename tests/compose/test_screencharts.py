"""Charts in e-books: labels over bars, all of it inside the drawing."""

import json

from hypothesis import given
from hypothesis import strategies as st

from keben.compose.charts import read_chart
from keben.compose.fitting import ems
from keben.compose.screencharts import WIDTH, WIDTH_IN_COLUMNS, lay_out_for_screen
from keben.core.book import Asset

WORDS = {"source_before": "资料来源："}
_TEXT = st.text("甲乙丙，。（）“” Abc-/1", min_size=1, max_size=60)


def drawn(bars, width=WIDTH, **keys):
    lines = ['kind = "bar"', 'title = "题"', *(f"{key} = {json.dumps(text)}" for key, text in keys.items())]
    for label, value, note in bars:
        lines += [
            "[[bars]]",
            f"label = {json.dumps(label)}",
            f"value = {value}",
            f"note = {json.dumps(note)}",
        ]
    chart, _ = read_chart(Asset("data/x.toml", "application/toml", "\n".join(lines).encode()))
    return lay_out_for_screen(chart, WORDS, width=width) if chart else None


def assert_inside(drawing):
    bottom = 0.0
    for bar in drawing.bars:
        for y, line in bar.label_rows:
            assert drawing.left + ems(line) * drawing.size <= drawing.width
            assert bottom <= y - 0.8 * drawing.size
            bottom = y
        assert bottom < bar.y
        assert 0 <= bar.width <= drawing.width - 2 * drawing.left
        for _, line in bar.figure_rows:
            assert drawing.left + bar.width + 4 + ems(line) * drawing.size <= drawing.width
        bottom = max(bar.y + drawing.thickness, *(y for y, _ in bar.figure_rows))
    for y, line in drawing.source_rows:
        assert drawing.source_left + ems(line) * drawing.source_size <= drawing.width
        assert bottom <= y - 0.8 * drawing.source_size
        bottom = y
    assert bottom + 1 <= drawing.height


def test_a_label_has_the_whole_width_and_its_bar_comes_below():
    drawing = drawn([("没有国界的病毒", 10, ""), ("乙", 5, "")], unit="条", source="某书")
    assert [line for _, line in drawing.bars[0].label_rows] == ["没有国界的病毒"]
    assert [bar.figure_rows[0][1] for bar in drawing.bars] == ["10条", "5条"]
    assert drawing.bars[0].width == 2 * drawing.bars[1].width > WIDTH / 2
    assert_inside(drawing)


@given(
    st.lists(
        st.tuples(_TEXT, st.floats(0, 1e300, allow_subnormal=False), _TEXT | st.just("")),
        min_size=1,
        max_size=4,
    ),
    _TEXT | st.just(""),
)
def test_all_of_any_chart_is_inside(bars, source):
    for width in (WIDTH, WIDTH_IN_COLUMNS):
        drawing = drawn(bars, width, source=source)
        if drawing is not None:
            assert_inside(drawing)
