"""Where a book is: a project of Keben's, the folder of another tool, or one file."""

import os
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from keben.core.errors import SourceError, UsageError
from keben.core.saying import wording

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".mdx", ".ipynb")
_FILES = (*_MARKDOWN, ".txt", ".text")
_IMPORTED = (".txt", ".text", ".docx", ".docm", ".odt", ".epub", ".html", ".htm", ".xhtml")
"""Files that are a book by themselves."""
_SKIPPED = ("node_modules", "__pycache__")
_MOST_FILES = 50_000
"""Files of a folder that is read as it is. A home folder has more, and is no book."""


def find_project(folder: Path) -> Path:
    """Where the book is that a folder or a file has, for `load` and the like.

    That is the root of a project of Keben's: the folder that holds ``book/book.toml``, for it or the ``book`` in it.
    Else it is the folder of another tool, or of Markdown files, as it is; or one Markdown or plain text file.

    Raises:
        UsageError: there is no book.
        SourceError: Keben's ``book.toml`` is in a folder of another name.
    """
    if folder.is_file() and folder.suffix.lower() in _FILES:
        return folder.resolve()
    if (folder / "book" / "book.toml").is_file():
        inner = folder / "book"
        return inner.resolve() if is_of_mdbook(inner) else folder.resolve()
    if (folder / "book.toml").is_file() and not is_of_mdbook(folder):
        if folder.resolve().name == "book":
            return folder.resolve().parent
        message = wording("The folder that holds this file is not named “book”.")
        advice = wording("Rename it, so that templates/, styles/ and build/ can stand beside it.")
        raise SourceError.at(str(folder / "book.toml"), "no-project", message, advice)
    if folder.is_dir() and not _is_inside(folder.resolve()) and _has_markdown(folder):
        return folder.resolve()
    raise _none(folder)


def _none(folder: Path) -> UsageError:
    """What is said where there is no book: how one is made of what is there."""
    if folder.is_file():
        message = wording("This file is not a project, nor a Markdown or plain text file.")
        if folder.suffix.lower() in _IMPORTED:
            advice = wording("Make a project of it: `keben import {name}`.", name=shlex.quote(str(folder)))
        elif folder.name == "book.toml":
            advice = wording("Name the folder of the project, not its settings.")
        else:
            advice = wording("Name the project's folder, or begin one with `keben new`.")
        return UsageError.at(str(folder), "no-project", message, advice)
    if folder.is_dir() and any(path.suffix.lower() in _IMPORTED for path in folder.iterdir()):
        advice = wording("Make a project of the texts here: `keben import`.")
    else:
        advice = wording("Name the project's folder, or begin one with `keben new`.")
    is_named = not folder.exists() and folder.suffix.lower() in (*_FILES, *_IMPORTED)
    missing = folder if is_named else folder / "book" / "book.toml"
    return UsageError.at(str(missing), "no-project", wording("There is no such file."), advice)


def is_project(root: Path) -> bool:
    """Whether what `find_project` gives is a project of Keben's, and not another tool's folder as it is."""
    return (root / "book" / "book.toml").is_file() and not is_of_mdbook(root)


def is_of_mdbook(folder: Path) -> bool:
    """Whether the ``book.toml`` of a folder is mdBook's: chapters are listed where mdBook looks for them."""
    said = _toml(folder / "book.toml")
    book = said.get("book")
    source = book.get("src", "src") if isinstance(book, dict) else "src"
    if "editions" in said or not isinstance(source, str):
        return False
    return (folder / source / "SUMMARY.md").is_file()


def is_emptied(root: Path, name: str) -> bool:
    """Whether mdBook empties a folder of its book before each build: the one that its settings name for its output."""
    build = _toml(root / "book.toml").get("build")
    output = build.get("build-dir") if isinstance(build, dict) else None
    return isinstance(output, str) and output.strip("./") == name


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}


def _is_inside(folder: Path) -> bool:
    """Whether a folder is one of a project of Keben's."""
    return any(parent.name == "book" and (parent / "book.toml").is_file() for parent in folder.parents)


def _has_markdown(folder: Path) -> bool:
    """Whether there is a Markdown file in a folder.

    Raises:
        UsageError: it holds too many files to be a book.
    """
    count, found = 0, False
    for _, names, files in os.walk(folder):
        names[:] = [name for name in names if not name.startswith(".") and name not in _SKIPPED]
        count += len(files)
        found = found or any(name.lower().endswith(_MARKDOWN) for name in files)
        if count > _MOST_FILES:
            message = wording(
                "This folder holds more than {most_files} files, and no book.toml.", most_files=_MOST_FILES
            )
            raise UsageError.at(str(folder), "no-project", message, wording("Name the folder of the book."))
    return found
