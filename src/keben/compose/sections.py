"""Numbers of the headings in chapters, for designs that have them: 3.1 and 3.1.2 in chapter 3."""

from dataclasses import replace

from keben.compose.numbering import Numbered, plain_text
from keben.core.markup import Element, Node, element
from keben.core.patterns import later

UNNUMBERED = "unnumbered"
"""The class of a heading that counts for none."""

_WRITTEN = later(
    r"\s*(\d+([.．]\d+)*([.．、\s]|$)|[一二三四五六七八九十百]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|第.{1,6}[节節]|§)"
)


def number_sections(chapter: Numbered) -> Numbered:
    """A chapter with numbers in its headings of the second and the third level.

    One without a number is left as it is, and so is one whose author numbered a heading: two numbers would disagree.
    """
    headings = [node for node in chapter.chapter.body if isinstance(node, Element) and _counts(node)]
    if not chapter.number or any(_WRITTEN.match(plain_text(node.children)) for node in headings):
        return chapter
    section = paragraph = 0
    body: list[Node] = []
    for node in chapter.chapter.body:
        if isinstance(node, str) or not _counts(node):
            body.append(node)
            continue
        section, paragraph = (section + 1, 0) if node.tag == "h2" else (section, paragraph + 1)
        number = f"{chapter.own_number}.{section}" + (f".{paragraph}" if node.tag == "h3" else "")
        # A heading of the third level before any of the second belongs to no section.
        body.append(_with_number(node, number) if section else node)
    return replace(chapter, chapter=replace(chapter.chapter, body=tuple(body)))


def _counts(node: Element) -> bool:
    return node.tag in ("h2", "h3") and UNNUMBERED not in node.classes


def _with_number(heading: Element, number: str) -> Element:
    span = element("span", {"class": "section-number", "translate": "no"}, number)
    return replace(heading, children=(span, " ", *heading.children))
