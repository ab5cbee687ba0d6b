"""WeasyPrint's own functions, known by parameters or by a line, and replaced for a while. Who replaces one says why."""

import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from inspect import signature
from typing import Any


def takes(owner: Any, name: str, parameters: str) -> bool:
    """Whether a module or a class has a function of that name with these parameters, parted by spaces."""
    function = getattr(owner, name, None)
    return function is not None and " ".join(signature(function).parameters) == parameters


@contextmanager
def replaced(*others: tuple[Any, str, Any]) -> Iterator[None]:
    """Put functions in the place of others in the block: owner, name, function. Not for several threads at once."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in others]
    for owner, name, function in others:
        setattr(owner, name, function)
    try:
        yield
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)


@cache
def rewritten(function: Callable[..., Any], *changes: tuple[str, str]) -> Any:
    """A function of WeasyPrint's with some lines changed; None where its text is not the one that is known.

    A change is a text that the source, indented as it is in its file, has once, and what stands in its place.
    """
    try:
        lines, first = inspect.getsourcelines(function)
    except OSError:
        return None
    text = "".join(lines)
    for known, other in changes:
        if text.count(known) != 1:
            return None
        text = text.replace(known, other)
    made: dict[str, Any] = {}
    # As many empty lines before it as in the file: a traceback names the right ones.
    text = "\n" * (first - 1) + textwrap.dedent(text)
    file = inspect.getsourcefile(function) or "<weasyprint>"
    exec(compile(text, file, "exec"), function.__globals__, made)  # noqa: S102 - lines of a known text
    return made[function.__name__]
