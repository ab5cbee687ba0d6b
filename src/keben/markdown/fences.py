"""What stands behind the marks that begin a code block: a language, options as many tools write them, a title."""

import re
from collections.abc import Iterator
from dataclasses import replace

from keben.core.patterns import later
from keben.core.values import dataclass

_VALUE = (
    r""""(?P<double>[^"]*)"|'(?P<single>[^']*)'|\[(?P<list>[^\[\]]*)\]|\{(?P<set>[^{}]*)\}"""
    r"""|(?P<bare>[^\s{}\[\]"']*)"""
)
_WORD = later(
    rf"""\s*(?:(?P<key>[A-Za-z][A-Za-z0-9_-]*)=(?:{_VALUE})"""
    r"|\"(?P<quoted>[^\"]+)\"|\{(?P<braces>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|\[(?P<file>[^\[\]]+)\]|(?P<other>[^\s{]+(?:\{[^{}]*\})+|\S+))"
)
_INNER = later(
    r"""[\s,]*(?:(?P<key>[A-Za-z][A-Za-z0-9_-]*)\s*(?:=|:\s)\s*"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|\[(?P<list>[^\[\]]*)\]|(?P<bare>[^\s,]*))"""
    r"|(?P<other>[^\s,]+))"
)
_LANGUAGE = later(r"[!-~]+?(?:\{[^{}]*\})*")
_COUNTED = later(r"([A-Za-z][A-Za-z0-9_+#.-]*)=(\d*|\+)!?")
"""HackMD's ``python=10``: the language, and the number of the first line."""
_PARTS = later(r"[,:{\[]")
_RANGE = later(r"(\d{1,6})(?:\s*[-~]\s*(\d{1,6}))?", re.ASCII)
_TITLES = frozenset(("title", "caption", "filename", "file", "header", "name"))
_MARKED = frozenset("hl_lines hl highlight highlights highlightlines emphasize-lines mark".split())
_NUMBERED = frozenset(
    "numberlines number-lines linenumbers line-numbers linenos linenums shownumbers showlinenumbers".split()
)
_FIRST = frozenset("startfrom startline start startlinenumber linenostart lineno-start firstnumber".split())
_PICTURES = frozenset(("svg", "picture"))
_OFF = frozenset(("false", "no", "off", "none"))
_OPTIONS = frozenset(
    "annotate copy diff editable eval fold ignore lineanchors live noeval noinline nocopy no-line-numbers "
    "nolinenumbers no_run noplayground norun nowrap playground readonly render run runnable should_panic "
    "twoslash wrap".split()
)
"""Words that tell other tools what to do with a block."""


@dataclass(frozen=True, slots=True)
class Info:
    """What the first line of a code block says."""

    language: str = ""
    """In lower case, without options: ``rust`` of ``rust,ignore``."""
    title: str = ""
    """What is printed above the block."""
    rest: str = ""
    """Words that say nothing to Keben, and would be lost."""
    marked: tuple[tuple[int, int], ...] = ()
    """First and last line of each run of lines that are marked, counted from 1."""
    first: int | None = None
    """The number of the first line, where lines are numbered."""
    picture: str = ""
    """The path of a picture that is shown in the block's place."""
    alt: str = ""
    """What that picture shows."""


@dataclass(frozen=True, slots=True)
class _Option:
    key: str
    value: str


