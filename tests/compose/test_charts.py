"""Charts: their texts are for readers, so all of them stay inside the drawing."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.compose.charts import frame_of, lay_out, misfits, read_chart
from keben.compose.fitting import ems
from keben.core.book import Asset

WORDS = {"source_before": "资料来源："}
WIDTH, HEIGHT = 283.5, 392.7


def asset(bars, **keys):
    """A chart's file; ``bars``: labels, values and notes."""
    said = json.dumps  # A string of JSON is one of TOML.
    lines = ['kind = "bar"', 'title = "题"', *(f"{key} = {said(text)}" for key, text in keys.items())]
    for label, value, note in bars:
        lines += ["[[bars]]", f"label = {said(label)}", f"value = {value}", f"note = {said(note)}"]
    return Asset("data/x.toml", "application/toml", "\n".join(lines).encode())


def drawn(bars, **keys):
    file = asset(bars, **keys)
    chart, findings = read_chart(file)
    assert findings == ()
    drawing = lay_out(chart, WIDTH, WORDS)
    return drawing, [str(each) for each in misfits(drawing, file, HEIGHT)]


def assert_inside(drawing):
    bottom = 0.0
    for bar in drawing.bars:
        for y, line in bar.label_rows:
            assert drawing.left - 6 - ems(line) * drawing.size >= 0
            assert bottom <= y - 0.8 * drawing.size
        for y, line in bar.figure_rows:
            assert drawing.left + bar.width + 4 + ems(line) * drawing.size <= drawing.width
            assert bottom <= y - 0.8 * drawing.size
        assert 0 <= bar.width <= drawing.width - drawing.left
        bottom = max(y for y, _ in (*bar.label_rows, *bar.figure_rows)) + 0.2 * drawing.size
    for _, line in drawing.source_rows:
        assert drawing.source_left + ems(line) * drawing.source_size <= drawing.width
    last = max((y for y, _ in drawing.source_rows), default=bottom)
    assert last <= drawing.height


@pytest.mark.parametrize("length", [1, 12, 30, 60])
def test_a_long_label_is_wrapped_beside_its_bar(length):
    label = "没有国界的病毒与全球公共卫生合作机制"[:17] * 4
    drawing, reported = drawn([(label[:length], 10, ""), ("乙", 3, "")], unit="条")
    assert reported == []
    assert_inside(drawing)
    assert "".join(line for _, line in drawing.bars[0].label_rows) == label[:length]
    assert drawing.bars[0].figure_rows[0][1] == "10条"
    assert drawing.bars[0].width > WIDTH / 5


def test_long_notes_units_and_sources_are_wrapped():
    drawing, reported = drawn(
        [("甲", 10, "（截至四月十二日的估计数字）"), ("乙", 3, "")], unit="万人次每年", source="据" * 120
    )
    assert reported == []
    assert_inside(drawing)
    assert len(drawing.bars[0].figure_rows) > 1
    assert len(drawing.source_rows) > 2


