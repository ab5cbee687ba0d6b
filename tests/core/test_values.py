"""The quick ``dataclass`` against Python's own: what can be asked of a value has one answer."""

import copy
import dataclasses
import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from keben.core.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plain:
    """Values of several kinds."""

    number: int
    text: str = "无"
    items: tuple[int, ...] = ()
    table: dict[str, int] = field(default_factory=dict, compare=False)
    secret: str = field(default="", repr=False)
    shared: ClassVar[int] = 3


@dataclass(frozen=True, slots=True)
class Longer(Plain):
    """A value with one more."""

    more: int = 7


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing."""


@dataclass(frozen=True, slots=True)
class One:
    """One value."""

    value: object


@dataclass(slots=True)
class Changing:
    """What counts."""

    count: int = 0
    seen: list[int] = field(default_factory=list)
    double: int = field(init=False)
    noted: set[int] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        self.double = 2 * self.count


@dataclass(slots=True, eq=False)
class Same:
    """Equal to itself alone."""

    count: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A value that is given by its name only."""

    first: int
    last: int = field(default=9, kw_only=True)


def quick(**options: bool) -> Callable[[type], Any]:
    return dataclass(**options)


def pairs(**options: bool) -> tuple[Any, Any]:
    """One class as both make it."""

    def written() -> type:
        class Value:
            first: int
            second: str = "b"
            third: list[int] = field(default_factory=list)

        return Value

    return quick(**options)(written()), dataclasses.dataclass(**options)(written())


@pytest.mark.parametrize("options", [{"frozen": True, "slots": True}, {"slots": True}])
def test_a_class_says_the_same_of_itself(options: dict[str, bool]) -> None:
    ours, pythons = pairs(**options)
    assert repr(ours(1, third=[2])) == repr(pythons(1, third=[2]))
    assert [(each.name, each.type, each.default) for each in fields(ours)] == [
        (each.name, each.type, each.default) for each in fields(pythons)
    ]
    assert ours.__slots__ == pythons.__slots__
    assert ours.__match_args__ == pythons.__match_args__
    assert (ours.__hash__ is None) == (pythons.__hash__ is None)
    for wrong in ((), (1, 2, 3, 4)):
        with pytest.raises(TypeError) as found:
            ours(*wrong)
        with pytest.raises(TypeError) as expected:
            pythons(*wrong)
        assert str(found.value) == str(expected.value)
    assert is_dataclass(ours)


def test_values_are_equal_by_their_fields() -> None:
    assert Plain(1) == Plain(1, "无", (), {"a": 1})
    assert Plain(1) != Plain(2)
    assert Plain(1, secret="x") != Plain(1)
    assert Plain(1) != Longer(1)
    assert Longer(1) == Longer(1, more=7)
    assert One((1,)).__eq__((1,)) is NotImplemented
    assert Empty() == Empty()
    assert Same() != Same()
    assert Changing(2) == Changing(2)


def test_values_of_one_number_are_hashed_as_pythons_are() -> None:
    python: Any = dataclasses.make_dataclass("Value", ["value"], frozen=True)
    assert hash(One(5)) == hash(python(5))
    assert hash(Plain(1, table={"a": 1})) == hash(Plain(1))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Changing())


def test_frozen_values_refuse_a_change() -> None:
    value = Longer(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'text'"):
        value.text = "有"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'more'"):
        del value.more
    assert replace(value, text="有") == Longer(1, "有")


def test_each_instance_has_containers_of_its_own() -> None:
    one, other = Changing(1), Changing(1)
    one.seen.append(1)
    one.noted.add(1)
    assert (other.seen, other.noted, one.double) == ([], set(), 2)
    assert Plain(1).table is not Plain(1).table


def test_values_stand_for_named_parameters_too() -> None:
    assert (Named(1), Named(1, last=2)) == (Named(first=1), Named(last=2, first=1))
    with pytest.raises(TypeError):
        Named(1, 2)  # type: ignore[call-arg]


@pytest.mark.parametrize("value", [Plain(1, table={"a": 1}), Longer(2), Empty(), One(None), Changing(4)])
def test_values_can_be_pickled_and_copied(value: object) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert again == value
        assert repr(again) == repr(value)


def test_a_class_keeps_what_it_says_itself() -> None:
    @dataclass(frozen=True, slots=True)
    class Odd:
        """Its own."""

        number: int

        def __eq__(self, other: object) -> bool:
            return True

        def __repr__(self) -> str:
            return "odd"

        def __hash__(self) -> int:
            return 4

    assert Odd(1) == 5
    assert (repr(Odd(1)), hash(Odd(1)), Odd(1).number) == ("odd", 4, 1)


def test_a_value_that_holds_itself_can_be_shown() -> None:
    value = Changing()
    value.seen.append(value)  # type: ignore[arg-type]
    assert "..." in repr(value)


def test_abstract_and_generic_classes_stay_what_they_are() -> None:
    @dataclass(frozen=True, slots=True)
    class Base(ABC, Generic[T]):
        """To be filled."""

        value: T

        @abstractmethod
        def said(self) -> str: ...

    @dataclass(frozen=True, slots=True)
    class Full(Base[int]):
        """Filled."""

        def said(self) -> str:
            return str(self.value)

    with pytest.raises(TypeError, match="abstract"):
        Base(1)  # type: ignore[abstract]
    assert Full(3).said() == "3"


def test_values_that_are_sorted_compare_in_order() -> None:
    @dataclass(frozen=True, slots=True, order=True)
    class Placed:
        """A place."""

        line: int

    assert Placed(1) < Placed(2)
