"""Where links and pictures lead: inside the book, to the outside, or nowhere that a book may reach."""

import posixpath
import re
import unicodedata
from collections.abc import Collection, Mapping
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink

from keben.core.patterns import later
from keben.core.saying import wording
from keben.core.sitepaths import readable
from keben.core.values import dataclass
from keben.markdown.addresses import web_address
from keben.markdown.dialects import Dialect
from keben.pictures import media_type

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = later(r"(?:https?://[^\s/?#<>\"{}|\\^`]+[^\s<>\"{}|\\^`]*|mailto:[^\s<>\"{}|\\^`]+)", re.IGNORECASE)
_LONGEST = 60
_ADVICE = wording("A project reads its own files only.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a link or a picture cannot stand."""

    code: str
    message: str
    advice: str
    kind: Dialect | None = None
    """What a generous reader takes it for."""


def shown(text: str) -> str:
    """A piece of the source as messages quote it: in one line, and not all of it if it is long."""
    line = readable(" ".join(text.split()))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def below_book(path: str) -> str:
    """A chapter's path without the book's folder: ``chapters/01.md``."""
    return path.partition("/")[2] or path


def picture_path(target: str, folder: str, assets: Collection[str]) -> str | Problem:
    """The asset that a picture names: relative to the chapter's folder (below ``book/``), or else to ``book/``.

    Its name may be written as it is on disk, or percent-encoded, in part or whole.
    """
    path = unquote(target)
    inside = _inside(path, folder)
    written = [*inside, *_inside(target, folder)]
    found = next((candidate for candidate in written if candidate in assets), None)
    found = found or _same_name(written, assets)
    if found is not None:
        return found
    if _SCHEME.match(path) or path.startswith(("/", "\\")) or not inside:
        return Problem(
            "outside-path",
            wording("The picture “{target}” is outside the project.", target=shown(target)),
            _ADVICE,
        )
    if not path:
        return Problem(
            "missing-picture", wording("This picture has no path."), wording("Write it in the parentheses.")
        )
    if media_type(path) is None and not path.endswith(".toml"):
        message = wording("“{target}” is not a picture that Keben reads.", target=shown(target))
        return Problem(
            "picture-format", message, wording("Use PNG, JPEG, GIF, WebP or SVG, or a chart's TOML.")
        )
    message = wording("There is no picture “{target}”.", target=shown(target))
    other = next((asset for asset in assets for one in inside if asset.lower() == one.lower()), None)
    advice = wording("Put it at book/{inside}, or fix its path.", inside=shown(inside[0]))
    if other:
        advice = wording("Small and capital letters differ: the file is book/{other}.", other=shown(other))
    return Problem("missing-picture", message, advice)


def _inside(path: str, folder: str) -> list[str]:
    """What a path may mean below ``book/``."""
    paths = dict.fromkeys(posixpath.normpath(posixpath.join(base, path)) for base in (folder, ""))
    return [path for path in paths if not _leaves(path)]


def _same_name(wanted: Collection[str], assets: Collection[str]) -> str | None:
    """The asset whose name is written in another way: as Markdown encodes it, or with letters composed otherwise."""
    names = {_one_way(name) for name in wanted}
    return next((asset for asset in assets if _one_way(asset) in names), None)


def _one_way(name: str) -> str:
    return normalizeLink(unicodedata.normalize("NFC", name))


def link_target(
    target: str, folder: str, chapters: Mapping[str, str], aliases: Mapping[str, str]
) -> str | Problem:
    """What a link's ``href`` becomes.

    ``chapters`` gives each chapter's id by its path below ``book/``; ``aliases`` by the stem of its file, where that
    cannot be an id itself.
    """
    if target.startswith("#") and len(target) > 1:
        name = unquote(target[1:])
        return f"#{aliases.get(name, name)}"
    if _WEB.fullmatch(target):
        address = web_address(target)
        message = wording("“{target}” is not an address that a browser can open.", target=shown(target))
        return address or Problem("outside-path", message, wording("Copy it from the browser."))
    if not target.strip("#"):
        advice = wording("Write where it leads: an id such as #fig-a, or an address.")
        return Problem("empty-link", wording("This link leads nowhere."), advice)
    path, _, name = unquote(target).partition("#")
    inside = posixpath.normpath(posixpath.join(folder, path))
    if _SCHEME.match(target) or target.startswith(("/", "\\")) or _leaves(inside):
        message = wording("The link “{target}” leads out of the book.", target=shown(target))
        return Problem("outside-path", message, wording("Link to an id, a chapter, or http(s)."))
    if inside not in chapters:
        message = wording("“{target}” is not a chapter of the book.", target=shown(target))
        return Problem("missing-reference", message, wording("Link to a chapter's file or to an id."))
    if name.startswith("fn-"):
        message = wording(
            "“{target}” is a note of another chapter, which has no name there.", target=shown(target)
        )
        return Problem("missing-reference", message, wording("Link to the chapter or to a heading in it."))
    return f"#{name or chapters[inside]}"


def _leaves(path: str) -> bool:
    return path == ".." or path.startswith("../")