def read_info(info: str) -> Info:
    """Read the info string of a fence. Options in braces and with a value that Keben does not know pass."""
    said, rest = Info(), []
    text = info.strip()
    for match in _WORD.finditer(text):
        word, is_first = match["other"] or "", match.start() == 0
        quoted = match["quoted"] if not is_first else None
        word = word or (f'"{match["quoted"]}"' if match["quoted"] and is_first else "")
        if match["braces"] is not None:
            said, unknown = _in_braces(said, match["braces"].strip(), is_first=is_first)
            rest += unknown
        elif title := match["file"] or quoted:
            said = replace(said, title=title.strip())
        elif match["key"]:
            counted = _COUNTED.fullmatch(match[0]) if is_first else None
            if counted and counted[1].lower() not in _NUMBERED | _FIRST | _MARKED | _TITLES:
                first = int(counted[2][:6]) if counted[2].isdigit() else 1
                said = replace(said, language=counted[1].lower(), first=first)
            else:
                said = _with(said, _Option(match["key"].lower(), _value(match)))
        elif is_first and _LANGUAGE.fullmatch(word):
            said = _with_language(said, word)
        elif word.lower().lstrip(".").partition("=")[0] in _NUMBERED:
            said = _with(said, _Option(word.lower().lstrip("."), ""))
        elif word.lower() not in _OPTIONS:
            rest.append(word)
    return replace(said, rest=" ".join(rest))


def _with_language(said: Info, word: str) -> Info:
    """The first word: a language, and what stands right behind it (``js{1,3}``, ``js:line-numbers=2``)."""
    language, behind = word, ""
    if parted := _PARTS.search(word):
        language, behind = word[: parted.start()], word[parted.start() :]
    said = replace(said, language=language.lower().lstrip("."))
    for option in re.findall(r":([A-Za-z][\w-]*(?:=[^\s:{,]*)?)", behind):
        key, _, value = option.partition("=")
        said = _with(said, _Option(key.lower(), value))
    for braces in re.findall(r"\{([^{}]*)\}", behind):
        said, _ = _in_braces(said, braces, is_first=False)
    return said


def _in_braces(said: Info, text: str, *, is_first: bool) -> tuple[Info, list[str]]:
    """What stands in braces: lines (``{1,3-5}``), a language (``{.python}``), options; and what would be lost."""
    if _RANGE.match(text) and not re.search("[^0-9,\\s~-]", text):
        return replace(said, marked=(*said.marked, *_runs(text))), []
    unknown: list[str] = []
    for number, match in enumerate(_INNER.finditer(text)):
        word = match["other"] or ""
        name = word.lstrip(".").lower()
        if match["key"]:
            said = _with(said, _Option(match["key"].lower(), _value(match)))
        elif name in _NUMBERED:
            said = _with(said, _Option(name, ""))
        elif (
            (number == 0 or word.startswith("."))
            and is_first
            and not said.language
            and name
            and word.isascii()
        ):
            said = said if word.startswith("#") else replace(said, language=name)
        elif _RANGE.fullmatch(word):
            said = replace(said, marked=(*said.marked, *_runs(word)))
        elif not word.isascii():
            unknown.append(word)
    return said, unknown


def _with(said: Info, option: _Option) -> Info:
    """What an option with a value says."""
    key, value = option.key, option.value.strip()
    if key in _TITLES:
        return replace(said, title=value)
    if key in _MARKED:
        return replace(said, marked=(*said.marked, *_runs(value)))
    if key in _PICTURES:
        return replace(said, picture=value)
    if key == "alt":
        return replace(said, alt=value)
    if key in _FIRST or (key in _NUMBERED and value.isascii() and value.isdigit()):
        is_number = value.isascii() and value.isdigit()
        return replace(said, first=int(value[:6])) if is_number else said
    if key in _NUMBERED:
        return said if value.lower() in _OFF else replace(said, first=said.first or 1)
    return said


def _value(match: re.Match[str]) -> str:
    groups = match.groupdict()
    names = ("double", "single", "list", "set", "bare")
    return next((groups[name] for name in names if groups.get(name)), "")


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of lines that a text names: ``1 3-5``, ``1,3-5``, ``8, "15-17"``."""
    for match in _RANGE.finditer(text):
        first = int(match[1])
        yield first, max(first, int(match[2] or first))


def is_closed(content: str, first: int, last: int) -> bool:
    """Whether a fence's block, in the lines from ``first`` up to ``last``, ends with the marks that close it."""
    lines = content.count("\n") + (not content.endswith("\n") and content != "")
    return last - first - 2 >= lines
