"""Proof that an EPUB says what its composition says: each document in its place, whole, and with what goes with it.

Pages are found by the ids of what they hold, not by their names. Beside the text: alternative texts, links, numbers of
lists, languages, what is hidden, titles, the bytes of pictures; and every reference leads to a file (`references`).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from keben.check.blame import FAULT, advice_for, cut
from keben.check.container import (
    XHTML,
    BrokenEpubError,
    Container,
    Item,
    parsed,
    read_container,
    resolve,
)
from keben.check.epubmetadata import metadata_findings, squeezed
from keben.check.hiddensections import without_hidden_lists, wrong_sections
from keben.check.matching import align
from keben.check.references import faults_in
from keben.check.textfindings import difference_finding
from keben.core.composition import Artifact, Composition, Document
from keben.core.errors import Finding, Place
from keben.core.markup import Element, MarkupError, Node, parse, text_of, walk
from keben.core.paper import is_vertical
from keben.core.saying import wording
from keben.core.screensizes import size_said
from keben.core.values import dataclass

_SKIPPED = frozenset(("rp", "script", "style"))
_STYLE = wording("the attribute style")
_PAGE_SHARE = re.compile(r"width: ([\d.]+)(vw|%)")
_PNG = b"\x89PNG\r\n"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the EPUB that holds a document."""

    item: Item
    place: int
    """In the spine."""
    tree: Element
    root: Element
    """What holds the document, or this file's piece of it."""
    rest: tuple["_Page", ...] = ()
    """The pages that go on with it, of one that is long."""

    @property
    def pages(self) -> tuple["_Page", ...]:
        """All that the document stands on."""
        return (self, *self.rest)

    @property
    def whole(self) -> Element:
        """The document as it was before it was parted: its text, then the notes of all pieces."""
        if not self.rest:
            return without_hidden_lists(self.root) if self.root.tag == "nav" else self.root
        parted = [_parted(page.root) for page in self.pages]
        notes = [holder for _, holder in parted if holder is not None]
        children = [node for body, _ in parted for node in body]
        if notes:
            children.append(notes[0].with_children(node for holder in notes for node in holder.children))
        return self.root.with_children(children)


def _parted(root: Element) -> tuple[Sequence[Node], Element | None]:
    """A piece's children, and the notes that are the last of them."""
    children = list(root.children)
    while children and isinstance(children[-1], str) and not children[-1].strip():
        children.pop()
    last = children[-1] if children else ""
    if isinstance(last, Element) and last.tag == "section" and "notes" in last.classes:
        return children[:-1], last
    return children, None


def broken_references(data: bytes, name: str) -> tuple[Finding, ...]:
    """An error for each reference that leads nowhere in an EPUB from anywhere, and for each file that is misnamed."""
    try:
        return tuple(dict.fromkeys(_references(read_container(data), name, "")))
    except BrokenEpubError as error:
        return (Finding(Place(name), "broken-epub", str(error)),)


def _references(container: Container, name: str, advice: str) -> Iterator[Finding]:
    for path, line, message in faults_in(container):
        yield Finding(Place(f"{name}!{path}" if path else name, line), "epub-reference", message, advice)


def check_epub(composition: Composition, artifact: Artifact) -> tuple[Finding, ...]:
    """An error for each thing that is not in an EPUB as the composition has it, and for each broken reference."""
    try:
        container = read_container(artifact.data)
        findings = [*_references(container, artifact.name, FAULT)]
        pages = _pages(composition, container)
    except BrokenEpubError as error:
        return (Finding(Place(artifact.name), "broken-epub", str(error), wording("Build it again.")),)
    advice = advice_for(composition)
    for document in composition.texts:
        page = pages.get(document.name)
        if page is None:
            findings += _lost_document(document, artifact.name, advice)
            continue
        findings += _differences(document, page, artifact.name, advice)
        findings += _attributes(document, page, artifact.name, is_vertical(composition.edition.writing))
        for each in page.pages:
            findings += _frame(document, each, composition, artifact.name)
        findings += _pictures(document, page, composition, container, artifact.name)
        for wrong in wrong_sections(page.root, composition.texts) if document.kind == "contents" else ():
            message = wording(
                "{path} in {name} {wrong}", path=page.item.path, name=artifact.name, wrong=wrong
            )
            findings.append(Finding(Place(document.path or document.name), "changed-markup", message, FAULT))
    findings += _order(composition, container, pages, artifact.name)
    findings += metadata_findings(composition, container, artifact.name)
    return tuple(dict.fromkeys(findings))


def _pages(composition: Composition, container: Container) -> dict[str, _Page]:
    """The page of each document, by the document's name. In further files it goes on as ``{id}..2``."""
    wanted = {document.root.get("id"): document.name for document in composition.texts}
    places = {item.path: number for number, item in enumerate(container.reading_order())}
    found: dict[str, _Page] = {}
    for item in container.items:
        if item.media_type != XHTML or item.path not in container.files:
            continue
        try:
            tree = _tree(container.files[item.path], item.path)
        except BrokenEpubError:
            continue
        for node in walk(tree):
            name = node.get("id")
            if name and name.partition("..")[0] in wanted and name not in found:
                found[name] = _Page(item, places.get(item.path, -1), tree, node)
    return {name: _with_rest(found[key], key, found) for key, name in wanted.items() if key in found}


