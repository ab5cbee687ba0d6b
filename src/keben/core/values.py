"""`dataclass` for Keben's values: that of `dataclasses`, with methods that are written when they are needed.

Python compiles six functions for each frozen class when its module is loaded, half a millisecond. Keben has more than
two hundred classes on the way to an e-book, and uses a part of them. Here ``__init__`` is compiled when the first
value is made, and all classes share the other methods.
"""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as whole
from functools import cache
from inspect import Signature, signature
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(
        cls: type | None = None,
        /,
        *,
        frozen: bool = False,
        slots: bool = False,
        eq: bool = True,
        order: bool = False,
    ) -> Any:
        """As ``dataclasses.dataclass``, of whose options it has these four; fields are given by place or by name.

        Classes with ``order`` or without ``slots``, and those below a class of another decorator, are Python's own.
        """

        def made(cls: type) -> type:
            if order or not slots or any(_is_foreign(base) for base in cls.__mro__[1:]):
                return whole(cls, frozen=frozen, slots=slots, eq=eq, order=order)
            return _made(cls, frozen, eq)

        return made if cls is None else made(cls)


def _made(cls: type, frozen: bool, eq: bool) -> type:
    own = frozenset(cls.__dict__)
    if not cls.__doc__:
        # Else Python writes one, of a signature that it has to find first.
        cls.__doc__ = cls.__name__
    made: Any = whole(cls, init=False, repr=False, eq=False, slots=True)
    shared: dict[str, Any] = {"__init__": _init_later(made, frozen), "__repr__": _repr}
    if eq:
        # A class with its own __eq__ has a __hash__ of None by that alone.
        has_hash = "__hash__" in own and cls.__hash__ is not None
        shared |= {"__eq__": _eq} | ({} if has_hash else {"__hash__": _hash if frozen else None})
        own -= {"__hash__"}
    if frozen:
        shared |= {"__setattr__": _set_nothing, "__delattr__": _delete_nothing}
        shared |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, method in shared.items():
        if name not in own:
            setattr(made, name, method)
    made.__signature__ = _SIGNATURE
    return cast("type", made)


def _is_foreign(base: type) -> bool:
    """Whether another decorator made a class a dataclass."""
    return "__dataclass_fields__" in base.__dict__ and base.__dict__.get("__signature__") is not _SIGNATURE


def _init_later(cls: Any, frozen: bool) -> Callable[..., None]:
    def init(self: Any, *args: Any, **named: Any) -> None:
        cls.__init__ = _init(cls, frozen)
        cls.__init__(self, *args, **named)

    init.__name__, init.__qualname__ = "__init__", f"{cls.__qualname__}.__init__"
    return init


def _init(cls: Any, frozen: bool) -> Callable[..., None]:
    """The ``__init__`` of a class, compiled. A slot's own setter puts a value into a frozen one."""
    names: dict[str, Any] = {"_missing": MISSING}
    parameters, lines = ["_self"], []
    for number, each in enumerate(fields(cls)):
        value = each.name
        if not each.init:
            value = f"_d{number}()" if each.default_factory is not MISSING else f"_d{number}"
        elif each.default_factory is not MISSING:
            parameters.append(f"{each.name}=_missing")
            value = f"_d{number}() if {each.name} is _missing else {each.name}"
        else:
            parameters.append(each.name if each.default is MISSING else f"{each.name}=_d{number}")
        names[f"_d{number}"] = _default(each)
        names[f"_s{number}"] = getattr(cls, each.name).__set__
        if each.init or names[f"_d{number}"] is not MISSING:
            lines.append(f"_s{number}(_self, {value})" if frozen else f"_self.{each.name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("_self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"]), names)  # noqa: S102 - as Python's own
    init: Callable[..., None] = names["__init__"]
    init.__qualname__, init.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    init.__annotations__ = {each.name: each.type for each in fields(cls) if each.init} | {"return": None}
    return init


def _default(field: "Field[Any]") -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory


class _Signature:
    """What ``inspect.signature`` finds at a class: that of its ``__init__``, compiled for it."""

    def __get__(self, _value: object, cls: Any) -> Signature:
        own = next(each for each in cls.__mro__ if "__init__" in each.__dict__)
        init = own.__init__
        if own.__dict__.get("__signature__") is self and init.__code__.co_flags & _VARIADIC:
            init = _init(own, own.__setattr__ is _set_nothing)
        found = signature(init)
        return found.replace(parameters=list(found.parameters.values())[1:])


_SIGNATURE = _Signature()
_VARIADIC = 0x04
"""CO_VARARGS: an ``__init__`` that is not compiled yet takes anything."""


def _repr(self: Any) -> str:
    said = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(said)})"


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    get = _compared(self.__class__)
    return get(self) == get(other)


def _hash(self: Any) -> int:
    return hash(_hashed(self.__class__)(self))


@cache
def _compared(cls: Any) -> Callable[[object], tuple[object, ...]]:
    return _getter(each.name for each in fields(cls) if each.compare)


@cache
def _hashed(cls: Any) -> Callable[[object], tuple[object, ...]]:
    return _getter(each.name for each in fields(cls) if (each.compare if each.hash is None else each.hash))


@cache
def _stored(cls: Any) -> Callable[[object], tuple[object, ...]]:
    return _getter(each.name for each in fields(cls))


@cache
def _setters(cls: Any) -> tuple[Callable[[object, object], None], ...]:
    return tuple(getattr(cls, each.name).__set__ for each in fields(cls))


def _getter(names: Iterable[str]) -> Callable[[object], tuple[object, ...]]:
    """The values of these attributes, always as a tuple."""
    wanted = tuple(names)
    if len(wanted) > 1:
        return attrgetter(*wanted)
    return lambda value: tuple(getattr(value, name) for name in wanted)


def _set_nothing(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete_nothing(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> tuple[object, ...]:
    return _stored(self.__class__)(self)


def _set_state(self: Any, state: Iterable[object]) -> None:
    for put, value in zip(_setters(self.__class__), state, strict=True):
        put(self, value)
