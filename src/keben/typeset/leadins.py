"""A sentence that leads into what stands below it, 代码如下：, does not end a page; nor does 此致 begin one.

What it leads into has ``data-led``: a style parts it from the line above only where nothing else is left. So has the
paragraph of a letter that a wish ends.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from keben.core.markup import BLOCKS, Element, Node, text_of, transform

_LEADS = re.compile(r"(?:[:：︰]|[如见見列]下[。.]?)[”’」』）)]?\s*\Z")
_LED = frozenset(("pre", "ol", "ul", "dl", "blockquote", "table"))
_CLASSES = frozenset(("box", "tabs", "verse", "letter", "drama", "code-title", "pictures", "formula"))
_UNSAID = frozenset(("footnote", "noteref"))
_LONGEST = 8
"""Characters at a text's end in which that it leads on is seen."""


def with_leads(root: Element) -> Element:
    """A document in which what a sentence leads into is marked.

    That is code, a list, a quotation, a table in the text, a box, verse, a letter, a picture without a caption. Figures
    and tables with captions may stand elsewhere.
    """
    return _marked(transform(root, _marked))


def _marked(parent: Element) -> Element:
    children = list(parent.children)
    before: list[Node] = []
    wishes = frozenset(_wishes(children)) if "letter" in parent.classes else ()
    for at, child in enumerate(children):
        if isinstance(child, str) or child.tag not in BLOCKS:
            before.append(child)
            continue
        if (_is_led(child) and _leads(before)) or (at in wishes):
            children[at] = child.with_attributes(data_led="")
        # A paragraph is one sentence or more; so is what stands in an item above its list.
        before = (
            list(child.children) if child.tag in ("p", "dt") and "code-title" not in child.classes else []
        )
    return parent.with_children(children) if children != list(parent.children) else parent


def _wishes(children: Sequence[Node]) -> Iterator[int]:
    """Where in a letter the paragraphs stand that go on with 敬礼."""
    blocks = [at for at, child in enumerate(children) if isinstance(child, Element)]
    for first, second in pairwise(blocks):
        after = children[second]
        if isinstance(after, Element) and "closing" in after.classes:
            yield first


def _is_led(node: Element) -> bool:
    return node.tag in _LED or bool(_CLASSES & node.classes)


def _leads(nodes: Iterable[Node]) -> bool:
    return _LEADS.search(text_of(_said(node) for node in nodes).rstrip()[-_LONGEST:]) is not None


def _said(node: Node) -> Node:
    if isinstance(node, str):
        return node
    return "" if node.classes & _UNSAID else node.with_children(_said(child) for child in node.children)