def _with_rest(page: _Page, key: str, found: Mapping[str, _Page]) -> _Page:
    rest: list[_Page] = []
    while following := found.get(f"{key}..{len(rest) + 2}"):
        rest.append(following)
    return replace(page, rest=tuple(rest)) if rest else page


def _tree(data: bytes, path: str) -> Element:
    text = data.decode("utf-8", "replace").lstrip("\ufeff")
    try:
        return parse(text.replace("<!DOCTYPE html>", "", 1))
    except MarkupError as error:
        raise BrokenEpubError(
            wording("{path} is not well-formed ({error}).", path=path, error=error)
        ) from None


def _lost_document(document: Document, name: str, advice: str) -> Iterator[Finding]:
    begin = cut(squeezed(text_of(document.root)))
    message = wording("This text is not in {name} at all: “{begin}”.", name=name, begin=begin)
    yield Finding(Place(document.path or document.name), "lost-text", message, advice)


def _differences(document: Document, page: _Page, name: str, advice: str) -> Iterator[Finding]:
    """Text that is not as it should be, by the block that it is in; and what the page says beside it."""
    pieces = list(_pieces(document.root, 0))
    texts = [squeezed(text) for text, _ in pieces]
    found = "".join(squeezed(text) for text, _ in _pieces(page.whole, 0))
    reported: set[int] = set()
    for difference in align(texts, [False] * len(texts), found).differences:
        line = pieces[min(difference.piece, len(pieces) - 1)][1] if pieces else 0
        if line not in reported or not line:
            reported.add(line)
            yield difference_finding(
                difference, texts, Place(document.path or document.name, line), name, advice
            )
    for each in page.pages:
        around = squeezed(_around(each))
        if around:
            message = wording(
                "{path} in {name} says more than the book: “{around}”.",
                path=each.item.path,
                name=name,
                around=cut(around),
            )
            yield Finding(Place(document.path or document.name), "added-text", message, advice)


def _pieces(node: Element, line: int) -> Iterator[tuple[str, int]]:
    """The text nodes of a tree, each with the line of the nearest element that has one."""
    if node.tag in _SKIPPED:
        return
    line = node.line or line
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                yield child, line
        else:
            yield from _pieces(child, line)


def _around(page: _Page) -> str:
    """What the body says outside of the document; the navigation's other lists are made from its parts."""

    def text(node: Node) -> str:
        if isinstance(node, str):
            return node
        if node is page.root or (node.tag == "nav" and page.root.tag == "nav"):
            return ""
        return "".join(text(child) for child in node.children)

    return "".join(text(node) for node in walk(page.tree) if node.tag == "body")


_Feature = tuple[str, str]
"""What is compared of an element, in words, and its value."""


def _attributes(document: Document, page: _Page, name: str, in_columns: bool) -> Iterator[Finding]:
    """Alternative texts, links, lists' numbers, languages, what is hidden and ids, in the order of the elements."""
    wanted = [(each, line) for each, line in _features_of(document.root, 0)]
    there = [_as_written(each) if in_columns else each for each, _ in _features_of(page.whole, 0)]
    known = [each for each, _ in wanted]
    if known == there:
        return
    at = next(
        (number for number, (one, other) in enumerate(zip(known, there, strict=False)) if one != other),
        min(len(known), len(there)),
    )
    what, value = known[at] if at < len(known) else (wording("nothing"), "")
    found = f"{there[at][0]} “{there[at][1]}”" if at < len(there) else wording("nothing")
    line = wanted[at][1] if at < len(wanted) else 0
    message = wording(
        "{path} in {name} has {found} where {what} “{value}” should be.",
        path=page.item.path,
        name=name,
        found=found,
        what=what,
        value=value,
    )
    yield Finding(Place(document.path or document.name, line), "changed-markup", message, FAULT)


def _as_written(feature: _Feature) -> _Feature:
    """A feature of an element in columns, with the width of a picture as the book has it.

    A percentage would be of a strip of pages there. Widths are parts of the page, of which a picture takes nine tenths
    at most.
    """
    if feature[0] != _STYLE or (share := _PAGE_SHARE.fullmatch(feature[1])) is None:
        return feature
    wide = f"width: {round(float(share[1]) / 0.9, 3):g}%"
    return _STYLE, wide if share[2] == "vw" else wording("{width} of a strip", width=feature[1])


