"""Dates as people write them."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.dates import DateError, read_date


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (date(2026, 1, 2), "2026-01-02"), (datetime(2026, 1, 2, 23, 59, tzinfo=UTC), "2026-01-02"),
        (2026, "2026"), (20260102, "2026-01-02"), ("2026", "2026"), ("2026-01", "2026-01"), ("2026-1-2", "2026-01-02"),
        ("2026/1/2", "2026-01-02"), ("2026.1", "2026-01"), ("20260102", "2026-01-02"), ("2026年", "2026"),
        ("2026年1月", "2026-01"), ("2026年01月02日", "2026-01-02"), ("2026 年 1 月 2 日", "2026-01-02"),
        ("２０２６年１月２号", "2026-01-02"), ("二〇二六年十一月廿三日", "2026-11-23"), ("二○二六年十月", "2026-10"),
        ("民國115年1月", "2026-01"), ("民国一百一十五年一月二日", "2026-01-02"), ("中華民國一一五年", "2026"),
        ("民國元年", "1912"), ("民國115.1.2", "2026-01-02"), ("2024-02-29", "2024-02-29"),
        ("2026-01-02T10:00:00Z", "2026-01-02"), ("", ""), (" 2026 ", "2026"),
        ("二〇二六年三十月", None), ("2026-02-30", None), ("2026-13", None), ("2026-00-01", None), ("2026-13-45", None),
        ("2025年2月29日", None), ("2026-01-01 初版", None), ("2026-01\n", "2026-01"), ("2026-01\n02", None),
        ("20261301", None), ("1/2/2026", None), ("2026年1月1", None), ("9999999", None), (99999999999, None),
        (True, None), (2026.1, None), (time(1, 2), None), ([2026], None), ("0000", None), ("民國0年", None),
        ("二百零三年", None), ("2026-1/2", None), ("January 2026", None), ("十十年", None),
    ],
)  # fmt: skip
def test_a_date_is_read_or_refused(value, iso):
    if iso is None:
        with pytest.raises(DateError):
            read_date(value)
    else:
        assert read_date(value) == iso


@given(st.dates())
def test_each_day_is_read_in_every_form(day):
    year, month, date_ = f"{day.year:04}", day.month, day.day
    for text in (
        day.isoformat(),
        f"{year}年{month}月{date_}日",
        f"{year}/{month}/{date_}",
        f"{year}{month:02}{date_:02}",
    ):
        assert read_date(text) == day.isoformat()


@given(st.text("〇零一二三十廿百元年月日民國国0123456789-./ \n", max_size=14))
def test_no_text_ends_in_anything_but_a_date_or_a_refusal(text):
    try:
        read = read_date(text)
    except DateError:
        return
    if read:
        date.fromisoformat((read + "-01-01")[:10])
