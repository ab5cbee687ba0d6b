"""Every reference in an EPUB leads to a file that is in it, and every file in it is listed as what it is.

The rules are those of EPUB 3.3: the container (4), the manifest and the spine (5.6, 5.7), resources and where they may
be (3), the navigation document (7).
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import NamedTuple

from lxml import etree

from keben.check.container import (
    CONTAINER,
    MIMETYPE,
    NCX,
    SVG,
    XHTML,
    BrokenEpubError,
    Container,
    Item,
    find,
    parsed,
    resolve,
    split,
)
from keben.check.sheeturls import urls_in_sheet
from keben.core.saying import wording
from keben.core.values import dataclass

_XLINK = "{http://www.w3.org/1999/xlink}href"
_SVG_SPACE = "{http://www.w3.org/2000/svg}"
_XHTML_SPACE = "{http://www.w3.org/1999/xhtml}"
_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_ADDRESSES = (
    "src",
    "href",
    _XLINK,
    "poster",
    "data",
    "action",
    "formaction",
    "cite",
    "longdesc",
    "background",
)
_OTHER = re.compile(r"(epubcfi|svgView)\(|(xywh|t)=")
"""Fragments that are no ids."""

_IDS = etree.XPath("//@id[. != '']")
_INSTRUCTIONS = etree.XPath("//processing-instruction('xml-stylesheet')")
_TELLING = etree.XPath(
    "//*[@* or local-name() = 'style' or translate(local-name(), 'SCRIPT', 'script') = 'script']"
)
"""The elements that can lead anywhere or do anything: most of a text's have no attributes, and are passed over."""

_LINKS = frozenset(("http", "https", "mailto", "tel", "ftp", "sms"))
_FORBIDDEN = re.compile(
    '["*:<>?\\\\|\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]|\\.$|\\.(?=/)'
)
"""EPUB 3.3, 4.2.3: what no name in a container holds."""

_NO_URL = re.compile(r"""[\s"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})""")

_KINDS: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"wOFF", 0, "font/woff"),
    (b"wOF2", 0, "font/woff2"),
    (b"OTTO", 0, "font/otf"),
    (b"\x00\x01\x00\x00", 0, "font/ttf"),
    (b"true", 0, "font/ttf"),
)
_SAME = {
    "application/vnd.ms-opentype": ("font/otf", "font/ttf"),
    "application/font-sfnt": ("font/otf", "font/ttf"),
    "font/sfnt": ("font/otf", "font/ttf"),
    "font/ttf": ("font/ttf", "font/otf"),
    "font/otf": ("font/otf", "font/ttf"),
    "application/font-woff": ("font/woff",),
    "application/x-font-ttf": ("font/ttf", "font/otf"),
}


class BrokenReference(NamedTuple):
    """What is wrong in a file of an EPUB."""

    path: str
    """In the container; empty: the container itself."""
    line: int
    message: str


class _Reference(NamedTuple):
    url: str
    line: int
    is_link: bool
    """Whether a reader follows it (``a href``), so that it may lead out of the book."""


@dataclass(slots=True)
class _Known:
    """What a reference can lead to."""

    paths: Mapping[str, Item]
    ids: dict[str, frozenset[str]] = field(default_factory=dict)


def faults_in(container: Container) -> Iterator[BrokenReference]:
    """Everything that is wrong with the references and the files of an EPUB."""
    yield from _in_container(container)
    yield from _in_manifest(container)
    yield from _in_spine(container)
    known = _Known({item.path: item for item in container.items})
    trees: dict[str, etree._Element] = {}
    for item in container.items:
        data = container.files.get(item.path)
        if data is None:
            continue
        yield from _of_other_kind(item, data)
        if item.media_type in (XHTML, SVG, NCX):
            try:
                trees[item.path] = tree = parsed(data, item.path)
            except BrokenEpubError as error:
                yield BrokenReference(item.path, 0, str(error))
                continue
            known.ids[item.path] = frozenset(map(str, _IDS(tree)))
    for item in container.items:
        if item.path in trees:
            telling = _TELLING(trees[item.path])
            yield from _properties(item, trees[item.path], telling)
            references = _in_tree(trees[item.path], telling)
        elif item.media_type == "text/css" and item.path in container.files:
            references = _in_sheet(container.files[item.path].decode("utf-8", "replace"), 1)
        else:
            continue
        for reference in references:
            yield from _leads_nowhere(reference, item.path, known)
    for reference in _in_package(container.package):
        yield from _leads_nowhere(reference, container.package_path, known)