def _features_of(node: Element, line: int) -> Iterator[tuple[_Feature, int]]:
    line = node.line or line
    if node.tag in _SKIPPED or node.tag == "svg":
        return
    features: list[_Feature] = []
    if node.tag == "img":
        features.append((wording("the alternative text"), node.get("alt")))
    if node.tag == "math":
        features.append((wording("the formula"), node.get("alttext")))
    if node.tag == "a":
        href = node.get("href")
        features.append((wording("the link"), f"#{href.rpartition('#')[2]}" if _is_inside(href) else href))
    if node.tag in ("ol", "li"):
        features += (
            (wording("the list's {key}", key=key), node.get(key))
            for key in ("start", "reversed", "value")
            if key in node.attributes
        )
    for key in ("lang", "hidden", "style"):
        value = size_said(node.get(key)) if key == "style" else node.get(key)
        if key in node.attributes and not (key == "style" and _is_furnished(node, value)):
            features.append((wording("the attribute {key}", key=key), value))
    for each in features:
        yield each, line
    for child in node.children:
        if isinstance(child, Element):
            yield from _features_of(child, line)


def _is_furnished(node: Element, style: str) -> bool:
    """Whether its style may be for e-readers alone: of a table in a frame, or of a chart that grows with text.

    So is a style that is none but for what holds a picture to the page.
    """
    return node.tag == "table" or not style or (node.tag == "img" and style.endswith("em"))


def _is_inside(href: str) -> bool:
    return "#" in href and ":" not in href.partition("#")[0]


def _frame(document: Document, page: _Page, composition: Composition, name: str) -> Iterator[Finding]:
    """The page's title and language."""
    place = Place(document.path or document.name)
    title = next((text_of(node) for node in walk(page.tree) if node.tag == "title"), "")
    if squeezed(title) != squeezed(document.title):
        message = wording(
            "{path} in {name} has the title “{title}”, not “{title2}”.",
            path=page.item.path,
            name=name,
            title=cut(title),
            title2=cut(document.title),
        )
        yield Finding(place, "changed-markup", message, FAULT)
    language = composition.edition.language
    for key in ("lang", "xml:lang"):
        if page.tree.get(key) != language:
            message = wording(
                "{path} in {name} is in “{get}”, not in “{language}”.",
                path=page.item.path,
                name=name,
                get=page.tree.get(key),
                language=language,
            )
            yield Finding(place, "changed-markup", message, FAULT)


def _pictures(
    document: Document, page: _Page, composition: Composition, container: Container, name: str
) -> Iterator[Finding]:
    """Each picture with the bytes, each drawing with the words that the composition has."""
    drawings = composition.drawings
    wanted = [node for node in walk(document.root) if node.tag == "img"]
    homes = {id(node): each.item.path for each in page.pages for node in walk(each.root)}
    there = [node for node in walk(page.whole) if node.tag == "img"]
    for node, found in zip(wanted, there, strict=False):
        path, _ = resolve(found.get("src"), homes[id(found)])
        data = container.files.get(path)
        source = node.get("src")
        if data is None or _is_same(source, data, drawings, composition):
            continue
        message = wording(
            "{path} in {name} is not the picture {source}.", path=path, name=name, source=source
        )
        yield Finding(Place(document.path or document.name, node.line), "changed-picture", message, FAULT)


def _is_same(source: str, data: bytes, drawings: Mapping[str, Document], composition: Composition) -> bool:
    if source in drawings:
        if composition.edition.charts == "png" and data.startswith(_PNG):
            return True  # Its words are in its alternative text, which was compared.
        try:
            there = "".join(str(text) for text in parsed(data, source).itertext())
        except BrokenEpubError:
            return False
        return squeezed(there) == squeezed(text_of(drawings[source].root))
    asset = composition.assets.get(source)
    if asset is None:
        return True
    return hashlib.sha256(asset.electronic.data).digest() == hashlib.sha256(data).digest()


def _order(
    composition: Composition, container: Container, pages: Mapping[str, _Page], name: str
) -> Iterator[Finding]:
    """The spine has the documents in the composition's order, and no others that say something."""
    last: tuple[int, str] = (-1, "")
    for document in composition.texts:
        page = pages.get(document.name)
        if page is None:
            continue
        place = Place(document.path or document.name)
        for each in page.pages:
            if each.place < 0:
                yield Finding(
                    place,
                    "spine",
                    wording("{path} is not in the spine of {name}.", path=each.item.path, name=name),
                    FAULT,
                )
            elif each.place < last[0]:
                message = wording(
                    "{path} stands before {last} in the spine of {name}.",
                    path=each.item.path,
                    last=last[1],
                    name=name,
                )
                yield Finding(place, "spine", message, FAULT)
            else:
                last = (each.place, each.item.path)
    known = {each.item.path for page in pages.values() for each in page.pages}
    for item in container.reading_order():
        if item.path in known or item.path not in container.files:
            continue
        with suppress(BrokenEpubError):
            tree = _tree(container.files[item.path], item.path)
            said = squeezed("".join(text_of(node) for node in walk(tree) if node.tag == "body"))
            if said:
                message = wording("It says more than the book: “{said}”.", said=cut(said))
                yield Finding(Place(f"{name}!{item.path}"), "added-text", message, FAULT)
