"""Chapters of a book, read from the store before anybody asks for them, by a process that waits for the book.

Each build notes which chapters its book was bound from. Nearly all of them are in the next one, too.
"""

from collections.abc import Collection

from keben.core.packing import packed as as_bytes
from keben.core.packing import unpacked as from_bytes
from keben.core.store import Lookups, Store
from keben.typeset.weasy.drawn import DrawnChapter, unpacked

_read: dict[str, DrawnChapter] = {}
"""In a process that waits for a book: chapters by their keys, which are made of all that a chapter depends on."""


def read_ahead(store: Store, name: str) -> None:
    """Read the chapters that the PDF of a name was bound from last."""
    _read.clear()
    for key in _noted(store, name):
        chapter = _chapter(store, key)
        if chapter is not None:
            _read[key] = chapter


def kept_chapter(store: Store, key: str) -> DrawnChapter | None:
    """A chapter that a store has; one that was read ahead is handed out once."""
    found = _read.pop(key, None)
    if found is None:
        return _chapter(store, key)
    if store.lookups is not None:
        store.lookups.add(Lookups(1, 1))
    return found


def is_kept(store: Store, key: str) -> bool:
    """Whether a store has a chapter."""
    return key in _read or store.get(key) is not None


def note(store: Store, name: str, keys: Collection[str]) -> None:
    """Note which chapters the PDF of a name is bound from."""
    if store.folder is not None and set(keys) != set(_noted(store, name)):
        store.put(_entry(store, name), as_bytes(tuple(keys)) or b"")


def _noted(store: Store, name: str) -> tuple[str, ...]:
    # It is no result of a step, and not counted as one.
    entry = Store(store.folder, store.mark).get(_entry(store, name))
    keys = from_bytes(entry) if entry else None
    return tuple(key for key in keys if isinstance(key, str)) if isinstance(keys, tuple) else ()


def _entry(store: Store, name: str) -> str:
    return store.key("chapters-of", name)


def _chapter(store: Store, key: str) -> DrawnChapter | None:
    entry = store.get(key)
    return unpacked(entry) if entry is not None else None
