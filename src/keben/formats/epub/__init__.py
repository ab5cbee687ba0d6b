"""package: Composition → EPUB 3.3.

1. Each document becomes a page, or several where it is long (`splitting`), and its links point to the files of
   their targets (`pages`); pictures, fonts and styles are added where something names them, under safe names (`names`).
2. The contents become the navigation document, with landmarks and lists (`navigation`), and an NCX (`ncx`).
3. Subsets of fonts are added if the edition asks for them (`fonts`).
4. The package describes the book and its accessibility (`metadata`).
5. EbookLib only packs the finished files (`writer`).
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace as replace_look
from types import MappingProxyType
from urllib.parse import unquote

from keben.core.book import Asset, Encoded
from keben.core.composition import Artifact, Composition, Document
from keben.core.css import CSSError, Reference, quoted, references, replace, without_comments
from keben.core.drawing import in_whole_numbers, with_ground
from keben.core.ebook import EbookFont
from keben.core.markup import element, serialize, walk
from keben.core.pages import PageStart
from keben.core.store import NO_STORE, Store
from keben.core.values import dataclass
from keben.formats.epub.fonts import APPLE, LICENCES, SHEET, licences, with_fonts
from keben.formats.epub.furnishing import furnishing_of
from keben.formats.epub.metadata import describe
from keben.formats.epub.names import package_names
from keben.formats.epub.navigation import PageBreak, entries, navigation
from keben.formats.epub.pagebreaks import with_breaks
from keben.formats.epub.pages import (
    COVER,
    Look,
    XhtmlPage,
    frame,
    look_of,
    make_page,
    pieces_of,
    places_of,
    relative,
)
from keben.formats.epub.writer import File, Package, write

__all__ = ["cover_of", "package"]


def package(
    composition: Composition,
    cover: Asset | None,
    starts: Sequence[PageStart] = (),
    drawn: Mapping[str, Encoded] = MappingProxyType({}),
    fonts: Sequence[EbookFont] = (),
    store: Store = NO_STORE,
) -> Artifact:
    """Pack an edition; ``cover`` is its picture, JPEG or PNG.

    ``starts`` are the pages of its printed form, ``fonts`` the parts of fonts that it brings.

    ``drawn`` has pictures of drawings, by the drawings' paths. ``store`` keeps what is compressed.

    The artifact's facts: ``documents``, and ``contents``, the SHA-256 of the entries' names and bytes: it stays where
    another zlib packs the same files into other bytes.
    """
    composition = with_fonts(composition, fonts)
    language, look = composition.edition.language, _look_of(composition)
    documents, marked = with_breaks(composition.texts, starts) if starts else (composition.texts, ())
    pieces = pieces_of(documents)
    places = places_of(pieces)
    breaks = tuple(PageBreak(label, f"{places[name]}#{name}") for label, name in marked)
    contained = _contained(composition, documents, look, cover, drawn)
    furnishing = furnishing_of(composition, documents, contained.files)
    has_fonts = any(file.media_type.startswith("font/") for file in contained.files.values())
    pages = [
        navigation(
            piece.document,
            documents,
            places,
            composition.words,
            look,
            breaks,
            has_cover=cover is not None,
            shows_lists=composition.edition.epub.lists,
        )
        if piece.document.kind == "contents"
        else make_page(piece, places, look, contained.names, furnishing)
        for piece in pieces
    ]
    if cover is not None:
        pages.insert(0, _cover_page(composition, cover))
    files = (
        *_page_files(pages),
        *_style_files(composition.styles, look, contained.names),
        *_files(contained, cover),
    )
    contents = next((each for each in documents if each.kind == "contents"), None)
    data, contents_sum = write(
        Package(
            composition.metadata.identifier_of("epub"),
            composition.metadata.title,
            language,
            describe(
                composition,
                has_cover=cover is not None,
                motions=contained.motions,
                has_pages=bool(breaks),
                has_fonts=has_fonts,
            ),
            entries(contents, documents, places) if contents else (),
            files,
            composition.epoch,
            vertical=composition.edition.is_vertical,
            order={name: number for number, name in enumerate(places)},
            pages=breaks,
            loose={**(APPLE if has_fonts else {}), **({LICENCES: licences(fonts)} if fonts else {})},
        ),
        store,
    )
    name = f"{composition.metadata.slug}-{composition.edition.name}.epub"
    facts = {"documents": len(pages), "contents": contents_sum}
    return Artifact(name, composition.edition.name, "epub", data, facts)


def _look_of(composition: Composition) -> Look:
    look = look_of(composition.edition)
    return replace_look(look, sheets=(*look.sheets, SHEET)) if SHEET in composition.styles else look


def cover_of(data: bytes) -> tuple[str, bytes] | None:
    """The cover's picture in an EPUB that `package` made, with its extension, ``jpg`` or ``png``; None without one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for extension in ("jpg", "png"):
            name = f"EPUB/images/cover.{extension}"
            if name in archive.namelist():
                return extension, archive.read(name)
    return None


