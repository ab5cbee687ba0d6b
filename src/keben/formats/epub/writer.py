"""EbookLib as a packager: finished files in, the bytes of a zip out. The only module that imports it.

EbookLib reparses and reprints documents, takes the clock for times and swallows errors; so documents go in as raw
items, and the writer's few methods that matter are overridden.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import Any

from ebooklib import epub  # type: ignore[import-untyped]

from keben.core.store import NO_STORE, Bundle, Store
from keben.core.values import dataclass
from keben.core.version import __version__
from keben.formats.epub.metadata import PackageEntry
from keben.formats.epub.navigation import NavigationEntry as ContentsEntry
from keben.formats.epub.navigation import PageBreak
from keben.formats.epub.ncx import ncx

EARLIEST = 315532800
"""1980-01-01T00:00:00Z: a zip knows no time before."""

_IBOOKS = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package: an id unique in it, its path below the package's folder, and its bytes."""

    id: str
    path: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """All that an EPUB is made of."""

    identifier: str
    title: str
    language: str
    metadata: tuple[PackageEntry, ...]
    contents: tuple[ContentsEntry, ...]
    files: tuple[File, ...]
    """In the order of the manifest; those in the spine in reading order."""
    epoch: int
    vertical: bool = False
    """Read from right to left, in columns."""
    order: Mapping[str, int] = field(default_factory=dict)
    """The place of each id in the order of reading."""
    pages: tuple[PageBreak, ...] = ()
    """Where the pages of the printed edition begin."""
    loose: Mapping[str, bytes] = field(default_factory=dict)
    """Files that stand beside the package, by their paths in the container."""


def write(package: Package, store: Store = NO_STORE) -> tuple[bytes, str]:
    """The EPUB's bytes: the same for the same package, whatever the clock, the zone and the machine.

    Beside them SHA-256 over the names and the bytes of what is in it, in its order.
    ``store`` keeps its texts compressed from one build to the next.
    """
    book = epub.EpubBook()
    book.metadata.clear()
    book.set_identifier(package.identifier)
    book.set_language(package.language)
    book.title = package.title
    for entry in package.metadata:
        if entry.name.startswith("dc:"):
            book.add_metadata("DC", entry.name[3:], entry.value, dict(entry.attributes))
        elif entry.name == "link":
            book.add_metadata(None, "link", None, dict(entry.attributes))
        else:
            book.add_metadata(None, "meta", entry.value, {"property": entry.name, **entry.attributes})
    if any("cover-image" in file.properties for file in package.files):
        # EPUB 2's way, which older readers and some stores look for.
        book.add_metadata("OPF", "cover", "", {"name": "cover", "content": "cover-image"})
    # EPUB 2's way too: EPUB 3 has no other for the program that made the file.
    book.add_metadata("OPF", "generator", "", {"name": "generator", "content": f"Keben {__version__}"})
    if package.vertical:
        book.set_direction("rtl")
        # Kindle's own word for it.
        book.add_metadata("OPF", "meta", "", {"name": "primary-writing-mode", "content": "vertical-rl"})
    for file in package.files:
        item = _item(file)
        book.add_item(item)
        if file.in_spine:
            book.spine.append(item)
    listed = ncx(
        package.identifier, package.title, package.language, package.contents, package.pages, package.order
    )
    book.add_item(_item(File("ncx", "toc.ncx", "application/x-dtbncx+xml", listed)))
    for name, data in package.loose.items():
        item = _item(File(name, name, "", data))
        item.manifest = False
        book.add_item(item)
    out = io.BytesIO()
    modified = datetime.fromtimestamp(max(package.epoch, EARLIEST), UTC)
    options = {"mtime": modified, "epub3_pages": False, "epub3_landmark": False, "raise_exceptions": True}
    digest = hashlib.sha256()
    kept = Bundle(store, "deflated", package.identifier, package.language)
    _Writer(out, book, {**options, "digest": digest, "kept": kept}).write()
    kept.close()
    return out.getvalue(), digest.hexdigest()


def _item(file: File) -> Any:
    item = epub.EpubItem(file.id, file.path, file.media_type, file.data)
    item.properties = list(file.properties)
    item.is_linear = True
    return item


_LEVEL, _MEMORY = 6, 5
"""Of zlib. Smaller blocks suit Chinese text, which comes out 0.6 % smaller than with the usual memory of 8. Level 9
takes a seventh longer, and makes it 0.3 % smaller."""


class _Zip(zipfile.ZipFile):
    """Entries with one time, one creator and one mode, which EbookLib leaves to the machine."""

    def __init__(self, stream: io.BytesIO, time: datetime, digest: Any, kept: Bundle) -> None:
        super().__init__(stream, "w", zipfile.ZIP_DEFLATED)
        self.digest = digest
        self.kept = kept
        self.time = time.timetuple()[:6]

    def writestr(
        self,
        name: Any,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,  # noqa: ARG002 - zipfile's signature
    ) -> None:
        content = data.encode() if isinstance(data, str) else data
        self.digest.update(f"{name}\n{len(content)}\n".encode() + content)
        info = zipfile.ZipInfo(name, self.time)
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        info.compress_type = self.compression if compress_type is None else compress_type
        if info.compress_type != zipfile.ZIP_DEFLATED:
            super().writestr(info, content)
            return
        ready = self._kept(content) if name.endswith(_TEXTS) else _deflated(content)
        info.file_size = len(content)
        with self.open(info, "w") as stream:
            # The one place where a zip asks for the compressed form of what is written into it. By itself it gives no
            # choice of the memory.
            stream._compressor = _Ready(ready)  # type: ignore[attr-defined]
            stream.write(content)

    def _kept(self, content: bytes) -> bytes:
        """A text as a zip holds it."""
        key = self.kept.key(content)
        known = self.kept.get(key)
        if isinstance(known, bytes):
            return known
        made = _deflated(content)
        self.kept.put(key, made)
        return made


_TEXTS = (".xhtml", ".css", ".ncx")


def _deflated(content: bytes) -> bytes:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, _MEMORY)
    return deflate.compress(content) + deflate.flush()


class _Ready:
    """Gives what is compressed already."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def compress(self, _content: bytes) -> bytes:
        """All of it, for all that it was made from."""
        return self._data

    def flush(self) -> bytes:
        """Nothing is left."""
        return b""


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    def write(self) -> None:
        options = self.options
        self.out = _Zip(self.file_name, options["mtime"], options["digest"], options["kept"])
        self.out.writestr("mimetype", "application/epub+zip", compress_type=zipfile.ZIP_STORED)
        self._write_container()
        self._write_opf()
        self._write_items()
        self.out.close()

    def _write_opf_file(self, root: Any) -> None:
        # EbookLib declares a prefix that nothing uses, and does not say the package's language.
        root.attrib.pop("prefix", None)
        if any(str(node.get("property")).startswith("ibooks:") for node in root.iter()):
            root.set("prefix", _IBOOKS)
        root.set(_XML_LANG, self.book.language)
        super()._write_opf_file(root)