@pytest.mark.parametrize(
    ("bars", "keys", "message"),
    [
        ([("长" * 600, 1, "")], {}, "book/data/x.toml:4:1: This label takes "),
        ([("甲", 1, "注" * 600)], {}, "book/data/x.toml:6:1: This figure with its note and unit takes "),
        ([("甲", 1, "")], {"source": "据" * 600}, "book/data/x.toml:3:1: This source takes "),
        ([("甲", 1, "")] * 100, {}, "book/data/x.toml:3:1: This chart is 4.3 times as high as the page: it has 100 bars. "),
    ],
)  # fmt: skip
def test_what_is_too_long_to_be_drawn_is_told_with_its_place(bars, keys, message):
    _, reported = drawn(bars, **keys)
    assert len(reported) == 1
    assert reported[0].startswith(message)


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        (("1e308", "1"), (1, 0)),
        (("1.7976931348623157e308", "1.7976931348623157e308"), (1, 1)),
        (("5e-324", "0"), (1, 0)),
        (("0", "0"), (0, 0)),
        (("12345678901234567890", "1"), (1, 0)),
    ],
)
def test_numbers_of_any_size_have_bars(values, shares):
    drawing, reported = drawn([("甲", values[0], ""), ("乙", values[1], "")])
    assert reported == []
    assert_inside(drawing)
    assert all(math.isfinite(bar.width) for bar in drawing.bars)
    most = max(bar.width for bar in drawing.bars) or 1
    assert tuple(round(bar.width / most) for bar in drawing.bars) == shares


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("nan", "`bars.1.value` has a wrong value: nan. "),
        ("inf", "`bars.1.value` has a wrong value: inf. "),
        ("-1", "`bars.1.value` has a wrong value: -1. "),
        ('"3"', "`bars.1.value` is not a number: '3'. "),
        ("true", "`bars.1.value` is not a number: true. "),
        ("0x" + "f" * 5000, "`bars.1.value` "),
        ("1" * 5000, "This is not valid TOML: this number has too many digits. "),
        ("[" * 3000, "This is not valid TOML: lists or tables stand in one another too many times. "),
        ('"\\u0000"', "U+0000 is a control character. "),
        ("“3”", "This is not valid TOML: “ is not a straight quotation mark. "),
    ],
)
def test_what_is_no_number_is_reported(value, message):
    chart, findings = read_chart(asset([("甲", value, "")]))
    assert chart is None
    assert findings[0].place.line in (1, 5)
    assert str(findings[0]).partition(": ")[2].startswith(message)


def test_three_hundred_bars_are_no_chart():
    _, (finding,) = read_chart(asset([("甲", 1, "")] * 300))
    assert str(finding) == "book/data/x.toml:3:1: `bars` has 300 entries. It can have 200."


_TEXT = st.text("甲乙丙，。（）“” Abc-/1", min_size=1, max_size=60)


@given(
    st.lists(
        st.tuples(_TEXT, st.floats(0, 1e308, allow_subnormal=False), _TEXT | st.just("")),
        min_size=1,
        max_size=6,
    ),
    _TEXT | st.just(""),
    _TEXT | st.just(""),
)
def test_every_text_stays_inside(bars, unit, source):
    drawing, _ = drawn([(label, repr(value), note) for label, value, note in bars], unit=unit, source=source)
    assert_inside(drawing)


def series(*tables):
    return [read_chart(Asset("data/x.toml", "application/toml", text.encode()))[0] for text in tables]


def bars(unit, *values, label="条"):
    rows = "".join(f'[[bars]]\nlabel = "{label}"\nvalue = {value}\n' for value in values)
    return f'kind = "bar"\ntitle = "图"\nunit = "{unit}"\n{rows}'


def test_charts_of_a_series_begin_below_one_another_and_have_one_scale():
    first, second = series(bars("国", 30, 10), bars("国", 60, label="一个长的标签"))
    one, two = (
        lay_out(each, WIDTH, WORDS, frame=frame_of(each, (first, second))) for each in (first, second)
    )
    assert one.left == two.left
    assert one.bars[0].width == pytest.approx(two.bars[0].width / 2, abs=0.1)


def test_charts_of_several_units_or_sizes_have_scales_of_their_own():
    first, second, third = series(bars("国", 30), bars("人", 60), bars("国", 3000))
    drawn = [
        lay_out(each, WIDTH, WORDS, frame=frame_of(each, (first, second, third)))
        for each in (first, second, third)
    ]
    assert len({drawing.bars[0].width for drawing in drawn}) == 1


def test_bars_of_a_narrow_chart_are_no_stubs():
    (chart,) = series(bars("个国家和国际组织", 140, 70, label="收到物资援助的国家"))
    drawing = lay_out(chart, 196.0, WORDS)
    assert max(bar.width for bar in drawing.bars) > 0.3 * 196