def _in_container(container: Container) -> Iterator[BrokenReference]:
    """EPUB 3.3, 4.2.3 (names) and 4.2.2 (the zip)."""
    first = container.order[0]
    if (
        first.filename != "mimetype"
        or first.compress_type != zipfile.ZIP_STORED
        or container.files.get("mimetype") != MIMETYPE.encode()
    ):
        yield BrokenReference(
            "mimetype", 0, wording("It is not the first file, stored as it is, with the EPUB's media type.")
        )
    names = Counter(info.filename for info in container.order)
    folded = Counter(name.casefold() for name in names)
    for name, count in names.items():
        if count > 1:
            yield BrokenReference(name, 0, wording("It is packed twice."))
        elif folded[name.casefold()] > 1:
            yield BrokenReference(name, 0, wording("Another file has the same name but for capitals."))
        if _FORBIDDEN.search(name):
            yield BrokenReference(
                name, 0, wording("Its name has a character that no name in an EPUB may have.")
            )
        if name.startswith("/") or ".." in name.split("/"):
            yield BrokenReference(name, 0, wording("Its path leaves the container."))


def _in_manifest(container: Container) -> Iterator[BrokenReference]:
    """EPUB 3.3, 5.6.1: each resource once, under an id of its own."""
    at = container.package_path
    for text, count in Counter(item.id for item in container.items).items():
        if not text or count > 1:
            yield BrokenReference(
                at,
                0,
                wording("The manifest has the id “{text}” {count} times.", text=text, count=count)
                if text
                else wording("An item has no id."),
            )
    for path, count in Counter(item.path for item in container.items).items():
        if count > 1:
            yield BrokenReference(
                at, 0, wording("The manifest lists {path} {count} times.", path=path, count=count)
            )
    for item in container.items:
        yield from _bad_url(item.href, at, 0)
        if item.path not in container.files:
            yield BrokenReference(
                at, 0, wording("The manifest lists {path}, which is not packed.", path=item.path)
            )
        if item.path == at:
            yield BrokenReference(at, 0, wording("The manifest lists the package document itself."))
    listed = {item.path for item in container.items} | {"mimetype", at}
    for name in container.files:
        if name not in listed and not name.startswith("META-INF/"):
            yield BrokenReference(name, 0, wording("It is packed, and the manifest does not list it."))
    navigation = [item for item in container.items if "nav" in item.properties]
    if len(navigation) != 1 or navigation[0].media_type != XHTML:
        yield BrokenReference(
            at,
            0,
            wording(
                "The manifest has {count} navigation documents; it must have one.", count=len(navigation)
            ),
        )
    if sum("cover-image" in item.properties for item in container.items) > 1:
        yield BrokenReference(at, 0, wording("The manifest has several cover images."))


def _in_spine(container: Container) -> Iterator[BrokenReference]:
    """EPUB 3.3, 5.7: the spine names content documents, each once."""
    at = container.package_path
    if not container.spine:
        yield BrokenReference(at, 0, wording("The spine is empty."))
    for name, count in Counter(container.spine).items():
        item = container.item(name)
        if item is None:
            yield BrokenReference(
                at, 0, wording("The spine names “{name}”, which the manifest does not have.", name=name)
            )
        elif item.media_type not in (XHTML, SVG):
            yield BrokenReference(
                at,
                0,
                wording(
                    "The spine names {path}, which is {media_type}.",
                    path=item.path,
                    media_type=item.media_type,
                ),
            )
        if count > 1:
            yield BrokenReference(
                at, 0, wording("The spine names “{name}” {count} times.", name=name, count=count)
            )
    version = str(container.package.get("version", ""))
    if not version.startswith("3"):
        yield BrokenReference(at, 0, wording("The package is of version “{version}”.", version=version))
    unique = str(container.package.get("unique-identifier", ""))
    if not any(node.get("id") == unique for node in find(container.package, "//dc:identifier")):
        yield BrokenReference(at, 0, wording("The package's unique identifier is not there."))
    if not container.files.get(CONTAINER):
        yield BrokenReference(CONTAINER, 0, wording("It is empty."))


def _of_other_kind(item: Item, data: bytes) -> Iterator[BrokenReference]:
    """Whether a file's first bytes are of its media type."""
    found = next((kind for start, at, kind in _KINDS if data[at : at + len(start)] == start), "")
    wanted = _SAME.get(item.media_type, (item.media_type,))
    if found and found not in wanted:
        yield BrokenReference(
            item.path,
            0,
            wording("It is listed as {media_type}, and is {found}.", media_type=item.media_type, found=found),
        )
    elif not found and item.media_type.startswith(("image/", "font/")) and item.media_type != SVG:
        yield BrokenReference(
            item.path,
            0,
            wording("It is listed as {media_type}, and is something else.", media_type=item.media_type),
        )


