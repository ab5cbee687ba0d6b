"""Files → the text of one chapter: titles, headings at their levels, links and pictures as the book has them."""

import re
from collections.abc import Mapping
from itertools import groupby

from keben.core.values import dataclass
from keben.project.importers.chunks import SUFFIXES
from keben.project.importers.inlines import Addresses, References, rewritten
from keben.project.importers.pages import Page
from keben.project.importers.titles import DEEPEST, levels_of, title_of

_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_QUOTED_HEADING = re.compile(r"(\s*(?:>\s?)+)#{1,6}\s+(.*?)\s*#*\s*$")
_PICTURES = re.compile(r"\[?!\[[^\[\]]*\]\((?:<[^<>]*>|[^()]*)\)(?:\]\([^()]*\))?")
_LINKS = re.compile(r"(?<!!)\[([^\[\]]*)\]\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Woven:
    """A piece of a chapter as text, with its title."""

    title: str
    text: str


def weave(
    page: Page, entry: str, depth: int, number: int, addresses: Addresses, ids: Mapping[int, str]
) -> Woven:
    """A file as the ``number``-th piece of a chapter, from 0. ``ids`` are those of headings; −1 the title's."""
    title_at, title = title_of(page, entry)
    levels = levels_of(page, title_at, depth)
    title = _without_pictures(_LINKS.sub(r"\1", rewritten(title, addresses, References({}, {}))).strip())
    blocks = [_heading(title, depth + 1, ids.get(-1, "") if depth else "")]
    start = 0
    for index, heading in enumerate(page.headings):
        blocks.append(_body(page, start, heading.line, number, addresses))
        if levels[index]:
            text = rewritten(heading.text, addresses, References(page.definitions, {}))
            blocks.append(_heading(_labelled(text, page, number), levels[index], ids.get(index, "")))
        start = heading.end
    blocks.append(_body(page, start, len(page.lines), number, addresses))
    return Woven(title, "\n\n".join(filter(None, blocks)))


def _without_pictures(title: str) -> str:
    """A title without the badges behind it; one that is nothing but a picture stays."""
    left = " ".join(_PICTURES.sub("", title).split())
    return left if re.search(r"\w", left) else title


def _body(page: Page, start: int, end: int, number: int, addresses: Addresses) -> str:
    """The lines between two headings, without blank ones at either end."""
    references = References(page.definitions, {})
    out: list[str] = []
    for is_prose, rows in groupby(range(start, end), key=lambda row: page.prose[row]):
        lines = [page.lines[row] for row in rows]
        if not is_prose:
            out += lines
            continue
        text = "\n".join(_QUOTED_HEADING.sub(r"\1**\2**", line) for line in lines)
        text = _labelled(rewritten(text, addresses, references), page, number)
        # Where definitions or code stood.
        has_gaps = page.definitions or page.path.lower().endswith(SUFFIXES)
        out.append(re.sub(r"\n{3,}", "\n\n", text) if has_gaps else text)
    return re.sub(r"\A(?:[ \t]*\n)+|\s+\Z", "", "\n".join(out)).rstrip()


def _labelled(text: str, page: Page, number: int) -> str:
    """Notes with labels of their own, where a chapter is of several files."""
    if not number or not page.notes:
        return text
    return _NOTE.sub(lambda m: f"[^{m[1]}-{number}]" if m[1] in page.notes else m[0], text)


def _heading(text: str, level: int, name: str) -> str:
    attributes = f" {{#{name}}}" if name else ""
    if level > DEEPEST:
        return f"**{text}**"
    return f"{'#' * level} {text}{attributes}"
