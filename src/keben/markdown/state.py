"""What the builders of blocks, inlines, figures and raw HTML share: the tree, the line they are at, the chapter."""

import re
from collections.abc import Iterable
from dataclasses import field

from markdown_it.token import Token

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.markdown import tolerances
from keben.markdown.braces import WRONG
from keben.markdown.context import Context
from keben.markdown.dialects import RESERVED, UNSET
from keben.markdown.literary import LINED
from keben.markdown.sizes import NAMES
from keben.markdown.tree import Growing, Tree
from keben.markdown.verse import VERSE

RESERVED_CLASSES = frozenset(
    (
        "apart backlink box-label continued digit footnote formula-drawing formula-number keep lined noteref notes "
        "ref-number silent turned upright xref"
    ).split()
)
"""Classes by which Keben's stages know elements of their own: a text that had one would be taken for such a thing."""

OPTIONAL_ENDS = frozenset(
    ("colgroup", "dd", "dt", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr")
)
"""Elements that need no closing tag (HTML, 13.1.2.4)."""

_CODE = frozenset(("code", "kbd", "pre", "samp"))
_ALIGNED = re.compile(r"text-align:\s*(left|center|right)")


@dataclass(slots=True)
class State:
    """A run of blocks while its tree is being built."""

    context: Context
    line: int = 1
    """The source line of the token at hand."""
    tree: Tree = field(default_factory=Tree)
    owed: list[str] = field(default_factory=list)
    """Closing tags of raw HTML that come too late, and were reported already."""

    def report(
        self, code: str, message: str, advice: str = "", needle: str = "", *, warning: bool = False
    ) -> None:
        """Add a finding at the line at hand."""
        self.context.report(self.line, code, message, advice, needle, warning=warning)

    def open(self, tag: str, attributes: dict[str, str] | None = None, *, raw: bool = False) -> Growing:
        """Open an element at the line at hand."""
        if self.tree.is_full:
            self.report_depth()
        return self.tree.open(tag, attributes, self.line, raw=raw)

    def close(self, tag: str) -> None:
        """Close an element of Markdown's; raw HTML left open in it is an error."""
        self.report_open(self.tree.close(tag))

    def report_open(self, left: Iterable[Growing]) -> None:
        """Report raw HTML that is never closed."""
        for node in left:
            self.owed.append(node.tag)
            if self.forgives_open(node):
                continue
            message = wording("<{tag}> is never closed.", tag=node.tag)
            self.context.report(
                node.line, "raw-html", message, f"Close it with </{node.tag}>.", f"<{node.tag}"
            )

    def forgives_open(self, node: Growing) -> bool:
        """Whether a generous reader takes an element that is never closed, or too late."""
        context = self.context
        return context.is_generous and (
            node.tag in OPTIONAL_ENDS or context.takes(tolerances.UNCLOSED_TAG, node.line, f"<{node.tag}")
        )

    def report_depth(self) -> None:
        """Report, once a chapter, that elements stand too deep in one another."""
        if all(finding.code != "too-deep" for finding in self.context.findings):
            message = wording("Too many elements stand in one another here.")
            self.report("too-deep", message, wording("Take some of them apart."))

    @property
    def in_code(self) -> bool:
        """Whether raw HTML says that the text at hand is code, or set as it is: no sign in it means anything."""
        return any(node.tag in _CODE for node in self.tree.stack)

    @property
    def keeps_lines(self) -> bool:
        """Whether each line of the source is one in the book: in verse, plays and letters."""
        return bool(LINED & self._around)

    @property
    def is_verse(self) -> bool:
        """Whether the text at hand is a line of verse, whose indent is its own."""
        return VERSE in self._around

    @property
    def _around(self) -> frozenset[str]:
        """The classes of the open elements."""
        return frozenset(
            name for node in self.tree.stack for name in node.attributes.get("class", "").split()
        )

    def attributes(self, token: Token) -> dict[str, str]:
        """The attributes that a token's element takes; the alignment of cells becomes a class."""
        attributes: dict[str, str] = {}
        for name, value in token.attrs.items():
            text = str(value)
            if name == "style":
                if match := _ALIGNED.search(text):
                    attributes["class"] = match[1]
            elif name in ("id", "class", "lang", "start"):
                attributes[name] = text
            elif name in NAMES:
                self.report_wrong((f"{name}={text}",))
        self.report_wrong(token.meta.get(WRONG, ()))
        return self.without_reserved(attributes)

    def without_reserved(self, attributes: dict[str, str]) -> dict[str, str]:
        """Attributes without the classes that are Keben's own, which are reported."""
        names = attributes.get("class", "").split()
        kept = [name for name in names if name not in RESERVED_CLASSES]
        if len(kept) == len(names):
            return attributes
        for name in names:
            if name in RESERVED_CLASSES:
                self.context.see(RESERVED, self.line, name)
        others = {name: value for name, value in attributes.items() if name != "class"}
        return {**others, "class": " ".join(kept)} if kept else others

    def report_wrong(self, words: Iterable[str]) -> None:
        """Report words in braces that set nothing. A picture's sizes were taken before."""
        for word in words:
            self.context.see(UNSET, self.line, word)
