"""One file of a project: its bytes or its text, and what is wrong with it. One that lies outside is not read."""

import os
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from keben.core.errors import Finding, Place
from keben.core.reasons import reason_of
from keben.core.saying import wording
from keben.project.filenames import leads_out

OUTSIDE_ADVICE = wording("A project reads its own files only.")


def _outside(folder: Path, name: str) -> str:
    """Why a path below a folder of the project may not be read; empty if it may."""
    if PurePosixPath(name).is_absolute() or "://" in name or "\\" in name:
        return wording("“{name}” is not a path inside the book's folder.", name=name)
    if leads_out(folder / name, folder):
        return wording("“{name}” leaves the book's folder.", name=name)
    return ""


def check_inside(folder: Path, name: str, place: Place) -> tuple[Finding, ...]:
    """An error at the place that names a path below a folder, if the path may not be read."""
    problem = _outside(folder, name)
    if not problem:
        return ()
    slashed = name.replace("\\", "/")
    if slashed != name and slashed[1:2] != ":" and not _outside(folder, slashed):
        message = wording(
            "“{name}” has backslashes between its folders, as only Windows reads them.", name=name
        )
        advice = wording("Write “{slashed}”, which every system reads.", slashed=slashed)
        return (Finding(place, "backslash-path", message, advice),)
    return (Finding(place, "outside-path", problem, OUTSIDE_ADVICE),)


def read_bytes(path: Path, shown: str) -> tuple[bytes | None, tuple[Finding, ...]]:
    """The bytes of a file that messages call ``shown``; None beside the findings if it cannot be read."""
    try:
        if not S_ISREG(path.stat().st_mode):
            # A pipe or a device may never end.
            message = wording("This is not a regular file.")
            return None, (
                Finding(Place(shown), "unreadable-file", message, wording("Put a file in its place.")),
            )
        return path.read_bytes(), ()
    except OSError as error:
        message = wording("This file cannot be read: {reason}.", reason=reason_of(error))
        return None, (
            Finding(Place(shown), "unreadable-file", message, wording("Check the file and its permissions.")),
        )


def read_text(path: Path, shown: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file, its lines ended by a newline alone; None beside the findings if it cannot be read."""
    data, findings = read_bytes(path, shown)
    if data is None:
        return None, findings
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Without the byte order mark, if there was one: the error counts from behind it.
        whole, start = error.object, error.start
        line = whole.count(b"\n", 0, start) + 1
        before = whole[whole.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")
        place = Place(shown, line, len(before) + 1)
        message = wording("The byte 0x{whole:02X} is not UTF-8.", whole=whole[start])
        return None, (Finding(place, "invalid-utf-8", message, wording("Save the file as UTF-8.")),)
    return text.replace("\r\n", "\n").replace("\r", "\n"), ()


def read_optional(folder: Path, name: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file that a folder of the project may have; None where it has none, or one that cannot be read."""
    shown = f"{folder.name}/{name}"
    if problems := check_inside(folder, name, Place(shown)):
        return None, problems
    return read_text(folder / name, shown) if os.path.lexists(folder / name) else (None, ())
