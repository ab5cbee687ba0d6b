"""Where links and pictures lead: inside the book, to the outside, or nowhere that a book may reach."""

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
OUTSIDE = "A project reads its own files only."


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a link or a picture cannot stand."""

    code: str
    message: str
    advice: str


def picture_path(target: str, folder: str, assets: Collection[str]) -> str | Problem:
    """The asset that a picture names: relative to the chapter's folder (below ``book/``), or else to ``book/``."""
    path = unquote(target)
    if _SCHEME.match(path) or path.startswith(("/", "\\")):
        return Problem("outside-path", f"The picture “{target}” is outside the project.", OUTSIDE)
    candidates = [posixpath.normpath(posixpath.join(base, path)) for base in (folder, "")]
    inside = [candidate for candidate in candidates if not candidate.startswith("..")]
    for candidate in inside:
        if candidate in assets:
            return candidate
    if not inside or (".." in path.split("/") and candidates[0].startswith("..")):
        return Problem("outside-path", f"The picture “{target}” is outside the project.", OUTSIDE)
    message = f"There is no picture “{target}”."
    return Problem("missing-picture", message, f"Put it at book/{inside[0]}, or mend its path.")


def link_target(target: str, folder: str, chapters: dict[str, str]) -> str | Problem:
    """What a link's ``href`` becomes; ``chapters`` gives the id of each chapter by its path below ``book/``."""
    if target.startswith("#"):
        # A chapter can be named by its file's stem, also where that cannot be an id.
        named = (known for path, known in chapters.items() if posixpath.basename(path) == f"{target[1:]}.md")
        return f"#{next(named, target[1:])}"
    if re.match(r"(https?://|mailto:)", target):
        return target
    if not target:
        return Problem(
            "empty-link",
            "This link leads nowhere.",
            "Write where it leads: an id such as #fig-a, or an address.",
        )
    if _SCHEME.match(target) or target.startswith(("/", "\\")):
        return Problem(
            "outside-path",
            f"The link “{target}” leads out of the book.",
            "Link to an id, a chapter, or http(s).",
        )
    path, _, name = unquote(target).partition("#")
    inside = posixpath.normpath(posixpath.join(folder, path))
    if inside.startswith(".."):
        return Problem(
            "outside-path",
            f"The link “{target}” leads out of the book.",
            "Link to an id, a chapter, or http(s).",
        )
    if inside not in chapters:
        return Problem(
            "missing-reference",
            f"“{target}” is not a chapter of the book.",
            "Link to a chapter's file or to an id.",
        )
    return f"#{name or chapters[inside]}"
