"""Several pages that link to one another → blocks, notes and what is to be said of them."""

import base64
import binascii
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, local
from keben.project.importers.office.rich import Block, Blocks, RichParagraph, RichRun
from keben.project.importers.office.web.css import PageStyles
from keben.project.importers.office.web.elements import is_drawn_again, tex_in
from keben.project.importers.office.web.flow import Flow, Sights
from keben.project.importers.office.web.markup import body_of
from keben.project.importers.office.web.notes import FoundNotes, find_notes
from keben.project.importers.telling import listed

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_UNSHOWN = frozenset("script style head template title noscript rp".split())
_BRIEF = 24


@dataclass(frozen=True, slots=True)
class WebPage:
    """A file of HTML."""

    path: str
    """Below the book's folder; empty for a page alone."""
    tree: Node
    styles: PageStyles = field(default_factory=PageStyles)


@dataclass(frozen=True, slots=True)
class Outline:
    """Headings that a table of contents names."""

    levels: Mapping[Node, int] = field(default_factory=dict)
    titles: Mapping[Node, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    skipped: frozenset[Node] = frozenset()


@dataclass(frozen=True, slots=True)
class Assembled:
    """Pages as one text."""

    blocks: Blocks
    notes: Mapping[str, Blocks]
    pictures: Mapping[str, bytes]
    texts: tuple[str, ...]
    left: tuple[str, ...]
    remarks: tuple[str, ...]


def assemble(pages: Sequence[WebPage], read: Callable[[str], bytes | None], outline: Outline) -> Assembled:
    """Pages in order; ``read`` gives a picture's bytes by its path."""
    paths = {page.path for page in pages}

    def target(file: str, href: str) -> str:
        path, _, anchor = href.partition("#")
        full = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path))) if path else file
        return f"{full}#{unquote(anchor)}" if full in paths and not _SCHEME.match(href) else ""

    trees = {page.path: body_of(page.tree) for page in pages}
    found = find_notes(trees, target)
    pictures: dict[str, bytes] = {}
    anchors = frozenset(
        goal
        for page in pages
        for node in page.tree.iter()
        if local(node).lower() == "a" and (goal := target(page.path, node.get("href") or ""))
    )
    flows = {
        page.path: Flow(_sights(page, target, anchors, pictures, read, found, outline)) for page in pages
    }
    blocks: list[Block] = []
    for page in pages:
        start = f"{page.path}#"
        if start in anchors:
            flows[page.path].pending.append(RichRun("anchor", start))
        blocks += flows[page.path].blocks(trees[page.path])
        _hand_on(flows[page.path], flows, pages, page)
    whole = {name: flows[file].blocks(node) for name, (file, node) in found.texts.items()}
    notes = {name: _without_mark(each, found, name) for name, each in whole.items()}
    # The book counts its notes itself.
    numbered = [_first(each) for name, each in whole.items() if _first(each) != _first(notes[name])]
    left = [text for flow in flows.values() for text in (*flow.hidden, *flow.contents)]
    texts = tuple(text for tree in trees.values() for text in _texts(tree))
    return Assembled(
        tuple(blocks),
        notes,
        pictures,
        texts,
        (*left, *numbered, *found.marks),
        tuple(_remarks(tuple(flows.values()))),
    )


def _first(blocks: Blocks) -> str:
    """The first stretch of text."""
    runs = blocks[0].runs if blocks and isinstance(blocks[0], RichParagraph) else ()
    return runs[0].text if runs else ""


def _hand_on(flow: Flow, flows: Mapping[str, Flow], pages: Sequence[WebPage], page: WebPage) -> None:
    """Anchors at a page's end, and its last heading, belong to the next page."""
    at = next(number for number, each in enumerate(pages) if each is page)
    if at + 1 < len(pages):
        after = flows[pages[at + 1].path]
        after.pending[:0] = flow.pending
        after.base = flow.base
    flow.pending = []


