"""A date as people write it → ISO 8601, as far as it is known: a year, a month of it, or a day."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

from keben.core.patterns import later
from keben.core.saying import wording

FORM = wording("Write 2026-01-01, or “2026-01” or “2026” in quotes.")
"""Advice for a date that cannot be read."""

_NUMERALS = {character: index for index, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_SPELLED = "〇零○一二三四五六七八九十廿卅"
_YEAR, _PART = rf"\d{{4}}|[{_SPELLED}]{{4}}", rf"\d{{1,2}}|[{_SPELLED}]{{1,4}}"
_ERA = rf"(?:中华民国|中華民國|民国|民國)(?P<era>元|\d{{1,3}}|[{_SPELLED}百]{{1,5}})"
_AFTER_CHRIST = r"(?:公元|西元|西历|西曆|公历|公曆)?"
_MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    later(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"(?P<year>{_YEAR})",
        r"(?P<year>\d{4})(?P<mark>[-./])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?",
        rf"{_MONTH}\s?,?\s?(?P<year>\d{{4}})",
        rf"{_MONTH}\s?{_DAY}\s?,?\s(?P<year>\d{{4}})",
        rf"{_DAY}[\s-]?(?:of )?{_MONTH}[\s,-]{{1,2}}(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[\s-]{_MONTH}(?:[\s-]{_DAY})?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?",
        rf"(?:{_AFTER_CHRIST}(?P<year>{_YEAR})|{_ERA})年(?:(?P<month>{_PART})月(?:(?P<day>{_PART})[日号號])?)?",
        rf"{_ERA}[./-](?P<month>\d{{1,2}})(?:[./-](?P<day>\d{{1,2}}))?",
    )
)

_OTHER_ERA = later(
    "令和|平成|昭和|大正|明治|佛[历曆]|农历|農曆|阴历|陰曆|黄帝|黃帝|檀[纪紀]|主体|主體|康熙|乾隆|光绪|光緒|宣统|宣統|公元前|西元前"
)
"""How dates begin whose year is another one."""

_ERA_BEGINS = 1911
"""The Republic's first year (民国元年) is 1912."""


class DateError(ValueError):
    """A text that is no date, or names a day that does not exist; the message says which."""


def read_date(value: object) -> str:
    """A value of TOML or a text as ISO 8601: ``2026-01-02``, ``2026-01`` or ``2026``; an empty text stays empty.

    Texts may have the forms ``2026/1/2``, ``2026.1``, ``20260102``, ``2026年1月2日``, ``二〇二六年一月``,
    ``公元2026年``, ``民國115年1月2日``, ``January 2, 2026``, ``2 Jan 2026``, and a date with a
    time, whose time is left out.

    Raises:
        DateError: it is none of these, or no day of the calendar.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise DateError(wording("This is not a date"))
    if isinstance(value, int) and not 0 < value < 10**8:
        raise DateError(wording("This number is not a date"))
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if "\n" in text:
        raise DateError(wording("A date stands in one line"))
    text = re.sub(r"\s+(?=[年月日号號])|(?<=[年月国國元历曆])\s+", "", re.sub(r"\s+", " ", text))
    if not text:
        return ""
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _iso(match.groupdict(), text)
    if _OTHER_ERA.match(text):
        raise DateError(
            wording("“{text}” counts years as Keben does not: it takes 公元 and 民国", text=shortened(text))
        )
    raise DateError(wording("“{text}” is not a date that Keben reads", text=shortened(text)))


def shortened(text: str, size: int = 40) -> str:
    """A text as messages show it."""
    return text if len(text) <= size else f"{text[: size - 1]}…"


def _iso(parts: Mapping[str, str | None], text: str) -> str:
    era, year = parts.get("era"), parts.get("year")
    number = _ERA_BEGINS + (1 if era == "元" else _number(era)) if era else _number(year or "")
    known = [f"{number:04}"]
    month, day = (_number(value) if (value := parts.get(name)) else None for name in ("month", "day"))
    if not 1 <= number <= 9999 or (era and number == _ERA_BEGINS):
        raise DateError(wording("“{text}” names a year that does not exist", text=text))
    if month is not None:
        if not 1 <= month <= 12:
            raise DateError(wording("“{text}” names month {month}; a year has 12", text=text, month=month))
        known.append(f"{month:02}")
    if day is not None and month is not None:
        try:
            date(number, month, day)
        except ValueError:
            raise DateError(wording("“{text}” is not a day of the calendar", text=text)) from None
        known.append(f"{day:02}")
    return "-".join(known)


def _number(text: str) -> int:
    """A month's English name, Arabic digits, or Chinese numerals: digit by digit (二〇二六) or by units (廿一)."""
    if text.isascii():
        return int(text) if text.isdecimal() else _MONTHS.index(text.lower()[:3]) + 1
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not set(text) & set("十百"):
        return int("".join(str(_NUMERALS[character]) for character in text))
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    plain = [hundreds, tens if ten else "", ones.lstrip("〇零○")]
    if any(len(part.lstrip("〇零○")) > 1 or "十" in part for part in plain):
        raise DateError(wording("“{text}” is not a number", text=text))
    values = [_NUMERALS[part.lstrip("〇零○")] if part.lstrip("〇零○") else None for part in plain]
    if "百" in text and values[0] is None:
        raise DateError(wording("“{text}” is not a number", text=text))
    return (values[0] or 0) * 100 + ((values[1] or 1) * 10 if ten else 0) + (values[2] or 0)
