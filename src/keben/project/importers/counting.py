"""Headings of a plain text that has no 第…章: numbers alone or before a title, where they count from one."""

import re
from collections.abc import Sequence

from keben.project.importers.values import Heading

_HAN = "[零〇一二三四五六七八九十百]{1,5}"
_TITLE = r"(?P<title>\S.{0,30})"

_FORMS = (
    re.compile(rf"(?:(?P<arabic>\d{{1,4}})|(?P<han>{_HAN}))(?:[、.．:：]\s*{_TITLE}?)?"),
    re.compile(rf"(?:(?P<arabic>\d{{1,4}})|(?P<han>{_HAN}))[\s\u3000]+{_TITLE}"),
    re.compile(rf"[（(【\[](?:(?P<arabic>\d{{1,4}})|(?P<han>{_HAN}))[）)】\]]\s*{_TITLE}?"),
    re.compile(
        rf"第\s*(?:(?P<arabic>\d{{1,4}})|(?P<han>{_HAN}))\s*(?:[夜天日课課讲講场場问問季]|封信)"
        rf"(?:[\s\u3000:：、.．·—-]+{_TITLE})?"
    ),
)
_END = re.compile(r"[。，,；;：:”」』…—]$")
_FEWEST = 3
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


def counted(lines: Sequence[str]) -> list[Heading]:
    """Lines that are numbers of one form, in order from the first on; three at least, each with text below it.

    Of several forms the one that begins first is the outermost, and is taken.
    """
    found = [headings for form in _FORMS if len(headings := _in_form(lines, form)) >= _FEWEST]
    return min(found, key=lambda headings: headings[0].line, default=[])


def _in_form(lines: Sequence[str], form: re.Pattern[str]) -> list[Heading]:
    found: list[Heading] = []
    written = [(number, text) for number, line in enumerate(lines, 1) if (text := line.strip())]
    values = [_value(form, text) for _, text in written]
    for at, (number, text) in enumerate(written):
        # Numbers that stand line below line are a list or a table of contents.
        has_text = at + 1 < len(written) and values[at + 1] is None
        if has_text and values[at] == len(found) + 1:
            found.append(Heading(number, "chapter", text))
    return found


def _value(form: re.Pattern[str], text: str) -> int | None:
    """The number of a line of a form; None for other lines."""
    match = form.fullmatch(text)
    if not match or _END.search(text):
        return None
    if match["arabic"]:
        return int(match["arabic"])
    total = digit = 0
    for sign in match["han"]:
        if sign in "十百":
            total += (digit or 1) * {"十": 10, "百": 100}[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
