"""An EPUB's package document: what the book says of itself, and its files in order (EPUB 3.3, 5)."""

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from keben.core.dates import DateError, read_date
from keben.core.errors import SourceError
from keben.core.isbn import read_isbn
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.office.archives import (
    Archive,
    Node,
    attribute,
    below,
    child,
    local,
    open_archive,
)
from keben.project.importers.office.rich import BookFacts

_OBFUSCATIONS = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
"""Fonts may be obfuscated so; the book is open all the same."""
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")


@dataclass(frozen=True, slots=True)
class EbookFile:
    """A file of the manifest."""

    path: str
    kind: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class EbookPackage:
    """An open e-book."""

    archive: Archive
    facts: BookFacts
    spine: tuple[EbookFile, ...]
    nav: str
    """The path of its navigation document; empty: it has none."""
    ncx: str
    guide: tuple[tuple[str, str], ...]
    """Places by kind: toc, cover, title-page."""


def open_ebook(source: Path) -> EbookPackage:
    """An EPUB.

    Raises:
        SourceError: it is none, or it is encrypted.
    """
    archive = open_archive(source)
    _refuse_locked(archive)
    container = archive.tree("META-INF/container.xml")
    roots = (
        [attribute(node, "full-path") for node in below(container, "rootfile")]
        if container is not None
        else []
    )
    roots += sorted(path for path in archive.infos if path.endswith(".opf"))
    path = next((each for each in roots if each in archive), "")
    tree = archive.tree(path) if path else None
    if tree is None:
        advice = wording("Convert it by Calibre, from EPUB to EPUB.")
        raise SourceError.at(
            source.name, "damaged-source", wording("There is no package document in it."), advice
        )
    return _package(archive, tree, posixpath.dirname(path))


def _refuse_locked(archive: Archive) -> None:
    tree = archive.tree("META-INF/encryption.xml")
    used = (
        {attribute(node, "Algorithm") for node in below(tree, "EncryptionMethod")}
        if tree is not None
        else set()
    )
    is_locked = bool(used - _OBFUSCATIONS) or "META-INF/sinf.xml" in archive
    if is_locked or ("META-INF/rights.xml" in archive and tree is not None and not used):
        message = wording("It is encrypted (DRM): only the store's own reader may open it.")
        advice = wording("Import the file that it was made from, or one without encryption.")
        raise SourceError.at(archive.name, "locked-source", message, advice)


def _package(archive: Archive, tree: Node, folder: str) -> EbookPackage:
    files = {
        attribute(node, "id"): EbookFile(
            posixpath.normpath(posixpath.join(folder, unquote(attribute(node, "href")))),
            attribute(node, "media-type"),
            frozenset(attribute(node, "properties").split()),
        )
        for node in below(tree, "item")
    }
    spine_node = child(tree, "spine")
    spine = tuple(
        files[name]
        for node in (spine_node if spine_node is not None else ())
        if (name := attribute(node, "idref")) in files and files[name].kind in _PAGES
    )
    if not spine:
        spine = tuple(each for each in files.values() if each.kind in _PAGES and "nav" not in each.properties)
    nav = next((each.path for each in files.values() if "nav" in each.properties), "")
    ncx = files.get(attribute(spine_node, "toc")) or next(
        (e for e in files.values() if "dtbncx" in e.kind), None
    )
    guide = tuple(
        (
            attribute(node, "type").lower(),
            posixpath.normpath(posixpath.join(folder, unquote(attribute(node, "href")))),
        )
        for node in below(tree, "reference")
    )
    return EbookPackage(archive, _facts(tree, files), spine, nav, ncx.path if ncx else "", guide)


def _facts(tree: Node, files: dict[str, EbookFile]) -> BookFacts:
    metadata = child(tree, "metadata")
    nodes = [node for node in metadata.iter() if local(node)] if metadata is not None else []
    said = {name: [_text(node) for node in nodes if local(node) == name and _text(node)] for name in _NAMES}
    titles = _titles(nodes)
    identifiers = said["identifier"]
    metas = {attribute(node, "name"): attribute(node, "content") for node in nodes if local(node) == "meta"}
    cover = next((each.path for each in files.values() if "cover-image" in each.properties), "")
    if not cover and (named := files.get(metas.get("cover", ""))) and named.kind.startswith("image/"):
        cover = named.path
    direction = attribute(child(tree, "spine"), "page-progression-direction")
    is_vertical = direction == "rtl" or metas.get("primary-writing-mode", "").startswith("vertical")
    return BookFacts(
        title=titles[0],
        subtitle=titles[1],
        people=tuple(_people(nodes)),
        language=next(iter(said["language"]), ""),
        publisher=next(iter(said["publisher"]), ""),
        date=next(filter(None, map(_date, said["date"])), ""),
        identifier=next(filter(None, map(_uuid, identifiers)), ""),
        isbn=next(filter(None, map(_isbn, identifiers)), ""),
        description=_stripped(next(iter(said["description"]), "")),
        rights=next(iter(said["rights"]), ""),
        subjects=tuple(dict.fromkeys(said["subject"])),
        cover=cover,
        vertical=is_vertical,
    )


_LOOKS = re.compile(r"</?(?:a|b|big|em|font|i|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_NAMES = ("language", "publisher", "date", "identifier", "description", "rights", "subject")


def _text(node: Node) -> str:
    return " ".join("".join(node.itertext()).split())


def _refined(nodes: list[Node], key: str, name: str) -> str:
    """What a ``meta`` says of an element by its id."""
    found = (
        n for n in nodes if local(n) == "meta" and n.get("refines") == f"#{key}" and n.get("property") == name
    )
    return next((_text(node) for node in found), "") if key else ""


def _titles(nodes: list[Node]) -> tuple[str, str]:
    found = [
        (_refined(nodes, node.get("id") or "", "title-type"), _text(node))
        for node in nodes
        if local(node) == "title"
    ]
    main = next((text for kind, text in found if kind == "main"), next((text for _, text in found), ""))
    return main, next((text for kind, text in found if kind == "subtitle"), "")


def _people(nodes: list[Node]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        name = local(node)
        if name not in ("creator", "contributor") or not _text(node):
            continue
        role = _refined(nodes, node.get("id") or "", "role") or attribute(node, "role")
        role = (
            role.lower() if re.fullmatch(r"[a-z]{3}", role.lower()) else ("aut" if name == "creator" else "")
        )
        # Programs that made the file (bkp) are nobody who made the book.
        if role and role not in ("bkp", "mdc", "prv"):
            for each in re.split(r"\s*[;；&]\s*", _text(node)):
                if each:
                    yield each, role


def _uuid(text: str) -> str:
    found = re.fullmatch(
        r"(?:urn:uuid:|uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", text.strip().lower()
    )
    return f"urn:uuid:{found[1]}" if found else ""


def _date(text: str) -> str:
    """A date of a year that books have; Calibre writes 0101 where it knows none."""
    try:
        found = read_date(text)
    except DateError:
        return ""
    return found if found >= "1000" else ""


def _isbn(text: str) -> str:
    bare = re.sub(r"^(?:urn:)?isbn:?\s*", "", text.strip(), flags=re.IGNORECASE)
    if not re.fullmatch(r"(?:97[89][- ]?)?[\d -]{9,13}[\dXx]", bare):
        return ""
    return read_isbn(bare)[0]


def _stripped(text: str) -> str:
    """A description without the HTML that catalogues put into it."""
    text = _LOOKS.sub("", text)
    return " ".join(unescape(re.sub(r"<[^<>]*>|&nbsp;", " ", text)).split())
