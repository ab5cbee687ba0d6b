"""package: Composition → EPUB 3.3.

1. Each document becomes a page, its links led to the files where their targets are (`pages`).
2. The contents become the navigation document, with landmarks (`navigation`).
3. The package says what the book is and how accessible (`metadata`).
4. EbookLib packs finished files, nothing else (`writer`).
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from keben.epub.metadata import describe
from keben.epub.navigation import entries, navigation
from keben.epub.pages import COVER, Look, Page, frame, look_of, make_page, places_of, relative
from keben.epub.writer import File, Package, write
from keben.markup import element, serialize
from keben.model import Artifact, Asset, Composition, Document

__all__ = ["cover_of", "package"]

_CSS_URL = re.compile(r"""url\(\s*(["']?)(?!data:|[a-z]+:|#)([^"')]+)\1\s*\)""")


def package(composition: Composition, cover: Asset | None) -> Artifact:
    """Pack an edition; ``cover`` is its picture, JPEG or PNG.

    The artifact's facts: ``documents``, and ``contents``, the SHA-256 of the entries' names and bytes: it stays where
    another zlib packs the same files into other bytes.
    """
    language, look = composition.edition.language, look_of(composition.edition)
    documents = [document for document in composition.documents if document.kind not in ("cover", "drawing")]
    places = places_of(documents)
    pages = [
        navigation(document, documents, places, composition.words, look, has_cover=cover is not None)
        if document.kind == "contents"
        else make_page(document, places, look)
        for document in documents
    ]
    if cover is not None:
        pages.insert(0, _cover_page(composition, cover))
    files = (*_page_files(pages), *_style_files(composition.styles, look), *_pictures(composition, cover))
    contents = next((document for document in documents if document.kind == "contents"), None)
    data = write(
        Package(
            composition.metadata.identifier_of("epub"),
            composition.metadata.title,
            language,
            describe(composition, has_cover=cover is not None),
            entries(contents, places) if contents else (),
            files,
            composition.epoch,
            vertical=composition.edition.writing == "vertical",
        )
    )
    name = f"{composition.metadata.slug}-{composition.edition.name}.epub"
    return Artifact(
        name,
        composition.edition.name,
        "epub",
        data,
        {"documents": len(pages), "contents": contents_hash(data)},
    )


def cover_of(data: bytes) -> tuple[str, bytes] | None:
    """The cover's picture in an EPUB that `package` made, with its extension, ``jpg`` or ``png``; None without one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for extension in ("jpg", "png"):
            name = f"EPUB/images/cover.{extension}"
            if name in archive.namelist():
                return extension, archive.read(name)
    return None


def contents_hash(data: bytes) -> str:
    """SHA-256 over the names and the unpacked bytes of a zip's entries, in their order."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def _cover_page(composition: Composition, cover: Asset) -> Page:
    words = composition.words
    alt = f"{words['cover']}　{composition.metadata.title}"
    picture = element("img", {"src": relative(_cover_path(cover), COVER), "alt": alt, "role": "doc-cover"})
    section = element(
        "section", {"epub:type": "cover", "class": "cover", "aria-label": words["cover"]}, picture
    )
    return Page(
        COVER, frame(words["cover"], serialize(section), COVER, look_of(composition.edition), "cover")
    )


def _cover_path(cover: Asset) -> str:
    # Taiwan's EPUB 3 guide asks for this name.
    return "images/cover.png" if cover.media_type == "image/png" else "images/cover.jpg"


def _page_files(pages: list[Page]) -> Iterator[File]:
    for page in pages:
        name = page.path.rpartition("/")[2].removesuffix(".xhtml")
        identifier = "nav" if "nav" in page.properties else f"page-{name}"
        yield File(
            identifier, page.path, "application/xhtml+xml", page.text.encode(), page.properties, in_spine=True
        )


def _style_files(styles: Mapping[str, str], look: Look) -> Iterator[File]:
    for name in look.sheets:
        text = _CSS_URL.sub(lambda match: f'url("../{match[2]}")', styles.get(name, ""))
        yield File(f"style-{name.removesuffix('.css')}", f"styles/{name}", "text/css", text.encode())


def _pictures(composition: Composition, cover: Asset | None) -> Iterator[File]:
    if cover is not None:
        yield File("cover-image", _cover_path(cover), cover.media_type, cover.data, ("cover-image",))
    number = 0
    for path, asset in sorted(composition.assets.items()):
        if asset is cover or not asset.media_type.startswith("image/"):
            continue
        number += 1
        yield File(f"picture-{number}", path, asset.media_type, asset.data)
    for document in composition.documents:
        if document.kind == "drawing":
            number += 1
            yield File(f"picture-{number}", document.name, "image/svg+xml", _drawing(document))


def _drawing(document: Document) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{serialize(document.root)}\n'.encode()
