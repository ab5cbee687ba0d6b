"""Where the links of a folder's files lead: to a chapter, to a heading, to a picture, out, or nowhere."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import field
from itertools import chain

from keben.core.sitepaths import site_key
from keben.core.values import dataclass
from keben.project.importers.pages import Page
from keben.project.importers.prose import key_of
from keben.project.importers.sources import SourceFolder
from keben.project.importers.summary import split_anchor

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_WEB = re.compile(r"(?:https?://[^\s/]|mailto:\S)", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:md|html?)$", re.IGNORECASE)
_TONGUES = ("zh", "zh-cn", "zh-hans", "zh-tw", "zh-hant", "zh_cn", "cn")
"""How a file says that it is the translation of another one: ``a.zh.md`` of ``a.md``."""
PUBLIC = ("", "public", ".vuepress/public", ".vitepress/public", "static", "assets")
"""Folders that the root of a site's addresses may be."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A file's heading; −1: its beginning."""

    path: str
    heading: int = -1


@dataclass(frozen=True, slots=True)
class Routes:
    """Addresses as they are written → files of the folder."""

    folder: SourceFolder
    base: str
    pages: Mapping[str, Page]
    ids: frozenset[str] = frozenset()
    """Those that figures, tables, formulas and headings of the book have."""
    twins: Mapping[str, str] = field(default_factory=dict)
    """Files that are left out, with those that say the same."""
    _alone: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `_only_one` has found: a site's pages link to the same few over and over."""
    _bases: set[str] = field(default_factory=set, init=False, repr=False, compare=False)
    _headings: dict[str, Goal] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `_named` has found."""

    def __post_init__(self) -> None:
        folders = {path[: path.rfind("/")] for path in self.pages if "/" in path}
        self._bases.update(folder[:end] for folder in folders for end in (*_slashes(folder), len(folder)))

    def goal(self, address: str, path: str) -> Goal | str | None:
        """Where a link of the file at ``path`` leads: a place in the book, an address of the web, or nowhere."""
        if address.startswith("//"):
            address = f"https:{address}"
        if _SCHEME.match(address):
            return address if _WEB.match(address) else None
        written, anchor = split_anchor(address)
        found = self._page(written, path) if written else path
        if not found:
            return None
        if not anchor:
            return Goal(found) if written else None
        heading = self.pages[found].anchors.get(key_of(anchor))
        if heading is None and not written and path in self.folder.made:
            # Parts of one file link to one another as to themselves.
            key = key_of(anchor)
            parts = (
                Goal(each, page.anchors[key]) for each, page in self.pages.items() if key in page.anchors
            )
            return next(parts, None)
        if heading is None and anchor in self.ids:
            return self._named(anchor) or f"#{anchor}"
        if heading is None:
            return Goal(found) if found != path else None
        return Goal(found, heading)

    def _named(self, name: str) -> Goal | None:
        """The heading that gives itself a name, wherever it stands in the book."""
        if not self._headings:
            for path, page in self.pages.items():
                for at, heading in enumerate(page.headings):
                    if heading.name:
                        self._headings.setdefault(heading.name, Goal(path, at))
        return self._headings.get(name)

    def _page(self, written: str, path: str) -> str:
        ways = [posixpath.join(posixpath.dirname(path), written)]
        if written.startswith("/"):
            ways = [posixpath.join(self.base, written[1:]), written[1:]]
        else:
            # docsify's links begin at its root; sites may give each page a folder of its own.
            ways += [
                posixpath.join(self.base, written),
                posixpath.join(posixpath.dirname(path), "_", written),
            ]
        plain = (_PAGE.sub("", way) for way in ways)
        found = chain(
            (self.folder.find_page(way) for way in ways),
            (self.folder.find(f"{way}.{tongue}.md") for way in plain for tongue in _TONGUES),
        )
        said = (self.twins.get(each, each) for each in found)
        page = next((each for each in said if each in self.pages), "")
        return page or (self._only_one(written) if written.startswith("/") else "")

    def _only_one(self, written: str) -> str:
        """The one page that ends as an address of a site does: where the site begins is not always said."""
        inner = written.strip("/")
        if inner not in self._alone:
            # A site may stand in a folder of its host: ``/book/intro/``.
            names = dict.fromkeys((inner, inner.partition("/")[2]))
            self._alone[inner] = next((one for name in names if name and (one := self._ending(name))), "")
        return self._alone[inner]

    def _ending(self, name: str) -> str:
        ways = (self.folder.find_page(posixpath.join(base, name)) for base in ("", *self._bases))
        found = {each for each in ways if each in self.pages}
        if not found and (key := site_key(name)):
            found = {each for each in self.pages if f"/{site_key(each)}".endswith(f"/{key}")}
        return found.pop() if len(found) == 1 else ""

    def picture(self, address: str, path: str) -> str:
        """The file of a picture; an address of the web as it is; empty: there is none."""
        if address.startswith("//"):
            return f"https:{address}"
        if re.match(r"(?:https?|data):", address, re.IGNORECASE):
            return address
        here = posixpath.dirname(path)
        ways = [posixpath.join(here, at, address) for at in ("", "_")] if not address.startswith("/") else []
        inner = address.lstrip("/")
        ways += [posixpath.join(self.base, public, inner) for public in PUBLIC] + [inner]
        plain = [way.partition("?")[0].partition("#")[0] for way in ways]
        return next((found for way in (*ways, *plain) if (found := self.folder.find(way))), "")


def _slashes(path: str) -> tuple[int, ...]:
    return tuple(match.start() for match in re.finditer("/", path))


@dataclass(slots=True)
class Wanted:
    """Addresses of one file, gathered: what it links to and shows."""

    routes: Routes
    path: str
    goals: set[Goal] = field(default_factory=set)
    pictures: list[str] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)
    nowhere: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def link(self, address: str) -> str | None:
        """Notes where a link leads."""
        goal = self.routes.goal(address, self.path)
        if isinstance(goal, Goal):
            self.goals.add(goal)
        elif goal is None:
            self.nowhere.append(address or "()")
        return address

    def picture(self, address: str) -> str | None:
        """Notes what a picture shows."""
        found = self.routes.picture(address, self.path)
        if not found:
            self.missing.append(address)
        else:
            (self.remote if ":" in found[:6] else self.pictures).append(found)
        return address


@dataclass(frozen=True, slots=True)
class Final:
    """Addresses of one file as the book has them."""

    routes: Routes
    path: str
    ids: Mapping[Goal, str]
    """What the book calls each goal: ``003.md`` or ``#c003-1``."""
    pictures: Mapping[str, str]

    def link(self, address: str) -> str | None:
        """A chapter's file, an id, or an address; None where it leads nowhere."""
        goal = self.routes.goal(address, self.path)
        return self.ids.get(goal) if isinstance(goal, Goal) else goal

    def picture(self, address: str) -> str | None:
        """The picture's path in the book; an address of the web stays."""
        found = self.routes.picture(address, self.path)
        name = self.pictures.get(found)
        return f"../{name}" if name else (found if ":" in found[:6] else None)
