"""An EPUB as it is packed: its container, its package document and its files (EPUB 3.3, sections 4 and 5)."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import field
from urllib.parse import SplitResult, unquote, urlsplit

from lxml import etree

from keben.core.foreign import foreign
from keben.core.saying import wording
from keben.core.values import dataclass

CONTAINER = "META-INF/container.xml"
MIMETYPE = "application/epub+zip"
XHTML = "application/xhtml+xml"
SVG = "image/svg+xml"
NCX = "application/x-dtbncx+xml"

_LARGEST = 4 * 1024**3
"""Bytes of all its files."""

_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
}


class BrokenEpubError(ValueError):
    """An EPUB that cannot be read; the message says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the manifest."""

    id: str
    path: str
    """In the container."""
    href: str
    """As it is written."""
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Container:
    """A packed EPUB."""

    files: Mapping[str, bytes] = field(repr=False)
    order: tuple[zipfile.ZipInfo, ...]
    package_path: str
    package: "etree._Element"
    items: tuple[Item, ...]
    spine: tuple[str, ...]
    """Ids."""

    def item(self, identifier: str) -> Item | None:
        """The manifest's entry of an id."""
        return next((item for item in self.items if item.id == identifier), None)

    def reading_order(self) -> Iterator[Item]:
        """The items that the spine names."""
        for identifier in self.spine:
            item = self.item(identifier)
            if item is not None:
                yield item


def read_container(data: bytes) -> Container:
    """An EPUB's parts.

    Raises:
        BrokenEpubError: it is no zip, or has no package document that can be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            order = tuple(archive.infolist())
            if sum(info.file_size for info in order) > _LARGEST:
                raise BrokenEpubError(wording("It would unpack to more than 4 GB."))
            files = {info.filename: archive.read(info) for info in order if not info.is_dir()}
    except BrokenEpubError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise BrokenEpubError(
            wording("It is not a zip that can be read ({error}).", error=foreign(error))
        ) from None
    if CONTAINER not in files:
        raise BrokenEpubError(wording("It has no {container}.", container=CONTAINER))
    roots = find(parsed(files[CONTAINER], CONTAINER), "//c:rootfile/@full-path")
    path = str(roots[0]) if roots else ""
    if path not in files:
        raise BrokenEpubError(
            wording("Its package document, {path}, is not in it.", path=path or wording("of no name"))
        )
    package = parsed(files[path], path)
    items = tuple(_items(package, path))
    spine = tuple(str(name) for name in find(package, "/o:package/o:spine/o:itemref/@idref"))
    return Container(files, order, path, package, items, spine)


def _items(package: "etree._Element", path: str) -> Iterator[Item]:
    for node in find(package, "/o:package/o:manifest/o:item"):
        href = str(node.get("href", ""))
        properties = frozenset(str(node.get("properties", "")).split())
        target, _ = resolve(href, path)
        yield Item(str(node.get("id", "")), target, href, str(node.get("media-type", "")), properties)


def find(node: "etree._Element", path: str) -> list["etree._Element"]:
    """What an XPath selects; prefixes: ``o`` (package), ``dc``, ``h`` (XHTML), ``c`` (container)."""
    found = node.xpath(path, namespaces=_NAMES)
    return found if isinstance(found, list) else []


def parsed(data: bytes, path: str) -> "etree._Element":
    """The tree of an XML file; entities are not expanded, and nothing else is loaded.

    Raises:
        BrokenEpubError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenEpubError(
            wording("{path} is not well-formed ({msg}).", path=path, msg=foreign(error.msg))
        ) from None


def resolve(url: str, base: str) -> tuple[str, str]:
    """The path in the container, and the fragment, that a URL in the file ``base`` leads to; not for remote URLs.

    EPUB 3.3, 4.2.5: the container's root is a domain, which no ``..`` leaves; paths are decoded from percents.
    """
    parts = split(url)
    folder = posixpath.dirname(base)
    path = unquote(parts.path)
    whole = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/") if path else base
    return whole, unquote(parts.fragment)


def split(url: str) -> SplitResult:
    """The parts of a URL; one that cannot be parted is a path."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")
