"""``dataclass``: Python's own decorator, and a quicker one in its place when the program runs.

Python writes, compiles and runs the source of up to nine methods for each dataclass when it is defined. A build loads
some three hundred, and makes instances of half of them; defining them took an eighth of its time. Here the methods are
ordinary functions, except ``__init__``, which is compiled when the first instance is made. Fields, equality, hashes,
pickles and texts are those of Python's dataclasses, and so are `dataclasses.fields` and `dataclasses.replace`.

Type checkers see Python's decorator. ``InitVar`` is not provided for.
"""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False
    ) -> Callable[[type], type]:
        """As `dataclasses.dataclass`; it is that where a class has no slots or is to be sorted."""
        if order or not slots:
            return dataclasses.dataclass(frozen=frozen, slots=slots, eq=eq, order=order)
        return lambda cls: _made(cls, frozen=frozen, eq=eq)


__all__ = ["dataclass"]

_Methods = dict[str, Any]


def _made(cls: type, *, frozen: bool, eq: bool) -> type:
    # Python would make a text of the signature for a class that has none.
    cls.__doc__ = cls.__doc__ or cls.__name__
    own = {name for name, value in vars(cls).items() if value is not None}
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    methods: _Methods = {"__init__": _init_later(made, frozen=frozen), "__repr__": _text}
    if eq:
        methods |= _compared(made, frozen=frozen)
    if frozen:
        methods |= {"__setattr__": _refuse_change, "__delattr__": _refuse_deletion, **_pickled(made)}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _init_later(cls: Any, *, frozen: bool) -> Callable[..., None]:
    """An ``__init__`` that makes the class's own when it is first called, and puts that in its place."""

    def __init__(self: Any, *values: Any, **named: Any) -> None:  # noqa: N807 - it is one
        made = _init(cls, frozen=frozen)
        cls.__init__ = made
        made(self, *values, **named)

    return __init__


def _init(cls: Any, *, frozen: bool) -> Callable[..., None]:
    """The ``__init__`` of a class; where it is frozen, values go in by the slots themselves."""
    fields: tuple[Field[Any], ...] = dataclasses.fields(cls)
    known: dict[str, Any] = {"_missing": MISSING}
    lines = []
    for field in fields:
        name, value = field.name, field.name
        known[f"_default_{name}"] = field.default
        if field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            value = f"_make_{name}()"
            if field.init:
                value = f"{value} if {name} is _missing else {name}"
        elif not field.init:
            continue
        known[f"_put_{name}"] = getattr(cls, name).__set__
        lines.append(f"_put_{name}(self, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    asked = [field for field in fields if field.init]
    named = ["*", *(_parameter(field) for field in asked if field.kw_only)]
    parameters = [
        "self",
        *(_parameter(field) for field in asked if not field.kw_only),
        *(named if len(named) > 1 else ()),
    ]
    source = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"])
    # The names are those of a class's fields, which are Python's names already; dataclasses does the same.
    exec(source, known)  # noqa: S102
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made


def _parameter(field: "Field[Any]") -> str:
    if field.default_factory is not MISSING:
        return f"{field.name}=_missing"
    return field.name if field.default is MISSING else f"{field.name}=_default_{field.name}"


def _compared(cls: Any, *, frozen: bool) -> _Methods:
    """Equality by the values of the fields, and the hash that goes with it."""
    fields: tuple[Field[Any], ...] = dataclasses.fields(cls)
    compared = _values_of(field.name for field in fields if field.compare)

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it is one
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    if not frozen:
        return {"__eq__": __eq__, "__hash__": None}
    hashed = _values_of(
        field.name for field in fields if (field.compare if field.hash is None else field.hash)
    )

    def __hash__(self: object) -> int:  # noqa: N807 - it is one
        return hash(hashed(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _pickled(cls: Any) -> _Methods:
    """What pickle and copy call: slots that refuse a change have to be filled by themselves."""
    names = [field.name for field in dataclasses.fields(cls)]
    values = _values_of(names)
    slots = [getattr(cls, name).__set__ for name in names]

    def __getstate__(self: object) -> list[Any]:  # noqa: N807 - it is one
        return list(values(self))

    def __setstate__(self: object, state: Iterable[Any]) -> None:  # noqa: N807 - it is one
        for put, value in zip(slots, state, strict=True):
            put(self, value)

    return {"__getstate__": __getstate__, "__setstate__": __setstate__}


def _values_of(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of some attributes as a tuple, be they none, one or many."""
    asked = tuple(names)
    if len(asked) > 1:
        return attrgetter(*asked)
    return lambda value: tuple(getattr(value, name) for name in asked)


@recursive_repr()
def _text(self: Any) -> str:
    shown = (
        f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr
    )
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse_change(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
