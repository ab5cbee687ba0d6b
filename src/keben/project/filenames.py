"""Names of a project's files: those that are not UTF-8, as archives from other systems leave them, and links."""

import os
from pathlib import Path

from keben.core.errors import Finding, Place, Severity
from keben.core.saying import wording

_LIKELY = ("gb18030", "big5", "shift_jis")
"""Encodings that such names come from, the likeliest first."""


def is_utf_8(name: str) -> bool:
    """Whether a file's name, as Python has it, can be written in a text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path leads out of a folder, by links as well. One that leads round in a circle leads nowhere."""
    # `Path.resolve` raises for a circle before Python 3.13.
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def strange_name(folder: str, name: str, severity: Severity) -> Finding:
    """What is said of a file below a folder whose name is not UTF-8."""
    parts = name.split("/")
    shown = "/".join(
        part if is_utf_8(part) else os.fsencode(part).decode("ascii", "backslashreplace") for part in parts
    )
    without = "" if severity == "error" else wording(", so no text can name it; the book is made without it")
    message = wording("The name of this file is not UTF-8{without}.", without=without)
    guess = "/".join(_guess(os.fsencode(part)) for part in parts if not is_utf_8(part))
    advice = wording("Rename it, to “{guess}” perhaps.", guess=guess) if guess else wording("Rename it.")
    return Finding(Place(f"{folder}/{shown}"), "strange-name", message, advice, severity)


def _guess(data: bytes) -> str:
    for encoding in _LIKELY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isprintable():
            return text
    return ""
