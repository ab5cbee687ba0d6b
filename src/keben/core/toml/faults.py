"""Why a text is not TOML, in words for someone who writes a book: what tomllib finds, and the slip behind it.

The commonest slips are an input method's: curly quotation marks, full-width signs and spaces.
"""

import re
import tomllib
from collections.abc import Callable
from datetime import date

from keben.core.characters import ADVICE, FORBIDDEN, describe
from keben.core.dates import FORM
from keben.core.errors import Finding, Place
from keben.core.patterns import later
from keben.core.saying import marked, wording

_QUOTES = "“”„‟«»「」『』〝〞＂‘’‚‛＇｢｣´`"
_NEW_LINE = wording("a new line")
_SIGNS = {
    "＝": "=", "［": "[", "］": "]", "【": "[", "】": "]", "〔": "[", "〕": "]", "｛": "{", "｝": "}", "，": ",",
    "、": ",", "＃": "#", "．": ".", "。": ".", "：": "=", ":": "=", "；": _NEW_LINE, ";": _NEW_LINE,
    "－": "-", "—": "-", "＿": "_",
}  # fmt: skip
_SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
)
_RULES = wording("See https://toml.io for its rules.")
_QUOTE_IT = marked('Put it between straight quotes: "{text}".')
_WORDS = {"true": "true", "false": "false", "yes": "true", "no": "false", "是": "true", "否": "false"}
_BARE = later(r"[^\s,\]}#]+")
_DATE = later(r"(\d{4})-(\d{1,2})-(\d{1,2})")

Explained = tuple[int, str, str]
"""An offset in the text, what is wrong there, and what to do."""


def syntax_finding(
    error: Exception, text: str, path: str, line: int = 1, code: str = "toml-syntax"
) -> Finding:
    """The finding for what `tomllib.loads` raised for a text, whose first line is ``line`` of the file at ``path``.

    tomllib raises ValueError for a number of too many digits and RecursionError for tables in tables without end, too.
    """
    at, message, advice = _what(error, text)
    start = text.rfind("\n", 0, at) + 1
    place = Place(path, text.count("\n", 0, at) + line, at - start + 1)
    said = (
        wording("The front matter is not valid TOML: {message}", message=message)
        if code == "front-matter"
        else wording("This is not valid TOML: {message}", message=message)
    )
    return Finding(place, code, said, advice)


def _what(error: Exception, text: str) -> Explained:
    if isinstance(error, RecursionError):
        return 0, wording("lists or tables stand in one another too many times."), wording("Write them flat.")
    if not isinstance(error, tomllib.TOMLDecodeError):
        match = re.search(r"[0-9_]{1000,}", text)
        return (
            match.start() if match else 0,
            wording("this number has too many digits."),
            wording("Shorten it."),
        )
    reason = str(error)
    match = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", reason)
    at = len(text.rstrip())
    if match:
        reason = reason[: match.start()]
        if match[1]:
            at = _offset(text, int(match[1]), int(match[2]))
    return _explained(reason, text, at)


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return min(start + column - 1, len(text))


def _explained(reason: str, text: str, at: int) -> Explained:
    """The first explanation that fits, else tomllib's own words."""
    ways: tuple[Callable[[str, str, int], Explained | None], ...] = (
        _open_string, _lookalike, _value, _date, _twice, _backslash, _list, _leftover, _key,
    )  # fmt: skip
    for way in ways:
        if explained := way(reason, text, at):
            return explained
    return at, wording("{message}.", message=reason), _RULES


