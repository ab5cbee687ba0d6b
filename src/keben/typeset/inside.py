"""WeasyPrint's own functions, known by their parameters and replaced for a while. Who replaces one tells why."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import signature
from typing import Any


def takes(owner: Any, name: str, parameters: str) -> bool:
    """Whether a module or a class has a function of that name with these parameters, parted by spaces."""
    function = getattr(owner, name, None)
    return function is not None and " ".join(signature(function).parameters) == parameters


@contextmanager
def replaced(*others: tuple[Any, str, Callable[..., Any]]) -> Iterator[None]:
    """Put functions in the place of others in the block: owner, name, function. Not for several threads at once."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in others]
    for owner, name, function in others:
        setattr(owner, name, function)
    try:
        yield
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)
