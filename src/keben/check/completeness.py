"""Proof that nothing was lost: an artifact's text against that of the documents it was made from.

An EPUB must hold each document's text as it is. A PDF adds text of its own (folios, running heads, numbers of pages),
moves notes to the feet of pages and breaks paragraphs between them; so its text is compared by how often each character
occurs, which finds any loss, and blocks whose pieces are nowhere are named.
"""

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from keben.characters import UNSEEN, has_rtl, unmirrored
from keben.check.pdftext import page_texts
from keben.errors import Finding, Place
from keben.markup import BLOCKS, Element, MarkupError, Node, parse, text_of, walk
from keben.model import Artifact, Composition, Document

GRAM = 8
"""A lost block is looked for in pieces of so many characters: few enough to fit between a block's end and a page break,
enough to tell one sentence from another."""

_IGNORED = re.compile(rf"(?:[\s\ufffe\x00-\x1f-]|{UNSEEN.pattern})+")
_TWICE = re.compile("([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f])\\1+")
_MARKS = re.compile("[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]|\\(\\d+\\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A block's own text, normalised, and the place in the source that it came from."""

    place: Place
    text: str
    in_table: bool = False


def check_completeness(composition: Composition, artifact: Artifact) -> tuple[Finding, ...]:
    """An error for each block of the composition whose text is not in the artifact."""
    documents = [document for document in composition.documents if document.kind not in ("cover", "drawing")]
    if artifact.format == "epub":
        return tuple(_missing_in_epub(documents, artifact))
    return tuple(_missing_in_pdf(documents, artifact))


def _missing_in_epub(documents: Iterable[Document], artifact: Artifact) -> Iterator[Finding]:
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        pages = {name.rpartition("/")[2]: name for name in archive.namelist() if name.endswith(".xhtml")}
        for document in documents:
            name = pages.get("nav.xhtml" if document.kind == "contents" else f"{document.name}.xhtml")
            found = _page_text(archive.read(name)) if name else ""
            if _squeezed(text_of(document.root)) not in found:
                lost = [block for block in blocks(document) if block.text not in normal(found)]
                yield from _lost(lost or [Block(Place(document.path), text_of(document.root))], artifact.name)


def _page_text(data: bytes) -> str:
    try:
        root = parse(data.decode().replace("<!DOCTYPE html>", "", 1))
    except (UnicodeDecodeError, MarkupError):
        return ""
    bodies = [node for node in walk(root) if node.tag == "body"]
    return _squeezed(text_of(bodies))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _missing_in_pdf(documents: Iterable[Document], artifact: Artifact) -> Iterator[Finding]:
    stream = normal("".join(page_texts(artifact.data)))
    wanted = [block for document in documents for block in blocks(document)]
    if any(has_rtl(block.text) for block in wanted):
        stream = unmirrored(stream)
        wanted = [replace(block, text=unmirrored(block.text)) for block in wanted]
    deficit = Counter("".join(block.text for block in wanted)) - Counter(stream)
    if not deficit:
        return
    grams = {
        stream[index : index + size] for size in range(1, GRAM + 1) for index in range(len(stream) - size + 1)
    }
    # Pieces are parted also where nothing is lost, by readings and by “（第6页）”: only what is missing counts.
    lost = [block for block in wanted if not deficit.keys().isdisjoint(_uncovered(block.text, grams))]
    if lost:
        yield from _lost(lost, artifact.name)
        return
    # Every piece is there, but not as often as it should be: a text that occurs twice is there once.
    characters = "".join(character for character, _ in deficit.most_common(20))
    message = f"{sum(deficit.values())} characters are missing in it, among them “{characters}”."
    yield Finding(Place(artifact.name), "lost-text", message, "This is a fault of Keben's; please report it.")


def _uncovered(text: str, grams: set[str]) -> set[str]:
    """The characters of a text that are, at some place of it, in no piece that was found."""
    size = min(GRAM, len(text))
    found = [text[index : index + size] in grams for index in range(len(text) - size + 1)]
    return {text[index] for index in range(len(text)) if not any(found[max(0, index - size + 1) : index + 1])}


def _lost(lost: list[Block], artifact: str) -> Iterator[Finding]:
    for block in lost:
        begin = block.text[:20] + ("…" if len(block.text) > 20 else "")
        if block.in_table and artifact.endswith(".pdf"):
            message = f"The table is too wide: “{begin}” runs off the page in {artifact}."
            yield Finding(block.place, "wide-table", message, "Shorten its cells, or take out a column.")
            continue
        message = f"This text is not whole in {artifact}: “{begin}”."
        yield Finding(block.place, "lost-text", message, "This is a fault of Keben's; please report it.")


def blocks(document: Document) -> Iterator[Block]:
    """The text of each block by itself, without that of blocks in it; drawings are not text."""
    yield from _blocks(document.root, document.path, 0)


def _blocks(node: Element, path: str, line: int, in_table: bool = False) -> Iterator[Block]:
    line = node.line or line
    in_table = in_table or node.tag == "table"
    text = normal("".join(_own_text(child) for child in node.children))
    if text:
        yield Block(Place(path, line), text, in_table)
    for child in node.children:
        yield from _inner_blocks(child, path, line, in_table)


def _inner_blocks(node: Node, path: str, line: int, in_table: bool) -> Iterator[Block]:
    if isinstance(node, str) or node.tag == "svg":
        return
    if node.tag in BLOCKS:
        yield from _blocks(node, path, line, in_table)
    else:
        for child in node.children:
            yield from _inner_blocks(child, path, line, in_table)


def _own_text(node: Node) -> str:
    if isinstance(node, str):
        return node
    if node.tag in BLOCKS or node.tag in ("rt", "rp", "svg") or node.classes & {"noteref", "backlink"}:
        return ""
    return "".join(_own_text(child) for child in node.children)


def normal(text: str) -> str:
    """A text without spaces, invisible characters and marks of notes, in compatibility form (Unicode, NFKC).

    An accent that stands twice on one letter stands there once: PDFium takes two glyphs in one place for a bold one.
    """
    return _TWICE.sub(r"\1", _IGNORED.sub("", unicodedata.normalize("NFKC", _MARKS.sub("", text))))
