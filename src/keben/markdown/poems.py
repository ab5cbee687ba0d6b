"""Poems in a chapter: the line of the author between a poem's title and its verse, the line of the date below it.

Manuscripts have both as paragraphs of a few words: 李白 below 静夜思, 二〇二一年冬至 below the last stanza. They belong
to the poem: a page never ends between them and it.
"""

from collections.abc import Iterable

from keben.core.markup import HEADINGS, Element, Node, text_of
from keben.core.patterns import later
from keben.core.values import dataclass
from keben.core.variants import own
from keben.markdown.verse import VERSE, with_class

AUTHOR = "author"
DATE = "date"

_LONGEST_NAME = 14
_LONGEST_DATE = 24
_ENDS = "。！？…；，：;:”’」』"
_DATE = later(
    r"[0-9０-９]{4}|[〇零○一二三四五六七八九]{2,4}年|年.{0,4}[月春夏秋冬]|[0-9一二三四五六七八九十]月|[春夏秋冬]夜?$"
)


@dataclass(frozen=True, slots=True)
class _Beside:
    """The blocks between which a paragraph stands; None: the edge of what they stand in."""

    before: Element | None
    after: Element | None


def set_poems(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Blocks whose authors and dates of poems have their class."""
    blocks = list(nodes)
    places = [at for at, node in enumerate(blocks) if isinstance(node, Element)]
    for number, at in enumerate(places):
        node = _element(blocks[at])
        if node is None or node.tag != "p" or node.classes:
            continue
        before = _element(blocks[places[number - 1]]) if number else None
        after = _element(blocks[places[number + 1]]) if number + 1 < len(places) else None
        name = _name_of(own(text_of(node)).strip(), _Beside(before, after))
        if name:
            blocks[at] = with_class(node, name)
    return tuple(blocks)


def _element(node: Node) -> Element | None:
    return node if isinstance(node, Element) else None


def _name_of(text: str, around: _Beside) -> str:
    """The class of a paragraph of a few words; empty: it is prose."""
    if not text or text.endswith(tuple(_ENDS)):
        return ""
    is_titled = around.before is not None and around.before.tag in HEADINGS
    if is_titled and _is_verse(around.after) and len(text) <= _LONGEST_NAME:
        return AUTHOR
    if _is_verse(around.before) and len(text) <= _LONGEST_DATE and _DATE.search(text):
        return DATE
    return ""


def _is_verse(node: Element | None) -> bool:
    return node is not None and VERSE in node.classes
