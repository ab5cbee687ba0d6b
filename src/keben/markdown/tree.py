"""A tree while it is being built: elements opened and closed, Markdown's and raw HTML's on one stack."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from keben.markdown.linebreaks import BREAK, joins
from keben.markup import Element, Node

Child = "Growing | Node"


@dataclass(slots=True)
class Growing:
    """An element whose children are still coming."""

    tag: str
    attributes: dict[str, str]
    line: int = 0
    raw: bool = False
    """Opened by raw HTML."""
    children: list["Growing | Node"] = field(default_factory=list)

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


class Tree:
    """A stack of open elements over a root."""

    def __init__(self) -> None:
        self.root = Growing("div", {})
        self.stack = [self.root]

    @property
    def top(self) -> Growing:
        """The innermost open element."""
        return self.stack[-1]

    def open(
        self, tag: str, attributes: Mapping[str, str] | None = None, line: int = 0, *, raw: bool = False
    ) -> Growing:
        """Open an element in the innermost open one."""
        node = Growing(tag, dict(attributes or {}), line, raw)
        self.top.children.append(node)
        self.stack.append(node)
        return node

    def close(self, tag: str) -> list[Growing] | None:
        """Close the innermost open element of this tag; gives those closed on the way, or None if there is none.

        Markdown's own elements are never closed by raw HTML, nor raw HTML's by Markdown unless they were left open.
        """
        for index in range(len(self.stack) - 1, 0, -1):
            if self.stack[index].tag == tag:
                left = self.stack[index + 1 :]
                del self.stack[index:]
                return left
        return None

    def add(self, *nodes: "Growing | Node") -> None:
        """Add nodes to the innermost open element."""
        self.top.children.extend(nodes)


def join_lines(block: Growing) -> None:
    """Settle the soft line breaks of a block, by the characters at both sides, also through inline markup."""
    leaves: list[tuple[list[Growing | Node], int, str]] = []
    _collect(block, leaves)
    for position, (siblings, index, text) in enumerate(leaves):
        if text == BREAK:
            before = next(
                (leaf[2][-1] for leaf in reversed(leaves[:position]) if leaf[2] not in ("", BREAK)), ""
            )
            after = next((leaf[2][0] for leaf in leaves[position + 1 :] if leaf[2] not in ("", BREAK)), "")
            siblings[index] = "" if joins(before, after) else " "


def _collect(block: Growing, leaves: list[tuple[list["Growing | Node"], int, str]]) -> None:
    for index, child in enumerate(block.children):
        if isinstance(child, Growing):
            if child.tag not in ("rt", "rp"):
                _collect(child, leaves)
        elif isinstance(child, str):
            leaves.append((block.children, index, child))
        elif child.tag in ("img", "br"):
            leaves.append(
                (block.children, index, "\N{OBJECT REPLACEMENT CHARACTER}" if child.tag == "img" else BREAK)
            )
        elif child.tag == "code":
            text = "".join(part for part in child.children if isinstance(part, str))
            leaves.append(([], 0, text))
