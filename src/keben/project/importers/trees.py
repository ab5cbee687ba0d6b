"""A folder of Markdown files that says no order: indexes first, then as people number."""

import posixpath
import re

from keben.project.importers.languages import translations
from keben.project.importers.natural import book_key
from keben.project.importers.plans import Entry
from keben.project.importers.sources import SourceFolder, is_hidden, is_index, is_markdown
from keben.project.importers.summary import titled

_BESIDE = frozenset(
    "summary _sidebar _navbar _coverpage _footer license licence changelog contributing code_of_conduct "
    "security pull_request_template 404 authors contributors todo".split()
)
"""Names of files that stand beside a book."""

_NUMBERED = re.compile(r"\d{1,4}(?:[-_]+|\.\s*|\s+)(?=\D)")

_ENGLISH = re.compile(r"(?:[._-]en(?:[-_]us)?)(\.[a-z]+)\Z", re.IGNORECASE)
_CHINESE = re.compile(r"(?:[._-](?:zh|cn|chs|cht)(?:[-_](?:cn|tw|hk|hans|hant))?)(\.[a-z]+)\Z", re.IGNORECASE)
"""How files say that they are translations."""


def within(path: str, base: str) -> bool:
    """Whether a path is below a folder; the empty one holds all."""
    return not base or path.startswith(f"{base}/")


def is_chapter(path: str) -> bool:
    """Whether a file may be a chapter by its name."""
    stem = posixpath.splitext(posixpath.basename(path))[0].lower()
    return is_markdown(path) and not is_hidden(path) and stem not in _BESIDE


def named(name: str) -> str:
    """A title of a file's or a folder's name: without its number and suffix."""
    stem = posixpath.splitext(name)[0] if is_markdown(name) else name
    return titled(_NUMBERED.sub("", stem, count=1).replace("_", " "))


def tree_of(folder: SourceFolder, base: str) -> tuple[Entry, ...]:
    """The files below a folder: those in it are chapters, folders in it are parts."""
    others = translated(folder, base)
    inside = [
        path[len(base) + 1 if base else 0 :]
        for path in folder.files
        if within(path, base) and is_chapter(path) and path not in others
    ]
    # The index beside folders of languages leads to these.
    beside = {path for path in inside if "/" not in path and is_index(path)} if others else set()
    below = {path.partition("/")[0] for path in inside if path not in beside}
    is_guide = len(below) == 1 and any("/" in path and is_index(path) for path in inside)
    return tuple(_entries([path for path in inside if not (is_guide and path in beside)]))


def translated(folder: SourceFolder, base: str) -> frozenset[str]:
    """The files below a folder that are there in Chinese too, or in the script that is taken."""
    paths = [path for path in folder.files if within(path, base) and is_chapter(path)]
    return translations(folder, paths) | _in_chinese(paths)


def _in_chinese(paths: list[str]) -> set[str]:
    """The files that are there in Chinese too: ``a_en.md`` beside ``a.md``, and the like."""
    there = set(paths)
    left = {path for path in paths if (plain := _ENGLISH.sub(r"\1", path)) != path and plain in there}
    translated: dict[str, str] = {}
    for path in paths:
        if (plain := _CHINESE.sub(r"\1", path)) != path:
            left |= {plain} if translated.setdefault(plain, path) == path else {path}
    return left


def _entries(paths: list[str], prefix: str = "") -> list[Entry]:
    here = [path for path in paths if "/" not in path]
    below: dict[str, list[str]] = {}
    for path in paths:
        head, slash, rest = path.partition("/")
        if slash:
            below.setdefault(head, []).append(rest)
    indexes = [path for path in here if is_index(path)]
    pages = [path for path in here if not is_index(path)]
    front = [Entry(target=prefix + path, rank="preface") for path in indexes]
    if not pages and len(below) == 1:
        # A folder around the book is no part of it.
        name, inner = next(iter(below.items()))
        return front + _entries(inner, f"{prefix}{name}/")
    entries = [
        Entry(target=prefix + name) if name in here else _part(name, below[name], prefix)
        for name in sorted([*pages, *below], key=book_key)
    ]
    if not entries:
        return [Entry(target=entry.target) for entry in front]
    return front + entries


def _part(name: str, paths: list[str], prefix: str) -> Entry:
    """A folder as a part; as a chapter where it holds one file."""
    base = f"{prefix}{name}/"
    if len(paths) == 1:
        return Entry(named(name) if is_index(paths[0]) else "", base + paths[0])
    ordered = sorted(paths, key=_path_key)
    index = next((path for path in ordered if "/" not in path and is_index(path)), "")
    children = tuple(Entry(target=base + path) for path in ordered if path != index)
    return Entry(named(name), base + index if index else "", "part", children)


def _path_key(path: str) -> tuple[object, ...]:
    return tuple((not is_index(part), book_key(part)) for part in path.split("/"))
