"""Functions that another process can be asked to call: it finds them by this module's name."""

import os
import signal
from pathlib import Path


def add(one: int, other: int) -> int:
    return one + other


def leave_a_mark(folder: Path) -> None:
    (folder / str(os.getpid())).touch()


def fail() -> None:
    raise ValueError("no")


class OddError(Exception):
    """One that cannot be made again from what it says."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")


def fail_oddly() -> None:
    raise OddError(1, 2)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
