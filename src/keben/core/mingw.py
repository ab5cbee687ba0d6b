"""Where Pango and fontconfig are on Windows: in the folders that WeasyPrint loads its libraries from.

https://doc.courtbouillon.org/weasyprint/v70.0/first_steps.html#windows
"""

import os
import shutil
from pathlib import Path

MSYS2 = "C:\\msys64"
"""Where MSYS2 installs itself unless it is given another folder."""

USUAL = f"{MSYS2}\\ucrt64\\bin;{MSYS2}\\mingw64\\bin;C:\\Program Files\\GTK3-Runtime Win64\\bin"
"""What WeasyPrint 70 looks through where ``WEASYPRINT_DLL_DIRECTORIES`` says nothing."""


def is_windows() -> bool:
    """Whether this is Windows itself (WSL is Linux)."""
    return os.name == "nt"


def runtime_folders() -> tuple[Path, ...]:
    """The folders of libraries and programs, in the order in which they are looked through; none off Windows."""
    if not is_windows():
        return ()
    said = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", USUAL)
    return tuple(Path(each) for each in said.split(";") if each)


def program(name: str) -> str | None:
    """The path of a program that comes with the libraries; None if it is not there."""
    if found := shutil.which(name):
        return found
    found_there = (shutil.which(name, path=str(folder)) for folder in runtime_folders())
    return next((each for each in found_there if each), None)
