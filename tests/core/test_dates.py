"""Dates as people write them."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.dates import DateError, read_date

MONTHS = "January February March April May June July August September October November December".split()


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
        ("二百零三年", None), ("2026-1/2", None), ("十十年", None),
        ("January 2026", "2026-01"), ("Jan 2026", "2026-01"), ("jan. 2026", "2026-01"), ("Sept 2026", "2026-09"),
        ("January, 2026", "2026-01"), ("January 5, 2026", "2026-01-05"), ("Jan. 5th, 2026", "2026-01-05"),
        ("MAY 5 2026", "2026-05-05"), ("5 January 2026", "2026-01-05"), ("5th of May, 2026", "2026-05-05"),
        ("05-Dec-2026", "2026-12-05"), ("2026 March 3", "2026-03-03"), ("2026-Mar-03", "2026-03-03"),
        ("January\u00a05,  2026", "2026-01-05"), ("公元2026年", "2026"), ("公元 2026 年 1 月", "2026-01"),
        ("西元二〇二六年一月二日", "2026-01-02"), ("公历2026年1月2日", "2026-01-02"), ("公元民国五年", None),
        ("Janu 2026", None), ("February 30, 2026", None), ("Spring 2026", None), ("Jan 5", None), ("Mayday 2026", None),
        ("5 2026", None), ("January 52026", None), ("令和8年1月", None), ("公元前221年", None), ("农历二〇二六年", None),
    ],
)  # fmt: skip
def test_a_date_is_read_or_refused(value, iso):
    if iso is None:
        with pytest.raises(DateError):
            read_date(value)
    else:
        assert read_date(value) == iso


def test_a_year_of_another_count_is_refused_with_what_is_taken():
    for text in ("令和8年1月", "昭和六十年", "光绪三十年", "公元前221年", "农历二〇二六年"):
        with pytest.raises(DateError, match="counts years as Keben does not: it takes 公元 and 民国"):
            read_date(text)


@given(st.dates())
def test_each_day_is_read_in_every_form(day):
    year, month, date_ = f"{day.year:04}", day.month, day.day
    for text in (
        day.isoformat(),
        f"{year}年{month}月{date_}日",
        f"{year}/{month}/{date_}",
        f"{year}{month:02}{date_:02}",
        f"公元{year}年{month}月{date_}日",
        f"{MONTHS[month - 1]} {date_}, {year}",
        f"{date_} {MONTHS[month - 1][:3]} {year}",
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
