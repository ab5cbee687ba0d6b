"""The files of a folder that is imported. What leads out of it, by links too, is not there."""

import os
import posixpath
import unicodedata
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from stat import S_ISREG
from urllib.parse import unquote

from keben.core.values import dataclass
from keben.project.filenames import is_utf_8, leads_out
from keben.project.importers.decoding import Decoded
from keben.project.importers.notebooks import SUFFIX, read_text

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", ".mdx", SUFFIX)
"""Suffixes of files that hold a chapter; a notebook is read as Markdown."""
INDEXES = ("README", "index", "_index")
"""Names of the file that speaks for its folder."""

_SKIPPED = frozenset((".git", "node_modules", "_book", "__pycache__", ".venv", "_site"))


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder with the paths of its files, sorted, with ``/``."""

    root: Path
    files: tuple[str, ...]
    folded: dict[str, str] = field(repr=False)
    """Each path by the form that all ways of writing it share."""
    known: frozenset[str] = field(repr=False)
    made: dict[str, bytes] = field(default_factory=dict, repr=False)
    """Files that are only in memory, by path."""

    def data(self, path: str) -> bytes | None:
        """The bytes of a file; None where it is none of the folder's."""
        if path not in self.known:
            return None
        if path in self.made:
            return self.made[path]
        full = self.root / path
        try:
            if leads_out(full, self.root) or not S_ISREG(full.stat().st_mode):
                return None
            return full.read_bytes()
        except OSError:
            return None

    def text(self, path: str) -> Decoded | None:
        """The text of a file; None where there is none, or in no known encoding."""
        data = self.data(path)
        if data is None:
            return None
        return read_text(path, data) or Decoded(data.decode("utf-8", "replace"), "UTF-8")

    def find(self, path: str) -> str:
        """The file that a path below the root means, in whatever case and encoding it is written; else empty."""
        for way in (path, unquote(path)):
            normal = posixpath.normpath(way)
            if normal in self.known:
                return normal
            if found := self.folded.get(fold(normal)):
                return found
        return ""

    def find_page(self, path: str) -> str:
        """The Markdown file that a link means: itself, without its suffix, as HTML, or a folder's index."""
        path = unquote(path)
        stem, suffix = posixpath.splitext(path)
        ways = [path] if suffix.lower() in MARKDOWN else []
        if suffix.lower() in (".html", ".htm"):
            ways += [f"{stem}{each}" for each in MARKDOWN]
        ways += [f"{path}{each}" for each in MARKDOWN] if not path.endswith("/") and path else []
        ways += [posixpath.join(path, f"{name}{each}") for name in INDEXES for each in MARKDOWN]
        if posixpath.basename(stem).lower() == "index" and suffix.lower() in (".html", ".htm"):
            ways += [posixpath.join(posixpath.dirname(path), f"README{each}") for each in MARKDOWN]
        return next((found for way in ways if (found := self.find(way))), "")


def fold(path: str) -> str:
    """A path as it is compared: letters composed, case folded."""
    return unicodedata.normalize("NFC", path).casefold()


def open_folder(root: Path) -> SourceFolder:
    """The files below a folder; folders that tools make are passed over."""
    files = tuple(sorted(_walk(root)))
    folded: dict[str, str] = {}
    for path in files:
        folded.setdefault(fold(path), path)
    return SourceFolder(root, files, folded, frozenset(files))


def _walk(root: Path) -> Iterator[str]:
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in _SKIPPED)
        for name in files:
            path = Path(folder, name).relative_to(root).as_posix()
            if is_utf_8(path):
                yield path


def is_markdown(path: str) -> bool:
    """Whether a file is Markdown by its name."""
    return posixpath.splitext(path)[1].lower() in MARKDOWN


def is_hidden(path: str) -> bool:
    """Whether a file or a folder above it has a name that begins with a dot."""
    return any(part.startswith(".") for part in path.split("/"))


def is_index(path: str) -> bool:
    """Whether a file speaks for its folder."""
    return posixpath.splitext(posixpath.basename(path))[0].lower() in {name.lower() for name in INDEXES}
