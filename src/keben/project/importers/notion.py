"""An export of Notion: pages whose files end in an id, and the pages of a page in a folder that is called as it is."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from keben.project.importers.natural import book_key
from keben.project.importers.plans import BookPlan, Entry
from keben.project.importers.sources import SourceFolder, is_markdown
from keben.project.importers.summary import titled

_PAGE = re.compile(r"(?P<title>.*?)[ _-]?(?P<id>[0-9a-f]{32})\.md")
_LINK = re.compile(r"\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*\.md)\)")
_HEADING = re.compile(r"#[ \t]+(.*)")
_LINKS_ALONE = re.compile(r"(?:[ \t>*+-]|\d+\.)*\[[^\[\]]*\]\([^()]*(?:\([^()]*\)[^()]*)*\)[ \t]*")
_DEEPEST = 6


def notion_plan(folder: SourceFolder) -> BookPlan | None:
    """The book of a folder most of whose pages have ids of Notion; else None."""
    pages = [path for path in folder.files if is_markdown(path)]
    known = {path: match for path in pages if (match := _PAGE.fullmatch(posixpath.basename(path)))}
    if not known or len(known) * 2 < len(pages):
        return None
    below = _below(pages, known)
    inner = {path for paths in below.values() for path in paths}
    roots = sorted((path for path in pages if path not in inner), key=book_key)
    if len(roots) == 1 and below.get(roots[0]):
        first = roots[0]
        title = _title(folder, first)
        front = () if _is_contents(folder, first) else (Entry(target=first, rank="preface"),)
        return BookPlan("Notion", "", (*front, *_entries(folder, first, below, 0)), title)
    entries = tuple(Entry(target=path, children=tuple(_entries(folder, path, below, 1))) for path in roots)
    return BookPlan("Notion", "", entries)


def _below(pages: Sequence[str], known: Mapping[str, re.Match[str]]) -> dict[str, list[str]]:
    """The pages right below each page: in the folder of its name, with its id or without."""
    owners: dict[str, str] = {}
    for path, match in known.items():
        base = posixpath.dirname(path)
        owners[posixpath.join(base, posixpath.splitext(posixpath.basename(path))[0])] = path
        owners.setdefault(posixpath.join(base, match["title"]), path)
    below: dict[str, list[str]] = {}
    for path in pages:
        if owner := owners.get(posixpath.dirname(path)):
            below.setdefault(owner, []).append(path)
    return below


def _entries(folder: SourceFolder, path: str, below: Mapping[str, list[str]], depth: int) -> Iterator[Entry]:
    """The pages below a page, in the order in which it links to them."""
    order = {target: number for number, target in enumerate(_links(folder, path))}
    inner = below.get(path, []) if depth < _DEEPEST else []
    for each in sorted(inner, key=lambda page: (order.get(page, len(order)), book_key(page))):
        yield Entry(target=each, children=tuple(_entries(folder, each, below, depth + 1)))


def _lines(folder: SourceFolder, path: str) -> list[str]:
    decoded = folder.text(path)
    return decoded.text.split("\n") if decoded else []


def _links(folder: SourceFolder, path: str) -> list[str]:
    found = _LINK.findall("\n".join(_lines(folder, path)))
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(each))) for each in found]


def _title(folder: SourceFolder, path: str) -> str:
    heading = next((match for line in _lines(folder, path) if (match := _HEADING.fullmatch(line))), None)
    return titled(heading[1]) if heading else ""


def _is_contents(folder: SourceFolder, path: str) -> bool:
    """Whether a page says nothing but its title and links to others."""
    rest = [line for line in _lines(folder, path) if line.strip() and not _HEADING.fullmatch(line)]
    return all(_LINKS_ALONE.fullmatch(line) for line in rest)
