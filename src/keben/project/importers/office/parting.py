"""Blocks with headings → the chapters of a book."""

import re
from collections.abc import Sequence
from dataclasses import replace

from keben.core.values import dataclass
from keben.project.importers.credits import Credits, credits_in
from keben.project.importers.frontpages import is_dedication_title
from keben.project.importers.headings import rank_of
from keben.project.importers.office.opening import opened
from keben.project.importers.office.rich import (
    Block,
    Blocks,
    RichCell,
    RichHeading,
    RichList,
    RichParagraph,
    RichQuote,
    RichRule,
    RichRun,
    RichTable,
    Runs,
    said,
)
from keben.project.importers.office.roles import is_front
from keben.project.importers.values import ChapterRank

OPENING = "卷首"
"""What stands before the first heading is called."""
_SECOND_LINE = re.compile(r"[—―－]{1,2}\s*(\S.{1,40}?)(?:[—―－]{1,2})?")
"""A subtitle in the line below the title."""

_MATTER: tuple[ChapterRank, ...] = ("dedication", "preface", "afterword", "appendix")


@dataclass(frozen=True, slots=True)
class RichChapter:
    """A chapter of a document. Its blocks begin with its title, a heading of level 1."""

    title: Runs
    rank: ChapterRank
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class PartedBook:
    """The chapters, and the book's title where a heading or a paragraph was it."""

    chapters: tuple[RichChapter, ...]
    title: str = ""
    subtitle: str = ""
    credits: Credits = ()
    publisher: str = ""
    date: str = ""
    guessed: tuple[str, ...] = ()
    """What lines of the title page say that do not say what they are: publisher, date, the author's name alone."""
    named: tuple[str, ...] = ()
    """Lines of the text that became these."""


def parted(blocks: Blocks, known: str) -> PartedBook:
    """The chapters of blocks; ``known`` is a title that the file's metadata say."""
    blocks, title, subtitle, people = _without_title(tuple(map(_demoted, blocks)))
    if not people and (people := credits_in(subtitle)):
        subtitle = ""
    before = tuple(map(_said_of, blocks))
    if title and not subtitle:
        blocks, subtitle = _without_second_line(blocks)
    blocks, found = _without_credits(blocks)
    people = people or found
    opening = opened(blocks, has_title=bool(title), has_people=bool(people))
    blocks, people = opening.blocks, people or opening.credits
    after = {*map(_said_of, blocks), *map(_said_of, opening.dedication)}
    named = tuple(text for text in before if text not in after)
    headings = [block for block in blocks if isinstance(block, RichHeading)]
    if not headings:
        name = title or known
        rest = (RichHeading(1, ()), *blocks)
        only = (RichChapter((), "chapter", rest),) if blocks else ()
        return PartedBook(only, name, subtitle, people, named=named)
    top = min(heading.level for heading in headings)
    below = min((heading.level for heading in headings if heading.level > top), default=0)
    parts = _parts(headings, top, below)
    chapters = [*_dedicated(opening.dedication), *_chapters(blocks, top, below, parts)]
    guessed = (*(name for name, _ in opening.credits), opening.publisher, opening.date)
    return PartedBook(
        tuple(chapters),
        title,
        subtitle,
        people,
        opening.publisher,
        opening.date,
        tuple(filter(None, guessed)),
        named,
    )


def _dedicated(blocks: Blocks) -> list[RichChapter]:
    """The chapter of a dedication, which has no title."""
    return [RichChapter((), "dedication", (RichHeading(1, ()), *blocks))] if blocks else []


def _demoted(block: Block) -> Block:
    """A block whose inner headings are bold paragraphs."""
    match block:
        case RichQuote():
            return RichQuote(tuple(map(_inner, block.blocks)))
        case RichList():
            return replace(block, items=tuple(tuple(map(_inner, item)) for item in block.items))
        case RichTable():
            rows = (tuple(replace(cell, blocks=_flat(cell)) for cell in row) for row in block.rows)
            return replace(block, rows=tuple(rows))
        case _:
            return block


def _flat(cell: RichCell) -> Blocks:
    return tuple(map(_inner, cell.blocks))


def _inner(block: Block) -> Block:
    if isinstance(block, RichHeading):
        return RichParagraph(tuple(replace(run, styles=run.styles | {"strong"}) for run in block.runs))
    return _demoted(block)


def _without_title(blocks: Blocks) -> tuple[Blocks, str, str, Credits]:
    """Blocks without the book's title, subtitle and authors at their beginning; several titles are chapters."""
    titles = [
        block
        for block in blocks
        if isinstance(block, RichParagraph) and block.role == "title" and said(block.runs)
    ]
    if len(titles) > 1:
        raised = tuple(_as_heading(block) for block in blocks)
        return _without_lone_heading(raised)
    if not titles:
        return _without_lone_heading(blocks)
    subtitle = ""
    people: Credits = ()
    kept: list[Block] = []
    is_before = True
    for block in blocks:
        is_before = is_before and not isinstance(block, RichHeading)
        role = block.role if isinstance(block, RichParagraph) else ""
        if role == "title" and isinstance(block, RichParagraph) and said(block.runs):
            continue
        if role == "subtitle" and is_before and not subtitle:
            subtitle = _said_of(block)
        elif role == "author" and is_before and _said_of(block):
            people = (*people, *(credits_in(_said_of(block)) or ((_said_of(block), "aut"),)))
        else:
            kept.append(block)
    return tuple(kept), said(titles[0].runs), subtitle, people


