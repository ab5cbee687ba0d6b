"""Where a generous reader finds what links and pictures name: by the ways of other tools, never outside the book."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import unquote

from keben.core.patterns import later
from keben.core.sitepaths import site_key
from keben.markdown import tolerances
from keben.markdown.addresses import web_address
from keben.markdown.paths import Problem, link_target, picture_path, shown

_ACTING = later(r"\s*(?:javascript|vbscript|data|file)\s*:", re.IGNORECASE)
_SCHEME = later(r"[A-Za-z][A-Za-z0-9+.-]+:")
_WEB = later(r"(?:https?:)?//[^\s/]", re.IGNORECASE)
_PAGES = (".html", ".htm")
_MOST_ROOTS = 2
"""Folders that a site may stand in."""
_TONGUES = ("zh", "zh-CN", "zh-cn", "zh-Hans", "zh-TW", "zh-tw", "zh-Hant", "zh_CN", "cn")
"""How a file says that it is the translation of another one: ``a.zh.md`` of ``a.md``."""
_INDEXES = ("README.md", "index.md", "readme.md", "_index.md")

SCOPE = "\x1f"
"""Between the parts of a link to a place in another chapter, until `anchors` has found it: no source holds it."""


def loose_link(
    target: str,
    folder: str,
    chapters: Mapping[str, str],
    aliases: Mapping[str, str],
    roots: Sequence[str] = ("",),
) -> str | Problem:
    """What a link's ``href`` becomes, as `link_target` says it. ``roots`` are folders that a site may begin at.

    Links to places (``#name``) wait for `anchors`; one in another chapter says which: ``#``, `SCOPE`, the chapter's id,
    `SCOPE`, name.
    """
    if target.startswith("#") and len(target) > 1:
        return "#" + unquote(target[1:]).replace(SCOPE, "")
    if target.startswith("//"):
        target = "https:" + target
    if _WEB.match(target) and (address := web_address(target)):
        target = address
    found = link_target(target, folder, chapters, aliases)
    if isinstance(found, str) and not found.startswith("#"):
        return found
    if _ACTING.match(unquote(target)):
        return Problem("outside-path", "", "", tolerances.OTHER_SCHEME)
    if not target.strip("#"):
        return Problem("empty-link", "", "", tolerances.EMPTY_LINK)
    if _SCHEME.match(target) or target.startswith("//"):
        return Problem("outside-path", "", "", tolerances.OTHER_SCHEME)
    path, _, name = target.partition("#")
    chapter = next((chapters[one] for one in _ways(path, folder, roots) if one in chapters), None)
    if chapter is None and len(roots) > 1:
        chapter = (_only_one(path, chapters) if path.startswith("/") else None) or _by_name(
            path, folder, chapters
        )
    if chapter is None:
        return Problem("missing-reference", "", "", tolerances.ABSENT_LINK)
    return f"#{SCOPE}{chapter}{SCOPE}{unquote(name).replace(SCOPE, '')}" if name else f"#{chapter}"


def _only_one(path: str, chapters: Mapping[str, str]) -> str | None:
    """The one chapter whose file ends as an address of a site does: where the site begins is not always said."""
    ends = tuple(f"/{one}" for one in _ways(path, "", ("",)) if one not in _INDEXES)
    found = {chapter for one, chapter in chapters.items() if one.endswith(ends)}
    return found.pop() if len(found) == 1 else None


def _by_name(path: str, folder: str, chapters: Mapping[str, str]) -> str | None:
    """The one chapter that an address means as sites write them: in small letters, without the numbers in names.

    An address from the root may begin with folders that the site stands in: ``/book/docs/intro/``.
    """
    written = unquote(path.partition("?")[0]).replace("\\", "/")
    wanted = site_key(posixpath.normpath(posixpath.join("" if written.startswith("/") else folder, written)))
    if any(site_key(one) == site_key(written) for one in chapters) and not written.startswith("."):
        # Written from the root of the folder, as some editors do.
        wanted = site_key(written)
    if not wanted or wanted.startswith(".."):
        return None
    parts = wanted.split("/")
    tries = range(min(len(parts), _MOST_ROOTS + 1)) if written.startswith("/") else range(1)
    for ways in ("/".join(parts[skipped:]) for skipped in tries):
        found = {chapter for one, chapter in chapters.items() if f"/{site_key(one)}".endswith(f"/{ways}")}
        if len(found) == 1:
            return found.pop()
    # Docusaurus calls a page by the ``id`` of its front matter.
    return parts[-1] if parts[-1] in chapters.values() else None


def _bases(written: str, folder: str, roots: Sequence[str]) -> tuple[str, ...]:
    """The folders that a path may begin at. Where a site has a root of its own, its tools try that last."""
    if written.startswith("/"):
        return tuple(roots)
    # A site may give each page a folder of its own: what such a page names by itself is one level deeper.
    return (folder, roots[0], posixpath.join(folder, "_")) if len(roots) > 1 else (folder,)


def _ways(path: str, folder: str, roots: Sequence[str]) -> Iterator[str]:
    """The files below ``book/`` that a link may mean, the likeliest first."""
    for written in dict.fromkeys((unquote(path), unquote(path.partition("?")[0]))):
        plain = written.replace("\\", "/")
        for base in _bases(plain, folder, roots):
            yield from _files(posixpath.normpath(posixpath.join(base, plain.lstrip("/"))))


def _files(inside: str) -> Iterator[str]:
    """The files that a path below ``book/`` may mean."""
    if inside != ".." and not inside.startswith("../"):
        yield inside
        stem, suffix = posixpath.splitext(inside)
        if suffix.lower() in _PAGES:
            yield f"{stem}.md"
            if posixpath.basename(stem) == "index":
                yield posixpath.join(posixpath.dirname(stem), "README.md")
        yield f"{inside}.md"
        yield f"{inside}.mdx"
        if suffix.lower() == ".md":
            yield f"{inside}x"
        yield from (posixpath.normpath(posixpath.join(inside, name)) for name in _INDEXES)
        plain = stem if suffix.lower() in (".md", *_PAGES) else inside
        yield from (f"{plain}.{tongue}.md" for tongue in _TONGUES)


def loose_picture(
    target: str, folder: str, assets: Collection[str], roots: Sequence[str] = ("",)
) -> str | Problem:
    """The asset that a picture names: also by a path of the site, with a query, or with backslashes."""
    first = picture_path(target, folder, assets)
    if isinstance(first, str):
        return first
    if _WEB.match(target):
        return Problem(first.code, first.message, first.advice, tolerances.REMOTE_PICTURE)
    if _ACTING.match(unquote(target)):
        return Problem(first.code, first.message, first.advice, tolerances.NO_PICTURE)
    plain = unquote(target).replace("\\", "/")
    for written in (plain, plain.partition("?")[0], plain.partition("#")[0]):
        for base in _bases(written, folder, roots):
            found = picture_path(written.lstrip("/") or "?", base, assets)
            if isinstance(found, str):
                return found
    if len(roots) > 1 and target.strip() and not _ACTING.match(plain):
        # Of another tool's folder nobody is asked to put its pictures right.
        return Problem(first.code, first.message, first.advice, tolerances.ABSENT_PICTURE)
    return first


def remote_address(target: str) -> str | None:
    """The address of a picture on the web; None if it is none that a browser can open."""
    return web_address("https:" + target if target.startswith("//") else target)


def described(target: str) -> str:
    """A target as the source most likely has it."""
    return shown(unquote(target))
