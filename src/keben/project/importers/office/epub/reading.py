"""An e-book → a rich document."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from keben.core.errors import SourceError
from keben.core.saying import wording
from keben.project.importers.office.archives import MOST_TEXT, Node, damaged, local
from keben.project.importers.office.epub.contents import NavLine, outline_of, read_nav, read_ncx
from keben.project.importers.office.epub.package import EbookPackage, open_ebook
from keben.project.importers.office.rich import RichDocument
from keben.project.importers.office.web.assembling import WebPage, assemble
from keben.project.importers.office.web.css import PageStyles, is_vertical, read_styles
from keben.project.importers.office.web.markup import body_of, kinds_of, text_of, tree_of
from keben.project.importers.telling import counted, listed

_CONTENTS = re.compile(r"(?:目\s*[录錄次]|(?:table of )?contents)", re.IGNORECASE)
_MOSTLY = 0.7
"""The share of a page's text that links are on a page of contents."""


def read_ebook(source: Path) -> RichDocument:
    """The text of an EPUB in the order of its spine, with its notes, pictures and cover.

    Raises:
        SourceError: it cannot be read, or is encrypted.
    """
    package = open_ebook(source)
    try:
        return _read(package, source.name)
    except RecursionError:
        raise damaged(source.name, wording("its elements are nested too deep")) from None


def _read(package: EbookPackage, name: str) -> RichDocument:
    cache: dict[str, str] = {}
    pages = [page for each in package.spine if (page := _page(package, each.path, cache))]
    if not pages:
        raise SourceError.at(
            name,
            "no-text",
            wording("There is no text in it."),
            wording("Open it in a reader: is it all pictures?"),
        )
    entries = _entries(package)
    kept, dropped = _parted(package, pages, entries)
    bodies = {page.path: body_of(page.tree) for page in kept}
    entries = tuple(entry for entry in entries if not entry.file or entry.file in bodies)
    outline = outline_of(entries, bodies)
    found = assemble(kept, package.archive.data, outline)
    facts = package.facts
    facts = replace(facts, vertical=facts.vertical or any(is_vertical(page.styles) for page in kept))
    pictures = dict(found.pictures)
    if not facts.cover:
        facts = replace(facts, cover=_cover(dropped))
    if facts.cover and (data := package.archive.data(facts.cover)):
        pictures[facts.cover] = data
    remarks = tuple(_remarks(package, dropped, entries, facts.cover in pictures))
    left = tuple(text for _, page in dropped for text in _words(page))
    return RichDocument(
        wording("an EPUB"),
        found.blocks,
        found.notes,
        pictures,
        facts,
        (*remarks, *found.remarks),
        (*found.texts, *left),
        (*found.left, *left, *(entry.title for entry in entries)),
    )


def _cover(dropped: Sequence[tuple[str, WebPage]]) -> str:
    """The picture of a page that is a cover."""
    for kind, page in dropped:
        for node in page.tree.iter() if kind == "cover" else ():
            source = node.get("src") or node.get("{http://www.w3.org/1999/xlink}href") or ""
            if local(node) in ("img", "image") and source:
                return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(source)))
    return ""


def _shows_cover(page: WebPage, package: EbookPackage) -> bool:
    """Whether a page shows the picture that is the book's cover."""
    return bool(package.facts.cover) and _cover([("cover", page)]) == package.facts.cover


def _page(package: EbookPackage, path: str, cache: dict[str, str]) -> WebPage | None:
    info = package.archive.infos.get(path)
    if info is None or info.file_size > MOST_TEXT:
        return None
    text, _ = text_of(package.archive.data(path) or b"", path)
    tree = tree_of(text, f"{package.archive.name}: {path}")
    return WebPage(path, tree, _styles(package, tree, path, cache))


def _styles(package: EbookPackage, tree: Node, path: str, cache: dict[str, str]) -> PageStyles:
    sheets: list[str] = []
    for node in tree.iter():
        name = local(node).lower()
        if name == "style" and node.text:
            sheets.append(node.text)
        elif name == "link" and "stylesheet" in (node.get("rel") or "").lower():
            full = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), unquote(node.get("href") or ""))
            )
            if full not in cache:
                cache[full] = (package.archive.data(full) or b"").decode("utf-8", "replace")
            sheets.append(cache[full])
    return read_styles(sheets)


