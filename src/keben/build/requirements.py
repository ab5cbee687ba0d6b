"""What a distribution's metadata says that it requires, here and with the extras that are asked for.

Nearly all requirements are a name, perhaps with extras, a version and a simple condition, which are read here. The
others are left to packaging, whose loading takes longer than reading all of these.
"""

import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

Need = tuple[str, frozenset[str]]
"""The normalised name of a distribution, and the extras that are asked of it."""

_REQUIRES = re.compile(r"^Requires-Dist:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)

_VERSION = r"(?:[~=!<>]=|===|[<>])\s*[0-9A-Za-z.*+!-]+"
_VERSIONS = rf"{_VERSION}(?:\s*,\s*{_VERSION})*\s*"
_PLAIN = re.compile(
    r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([A-Za-z0-9._,\s-]*)\])?\s*"
    rf"(?:{_VERSIONS}|\(\s*{_VERSIONS}\)\s*)?(?:;(.*))?"
)
"""A name, its extras, a version and a condition (PyPA's dependency specifiers)."""

_EXTRA = re.compile(r"""\bextra\s*==\s*["']([^"']*)["']""")

_TOKEN = re.compile(r"""[()]|[=!]=|"[^"\\]*"|'[^'\\]*'|\w+""")
"""What a condition of comparisons for equality is made of."""

_HERE: Mapping[str, Callable[[], str]] = {
    "implementation_name": lambda: sys.implementation.name,
    "os_name": lambda: os.name,
    "platform_machine": platform.machine,
    "platform_python_implementation": platform.python_implementation,
    "platform_system": platform.system,
    "sys_platform": lambda: sys.platform,
}
"""What of an environment is a plain text."""

_COMPARED = re.compile(rf'(?:extra|{"|".join(_HERE)})="')
_JOINED = re.compile(r"1(?:and|or)1|\(1\)")
"""Comparisons, and what joins them."""


def needs_in(head: str, extras: frozenset[str]) -> Iterator[Need]:
    """What the headers of a distribution's metadata require."""
    wanted = {normalized(extra) for extra in extras}
    for text in _REQUIRES.findall(head):
        # Most are for an extra that nobody asks for, and need not be read further.
        asking = {normalized(extra) for extra in _EXTRA.findall(text)}
        if asking and wanted.isdisjoint(asking) and " or " not in text:
            continue
        need = _need(text.strip(), extras)
        if need is not None:
            yield need


@cache
def normalized(name: str) -> str:
    """A distribution's or an extra's name, as an index has it: ``markdown-it-py``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _need(text: str, extras: frozenset[str]) -> Need | None:
    """A requirement, if it holds here and with the extras; None for one that does not, or has no known form."""
    plain = _PLAIN.fullmatch(text)
    if plain is None:
        return _by_packaging(text, extras)
    name, asked, condition = plain.groups(default="")
    if condition.strip():
        tokens = _TOKEN.findall(condition)
        if not _is_plain(condition, tokens):
            return _by_packaging(text, extras)
        if not any(_either((*tokens, ""), 0, extra)[0] for extra in ("", *extras)):
            return None
    return normalized(name), frozenset(each.strip() for each in asked.split(",") if each.strip())


def _is_plain(condition: str, tokens: Sequence[str]) -> bool:
    """Whether a condition compares names that are known here with texts, and nothing else."""
    shape = "".join(
        "=" if each in ("==", "!=") else each[0] if each[0] in "()\"'" else each for each in tokens
    )
    shape = _COMPARED.sub("1", shape.replace("'", '"'))
    before = None
    while shape != before:
        before, shape = shape, _JOINED.sub("1", shape)
    return shape == "1" and "".join(tokens) == "".join(condition.split())


def _either(tokens: Sequence[str], at: int, extra: str) -> tuple[bool, int]:
    """Whether a condition that begins at a token holds with an extra, and which token comes after it."""
    value, at = _both(tokens, at, extra)
    while tokens[at] == "or":
        other, at = _both(tokens, at + 1, extra)
        value = value or other
    return value, at


def _both(tokens: Sequence[str], at: int, extra: str) -> tuple[bool, int]:
    value, at = _one(tokens, at, extra)
    while tokens[at] == "and":
        other, at = _one(tokens, at + 1, extra)
        value = value and other
    return value, at


def _one(tokens: Sequence[str], at: int, extra: str) -> tuple[bool, int]:
    if tokens[at] == "(":
        value, at = _either(tokens, at + 1, extra)
        return value, at + 1
    name, compared, text = tokens[at], tokens[at + 1], tokens[at + 2][1:-1]
    is_same = normalized(text) == normalized(extra) if name == "extra" else text == _HERE[name]()
    return is_same == (compared == "=="), at + 3


def _by_packaging(text: str, extras: frozenset[str]) -> Need | None:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        need = Requirement(text)
    except InvalidRequirement:
        return None
    marker = need.marker
    if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
        return normalized(need.name), frozenset(need.extras)
    return None
