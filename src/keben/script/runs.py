"""The texts of a tree: which of them are one run, to be converted together, and which are none of the converter's."""

from collections.abc import Iterable, Mapping, Sequence

from keben.core.drawing import AS_IS
from keben.core.language import canonical, script
from keben.core.markup import BLOCKS, Element, Node
from keben.core.values import dataclass

KEPT = frozenset(("code", "kbd", "math", "pre", "samp", "script", "style", "tt"))
"""Elements whose text is no prose."""

_ENDS = frozenset(("br", "hr", "img", "svg"))
TEXT_ATTRIBUTES = ("alt", "alttext", "title", "aria-label", "data-title", "summary")


@dataclass(frozen=True, slots=True)
class Block:
    """A block's texts: offsets into `Texts.leaves` of those that are prose, and where the block stands."""

    tag: str
    parent: int
    """The same for blocks in the same element."""
    line: int
    leaves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text of a tree in document order, and how they belong together."""

    leaves: tuple[str, ...]
    runs: tuple[tuple[int, tuple[int, ...]], ...]
    """Source line, and offsets into ``leaves``."""
    blocks: tuple[Block, ...]
    attributes: tuple[tuple[str, bool, int, int], ...]
    """Values of `TEXT_ATTRIBUTES` in document order; whether each is kept; its line; how many texts precede it."""


def collect(root: Element, source_language: str) -> Texts:
    """The texts of a tree. A run goes through inline elements, and ends at blocks, breaks, pictures and code."""
    collector = _Collector(script(source_language))
    collector.element(root, keep=False, line=0, parent=0)
    collector.end_run()
    return collector.texts()


def with_texts(leaves: Iterable[str], changes: Iterable[tuple[Sequence[int], Sequence[str]]]) -> list[str]:
    """Texts with others in the place of some: offsets into ``leaves``, and what stands at each."""
    changed = {at: text for run, texts in changes for at, text in zip(run, texts, strict=True)}
    return [changed.get(at, text) for at, text in enumerate(leaves)]


def rebuild(root: Element, leaves: Sequence[str], attributes: Sequence[str]) -> Element:
    """The tree with other texts, given in the order that `collect` gave them."""
    texts, values = iter(leaves), iter(attributes)

    def visit(node: Node) -> Node:
        if isinstance(node, str):
            return next(texts)
        changed: Mapping[str, str] = {
            name: next(values) if name in TEXT_ATTRIBUTES else value
            for name, value in node.attributes.items()
        }
        return Element(node.tag, changed, tuple(visit(child) for child in node.children), node.line)

    rebuilt = visit(root)
    assert isinstance(rebuilt, Element)  # noqa: S101 - an element gives an element
    return rebuilt


class _Collector:
    def __init__(self, source_script: str) -> None:
        self.source_script = source_script
        self.leaves: list[str] = []
        self.runs: list[tuple[int, tuple[int, ...]]] = []
        self.blocks: list[tuple[str, int, int, list[int]]] = []
        self.attributes: list[tuple[str, bool, int, int]] = []
        self.run: list[int] = []
        self.run_line = 0
        self.parents = 0
        self.block: list[int] = []
        """The texts of the innermost block that is open."""

    def texts(self) -> Texts:
        blocks = (Block(tag, parent, line, tuple(leaves)) for tag, parent, line, leaves in self.blocks)
        return Texts(tuple(self.leaves), tuple(self.runs), tuple(blocks), tuple(self.attributes))

    def end_run(self) -> None:
        if self.run:
            self.runs.append((self.run_line, tuple(self.run)))
        self.run = []

    def text(self, text: str, *, keep: bool, line: int) -> None:
        self.leaves.append(text)
        if not keep:
            index = len(self.leaves) - 1
            if not self.run:
                self.run_line = line
            self.run.append(index)
            self.block.append(index)

    def element(self, node: Element, *, keep: bool, line: int, parent: int) -> None:
        line = node.line or line
        outer_keep = keep
        apart = self.is_foreign(node) or node.get("translate") == "no" or node.tag in KEPT
        apart = apart or (node.tag == "svg" and AS_IS in node.classes)
        keep = keep or apart
        for name, value in node.attributes.items():
            if name in TEXT_ATTRIBUTES:
                kept = outer_keep if node.tag == "math" else keep
                self.attributes.append((value, kept, line, len(self.leaves)))
        if node.tag == "math":
            self.formula(node, keep=outer_keep, line=line)
        elif node.tag == "rt":
            self.reading(node, keep=keep, line=line)
        elif node.tag == "rp" or node.classes & {"noteref", "backlink"}:
            self.children(node, keep=True, line=line)
        elif node.tag in BLOCKS:
            self.end_run()
            outer, self.block = self.block, []
            self.blocks.append((node.tag, parent, line, self.block))
            self.children(node, keep=keep, line=line)
            self.end_run()
            self.block = outer
        elif apart or node.tag in _ENDS:
            self.end_run()
            self.children(node, keep=keep, line=line)
            self.end_run()
        else:
            self.children(node, keep=keep, line=line)

    def formula(self, node: Element, *, keep: bool, line: int) -> None:
        """A formula: its words (``mtext``) are prose, each a run of its own, and its signs are none."""
        self.end_run()
        for child in node.children:
            if isinstance(child, str):
                self.text(child, keep=keep or node.tag != "mtext", line=line)
            else:
                self.formula(child, keep=keep, line=line)
        self.end_run()

    def reading(self, node: Element, *, keep: bool, line: int) -> None:
        """Ruby text: a run of its own, beside that of the bases, which goes on."""
        run, run_line = self.run, self.run_line
        block, self.block = self.block, []
        self.run = []
        self.children(node, keep=keep, line=line)
        self.end_run()
        self.run, self.run_line, self.block = run, run_line, block

    def children(self, node: Element, *, keep: bool, line: int) -> None:
        self.parents += 1
        here = self.parents
        for child in node.children:
            if isinstance(child, str):
                self.text(child, keep=keep, line=line)
            else:
                self.element(child, keep=keep, line=line, parent=here)

    def is_foreign(self, node: Element) -> bool:
        """Whether an element says that it is in another language than the source, or in the other script."""
        tag = node.get("lang") or node.get("xml:lang")
        if not tag:
            return False
        full = canonical(tag)
        return full is None or script(full) != self.source_script
