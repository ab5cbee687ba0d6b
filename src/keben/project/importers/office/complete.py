"""Whether all that a document says is in the project that was made of it."""

import re
from collections.abc import Iterable

_TAG = re.compile(r"(?<!\\)<(?:/?[a-z][^<>]*|!--[^<>]*--)>")
_CODE_SIGNS = re.compile(r"(?<!\\)\]\([^()\s]*(?:\s\"|\))|(?<!\\)\{[#.=a-z][^{}|]*\}|\[\^\d+\](?!\()")
SEAM = "\x1f"
"""Between the stretches of a paragraph, each of which may be left out alone."""

# Signs of symbol fonts (U+F020 to U+F0FF) are other characters in the project.
_SIGNS = re.compile(r"[\uf020-\uf0ff\s\x1f\u200b\ufeff\\`*_{}\[\]<>|~$^#>|:&;!\"()=-]+")


def plain(text: str) -> str:
    """A text without blanks and without the signs that Markdown may add or take."""
    return _SIGNS.sub("", text)


def project_text(texts: Iterable[str]) -> str:
    """Markdown as one plain text to look in."""
    return "\n".join(plain(_CODE_SIGNS.sub("", _TAG.sub("", text))) for text in texts)


def missing(pieces: Iterable[str], project: str, left: Iterable[str]) -> tuple[str, ...]:
    """The pieces of a source that are neither in its project nor among what was left out knowingly.

    Each is looked for behind the one before, so that a short one is not found in another place; then anywhere.
    """
    others = "\n".join(map(plain, left))
    at = 0
    lost: list[str] = []
    for piece in pieces:
        wanted = plain(piece)
        if not wanted:
            continue
        found = project.find(wanted, at)
        if found >= 0:
            at = found + len(wanted)
        elif wanted not in project and wanted not in others:
            lost += (part for part in piece.split(SEAM) if _is_nowhere(plain(part), project, others))
    return tuple(" ".join(part.split()) for part in lost)


def _is_nowhere(wanted: str, project: str, others: str) -> bool:
    return bool(wanted) and wanted not in project and wanted not in others
