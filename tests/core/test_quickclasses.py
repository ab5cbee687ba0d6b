"""Dataclasses are made as Python makes them, whatever makes their methods."""

import dataclasses
import importlib.util
import pickle

import pytest

from keben.core import quickclasses
from keben.core.quickclasses import quicken

NAMES = ("_repr_fn", "_cmp_fn", "_hash_fn", "_frozen_get_del_attr")


def fresh():
    """Python's module as nobody has changed it."""
    spec = importlib.util.find_spec("dataclasses")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def classes(dataclasses):
    """Some of the kinds that there are, as a module makes them."""

    @dataclasses.dataclass(frozen=True, slots=True)
    class Two:
        first: int
        second: object = None

    @dataclasses.dataclass(frozen=True, slots=True)
    class One:
        only: tuple[int, ...]

    @dataclasses.dataclass(frozen=True)
    class Nothing:
        pass

    @dataclasses.dataclass(frozen=True, slots=True)
    class Below(Two):
        third: int = 3
        unsaid: int = dataclasses.field(default=4, repr=False, compare=False)

    @dataclasses.dataclass(order=True)
    class Ordered:
        key: int
        tied: str = ""

    return Two, One, Nothing, Below, Ordered


@pytest.fixture
def replaced():
    """What Python makes, and what is made so."""
    compiled, quick = fresh(), fresh()
    if not all(hasattr(compiled, name) for name in NAMES):
        pytest.skip("this Python makes them in another way")
    for name, function in quickclasses._REPLACED.items():
        setattr(quick, name, function)
    return classes(compiled), classes(quick)


def test_they_say_and_compare_and_count_as_the_same(replaced):
    for made in replaced:
        two, one, nothing, below, ordered = made
        assert repr(two(1)).endswith(".Two(first=1, second=None)")
        assert repr(below(1, "x")).endswith(".Below(first=1, second='x', third=3)")
        assert repr(nothing()).endswith(".Nothing()")
        assert two(1) == two(1)
        assert two(1) != two(2)
        assert two(1) != below(1)
        assert nothing() == nothing()
        assert below(1, unsaid=5) == below(1)
        assert two(1).__eq__(1) is NotImplemented
        # Values that are not themselves are equal where they are one object, as in a tuple.
        odd = float("nan")
        assert two(1, odd) == two(1, odd)
        assert (hash(two(1, "x")), hash(one((1,))), hash(nothing())) == (
            hash((1, "x")),
            hash(((1,),)),
            hash(()),
        )
        assert hash(below(1, 2, unsaid=7)) == hash((1, 2, 3))
        assert min(ordered(2), ordered(1, "b"), ordered(1, "a")) == ordered(1, "a")
        assert ordered.__hash__ is None


def test_they_cannot_be_changed(replaced):
    for two, _, nothing, below, ordered in replaced:
        for each in (two(1), below(1)):
            with pytest.raises(AttributeError, match="cannot assign to field 'first'"):
                each.first = 2
            with pytest.raises(AttributeError, match="cannot delete field 'first'"):
                del each.first
        with pytest.raises(AttributeError):
            nothing().more = 1
        changed = ordered(1)
        changed.key = 2
        assert changed == ordered(2)


def test_one_that_holds_itself_can_be_said(replaced):
    for two, *_ in replaced:
        held: list[object] = []
        each = two(1, held)
        held.append(each)
        assert repr(each).endswith("Two(first=1, second=[...])")


def test_methods_have_the_names_that_python_gives_them(replaced):
    (two, *_), (other, *_) = replaced
    for name in ("__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__"):
        assert getattr(two, name).__qualname__ == getattr(other, name).__qualname__


def test_another_python_is_left_alone(monkeypatch):
    def other(fields):
        return fields

    for name in NAMES:
        monkeypatch.setattr(dataclasses, name, other, raising=False)
    quicken()
    assert all(getattr(dataclasses, name) is other for name in NAMES)


def test_values_of_keben_can_be_sent():
    from keben.core.errors import Finding, Place

    finding = Finding(Place("a.md", 1), "code", "It is so.", "Change it.")
    assert pickle.loads(pickle.dumps(finding)) == finding