def _sights(
    page: WebPage,
    target: Callable[[str, str], str],
    anchors: frozenset[str],
    pictures: dict[str, bytes],
    read: Callable[[str], bytes | None],
    found: FoundNotes,
    outline: Outline,
) -> Sights:
    def linked(href: str) -> str:
        if goal := target(page.path, href):
            return f"#{goal}"
        return href.strip() if re.match(r"(?:https?|mailto):", href.strip(), re.IGNORECASE) else ""

    def shown(source: str) -> str:
        source = source.strip()
        if source.startswith("data:"):
            return _embedded(source, pictures)
        if source.startswith("//"):
            return f"https:{source}"
        if _SCHEME.match(source):
            return source if urlsplit(source).scheme in ("http", "https") else ""
        path = posixpath.normpath(
            posixpath.join(posixpath.dirname(page.path), unquote(source.partition("#")[0]))
        )
        if path not in pictures and (data := read(path)) is not None:
            pictures[path] = data
        return path if source else ""

    skipped = found.skipped | outline.skipped
    return Sights(
        linked, shown, anchors, page.path, page.styles, found.calls, skipped, outline.levels, outline.titles
    )


def _embedded(source: str, pictures: dict[str, bytes]) -> str:
    """The name of a picture that is written into its address."""
    head, _, body = source.partition(",")
    try:
        data = base64.b64decode(body, validate=False) if head.endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return ""
    known = next((name for name, each in pictures.items() if each == data), "")
    name = (
        known or f"embedded-{len(pictures) + 1}.{head.partition('/')[2].partition(';')[0].partition('+')[0]}"
    )
    pictures[name] = data
    return name


def _without_mark(blocks: Blocks, found: FoundNotes, name: str) -> Blocks:
    """A note's text without the number that stands before it."""
    marks = {"".join(node.itertext()) for node, each in found.calls.items() if each == name}
    numbers = {re.sub(r"[\W_]+", "", mark) or mark.strip() for mark in marks} - {""}
    first = blocks[0] if blocks else None
    if not isinstance(first, RichParagraph) or not first.runs or first.runs[0].kind != "text" or not numbers:
        return blocks
    form = (
        rf"\s*[\[(（〔【［]?\s*(?:{'|'.join(map(re.escape, sorted(numbers)))})\s*[\])）〕】］]?[.．、:：]?\s*"
    )
    run = first.runs[0]
    match = re.match(form, run.text)
    rest = run.text[match.end() :] if match else run.text
    # A digit behind it: the number was the beginning of a longer one.
    if match is None or (rest[:1].isdigit() and match[0].strip().isdigit()):
        rest = re.sub(r"\A[\[(（]\s*[\])）]\s*|\A[.．、:：]\s*", "", run.text.lstrip())
    return (replace(first, runs=(replace(run, text=rest), *first.runs[1:])), *blocks[1:])


def _texts(node: Node) -> Iterator[str]:
    """Each stretch of text that a reader would see, ruby's base before its reading as in the file."""
    name = local(node).lower()
    if name in _UNSHOWN or name == "math" or is_drawn_again(node) or tex_in(node):
        # A formula comes as LaTeX, of which its text says no more than parts.
        return
    if (node.text or "").strip():
        yield node.text
    for each in node:
        if local(each):
            yield from _texts(each)
        if (each.tail or "").strip():
            yield each.tail


def _remarks(flows: Sequence[Flow]) -> Iterator[str]:
    hidden = [text for flow in flows for text in flow.hidden]
    foreign = [text for flow in flows for text in flow.foreign]
    contents = [text for flow in flows for text in flow.contents]
    if hidden:
        yield wording(
            "Left out: what its style sheet hides ({count}): {brief}.",
            count=len(hidden),
            brief=listed(map(_brief, hidden)),
        )
    if foreign:
        yield wording(
            "Not taken: frames, films, drawings and the like ({count}): {brief}.",
            count=len(foreign),
            brief=listed(map(_brief, foreign)),
        )
    if contents:
        yield wording(
            "Left out: a table of contents or a site's links ({count}): {brief}.",
            count=len(contents),
            brief=listed(map(_brief, contents)),
        )


def _brief(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 1]}…"