def _cover_page(composition: Composition, cover: Asset) -> XhtmlPage:
    words = composition.words
    alt = f"{words['cover']}　{composition.metadata.title}"
    picture = element("img", {"src": relative(_cover_path(cover), COVER), "alt": alt, "role": "doc-cover"})
    section = element(
        "section", {"epub:type": "cover", "class": "cover", "aria-label": words["cover"]}, picture
    )
    return XhtmlPage(COVER, frame(words["cover"], serialize(section), COVER, _look_of(composition), "cover"))


def _cover_path(cover: Asset) -> str:
    # Taiwan's EPUB 3 guide asks for this name.
    return "images/cover.png" if cover.electronic.media_type == "image/png" else "images/cover.jpg"


def _page_files(pages: list[XhtmlPage]) -> Iterator[File]:
    for page in pages:
        name = page.path.rpartition("/")[2].removesuffix(".xhtml")
        identifier = "nav" if "nav" in page.properties else f"page-{name}"
        yield File(
            identifier, page.path, "application/xhtml+xml", page.text.encode(), page.properties, in_spine=True
        )


def _style_files(styles: Mapping[str, str], look: Look, names: Mapping[str, str]) -> Iterator[File]:
    for name in look.sheets:
        path = f"styles/{name}"
        text = _with_names(styles.get(name, ""), path, names)
        yield File(f"style-{name.removesuffix('.css')}", path, "text/css", without_comments(text).encode())


def _with_names(sheet: str, path: str, names: Mapping[str, str]) -> str:
    """A sheet whose URLs lead from ``path`` to the files as the package names them."""
    changes: list[tuple[Reference, str]] = []
    for each in _urls(sheet):
        name = names.get(unquote(each.target))
        if name:
            url = relative(name, path)
            changes.append((each, f'"{url}"' if each.bare else quoted(url)))
    return replace(sheet, changes) if changes else sheet


def _urls(sheet: str) -> tuple[Reference, ...]:
    # A sheet that cannot be read was reported when the theme was.
    with suppress(CSSError):
        return tuple(each for each in references(sheet) if each.kind == "url")
    return ()


@dataclass(frozen=True, slots=True)
class _Contained:
    """The files that pages and styles name."""

    files: Mapping[str, Encoded]
    """By the path that the book knows them by."""
    names: Mapping[str, str]
    """Their paths in the package."""
    motions: frozenset[str]


def _contained(
    composition: Composition,
    documents: Iterable[Document],
    look: Look,
    cover: Asset | None,
    drawn: Mapping[str, Encoded],
) -> _Contained:
    named = {node.get("src") for document in documents for node in walk(document.root) if node.tag == "img"}
    for sheet in look.sheets:
        named.update(unquote(each.target) for each in _urls(composition.styles.get(sheet, "")))
    assets = {path: asset for path, asset in composition.assets.items() if path in named}
    files = {path: asset.electronic for path, asset in assets.items()}
    for name, drawing in composition.drawings.items():
        vector = composition.screens.get(name, drawing)
        files[name] = drawn.get(name) or Encoded("image/svg+xml", _drawing(vector))
    fixed = {}
    if cover is not None:
        # A drawn one is none of the book's files: no path names it.
        own = next((path for path, asset in composition.assets.items() if asset is cover), "")
        fixed[own] = _cover_path(cover)
    names = package_names({path: file.media_type for path, file in files.items()}, fixed)
    return _Contained(files, names, frozenset(asset.motion for asset in assets.values()))


def _files(contained: _Contained, cover: Asset | None) -> Iterator[File]:
    written = set()
    if cover is not None:
        path = _cover_path(cover)
        written.add(path)
        yield File("cover-image", path, cover.electronic.media_type, cover.electronic.data, ("cover-image",))
    numbers = {"picture": 0, "font": 0}
    for path, file in sorted(contained.files.items()):
        name = contained.names[path]
        if name in written:
            continue
        stem = "font" if file.media_type.startswith("font/") else "picture"
        numbers[stem] += 1
        yield File(f"{stem}-{numbers[stem]}", name, file.media_type, file.data)


def _drawing(document: Document) -> bytes:
    root = with_ground(in_whole_numbers(document.root))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{serialize(root)}\n'.encode()
