"""Calls that other processes make."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

Submit = Callable[..., "Future[Any]"]
"""Has a function of a module called with values that can be pickled, in another process."""


class Apart(Protocol):
    """Has a function of a module called with values that can be pickled, in another process.

    The function's last argument, after those values, is what has calls made in further processes (a `Submit`), or None.
    """

    def begin(self, function: Callable[..., Any], *values: Any) -> None:
        """Begin a call that is likely to be asked for with the same values."""

    def __call__(self, function: Callable[..., Any], *values: Any) -> Callable[[], Any]:
        """What waits for the result of a call; of the one that was begun, where it is that."""