def _without_second_line(blocks: Blocks) -> tuple[Blocks, str]:
    """Blocks without the line that goes on with the title: ——一部关于远方的书."""
    first = next((block for block in blocks if _said_of(block) or isinstance(block, RichHeading)), None)
    match = _SECOND_LINE.fullmatch(_said_of(first)) if isinstance(first, RichParagraph) else None
    if match is None:
        return blocks, ""
    return tuple(block for block in blocks if block is not first), match[1]


def _without_credits(blocks: Blocks) -> tuple[Blocks, Credits]:
    """Blocks without the lines before the first heading that name who made the book."""
    first = next((at for at, block in enumerate(blocks) if isinstance(block, RichHeading)), len(blocks))
    found = {at: named for at, block in enumerate(blocks[:first]) if (named := credits_in(_said_of(block)))}
    kept = tuple(block for at, block in enumerate(blocks) if at not in found)
    return kept, tuple(person for named in found.values() for person in named)


def _said_of(block: Block) -> str:
    return said(block.runs) if isinstance(block, RichParagraph) else ""


def _as_heading(block: Block) -> Block:
    if isinstance(block, RichParagraph) and block.role == "title" and said(block.runs):
        return RichHeading(1, block.runs)
    return replace(block, level=block.level + 1) if isinstance(block, RichHeading) else block


def _without_lone_heading(blocks: Blocks) -> tuple[Blocks, str, str, Credits]:
    """Without the one heading above all others, where it is the first of them: it is the book's title."""
    headings = [block for block in blocks if isinstance(block, RichHeading)]
    if len(headings) < 3:
        return blocks, "", "", ()
    first = headings[0]
    is_alone = sum(heading.level <= first.level for heading in headings) == 1
    if (
        not is_alone
        or rank_of(said(first.runs))
        or any(_has_text(each) for each in blocks[: blocks.index(first)])
    ):
        return blocks, "", "", ()
    kept = tuple(block for block in blocks if block is not first)
    return kept, said(first.runs), "", ()


def _has_text(block: Block) -> bool:
    return not isinstance(block, RichParagraph) or bool(said(block.runs))


def _parts(headings: Sequence[RichHeading], top: int, below: int) -> bool:
    """Whether headings of the highest level are parts, with chapters below them."""
    if not below:
        return False
    ranks = [rank_of(said(heading.runs)) for heading in headings if heading.level == top]
    lower = [rank_of(said(heading.runs)) for heading in headings if heading.level == below]
    if any(rank == "chapter" for rank in ranks):
        return False
    return "part" in ranks or lower.count("chapter") * 2 > len(lower)


def _chapters(blocks: Blocks, top: int, below: int, has_parts: bool) -> list[RichChapter]:
    chapters: list[RichChapter] = []
    current: list[Block] = []
    title: Runs = ()
    rank: ChapterRank = "preface"
    is_in_part = is_open = False

    def close() -> None:
        if is_open or any(not isinstance(block, RichRule) for block in current):
            chapters.append(_chapter(title, rank, current, is_opening=not is_open))

    for block in blocks:
        is_top = isinstance(block, RichHeading) and block.level == top
        is_chapter = isinstance(block, RichHeading) and is_in_part and block.level == below
        if not isinstance(block, RichHeading) or not (is_top or is_chapter):
            current.append(block)
            continue
        close()
        title, current, is_open = block.runs, [], True
        named = _rank_of(said(title))
        is_part = has_parts and is_top and named in (None, "part")
        rank = "part" if is_part else named if named in _MATTER else "chapter"
        is_in_part = is_part if is_top else is_in_part
    close()
    return chapters


def _rank_of(title: str) -> ChapterRank | None:
    if is_dedication_title(title):
        return "dedication"
    return "preface" if is_front(title) else rank_of(title)


def _without_edges(blocks: Sequence[Block]) -> Sequence[Block]:
    """Without breaks where a chapter begins or ends: nothing stands on their other side."""
    start, end = 0, len(blocks)
    while start < end and isinstance(blocks[start], RichRule):
        start += 1
    while end > start and isinstance(blocks[end - 1], RichRule):
        end -= 1
    return blocks[start:end]


def _chapter(title: Runs, rank: ChapterRank, blocks: Sequence[Block], *, is_opening: bool) -> RichChapter:
    runs = (RichRun("text", OPENING),) if is_opening else title
    open_levels: list[int] = []
    out: list[Block] = [RichHeading(1, runs)]
    for block in _without_edges(blocks):
        if isinstance(block, RichHeading):
            while open_levels and open_levels[-1] >= block.level:
                open_levels.pop()
            open_levels.append(block.level)
            block = replace(block, level=1 + len(open_levels))
        out.append(block)
    return RichChapter(runs, rank, tuple(out))
