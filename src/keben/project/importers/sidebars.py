"""The sidebar of VuePress and VitePress, as it is written in their settings: read, not run."""

import posixpath
from collections.abc import Iterator

from keben.project.importers.literals import Value, read_program
from keben.project.importers.plans import Entry
from keben.project.importers.sources import SourceFolder
from keben.project.importers.summary import titled
from keben.project.importers.trees import is_chapter, within

_PROGRAMS = (".js", ".ts", ".mjs", ".mts", ".cjs", ".json")
_LONGEST = 400_000
_ENOUGH = 0.6
"""The share of the pages that a sidebar has to name; of one that names fewer, most stands elsewhere."""
_DEEPEST = 12


def sidebar_entries(folder: SourceFolder, settings: str, base: str) -> tuple[Entry, ...]:
    """The pages in the order of the sidebar; empty where it cannot be read, or does not name most of them.

    ``settings`` is the hidden folder, ``base`` that of the pages.
    """
    found = max(_candidates(folder, settings, base), key=lambda each: len(_targets(each)), default=())
    pages = [path for path in folder.files if within(path, base) and is_chapter(path)]
    named = {folder.find_page(posixpath.join(base, target)) for target in _targets(found)}
    return found if len(named) >= max(2, _ENOUGH * len(pages)) else ()


def _candidates(folder: SourceFolder, settings: str, base: str) -> Iterator[tuple[Entry, ...]]:
    for path in folder.files:
        inside = path.startswith(f"{settings}/") and path.endswith(_PROGRAMS)
        if not inside or path[len(settings) :].startswith(("/theme/", "/cache/", "/dist/")):
            continue
        decoded = folder.text(path)
        if (
            decoded is None
            or len(decoded.text) > _LONGEST
            or "sidebar" not in f"{path} {decoded.text}".lower()
        ):
            continue
        program = read_program(decoded.text)
        for value in program.named("sidebar"):
            yield tuple(_entries(folder, base, value, "", 0))
        if "sidebar" in path.lower():
            yield tuple(_entries(folder, base, program.whole(), "", 0))


def _entries(folder: SourceFolder, base: str, value: Value, prefix: str, depth: int) -> Iterator[Entry]:
    if depth > _DEEPEST or value is None:
        return
    if isinstance(value, str):
        if target := _target(folder, base, value, prefix):
            yield Entry(target=target)
    elif isinstance(value, dict):
        yield from _of_table(folder, base, value, prefix, depth)
    elif pair := _pair(folder, base, value, prefix):
        yield pair
    else:
        for each in value:
            yield from _entries(folder, base, each, prefix, depth + 1)


def _of_table(
    folder: SourceFolder, base: str, table: dict[str, Value], prefix: str, depth: int
) -> Iterator[Entry]:
    """A page, a group of them, or a sidebar for each folder."""
    inner = next((table[key] for key in ("items", "children") if isinstance(table.get(key), list)), None)
    said = next((table[key] for key in ("text", "title") if isinstance(table.get(key), str)), "")
    address = next((table[key] for key in ("link", "path") if isinstance(table.get(key), str)), "")
    begins = table.get("base") or table.get("prefix")
    here = posixpath.join(prefix, begins) if isinstance(begins, str) else prefix
    target = _target(folder, base, str(address), prefix) if address else ""
    if inner is not None:
        children = tuple(_entries(folder, base, inner, here, depth + 1))
        if said and (children or target):
            yield Entry(titled(str(said)), target, children=children)
        else:
            yield from children
    elif target:
        yield Entry(titled(str(said)), target)
    elif not said:
        for key, value in table.items():
            begins = key if key.startswith("/") else prefix
            yield from _entries(folder, base, value, begins, depth + 1)


def _pair(folder: SourceFolder, base: str, value: list[Value], prefix: str) -> Entry | None:
    """``[page, title]`` of old VuePress; None where it is a list of pages."""
    if len(value) != 2 or not isinstance(value[0], str) or not isinstance(value[1], str):
        return None
    target = _target(folder, base, value[0], prefix)
    is_pair = target and not _target(folder, base, value[1], prefix)
    return Entry(titled(value[1]), target) if is_pair else None


def _target(folder: SourceFolder, base: str, written: str, prefix: str) -> str:
    """The page that an address of the site means, below ``base``; empty: none."""
    path = posixpath.join("/", prefix, written.partition("#")[0]).lstrip("/")
    found = folder.find_page(posixpath.join(base, path) or "./") if "://" not in written else ""
    return posixpath.relpath(found, base or ".") if found and within(found, base) else ""


def _targets(entries: tuple[Entry, ...]) -> list[str]:
    return [
        target
        for entry in entries
        for target in (*([entry.target] if entry.target else []), *_targets(entry.children))
    ]
