"""A value of Keben's does what one of Python's dataclasses does."""

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """Of two numbers."""

    x: int
    y: int = 7
    names: list[str] = field(default_factory=list)
    line: int = field(default=0, compare=False, repr=False)

    def moved(self) -> "Point":
        return dataclasses.replace(self, x=self.x + 1)


@dataclass(frozen=True, slots=True)
class Named(Point):
    name: str = "p"

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("no name")


@dataclass(slots=True)
class Tally:
    count: int
    seen: set[str] = field(default_factory=set, init=False, repr=False)


@dataclass(frozen=True, slots=True)
class Own:
    size: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        return "own"


@dataclass(frozen=True, slots=True, eq=False)
class Single:
    value: float = 1.0


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    value: int


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


def test_it_is_a_dataclass() -> None:
    assert dataclasses.is_dataclass(Point)
    assert [each.name for each in dataclasses.fields(Named)] == ["x", "y", "names", "line", "name"]
    assert Point.__match_args__ == ("x", "y", "names", "line")
    assert Point(1, line=3) == Point(1, line=4)
    assert Point(1).moved() == Point(2)
    assert repr(Named(1, 2)) == "Named(x=1, y=2, names=[], name='p')"
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 7, "names": [], "line": 0}
    assert Point(1).names is not Point(1).names
    assert not hasattr(Point(1), "__dict__")
    assert Point(1) != Named(1)
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Point(), "missing 1 required positional argument: 'x'"),
        (lambda: Point(1, z=2), "unexpected keyword argument 'z'"),
        (lambda: Tally(1, set()), "takes 2 positional arguments but 3 were given"),
    ],
)
def test_wrong_arguments_are_refused_at_the_first_call_too(call: Callable[[], Any], message: str) -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match=message):
            call()


def test_a_frozen_one_does_not_change() -> None:
    point: Any = Point(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        point.x = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del point.x
    assert point.x == 1


def test_one_that_is_not_frozen_changes_and_has_no_hash() -> None:
    tally = Tally(1)
    tally.count += 1
    tally.seen.add("a")
    assert (tally.count, tally.seen, Tally(2).seen) == (2, {"a"}, set())
    assert Tally(1) == Tally(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(tally)


def test_own_methods_stay() -> None:
    assert Own(1) == Own(2)
    assert (hash(Own(1)), repr(Own(1))) == (1, "own")
    with pytest.raises(ValueError, match="no name"):
        Named(1, name="")
    assert Single() != Single()
    assert len({Single(), Single()}) == 2
    assert Ordered(1) < Ordered(2)


@pytest.mark.parametrize("value", [Point(1, line=5), Named(2, 3, ["a"], 4, "n"), Tally(3), Own(1), Nothing()])
def test_it_is_copied_and_pickled(value: Any) -> None:
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert type(other) is type(value)
        assert all(
            getattr(other, each.name) == getattr(value, each.name) for each in dataclasses.fields(value)
        )


def test_its_signature_is_known_before_a_value_is_made() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        a: int
        b: str = "x"

    for _ in range(2):
        assert str(inspect.signature(Late)) == "(a: int, b: str = 'x') -> None"
        Late(1)


def test_one_below_a_class_of_pythons_own_is_so_too() -> None:
    @dataclasses.dataclass(frozen=True)
    class Base:
        a: int

    @dataclass(frozen=True, slots=True)
    class Below(Base):
        b: int = 2

    assert Below(1) == Below(1, 2)
    assert {Below(1): 1}[Below(1)] == 1
