"""Calls that other processes make."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

Submit = Callable[..., "Future[Any]"]
"""Has a function of a module called with values that can be pickled, in another process."""

Apart = Callable[..., Callable[[], Any]]
"""Has a function of a module called with values that can be pickled, in another process, and gives what waits for the
result. The function's last argument, after those values, is what has calls made in further processes (a `Submit`), or
None."""
