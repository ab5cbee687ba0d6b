"""Unforeseen exceptions, which are Keben's own faults: each is kept in a file that can be sent with a report."""

import os
import platform
import sys
import tempfile
import traceback

from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.core.version import __version__

SHOW = "KEBEN_TRACEBACK"
"""The environment variable that, set to 1, also prints the traceback on standard error."""


def fault(error: BaseException, about: str = "keben") -> Finding:
    """What is said of an exception that is no `KebenError`; its traceback is written into the temporary folder.

    ``about`` is what was being made: an artifact's name, or ``keben``.
    """
    if isinstance(error, MemoryError):
        message = wording("There is not enough memory on this machine.")
        return Finding(
            Place(about), "no-memory", message, wording("Close other programs, or build with -j 1.")
        )
    text = "".join(traceback.format_exception(error))
    if os.environ.get(SHOW) == "1" and sys.stderr is not None:
        sys.stderr.write(text)
    kept = _keep(f"Keben {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{text}")
    said = " ".join(f"{type(error).__name__}: {error}".split())[:200].rstrip(".:")
    message = wording("This is a fault of Keben's ({said}).", said=said)
    advice = (
        wording("Please report it with this file: {kept}", kept=kept)
        if kept
        else wording("Please report it; {show}=1 shows more.", show=SHOW)
    )
    return Finding(Place(about), "fault", message, advice)


def _keep(text: str) -> str:
    """The path of a new file with a text; empty where none can be written."""
    try:
        descriptor, path = tempfile.mkstemp(prefix="keben-fault-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
    except OSError:
        return ""
    return path
