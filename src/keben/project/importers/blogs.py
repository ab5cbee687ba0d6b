"""A blog of Hexo or Jekyll as a book: its posts, the oldest first."""

import posixpath
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from keben.project.importers.matter import without_matter
from keben.project.importers.natural import Key, natural_key
from keben.project.importers.plans import BookPlan, Entry
from keben.project.importers.saidfiles import inside, names_in, text_in, yaml_of
from keben.project.importers.sources import SourceFolder
from keben.project.importers.summary import titled
from keben.project.importers.trees import is_chapter, within

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_TIME = re.compile(r"[T ](\d{1,2}):(\d{2})")
_UNDATED = "9999"


def blog_plan(folder: SourceFolder) -> BookPlan | None:
    """The book of a folder with ``_config.yml`` and ``source/_posts`` (Hexo) or ``_posts`` (Jekyll); else None.

    Raises:
        SourceError: its settings cannot be read.
    """
    name = folder.find("_config.yml") or folder.find("_config.yaml")
    if not name:
        return None
    said = yaml_of(folder, name)
    base = inside(text_in(said, "source_dir") or text_in(said, "source")) or "source"
    for kind, root in (("Hexo", base), ("Jekyll", inside(text_in(said, "source"))), ("Jekyll", "")):
        posts = posixpath.join(root, "_posts")
        paths = [path for path in folder.files if within(path, posts) and is_chapter(path)]
        if paths:
            return _plan(folder, name, said, (kind, root), paths)
    return None


def _plan(
    folder: SourceFolder, name: str, said: Mapping[str, Any], site: tuple[str, str], paths: list[str]
) -> BookPlan:
    kind, base = site
    posts = sorted((_key(folder, path), _entry(folder, path, base)) for path in paths)
    return BookPlan(
        kind,
        base,
        tuple(entry for _, entry in posts),
        text_in(said, "title"),
        names_in(said.get("author")),
        text_in(said, "description") or text_in(said, "subtitle"),
        text_in(said, "language") or text_in(said, "lang"),
        settings=name,
    )


def _matter(folder: SourceFolder, path: str) -> tuple[str, Mapping[str, Any]]:
    decoded = folder.text(path)
    matter = without_matter(decoded.text if decoded else "")
    return matter.title, matter.said


def _entry(folder: SourceFolder, path: str, base: str) -> Entry:
    title, said = _matter(folder, path)
    is_left = said.get("published") is False or said.get("draft") is True
    if is_left:
        return Entry(titled(title) or path)
    return Entry(target=posixpath.relpath(path, base or "."))


def _key(folder: SourceFolder, path: str) -> tuple[str, Key]:
    """When a post was written: as its front matter says it, else as its file's name does; then its name."""
    _, said = _matter(folder, path)
    given = said.get("date")
    if isinstance(given, datetime):
        return given.replace(tzinfo=None).isoformat(), natural_key(path)
    if isinstance(given, date):
        return given.isoformat(), natural_key(path)
    text = str(given or posixpath.basename(path))
    day, time = _DAY.search(text), _TIME.search(text)
    if day is None:
        return _UNDATED, natural_key(path)
    hours = f"T{int(time[1]):02}:{time[2]}" if time else ""
    return f"{int(day[1]):04}-{int(day[2]):02}-{int(day[3]):02}{hours}", natural_key(path)
