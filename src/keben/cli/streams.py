"""Standard output and standard error that may be closed, be full, or have lost their reader.

A build is not lost because nobody reads what it says: it goes on, and what cannot be said is dropped.
"""

import contextlib
import errno
import io
import os
import sys

import click

from keben.cli.language import spoken
from keben.core.reasons import reason_of

_lost: dict[str, OSError] = {}

_CHINESE = "中文：「」"
"""What every encoding for Chinese has, and those of other places lack."""


def open_streams() -> None:
    """Make standard output and standard error fit for any text, and give those that are closed a place to go."""
    _lost.clear()
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            # Else the next file that is opened would get its number, and with it what libraries print.
            with contextlib.suppress(OSError):
                _to_nowhere(number)
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=_encoding(stream), errors="backslashreplace")


def is_narrow(name: str) -> bool:
    """Whether a stream (``stdout``) has an encoding that lacks some characters."""
    encoding = getattr(getattr(sys, name), "encoding", None) or "utf-8"
    return not encoding.lower().startswith(("utf", "gb18030"))


def _encoding(stream: object) -> str:
    r"""The encoding that a stream is given: its own where that has Chinese, as cp936 and cp950 have; else UTF-8.

    What an encoding lacks is printed as ``\u9f98``.
    """
    own = getattr(stream, "encoding", None) or "utf-8"
    try:
        _CHINESE.encode(own)
    except (UnicodeError, LookupError):
        return "utf-8"
    return str(own)


def say(text: str, *, err: bool = False) -> None:
    """Print a line in the language of this run.

    Where that is not possible the line is dropped, and so are those that follow.
    """
    name = "stderr" if err else "stdout"
    if name in _lost:
        return
    try:
        click.echo(spoken(text), err=err)
    except OSError as error:
        _lost[name] = error
        with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
            # What is still in the stream's buffer would be tried again when the program ends.
            _to_nowhere(getattr(sys, name).fileno())


def lost_output() -> str:
    """Why a part of standard output is lost, such as a full disk; empty if it is not, or if its reader went away."""
    error = _lost.get("stdout")
    if error is None or error.errno == errno.EPIPE:
        return ""
    return reason_of(error)


def _to_nowhere(number: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
