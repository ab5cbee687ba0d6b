"""A tree while it is being built: elements opened and closed, Markdown's and raw HTML's on one stack."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from keben.core.markup import BLOCKS, Element, Node
from keben.core.values import dataclass
from keben.core.variants import own, prints, without_rules
from keben.markdown.linebreaks import joins

MAX_DEPTH = 48
"""How deep elements may stand in one another; what follows here and in other stages is recursive."""

BREAK = Element("soft-break", {})
"""A soft line break, until `Tree.finish` makes it a space or nothing."""


@dataclass(slots=True, eq=False)
class Growing:
    """An element whose children are still coming."""

    tag: str
    attributes: dict[str, str]
    line: int = 0
    raw: bool = False
    """Opened by raw HTML."""
    children: list["Child"] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing, or nothing but rules of variants."""
        return not any(not isinstance(child, str) or without_rules(child) for child in self.children)

    @property
    def rules(self) -> str:
        """The rules of variants in it, if there is nothing else; else empty."""
        texts = [child for child in self.children if isinstance(child, str)]
        other = any(not isinstance(child, str) and child is not BREAK for child in self.children)
        return "" if other or prints("".join(texts)) else "".join(texts).strip()

    def grown(self) -> Element:
        """The finished element; neighbouring texts are one, empty ones go."""
        children: list[Node] = []
        for child in self.children:
            node = child.grown() if isinstance(child, Growing) else child
            if isinstance(node, str) and children and isinstance(children[-1], str):
                children[-1] += node
            elif node != "":
                children.append(node)
        return Element(self.tag, self.attributes, tuple(children), self.line)


Child: TypeAlias = Growing | Node


class Tree:
    """A stack of open elements over a root."""

    def __init__(self) -> None:
        self.root = Growing("div", {})
        self.stack = [self.root]

    @property
    def top(self) -> Growing:
        """The innermost open element."""
        return self.stack[-1]

    @property
    def is_full(self) -> bool:
        """Whether another element would stand too deep. Opened all the same, it leaves its children to its parent."""
        return len(self.stack) >= MAX_DEPTH

    def open(
        self, tag: str, attributes: Mapping[str, str] | None = None, line: int = 0, *, raw: bool = False
    ) -> Growing:
        """Open an element in the innermost open one."""
        node = Growing(tag, dict(attributes or {}), line, raw)
        if self.is_full:
            node.children = self.top.children
        else:
            self.top.children.append(node)
        self.stack.append(node)
        return node

    def close(self, tag: str) -> list[Growing]:
        """Close Markdown's innermost open element of this tag; gives what raw HTML left open in it."""
        opened = range(len(self.stack) - 1, 0, -1)
        index = next(index for index in opened if self.stack[index].tag == tag and not self.stack[index].raw)
        left = self.stack[index + 1 :]
        del self.stack[index:]
        return left

    def add(self, *nodes: Child) -> None:
        """Add nodes to the innermost open element."""
        self.top.children.extend(nodes)

    def take_back(self, node: Growing) -> bool:
        """Take the last node of the innermost open element out of it; False if that is another one."""
        if not self.top.children or self.top.children[-1] is not node:
            return False
        self.top.children.pop()
        return True

    def finish(self) -> tuple[Node, ...]:
        """The finished nodes below the root, soft line breaks settled."""
        _settle(list(_leaves(self.root)))
        return self.root.grown().children


@dataclass(slots=True)
class _Leaf:
    """A text as its neighbours see it, and where a soft break in its place would be replaced."""

    text: str
    siblings: list[Child] | None = None
    index: int = 0


_WALL = _Leaf("\n")
"""Where a run of text ends: the edge of a block, or ``<br/>``."""


def _leaves(node: Growing) -> Iterator[_Leaf]:
    """The texts and soft breaks below a node, also through inline markup; what shows no text of its own is left out."""
    for index, child in enumerate(node.children):
        if child is BREAK:
            yield _Leaf("", node.children, index)
        elif isinstance(child, str):
            if text := own(child):
                yield _Leaf(text)
        elif child.tag in BLOCKS or child.tag == "br":
            yield _WALL
            if isinstance(child, Growing):
                yield from _leaves(child)
            yield _WALL
        elif child.tag == "math":
            yield _Leaf("x")
        elif child.tag == "img":
            yield _Leaf("\N{IDEOGRAPHIC SPACE}")
        elif isinstance(child, Growing):
            if child.tag not in ("rt", "rp"):
                yield from _leaves(child)
        else:
            texts = (own(text) for text in child.children if isinstance(text, str))
            yield from (_Leaf(text) for text in texts if text)


def _settle(leaves: Sequence[_Leaf]) -> None:
    texts = [leaf for leaf in leaves if leaf.siblings is None]
    position = 0
    for leaf in leaves:
        if leaf.siblings is None:
            position += 1
            continue
        before = texts[position - 1].text if position else ""
        after = texts[position].text if position < len(texts) else ""
        vanishes = joins("" if before == "\n" else before, "" if after == "\n" else after)
        leaf.siblings[leaf.index] = "" if vanishes else " "
