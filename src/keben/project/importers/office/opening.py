"""What stands before the first heading of a document: a title page, a dedication, and what is left of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from keben.core.values import dataclass
from keben.project.importers.credits import Credits
from keben.project.importers.frontpages import (
    date_in,
    dedication_in,
    is_of_title_page,
    lone_name_in,
    publisher_in,
)
from keben.project.importers.office.rich import Block, Blocks, RichHeading, RichParagraph, said


@dataclass(frozen=True, slots=True)
class FrontMatterFound:
    """What a title page said, the dedication, and the blocks without these."""

    blocks: Blocks
    publisher: str = ""
    date: str = ""
    credits: Credits = ()
    dedication: Blocks = ()


def opened(blocks: Blocks, *, has_title: bool, has_people: bool) -> FrontMatterFound:
    """What blocks say before their first heading.

    Args:
        blocks: Those of a document, without its title and the lines that name people with what they did.
        has_title: Whether a title stood above them: a name alone below it is the author's.
        has_people: Whether people are known already.
    """
    first = next((at for at, block in enumerate(blocks) if isinstance(block, RichHeading)), 0)
    texts = [_text(block) for block in blocks[:first]]
    given = dedication_in(_lines_of(blocks[:first]))
    taken = dict.fromkeys(given)
    zone = _title_page(texts, given.start if given else first)
    publisher, date = (_first(texts, zone, of) for of in (publisher_in, date_in))
    named: Credits = ()
    if has_title and not has_people and zone and (name := lone_name_in(texts[zone[0]])):
        named = ((name, "aut"),)
        taken[zone[0]] = None
    taken |= dict.fromkeys(found for found in (publisher[0], date[0]) if found >= 0)
    return FrontMatterFound(
        tuple(block for at, block in enumerate(blocks) if at not in taken),
        publisher[1],
        date[1],
        named,
        tuple(_without_side(blocks[at]) for at in given),
    )


def _text(block: Block) -> str:
    return said(block.runs) if isinstance(block, RichParagraph) else ""


def _lines_of(blocks: Sequence[Block]) -> list[str]:
    """The paragraphs' texts as lines: after one at the left edge, nothing goes on."""
    sides = [block.side if isinstance(block, RichParagraph) else "" for block in blocks]
    start = dedication_in(list(map(_text, blocks))).start
    return [
        _text(block) if at <= start or (sides[start] and sides[at] == sides[start]) else ""
        for at, block in enumerate(blocks)
    ]


def _title_page(texts: Sequence[str], end: int) -> list[int]:
    """Which of the first texts are those of a title page: all that are short, until one that is a sentence."""
    found: list[int] = []
    for at in range(end):
        if not is_of_title_page(texts[at]):
            break
        if texts[at]:
            found.append(at)
    return found


def _first(texts: Sequence[str], zone: Sequence[int], of: Callable[[str], str]) -> tuple[int, str]:
    """Where a title page first says something, and what; -1: it does not."""
    return next(((at, found) for at in zone if (found := of(texts[at]))), (-1, ""))


def _without_side(block: Block) -> Block:
    """A paragraph of a dedication, which the theme places."""
    return replace(block, side="") if isinstance(block, RichParagraph) else block
