"""Python's dataclasses, made without compiling what they have in common.

For each frozen class, `dataclasses` writes the source of six functions and compiles it, although all but ``__init__``
differ in the names of fields only. Of what a command takes to load its two hundred classes that is half. Here these
five are functions that were compiled before. Python 3.13 makes classes in another way, and is left alone.
"""

import dataclasses
from collections.abc import Callable, Sequence
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any

Function = Callable[..., Any]


def quicken() -> None:
    """Have the dataclasses that this process defines from now on made so, where `dataclasses` is as it was tried."""
    known = {name: getattr(dataclasses, name, None) for name in _PARAMETERS}
    if all(function and _parameters(function) == _PARAMETERS[name] for name, function in known.items()):
        for name, function in _REPLACED.items():
            setattr(dataclasses, name, function)


_PARAMETERS = {
    "_repr_fn": ("fields", "globals"),
    "_cmp_fn": ("name", "op", "self_tuple", "other_tuple", "globals"),
    "_hash_fn": ("fields", "globals"),
    "_frozen_get_del_attr": ("cls", "fields", "globals"),
}
"""Of the functions of Python 3.11 and 3.12 that make these methods."""


def _parameters(function: Function) -> tuple[str, ...]:
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


def _values_of(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of some attributes."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda _: ()
    alone = attrgetter(names[0])
    return lambda each: (alone(each),)


def _repr_of(fields: Sequence[Any], _globals: object) -> Function:
    names = [field.name for field in fields]

    def __repr__(self: Any) -> str:  # noqa: N807
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({values})"

    return recursive_repr()(__repr__)


_compiled_comparison: Function | None = getattr(dataclasses, "_cmp_fn", None)


def _comparison(name: str, op: str, self_tuple: str, other_tuple: str, globals: Any) -> Function:  # noqa: A002
    if op != "==" and _compiled_comparison is not None:
        compiled: Function = _compiled_comparison(name, op, self_tuple, other_tuple, globals)
        return compiled
    # ``(self.first,self.second,)``
    values = _values_of([part.removeprefix("self.") for part in self_tuple.strip("(),").split(",") if part])

    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash_of(fields: Sequence[Any], _globals: object) -> Function:
    values = _values_of([field.name for field in fields])

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return __hash__


def _frozen(cls: Any, fields: Sequence[Any], _globals: object) -> tuple[Function, Function]:
    names = frozenset(field.name for field in fields)

    def __setattr__(self: Any, name: str, value: Any) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return __setattr__, __delattr__


_REPLACED: dict[str, Function] = {
    "_repr_fn": _repr_of,
    "_cmp_fn": _comparison,
    "_hash_fn": _hash_of,
    "_frozen_get_del_attr": _frozen,
}