def _properties(
    item: Item, tree: "etree._Element", telling: list["etree._Element"]
) -> Iterator[BrokenReference]:
    """EPUB 3.3, 5.6.2.2: what a document holds beside text is said in the manifest; and no book has scripts."""
    root = {XHTML: f"{_XHTML_SPACE}html", SVG: f"{_SVG_SPACE}svg"}.get(item.media_type)
    if root and tree.tag != root:
        yield BrokenReference(
            item.path,
            0,
            wording(
                "It is listed as {media_type}, and its root is “{tag}”.",
                media_type=item.media_type,
                tag=str(tree.tag),
            ),
        )
    if item.media_type == XHTML:
        for name, tag in (("svg", f"{_SVG_SPACE}svg"), ("mathml", _MATH)):
            there = next(tree.iter(tag), None) is not None
            if there != (name in item.properties):
                said = wording("has") if there else wording("has no")
                yield BrokenReference(
                    item.path,
                    0,
                    wording("It {said} {name}, and the manifest says otherwise.", said=said, name=name),
                )
    for node in telling:
        name = etree.QName(node).localname.lower()
        handlers = [key for key in node.attrib if str(key).lower().startswith("on")]
        if (name == "script" and str(node.get("type", "")) not in _DATA_TYPES) or handlers:
            yield BrokenReference(item.path, node.sourceline or 0, wording("It has a script."))


_DATA_TYPES = frozenset(("application/ld+json", "application/json", "text/plain"))


def _in_tree(tree: "etree._Element", telling: list["etree._Element"]) -> Iterator[_Reference]:
    for node in telling:
        name, line = etree.QName(node).localname, node.sourceline or 0
        for key in _ADDRESSES:
            if (url := node.get(key)) is not None:
                yield _Reference(str(url), line, name in ("a", "area") or key == "cite")
        for part in str(node.get("srcset", "")).split(","):
            if part.strip():
                yield _Reference(part.split()[0], line, False)
        for key, value in node.attrib.items():
            if key == "style" or (str(node.tag).startswith(_SVG_SPACE) and "url(" in str(value).lower()):
                yield from _in_sheet(f"x{{{key}:{value}}}" if key != "style" else f"x{{{value}}}", line)
        if name == "style" and node.text:
            yield from _in_sheet(node.text, line)
    for instruction in _INSTRUCTIONS(tree):
        match = re.search(r"""href\s*=\s*["']([^"']*)""", str(instruction))
        if match:
            yield _Reference(match[1], 0, False)


def _in_sheet(text: str, first: int) -> Iterator[_Reference]:
    for url, line in urls_in_sheet(text):
        yield _Reference(url, first + line - 1, False)


def _in_package(package: "etree._Element") -> Iterator[_Reference]:
    """``link`` and ``guide``; ids that metadata, manifest and spine name."""
    for node in find(package, "//o:metadata/o:link | //o:guide/o:reference"):
        yield _Reference(
            str(node.get("href", "")), node.sourceline or 0, etree.QName(node).localname == "link"
        )
    ids = {str(node.get("id")) for node in package.iter(etree.Element) if node.get("id")}
    for node in find(package, "//o:meta[@refines]"):
        target = str(node.get("refines"))
        if target.startswith("#") and target[1:] not in ids:
            yield _Reference(f"missing:{target}", node.sourceline or 0, False)
    for node in find(package, "//o:item[@fallback or @media-overlay] | //o:spine[@toc]"):
        for key in ("fallback", "media-overlay", "toc"):
            if node.get(key) is not None and str(node.get(key)) not in ids:
                yield _Reference(f"missing:#{node.get(key)}", node.sourceline or 0, False)


def _leads_nowhere(reference: _Reference, path: str, known: _Known) -> Iterator[BrokenReference]:
    url = reference.url.strip()
    scheme = split(url).scheme.lower()
    if scheme == "data":
        return
    if scheme:
        if not (reference.is_link and scheme in _LINKS):
            yield BrokenReference(
                path, reference.line, wording("“{url}” is not in the EPUB.", url=_shown(url))
            )
        return
    yield from _bad_url(url, path, reference.line)
    target, fragment = resolve(url, path)
    item = known.paths.get(target)
    if item is None:
        yield BrokenReference(
            path,
            reference.line,
            wording("“{url}” leads to {target}, which is not in the EPUB.", url=_shown(url), target=target),
        )
    elif fragment and fragment not in known.ids.get(target, (fragment,)) and not _OTHER.match(fragment):
        yield BrokenReference(
            path,
            reference.line,
            wording("“{url}” leads to an id that {target} does not have.", url=_shown(url), target=target),
        )


def _bad_url(url: str, path: str, line: int) -> Iterator[BrokenReference]:
    parts = split(url)
    if _NO_URL.search(url) or (parts.query and not parts.scheme) or url.startswith("/"):
        yield BrokenReference(
            path, line, wording("“{url}” is not a URL of a file in an EPUB.", url=_shown(url))
        )


def _shown(url: str) -> str:
    return url if len(url) <= 80 else f"{url[:80]}…"
