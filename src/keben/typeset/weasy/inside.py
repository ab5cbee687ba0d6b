"""WeasyPrint's own functions, known by their parameters and their source, and replaced for a while.

Who replaces one says by a `Patch` which, and what a book looks like without.
"""

import inspect
import linecache
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from types import CodeType
from typing import Any

from keben.core.errors import Finding, Place, Severity
from keben.core.saying import series, wording
from keben.core.values import dataclass
from keben.typeset.weasy.tried import TRIED

_DIGITS = 16
"""Of a hash: so many tell two sources apart that nobody made to be confused."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A part of the setting for which functions of WeasyPrint's are replaced, changed or built upon."""

    code: str
    """Of the finding that says that it is off."""
    without: str
    """What holds for a book that is set without it, as a sentence without its full stop."""
    functions: tuple[tuple[Any, str, str], ...]
    """Owner (a module or a class), name, and parameters, divided by spaces."""
    severity: Severity = "warning"

    def unknown(self) -> tuple[str, ...]:
        """Which of its functions the installed WeasyPrint has otherwise, or lacks."""
        return tuple(
            name_of(owner, name)
            for owner, name, parameters in self.functions
            if not (takes(owner, name, parameters) and is_tried(owner, name))
        )

    def is_known(self) -> bool:
        """Whether all are as they were tried; else none of them is replaced."""
        return not self.unknown()

    def findings(self, artifact: str) -> tuple[Finding, ...]:
        """A finding about an artifact that is set without it, if it is."""
        unknown = self.unknown()
        if not unknown:
            return ()
        package = unknown[0].partition(".")[0]
        *others, last = (f"`{name}`" for name in unknown)
        names = wording("{others} and {last}", others=series(others), last=last) if others else last
        message = wording(
            "{without}: Keben does not support {names} of {package} {version}.",
            without=self.without,
            names=names,
            package=package,
            version=version(package),
        )
        advice = wording(
            "Install the version that was tried: python -m pip install '{package}=={newest}'",
            package=package,
            newest=_newest(package),
        )
        return (Finding(Place(artifact), self.code, message, advice, self.severity),)


def takes(owner: Any, name: str, parameters: str) -> bool:
    """Whether a module or a class has a function of that name with these parameters, divided by spaces."""
    function = _function(owner, name)
    return function is not None and " ".join(inspect.signature(function).parameters) == parameters


def is_tried(owner: Any, name: str) -> bool:
    """Whether a function's source is that of a version that was tried."""
    function = _function(owner, name)
    if function is None:
        return False
    full = name_of(owner, name)
    known = _tried(full)
    # What `inspect` gives takes ten times as long. It is asked where these lines are not known.
    return _digest_of_lines(function) in known or _digest(function) in known


def _tried(full: str) -> frozenset[str]:
    """The digests that a function, by its full name, has in the versions that were tried."""
    return frozenset(each[full] for each in TRIED.values() if full in each)


def name_of(owner: Any, name: str) -> str:
    """A function's full name, by where it is defined: ``weasyprint.layout.block.block_level_layout``."""
    function = _function(owner, name)
    outer = f"{owner.__module__}.{owner.__qualname__}" if inspect.isclass(owner) else owner.__name__
    # Another package may have put one of its own there.
    if function is None or (function.__module__ or "").partition(".")[0] != outer.partition(".")[0]:
        return f"{outer}.{name}"
    return f"{function.__module__}.{function.__qualname__}"


def digest_of(owner: Any, name: str) -> str:
    """The first digits of the SHA-256 of a function's source; empty where it has none."""
    function = _function(owner, name)
    return "" if function is None else _digest(function)


@cache
def _digest(function: Callable[..., Any]) -> str:
    try:
        return sha256(inspect.getsource(function).encode()).hexdigest()[:_DIGITS]
    except (OSError, TypeError):
        return ""


@cache
def _digest_of_lines(function: Callable[..., Any]) -> str:
    """What `_digest` gives, found without parsing the file, for nearly every function; else of too few lines."""
    return sha256("".join(_lines_of(function)).encode()).hexdigest()[:_DIGITS]


def _lines_of(function: Callable[..., Any]) -> list[str]:
    """The lines of a function's file from its first on to the last that code comes from, and what is indented below."""
    code = function.__code__
    lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
    count = max(line for each in _codes_in(code) for *_, line in each.co_lines() if line)
    count -= code.co_firstlineno - 1
    outer = _indent(lines[0]) if lines else 0
    while count < len(lines) and _indent(lines[count]) > outer:
        count += 1
    return lines[:count]


def _indent(line: str) -> int:
    """How far a line is indented; -1: it is empty."""
    text = line.lstrip()
    return len(line) - len(text) if text else -1


def _codes_in(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes_in(each)


def _function(owner: Any, name: str) -> Any:
    """A function, or a property's; WeasyPrint's own where one of ours that wraps it is in its place."""
    found = getattr(owner, name, None)
    found = found.fget if isinstance(found, property) else found
    found = inspect.unwrap(found) if callable(found) else None
    return found if inspect.isfunction(found) or inspect.ismethod(found) else None


def _newest(package: str) -> str:
    """The last version of a package that is in the table."""
    return [key.partition(" ")[2] for key in TRIED if key.startswith(f"{package} ")][-1]


@contextmanager
def replaced(*others: tuple[Any, str, Any]) -> Iterator[None]:
    """Put functions in the place of others in the block: owner, name, function. Not for several threads at once."""
    # A class method is one again afterwards: what `getattr` gives is bound to the class.
    before = [(owner, name, inspect.getattr_static(owner, name)) for owner, name, _ in others]
    for owner, name, function in others:
        setattr(owner, name, function)
    try:
        yield
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)


@cache
def rewritten(function: Callable[..., Any], *changes: tuple[str, str]) -> Any:
    """A function of WeasyPrint's, of a known source, with some lines changed.

    A change is a text that the source, indented as it is in its file, has once, and what stands in its place.

    Raises:
        ValueError: the source has not such a text once.
    """
    full = f"{function.__module__}.{function.__qualname__}"
    first = function.__code__.co_firstlineno
    text = (
        "".join(_lines_of(function))
        if _digest_of_lines(function) in _tried(full)
        else inspect.getsource(function)
    )
    for known, other in changes:
        if text.count(known) != 1:
            raise ValueError(
                wording("{qualname} has not {known} once", qualname=function.__qualname__, known=repr(known))
            )
        text = text.replace(known, other)
    made: dict[str, Any] = {}
    # As many empty lines before it as in the file: a traceback names the right ones.
    text = "\n" * (first - 1) + textwrap.dedent(text)
    file = inspect.getsourcefile(function) or "<weasyprint>"
    exec(compile(text, file, "exec"), function.__globals__, made)  # noqa: S102 - lines of a known text
    return made[function.__name__]
