"""Standard output and standard error that may be closed, full, or read by somebody who went away.

A build is not lost because nobody reads what it says: it goes on, and what cannot be said is dropped.
"""

import contextlib
import errno
import io
import os
import sys

import click

from keben.cli.language import spoken

_lost: dict[str, OSError] = {}


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
        # A message with Chinese in it must come through in any locale.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


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
    return error.strerror or str(error)


def _to_nowhere(number: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere != number:
        os.dup2(nowhere, number)
        os.close(nowhere)
