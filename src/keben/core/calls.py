"""Calls that other processes make."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

Submit = Callable[..., "Future[Any]"]
"""Has a function of a module called with values that can be pickled, in another process."""
