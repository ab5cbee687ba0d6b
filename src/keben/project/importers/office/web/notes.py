"""Notes of pages and e-books: which links call one, and where its text stands."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, local
from keben.project.importers.office.web.markup import kinds_of

_MARK = re.compile(
    r"[\[(（〔【［]?\s*(?:注|註|note)?\s*(?:\d{1,4}|[*＊†‡※]{1,3}|[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]|[a-zA-Z]|[ivxlc]{1,6}|注|註"
    r"|[一二三四五六七八九十]{1,3})?\s*[\])）〕】］]?",
    re.IGNORECASE,
)
_NOTES = frozenset(("footnote", "endnote", "rearnote", "note", "footnotes", "endnotes", "rearnotes"))
_CLASSES = re.compile(
    r"(?:duokan-)?(?:foot|end)?-?note-?(?:ref|call|link|marker)?|fn-?ref|noteref|duokan-footnote-item|zhu(?:shi)?|msofootnotereference",
    re.IGNORECASE,
)
_BLOCK = frozenset("p li aside div dd td section".split())
_LEAST = 10
"""Characters that stay in a frame of notes for it to be text."""


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """Notes of all files together."""

    calls: Mapping[Node, str] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, Node]] = field(default_factory=dict)
    """A note's file and element, by its name."""
    skipped: frozenset[Node] = frozenset()
    """Notes, their frames and the links back from them: no part of the running text."""
    marks: tuple[str, ...] = ()
    """What calls and links back said."""


def find_notes(trees: Mapping[str, Node], target: Callable[[str, str], str]) -> FoundNotes:
    """The notes of files, in the order in which they are read; ``target`` gives ``file#id`` for a file's link."""
    places: dict[str, tuple[int, str, Node]] = {}
    links: list[tuple[int, str, Node, str]] = []
    order: dict[Node, int] = {}
    for file, tree in trees.items():
        for node in tree.iter():
            if not local(node):
                continue
            order[node] = len(order)
            for key in (node.get("id"), node.get("name") if local(node).lower() == "a" else None):
                if key:
                    places.setdefault(f"{file}#{key}", (order[node], file, node))
            if local(node).lower() == "a" and node.get("href"):
                links.append((order[node], file, node, target(file, node.get("href") or "")))
    calls: dict[Node, str] = {}
    texts: dict[str, tuple[str, Node]] = {}
    for at, _file, node, goal in links:
        if goal not in places:
            continue
        where, file, element = places[goal]
        block = _block_of(element)
        if where > at and block is not None and _is_call(node, block, places, target, file):
            calls[node] = goal
            texts[goal] = (file, block)
    if not texts:
        return FoundNotes()
    blocks = {block for _, block in texts.values()}
    back = {node for _, _, node, goal in links if _is_back(node, blocks, goal, places)}
    frames = _frames(blocks)
    marks = tuple("".join(node.itertext()) for node in (*calls, *back))
    marks += tuple(text for frame in frames for text in _outside(frame, blocks))
    return FoundNotes(calls, texts, frozenset(blocks | back | frames), marks)


def _block_of(node: Node) -> Node | None:
    """The paragraph, item or box that is a note, of an element in it."""
    if local(node).lower() in _BLOCK:
        return node
    return next((each for each in node.iterancestors() if local(each).lower() in _BLOCK), None)


def _is_call(
    node: Node,
    block: Node,
    places: Mapping[str, tuple[int, str, Node]],
    target: Callable[[str, str], str],
    file: str,
) -> bool:
    text = "".join(node.itertext()).strip()
    if not _MARK.fullmatch(text) or node in set(block.iter()):
        return False
    if "noteref" in kinds_of(node) or kinds_of(block) & _NOTES:
        return True
    classes = f"{node.get('class') or ''} {block.get('class') or ''}".split()
    if any(_CLASSES.fullmatch(each) for each in classes):
        return True
    number = re.sub(r"[\W_]+", "", text)
    is_raised = any(
        local(each).lower() == "sup" for each in (node.getparent(), *node.iter()) if each is not None
    )
    begins = "".join(block.itertext()).strip().lstrip("[(（〔【［")
    if is_raised and number and re.match(rf"{re.escape(number)}(?!\d)", begins):
        return True
    around = _block_of(node)
    for each in block.iter():
        if local(each).lower() == "a" and each.get("href"):
            back = places.get(target(file, each.get("href") or ""))
            if back and (back[2] is node or (around is not None and _block_of(back[2]) is around)):
                return True
    return False


def _is_back(node: Node, blocks: set[Node], goal: str, places: Mapping[str, tuple[int, str, Node]]) -> bool:
    """Whether a link leads from a note to where it was called."""
    if not any(each in blocks for each in node.iterancestors()) or goal not in places:
        return False
    text = "".join(node.itertext()).strip()
    return (
        bool(_MARK.fullmatch(text))
        or bool(re.fullmatch(r"[↩⤴↑^\ufe0e\s返回]*", text))
        or "backlink" in kinds_of(node)
    )


def _frames(blocks: set[Node]) -> set[Node]:
    """Text around notes that says nothing else: 注释 above them."""
    around = {
        frame
        for block in blocks
        for frame in block.iterancestors()
        if local(frame).lower() not in ("body", "html")
    }
    return {frame for frame in around if len("".join(_outside(frame, blocks)).strip()) < _LEAST}


def _outside(node: Node, blocks: set[Node]) -> Iterator[str]:
    if node in blocks:
        return
    yield node.text or ""
    for each in node:
        if local(each):
            yield from _outside(each, blocks)
        yield each.tail or ""
