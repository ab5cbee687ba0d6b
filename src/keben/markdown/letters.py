"""A letter: a block of class ``letter`` → 称呼 at the edge, 署名 and date at the end of the line.

What stands where in a Chinese letter is of old: the salutation begins its line and ends with a colon, 此致 is indented
as a paragraph and 敬礼 begins the line after it, name and date stand at the right (in columns at the foot).
"""

from collections.abc import Iterator, Sequence

from keben.core.markup import Element, Node, text_of
from keben.core.patterns import later
from keben.core.variants import own
from keben.markdown.verse import boxed, lines_of, with_class, without_indent

LETTER = "letter"
SALUTATION = "salutation"
CLOSING = "closing"
SIGNATURE = "signature"

_SHORT = 14
"""Characters of a line that is no paragraph of prose."""
_WISHES = later(
    r"(?:^|.*[。！？，；])(?:此致|此[颂頌请請祝]|[并並]?[顺順]?[颂頌祝]|敬[祝颂頌请請]|即[颂頌请請]|[顺順][颂頌祝问問]|[专專]此[奉布]?.*|[谨謹][此祝].*|匆匆?.{0,2}|祝[您你]?)[，,:：]?"
)
"""How the paragraph ends that a wish follows: 此致, 顺颂, 即请."""
_ENDS = "。！？…；，：;:"
_INSIDE = frozenset(("blockquote", "div", "section"))


def set_letter(node: Element) -> Element:
    """A letter with its salutation, its wish, its name and date."""
    if node.tag == "p":
        node = boxed(node)
    blocks = [part for child in node.children for part in _parted(child)]
    places = [at for at, part in enumerate(blocks) if isinstance(part, Element) and part.tag == "p"]
    if not places:
        inner = [child for child in blocks if isinstance(child, Element) and child.tag in _INSIDE]
        if len(inner) == 1:
            return node.with_children(set_letter(child) if child is inner[0] else child for child in blocks)
        return node
    names = dict(_named([_text(blocks[at]) for at in places]))
    for number, at in enumerate(places):
        part = blocks[at]
        if isinstance(part, Element) and number in names and not part.classes:
            blocks[at] = with_class(part, names[number])
    return node.with_children(blocks)


def _parted(node: Node) -> Iterator[Node]:
    """A paragraph, divided behind each short line."""
    if not isinstance(node, Element) or node.tag != "p":
        yield node
        return
    parts: list[tuple[Node, ...]] = []
    for line in map(without_indent, lines_of(node.children)):
        begins = not parts or _is_short(_text(parts[-1])) or _WISHES.fullmatch(_text(line))
        if not begins:
            parts[-1] = (*parts[-1], *line)
        else:
            parts.append(line)
    for number, part in enumerate(parts):
        yield Element(
            "p", node.attributes if not number else {}, part, node.line + number if node.line else 0
        )


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and not text.endswith(("，", "、", "；", ","))


def _named(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The class of each paragraph that is none of prose."""
    if texts[0].endswith(("：", ":")) and len(texts) > 1:
        yield 0, SALUTATION
    signed = _signed(texts)
    for number in range(1, len(texts)):
        if number >= signed:
            yield number, SIGNATURE
        elif _WISHES.fullmatch(texts[number - 1]) and _is_short(texts[number]):
            yield number, CLOSING


def _signed(texts: Sequence[str]) -> int:
    """The first of the short paragraphs at the end that are name and date; as many as there are texts: none is."""
    first = len(texts)
    while first > 1 and len(texts) - first < 4 and _signs(texts[first - 1], texts[first - 2]):
        first -= 1
    return first


def _signs(text: str, before: str) -> bool:
    is_name = 0 < len(text) <= 24 and not set(text) & set(_ENDS) and not _WISHES.fullmatch(text)
    # Behind 此致 stands 敬礼, behind 即颂 近安: a wish, and no name.
    return is_name and not _WISHES.fullmatch(before)


def _text(node: Node | tuple[Node, ...]) -> str:
    return own(text_of(node)).strip()
