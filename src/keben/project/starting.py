"""The files of a new project → a folder, whole or not at all."""

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from keben.core.errors import MachineError, UsageError
from keben.core.reasons import reason_of
from keben.core.saying import wording

HARMLESS = frozenset(
    (
        ".git",
        ".gitattributes",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "LICENSE",
        "LICENSE.md",
        "LICENSE.txt",
    )
)
"""What may lie in a folder that a book begins in: a repository that was just made, and what systems leave."""

_MANUSCRIPTS = (".txt", ".docx", ".odt", ".epub", ".md", ".html")


def require_room(folder: Path) -> None:
    """See that a book can begin in a folder.

    Raises:
        UsageError: something is there already.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    shown = str(folder)
    if not folder.is_dir():
        raise UsageError.at(shown, "not-empty", wording("This is a file."), wording("Name a new folder."))
    names = sorted(path.name for path in folder.iterdir() if path.name not in HARMLESS)
    if not names:
        return
    if (folder / "book" / "book.toml").exists() or "book.toml" in names:
        message = wording("There is a book in this folder already.")
        advice = wording(
            "Build it with: keben build {shown}. For another book, name a new folder.", shown=shown
        )
    elif any(name.lower().endswith(_MANUSCRIPTS) for name in names):
        message = wording("This folder is not empty.")
        advice = wording(
            "Name a new one. To make a book of what is in it: keben import {shown} NEWDIR.", shown=shown
        )
    else:
        message, advice = wording("This folder is not empty."), wording("Name a new one.")
    raise UsageError.at(shown, "not-empty", message, advice)


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new project. What ends this early leaves nothing, but in a folder that was there, such as a repository.

    Raises:
        UsageError: something is there already.
        MachineError: it cannot be written.
    """
    require_room(folder)
    made: list[Path] = []
    try:
        made = _make_above(folder)
        name = f".keben.{os.getpid()}.part"
        stage = folder / name if folder.exists() else folder.with_name(name)
        try:
            _fill(stage, files)
            _move(stage, folder)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        _clear(made)
        message = wording("The new book cannot be written: {reason}.", reason=reason_of(error))
        raise MachineError.at(
            str(folder), "write-failed", message, wording("Make room or fix the permissions, and try again.")
        ) from None
    except KeyboardInterrupt:
        _clear(made)
        raise


def _fill(stage: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        at = stage / name
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(data)


def _move(stage: Path, folder: Path) -> None:
    if not folder.exists():
        stage.rename(folder)
        return
    moved: list[Path] = []
    try:
        for path in sorted(stage.iterdir()):
            at = folder / path.name
            moved.append(at)
            path.rename(at)
    except (OSError, KeyboardInterrupt):
        for at in moved:
            if at.is_dir():
                shutil.rmtree(at, ignore_errors=True)
            else:
                at.unlink(missing_ok=True)
        raise


def _make_above(folder: Path) -> list[Path]:
    """Make the folders above one, and give those that were not there, the outermost first."""
    missing = [path for path in (folder.absolute()).parents if not path.exists()][::-1]
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    return missing


def _clear(made: list[Path]) -> None:
    """Take away folders that were made and are empty still."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir()
