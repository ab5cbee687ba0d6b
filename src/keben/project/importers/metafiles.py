"""``_meta.json`` in each folder of an Rspress site: what is in the folder, in order (its guide, “Auto nav/sidebar”)."""

import json
import posixpath
from collections.abc import Iterator
from typing import Any

from keben.project.importers.plans import Entry
from keben.project.importers.sources import SourceFolder
from keben.project.importers.summary import titled

_NAME = "_meta.json"
_DEEPEST = 8


def meta_of(folder: SourceFolder, base: str) -> tuple[Any, ...]:
    """What a folder's list names; empty where it has none, or one that is no list."""
    decoded = folder.text(posixpath.join(base, _NAME))
    try:
        said = json.loads(decoded.text) if decoded else None
    except (ValueError, RecursionError):
        said = None
    return tuple(said) if isinstance(said, list) else ()


def meta_entries(folder: SourceFolder, base: str) -> tuple[Entry, ...]:
    """The pages below a folder in the order of its lists; empty where it has none."""
    return tuple(_entries(folder, base, "", 0)) if meta_of(folder, base) else ()


def _entries(folder: SourceFolder, base: str, prefix: str, depth: int) -> Iterator[Entry]:
    for item in meta_of(folder, posixpath.join(base, prefix)):
        said = item if isinstance(item, dict) else {"name": item}
        name, label = said.get("name"), said.get("label")
        title = titled(label) if isinstance(label, str) else ""
        if not isinstance(name, str) or not name:
            if title and said.get("type") in ("section-header", "dir-section-header"):
                yield Entry(title, rank="part")
            continue
        path = posixpath.join(prefix, name)
        page = folder.find_page(posixpath.join(base, path))
        target = page[len(base) + 1 if base else 0 :] if page else ""
        children = tuple(_entries(folder, base, path, depth + 1)) if depth < _DEEPEST else ()
        children = tuple(child for child in children if child.target != target)
        if children:
            yield Entry(title or titled(name), target, "part" if not depth else "chapter", children)
        elif target:
            yield Entry(title, target)
