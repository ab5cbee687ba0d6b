"""One page of HTML → a rich document."""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from keben.core.errors import SourceError
from keben.core.saying import wording
from keben.project.filenames import leads_out
from keben.project.importers.office.archives import MOST_PICTURE, MOST_TEXT, Node, damaged, local
from keben.project.importers.office.machines import is_nobody
from keben.project.importers.office.rich import BookFacts, RichDocument
from keben.project.importers.office.web.assembling import Outline, WebPage, assemble
from keben.project.importers.office.web.css import is_vertical, read_styles
from keben.project.importers.office.web.markup import text_of, tree_of


def read_page_file(source: Path) -> RichDocument:
    """The text of a page, with the pictures that stand in or below its folder.

    Raises:
        SourceError: it cannot be read.
    """
    if source.stat().st_size > MOST_TEXT:
        raise SourceError.at(
            source.name, "too-large", wording("It is too large to be a text."), wording("Part the file.")
        )
    text, encoding = text_of(source.read_bytes(), source.name)
    tree = tree_of(text, source.name)
    styles = read_styles((*_sheets(tree), *_linked_sheets(tree, source.parent)))

    def read(path: str) -> bytes | None:
        return _below(source.parent, path, MOST_PICTURE)

    try:
        found = assemble((WebPage("", tree, styles),), read, Outline())
    except RecursionError:
        raise damaged(source.name, wording("its elements are nested too deep")) from None
    remarks = (wording("Its encoding is {encoding}.", encoding=encoding), *found.remarks)
    facts = _facts(tree, vertical=is_vertical(styles))
    return RichDocument(
        wording("a page of HTML"),
        found.blocks,
        found.notes,
        found.pictures,
        facts,
        remarks,
        found.texts,
        found.left,
    )


def _below(folder: Path, path: str, most: int) -> bytes | None:
    """A file below a folder; None where it is none, leads out, or is too large."""
    full = folder / path
    try:
        if path.startswith(("/", "..")) or leads_out(full, folder) or not full.is_file():
            return None
        return full.read_bytes() if full.stat().st_size <= most else None
    except (OSError, ValueError):
        return None


def _sheets(tree: Node) -> Iterator[str]:
    for node in tree.iter():
        if local(node).lower() == "style" and node.text:
            # Word hides its rules from old browsers.
            yield node.text.replace("<!--", "").replace("-->", "")


def _linked_sheets(tree: Node, folder: Path) -> Iterator[str]:
    for node in tree.iter():
        if local(node).lower() == "link" and "stylesheet" in (node.get("rel") or "").lower():
            path = posixpath.normpath((node.get("href") or "").partition("?")[0])
            if ":" not in path and (data := _below(folder, path, 5_000_000)):
                yield data.decode("utf-8", "replace")


def _facts(tree: Node, *, vertical: bool) -> BookFacts:
    metas = {
        (node.get("name") or "").lower(): " ".join((node.get("content") or "").split())
        for node in tree.iter()
        if local(node).lower() == "meta" and node.get("name")
    }
    title = next((node for node in tree.iter() if local(node).lower() == "title"), None)
    author = metas.get("author", "")
    described = metas.get("description", "")
    return BookFacts(
        title=" ".join("".join(title.itertext()).split()) if title is not None else "",
        people=((author, "aut"),) if author and not is_nobody(author) else (),
        language=tree.get("lang") or "",
        description=described if "python-docx" not in described else "",
        vertical=vertical,
    )
