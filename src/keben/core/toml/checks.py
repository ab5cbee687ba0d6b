"""What a value of a TOML file is checked by, from the type of its field (`keben.core.toml.tables`)."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from keben.core.toml.places import KeyPath
from keben.core.values import dataclass

Check: TypeAlias = Callable[[object], Any]
"""Gives the value of a field; raises `Invalid`."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a value."""

    kind: str
    key: KeyPath
    """The path of the value from the one that was checked."""
    given: object
    context: Mapping[str, Any] = field(default_factory=dict)
    """What messages name beside it."""


class Invalid(Exception):  # noqa: N818 - it says what is
    """Values are not as their fields say."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(wrong)
        self.wrong = wrong

    def below(self, *key: str | int) -> Iterator[Wrong]:
        """What is wrong, seen from the table or list that has the value at a key."""
        for each in self.wrong:
            yield Wrong(each.kind, (*key, *each.key), each.given, each.context)


class NotTaken(Exception):  # noqa: N818 - it says what is
    """A function does not take a value; the one that it was called with goes into the message."""

    def __init__(self, kind: str, context: Mapping[str, Any]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.context = context


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a number, or of how many entries or characters there are."""

    least: float | None = None
    most: float | None = None
    shortest: int = 0
    longest: int | None = None
    finite: bool = False
    loose: bool = False
    """Whether a number may be written as a text."""


@dataclass(frozen=True, slots=True)
class Before:
    """Is called with a value before its type is looked at, and gives the one that is checked in its place."""

    call: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class After:
    """Is called with a value of the right type, and gives the one that the field has."""

    call: Callable[[Any], object]


def check_of(kind: Any) -> Check:
    """The check of a type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _with(parts[0], parts[1:])
    if origin is Literal:
        return _literal(parts)
    if origin in (Union, UnionType):
        return _any_of([check_of(part) for part in parts if part is not NoneType])
    if origin is list:
        return _list(check_of(parts[0]))
    if origin is dict:
        return _dict(check_of(parts[0]), check_of(parts[1]))
    if kind is float:
        return _float
    if kind in _PLAIN:
        return _plain(kind, _PLAIN[kind])
    read: Check = kind.read
    return read


_PLAIN = {str: "string_type", int: "int_type", bool: "bool_type"}


def _wrong(kind: str, given: object, **context: object) -> Invalid:
    return Invalid((Wrong(kind, (), given, context),))


def _plain(kind: type, error: str) -> Check:
    def check(value: object) -> object:
        # True is an int of Python's, and none of TOML's.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise _wrong(error, value)
        return value

    return check


def _float(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong("float_type", value)
    return _as_float(value)


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise _wrong("float_type", value) from None


def _literal(values: Sequence[object]) -> Check:
    shown = [repr(each) for each in values]
    expected = " or ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]

    def check(value: object) -> object:
        for each in values:
            if each == value:
                return each
        raise _wrong("literal_error", value, expected=expected)

    return check


def _any_of(checks: Sequence[Check]) -> Check:
    """The first that takes a value; where none does, all say why."""
    if len(checks) == 1:
        return checks[0]

    def check(value: object) -> object:
        wrong: list[Wrong] = []
        for each in checks:
            try:
                return each(value)
            except Invalid as error:
                wrong += error.wrong
        raise Invalid(tuple(wrong))

    return check


def _list(inner: Check) -> Check:
    def check(value: object) -> list[Any]:
        if not isinstance(value, list):
            raise _wrong("list_type", value)
        return [found for _, found in _each(inner, enumerate(value))]

    return check


def _dict(keys: Check, inner: Check) -> Check:
    def check(value: object) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise _wrong("dict_type", value)
        return dict(_each(inner, value.items(), keys))

    return check


def _each(
    inner: Check, values: Iterable[tuple[Any, object]], keys: Check | None = None
) -> list[tuple[Any, Any]]:
    """The keys and values of a list or a table, checked.

    Raises:
        Invalid: with all that is wrong in any of them.
    """
    found: list[tuple[Any, Any]] = []
    wrong: list[Wrong] = []
    for key, value in values:
        if keys:
            try:
                keys(key)
            except Invalid as error:
                wrong += error.below(key)
        try:
            found.append((key, inner(value)))
        except Invalid as error:
            wrong += error.below(key)
    if wrong:
        raise Invalid(tuple(wrong))
    return found


def _with(kind: Any, added: Sequence[object]) -> Check:
    """The check of a type with what `Annotated` adds to it, from the inside out."""
    check = check_of(kind)
    for each in added:
        match each:
            case Limits():
                check = _limited(_as_float if each.loose else check, each)
            case Before() | After():
                check = _called(each, check)
    return check


def _called(function: Before | After, inner: Check) -> Check:
    def check(value: object) -> object:
        try:
            if isinstance(function, Before):
                return inner(function.call(value))
            return function.call(inner(value))
        except NotTaken as error:
            raise _wrong(error.kind, value, **error.context) from None

    return check


def _limited(inner: Check, limits: Limits) -> Check:
    def check(value: object) -> object:
        if isinstance(value, list) and limits.longest is not None and len(value) > limits.longest:
            raise _wrong("too_long", value, max_length=limits.longest, actual_length=len(value))
        found = inner(value)
        if isinstance(found, str | list):
            if len(found) < limits.shortest:
                raise _wrong("too_short", value)
        elif limits.finite and not math.isfinite(found):
            raise _wrong("finite_number", value)
        elif limits.most is not None and not found <= limits.most:
            raise _wrong("less_than_equal", value, bound=type(found)(limits.most))
        elif limits.least is not None and not found >= limits.least:
            raise _wrong("greater_than_equal", value, bound=type(found)(limits.least))
        return found

    return check