def _open_string(reason: str, text: str, at: int) -> Explained | None:
    if reason.startswith(("Unterminated string", 'Expected "\'"')):
        opened = max(text.rfind('"""'), text.rfind("'''"))
        if opened >= 0:
            return (
                opened,
                wording("this text is never closed."),
                wording("Close it with {text}.", text=text[opened : opened + 3]),
            )
        return _unclosed(text, max(0, text.rfind('"'), text.rfind("'")), at)
    if reason != "Illegal character '\\n'":
        return None
    start = text.rfind("\n", 0, at) + 1
    match = re.match(r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^"'\n])*(["'])""", text[start:at])
    return _unclosed(text, start + match.end() - 1 if match else start, at)


def _unclosed(text: str, opened: int, end: int) -> Explained:
    line = text.find("\n", opened)
    inside = text[opened + 1 : line if line >= 0 else end]
    curly = next((mark for mark in reversed(inside) if mark in _QUOTES), "")
    if curly:
        message = wording(
            "this text begins with {text} and is closed by {curly}.", text=text[opened], curly=curly
        )
        return opened, message, wording("Close it with a straight {text}.", text=text[opened])
    return (
        opened,
        wording("the quotation mark here is never closed."),
        wording("Put a straight {text} at the end of the text.", text=text[opened]),
    )


def _lookalike(_: str, text: str, at: int) -> Explained | None:
    while at < len(text) and text[at] in " \t":
        at += 1
    sign = text[at : at + 1]
    if sign and sign in _QUOTES:
        end = text.find("\n", at)
        rest = text[at + 1 : end if end >= 0 else len(text)]
        inside = re.split(f"[{_QUOTES}\"']", rest, maxsplit=1)[0].strip() or "…"
        message = wording("{sign} is not a straight quotation mark.", sign=sign)
        return at, message, wording(_QUOTE_IT, text=inside)
    if sign and sign in _SPACES:
        return (
            at,
            wording("this is not an ordinary space (U+{sign:04X}).", sign=ord(sign)),
            wording("Put a space of the keyboard, or nothing."),
        )
    if sign in _SIGNS:
        meant = _SIGNS[sign]
        wanted = meant if len(meant) > 1 else wording("the sign “{meant}”", meant=meant)
        return (
            at,
            wording("“{sign}” is not a sign of TOML.", sign=sign),
            wording("Write {wanted} in its place.", wanted=wanted),
        )
    if FORBIDDEN.match(sign):
        return at, describe(sign), ADVICE
    if sign and not sign.isprintable() and sign != "\n":
        return (
            at,
            wording("an invisible character stands here (U+{sign:04X}).", sign=ord(sign)),
            wording("Take it out."),
        )
    return None


def _value(reason: str, text: str, at: int) -> Explained | None:
    if reason != "Invalid value":
        return None
    match = re.compile(r"[^\n#,\]}]*").match(text, at)
    value = match[0].strip() if match else ""
    if not value:
        return at, wording("a value is missing here."), wording("Write it after the sign “=”.")
    if meant := _WORDS.get(value.lower()):
        return (
            at,
            wording("“{value}” is not a value.", value=value),
            wording("Write {meant}, in small letters.", meant=meant),
        )
    return (
        at,
        wording("the text “{short}” has no quotation marks.", short=_short(value)),
        wording(_QUOTE_IT, text=_short(value)),
    )


def _date(reason: str, text: str, at: int) -> Explained | None:
    if reason != "Invalid date or datetime":
        return None
    match = _BARE.match(text, at)
    return at, wording("“{match}” is not a day of the calendar.", match=match[0] if match else ""), FORM


def _twice(reason: str, text: str, at: int) -> Explained | None:
    start = text.rfind("\n", 0, at) + 1
    if reason == "Cannot overwrite a value":
        name = text[start:at].partition("=")[0].strip()
        return (
            start,
            wording("`{name}` is given twice.", name=_short(name)),
            wording("Take one of the two out."),
        )
    if reason.startswith(("Cannot declare", "Cannot mutate")):
        message = wording(
            "{text} stands here a second time.",
            text=text[start : text.find(chr(10), start)].strip() or wording("this table"),
        )
        return start, message, wording("Put the keys of both under one heading.")
    return None


def _backslash(reason: str, _: str, at: int) -> Explained | None:
    if not reason.startswith(("Unescaped '\\'", "Invalid hex", "Escaped character")):
        return None
    message = wording("a backslash begins an escape, and this is not one.")
    return at, message, wording("Write two backslashes, or a slash in a path.")


def _list(reason: str, text: str, at: int) -> Explained | None:
    kinds = {
        "Unclosed array": (wording("list"), "[", "]"),
        "Unclosed inline table": (wording("table"), "{", "}"),
    }
    if reason not in kinds:
        return None
    name, opening, closing = kinds[reason]
    if text[at : at + 1] in ('"', "'", "{"):
        return (
            at,
            wording("a comma is missing in this {name}.", name=name),
            wording("Put one before what begins here."),
        )
    opened = max(text.rfind(opening, 0, at), 0)
    return (
        opened,
        wording("this {name} is never closed.", name=name),
        wording("Close it with “{closing}”.", closing=closing),
    )


def _leftover(reason: str, text: str, at: int) -> Explained | None:
    if not reason.startswith("Expected newline"):
        return None
    start = text.rfind("\n", 0, at) + 1
    key, sign, value = text[start:].partition("\n")[0].partition("=")
    value = value.strip()
    if not sign:
        return None
    if value[:1] in ('"', "'"):
        message = wording("there is more after the end of this text.")
        advice = wording("Inside a text write “…” for quotation marks; each key stands in a line of its own.")
        return at, message, advice
    if value[:1] in "[{":
        name = wording("list") if value[0] == "[" else wording("table")
        message = wording("there is more after the end of this {name}.", name=name)
        return at, message, wording("Each key stands in a line of its own.")
    bare = value.partition("#")[0].strip()
    begins = start + len(key) + 1 + text[start + len(key) + 1 :].index(value)
    if (given := _DATE.fullmatch(bare)) and not _is_day(*given.groups()):
        return begins, wording("“{match}” is not a day of the calendar.", match=bare), FORM
    return (
        begins,
        wording("the text “{bare}” has no quotation marks.", bare=_short(bare)),
        wording(_QUOTE_IT, text=_short(bare)),
    )


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _key(reason: str, text: str, at: int) -> Explained | None:
    if reason.startswith("Expected ']'"):
        return at, wording("the heading of this table is never closed."), wording("Close it with “]”.")
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].partition("\n")[0]
    name = line.partition("=")[0].strip(" \t[]")
    if (
        name
        and not name.isascii()
        and reason.startswith(("Invalid statement", "Invalid initial", "Expected '='"))
    ):
        advice = wording("Keys are English words, as docs/book-toml.md lists them.")
        return start, wording("“{name}” cannot be a key.", name=_short(name)), advice
    if reason.startswith("Expected '='"):
        return (
            start,
            wording("“{line}” is neither a key with its value nor a comment.", line=_short(line)),
            wording("Write key = value."),
        )
    return None


def _short(text: str) -> str:
    text = text.strip().strip(_QUOTES)
    return text if len(text) <= 30 else f"{text[:29]}…"
