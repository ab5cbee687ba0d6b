"""A site of Hugo as a book: its sections are parts, its pages chapters, by their weights."""

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from keben.core.values import dataclass
from keben.project.importers.matter import without_matter
from keben.project.importers.natural import Key, natural_key
from keben.project.importers.plans import BookPlan, Entry
from keben.project.importers.saidfiles import inside, json_of, names_in, table_in, text_in, toml_of, yaml_of
from keben.project.importers.sources import SourceFolder, is_index
from keben.project.importers.summary import titled
from keben.project.importers.trees import is_chapter, named, within

_SETTINGS = tuple(
    posixpath.join(place, f"{name}.{suffix}")
    for name in ("hugo", "config")
    for place in ("", "config/_default")
    for suffix in ("toml", "yaml", "yml", "json")
)
_CHINESE = ("zh", "cn")
_LAST = 1 << 31
"""A page without a weight stands behind those that have one."""


@dataclass(frozen=True, slots=True)
class _SitePage:
    """A page as its front matter has it."""

    path: str
    title: str = ""
    weight: int = _LAST
    is_draft: bool = False


def hugo_plan(folder: SourceFolder) -> BookPlan | None:
    """The book of a folder with settings of Hugo and pages below its ``contentDir``; else None.

    Raises:
        SourceError: its settings cannot be read.
    """
    name = settings_of_hugo(folder)
    if not name:
        return None
    read = {".toml": toml_of, ".json": json_of}.get(posixpath.splitext(name)[1], yaml_of)
    site = {key.lower(): value for key, value in read(folder, name).items()}
    tongue, own = _language(site)
    base = inside(text_in(own, "contentdir") or text_in(site, "contentdir") or "content")
    base = _chinese_folder(folder, base)
    paths = [path for path in folder.files if within(path, base) and is_chapter(path)]
    if not base or not paths or not _is_hugo(folder, name, site):
        return None
    entries = _section(tuple(_leaf(folder, path) for path in paths), base, base, is_top=True)
    return BookPlan(
        "Hugo",
        base,
        entries,
        text_in(own, "title") or text_in(site, "title"),
        names_in(site.get("author") or table_in(site, "params").get("author")),
        text_in(table_in(site, "params"), "description"),
        tongue or text_in(site, "languagecode") or text_in(site, "defaultcontentlanguage"),
        settings=name,
    )


def settings_of_hugo(folder: SourceFolder) -> str:
    """The file of a folder that may be Hugo's settings; empty: there is none."""
    return next((found for path in _SETTINGS if (found := folder.find(path))), "")


def _is_hugo(folder: SourceFolder, name: str, site: Mapping[str, Any]) -> bool:
    """Other tools have a ``config.toml`` too."""
    return (
        posixpath.basename(name).startswith("hugo.")
        or name.startswith("config/")
        or "baseurl" in site
        or any(path.startswith("archetypes/") for path in folder.files)
    )


def _language(site: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The Chinese one of a site's languages, and what is said of it."""
    tables = table_in(site, "languages")
    name = next((str(key) for key in tables if str(key).lower().startswith(_CHINESE)), "")
    return name, {key.lower(): value for key, value in table_in(tables, name).items()}


def _chinese_folder(folder: SourceFolder, base: str) -> str:
    """The Chinese pages of a site whose languages have a folder each."""
    names = {path[len(base) + 1 :].partition("/")[0] for path in folder.files if within(path, base)}
    chinese = sorted(name for name in names if name.lower() in ("zh", "cn", "zh-cn", "zh-hans", "zh-tw"))
    return posixpath.join(base, chinese[0]) if chinese and "en" in names else base


def _leaf(folder: SourceFolder, path: str) -> _SitePage:
    decoded = folder.text(path)
    matter = without_matter(decoded.text if decoded else "")
    weight = matter.said.get("weight")
    is_left = matter.said.get("draft") is True or matter.said.get("headless") is True
    return _SitePage(path, matter.title, weight if isinstance(weight, int) and weight else _LAST, is_left)


def _section(leaves: tuple[_SitePage, ...], base: str, root: str, *, is_top: bool) -> tuple[Entry, ...]:
    """What stands in a folder: its pages, and the folders below it."""
    index = _index(leaves, base)
    pages = [leaf for leaf in leaves if posixpath.dirname(leaf.path) == base and leaf is not index]
    folders = sorted({_step(leaf.path, base) for leaf in leaves if posixpath.dirname(leaf.path) != base})
    ranked = [(_key(leaf, leaf.path), _page(leaf, root)) for leaf in pages]
    for folder in folders:
        below = tuple(leaf for leaf in leaves if within(leaf.path, folder))
        first = _index(below, folder)
        is_around = first is None and not pages and len(folders) == 1
        inner = _section(below, folder, root, is_top=is_top and is_around)
        if is_around:
            # A folder around the book is no part of it.
            return (*_front(index, root), *inner) if is_top else inner
        part = _part(first, inner, folder, root)
        ranked.append(
            (
                _key(first or _SitePage(folder), folder),
                replace(part, rank="part") if inner and is_top else part,
            )
        )
    entries = tuple(entry for _, entry in sorted(ranked, key=lambda pair: pair[0]))
    return (*_front(index, root), *entries) if is_top else entries


def _front(index: _SitePage | None, root: str) -> tuple[Entry, ...]:
    return (Entry(titled(index.title), posixpath.relpath(index.path, root), "preface"),) if index else ()


def _part(index: _SitePage | None, inner: tuple[Entry, ...], folder: str, root: str) -> Entry:
    title = titled(index.title) if index and index.title else named(posixpath.basename(folder))
    target = posixpath.relpath(index.path, root) if index and not index.is_draft else ""
    return Entry(title, target, children=inner)


def _page(leaf: _SitePage, root: str) -> Entry:
    target = "" if leaf.is_draft else posixpath.relpath(leaf.path, root)
    return Entry(titled(leaf.title) or (leaf.path if leaf.is_draft else ""), target)


def _index(leaves: tuple[_SitePage, ...], base: str) -> _SitePage | None:
    return next((x for x in leaves if posixpath.dirname(x.path) == base and is_index(x.path)), None)


def _step(path: str, base: str) -> str:
    """The folder right below another one that leads to a file."""
    return posixpath.join(base, path[len(base) + 1 :].partition("/")[0])


def _key(leaf: _SitePage, path: str) -> tuple[int, Key, Key]:
    """Weights first, as Hugo has them; then titles, unless files are numbered."""
    name = posixpath.basename(path)
    first = natural_key(name if name[:1].isdigit() or not leaf.title else leaf.title)
    return leaf.weight, first, natural_key(name)