def _entries(package: EbookPackage) -> tuple[NavLine, ...]:
    found: tuple[NavLine, ...] = ()
    if package.nav in package.archive:
        text, _ = text_of(package.archive.data(package.nav) or b"", package.nav)
        found = read_nav(tree_of(text, package.nav), package.nav)
    if not found and package.ncx and (tree := package.archive.tree(package.ncx)) is not None:
        found = read_ncx(tree, package.ncx)
    return found


def _parted(
    package: EbookPackage, pages: Sequence[WebPage], entries: Sequence[NavLine]
) -> tuple[list[WebPage], list[tuple[str, WebPage]]]:
    """The pages of the book's text, and those that Keben makes itself, each with what it is."""
    named = {entry.file: entry.title for entry in reversed(entries) if not entry.anchor}
    guide = {path.partition("#")[0]: kind for kind, path in package.guide}
    kept: list[WebPage] = []
    dropped: list[tuple[str, WebPage]] = []
    for page in pages:
        kind = _kind(package, page, guide.get(page.path, ""), named.get(page.path, ""), is_early=not kept)
        if kind:
            dropped.append((kind, page))
        else:
            kept.append(page)
    return (kept, dropped) if kept else ([page for _, page in dropped], [])


def _kind(package: EbookPackage, page: WebPage, guide: str, title: str, *, is_early: bool) -> str:
    body = body_of(page.tree)
    kinds = set().union(*(kinds_of(node) for node in (body, *body)))
    text = "".join(_words(page))
    images = sum(local(node) in ("img", "image") for node in body.iter())
    if page.path == package.nav or "toc" in kinds or _is_contents(body, text, guide, title):
        return wording("table of contents")
    if (
        not text
        and images
        and (is_early and (guide == "cover" or "cover" in kinds or "cover" in page.path.lower()))
    ):
        return "cover"
    is_picture = not text and images == 1 and is_early
    if is_picture and (title.lower() in ("封面", "cover") or _shows_cover(page, package)):
        return "cover"
    own = "".join(
        (
            package.facts.title,
            package.facts.subtitle,
            package.facts.publisher,
            *(n for n, _ in package.facts.people),
        )
    )
    is_title = is_early and (
        "titlepage" in kinds or guide == "title-page" or "titlepage" in page.path.lower()
    )
    if is_title and text and all(_plain(each) in _plain(own) for each in _words(page)):
        return wording("title page")
    return "" if text or images else wording("empty page")


def _is_contents(body: Node, text: str, guide: str, title: str) -> bool:
    links = "".join("".join(node.itertext()) for node in body.iter() if local(node).lower() == "a")
    is_mostly = len("".join(links.split())) >= _MOSTLY * max(len("".join(text.split())), 1) and bool(text)
    return is_mostly and (guide == "toc" or bool(_CONTENTS.match(title or text.strip())))


def _plain(text: str) -> str:
    return re.sub(r"\W+|[著编編译譯]", "", text)


def _words(page: WebPage) -> list[str]:
    skipped = ("script", "style", "title")
    body = body_of(page.tree)
    return [
        text
        for node in body.iter()
        if local(node) and local(node).lower() not in skipped
        for text in (node.text, node.tail if node is not body else None)
        if text and text.strip()
    ]


def _remarks(
    package: EbookPackage,
    dropped: Sequence[tuple[str, WebPage]],
    entries: Sequence[NavLine],
    has_cover: bool,
) -> Iterator[str]:
    if entries:
        yield wording(
            "Headings are as its table of contents has them: {counted}.",
            counted=counted(len(entries), "entry", "entries"),
        )
    else:
        yield wording("It has no table of contents: headings are as its pages have them.")
    kinds = [kind for kind, _ in dropped if kind != "empty page"]
    if kinds:
        yield wording("Left out, as the book makes its own: {kinds}.", kinds=listed(kinds))
    if has_cover:
        yield wording("Its cover is the book's cover.")
    if package.archive.huge:
        yield wording("Not taken: files of more than 100 MB: {huge}.", huge=listed(package.archive.huge))
