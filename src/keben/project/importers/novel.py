"""A plain text → a book of chapters, with what stands before the first of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from keben.core.saying import wording
from keben.project.importers.advertisements import reported, without_advertisements
from keben.project.importers.credits import Credits, credits_in
from keben.project.importers.frontpages import dedication_in, lone_name_in
from keben.project.importers.headings import headings_in
from keben.project.importers.mandoku import is_mandoku, mandoku_remarks, read_mandoku
from keben.project.importers.pageheads import without_page_heads
from keben.project.importers.paragraphs import Way, blocks_of, way_of
from keben.project.importers.sequence import order_remarks, without_twins
from keben.project.importers.telling import classed, listed
from keben.project.importers.titlelines import with_titles_below
from keben.project.importers.values import Heading, Novel, TextBlock, TextChapter

_NAMED = re.compile(r"《(.{1,60})》")
_BY = re.compile(r"([\u4e00-\u9fff·•]{2,12}?)\s*(?:著|作品)?")
"""A name behind a title."""
_BESIDE = re.compile(r"\s+(?=(?:作\s*者|[著译譯]\s*者)\s*[:：/／])")
"""Between a title and the name of its author or translator in one line."""
_BRACKETED = re.compile(r"[【\[［〔]\s*([\u4e00-\u9fff\s]{2,6}?)\s*[】\]］〕]\s*[:：]?\s*")
"""【作者】：as 作者："""
_LABELLED = re.compile(r"[\u4e00-\u9fff]\s*[\u4e00-\u9fff]{0,3}\s*[:：/／]")
"""A line that begins with a word such as 作者："""
_STATE = re.compile(
    r"\s*[（(【\[〔][^（()）【】\[\]]{0,8}?(?:全本|完本|全集|完[结結]|[校精][对對校]|精校|TXT|未[删刪])[^（()）【】\[\]]{0,8}[)）】\]〕]",
    re.IGNORECASE,
)
"""What a site says of its file behind a title: （校对版全本）."""
_TITLE = re.compile(r"(?:书\s*名|書\s*名|标\s*题|標\s*題)\s*[:：]\s*(.{1,60})")
_DESCRIPTION = re.compile(r"(?:内容|內容)?(?:简介|簡介|提要)\s*[:：]?\s*(.*)")
_TOP = 6
"""Lines at the head of a text without headings that may name its title and its author."""

_WAYS = {
    "lines": wording("Every line is a paragraph."),
    "indents": wording("A paragraph begins at each indented line; other lines go on with it."),
    "blanks": wording("Lines are joined; a paragraph ends at a blank line."),
}


def read_novel(text: str, name: str) -> Novel:
    """The book that a text is; ``name`` is its title where the text says none."""
    if is_mandoku(text):
        read = read_mandoku(text, name)
        return Novel(read.title or name, (), "", read.chapters, mandoku_remarks(read.unknown))
    lines, heads = without_page_heads(text.expandtabs(4).split("\n"))
    lines, dropped = without_advertisements(lines)
    headings, contents = headings_in(lines)
    undressed = _undressed(headings, lines)
    lines = ["" if number in contents else line for number, line in enumerate(lines, 1)]
    headings, lines = with_titles_below(headings, lines)
    first = headings[0].line if headings else len(lines) + 1
    first = first if headings else _end_of_front(lines)
    title, people, description, rest = _front(lines[: first - 1], name)
    people, alone, rest = _with_lone_name(people, rest) if headings else (people, "", rest)
    way = way_of(lines)
    chapters, twins = without_twins([*_opening(rest, way), *_chapters(lines, headings, way)])
    if not headings:
        blocks = blocks_of([*rest, *lines[first - 1 :]], way)
        chapters = (TextChapter(title, "chapter", blocks, 0),) if blocks else ()
    remarks = (
        _divided(chapters) if headings else wording("No heading was found: all of it is one chapter."),
        _WAYS[way],
        *((wording("“{name}” below the title is taken for the author.", name=alone),) if alone else ()),
        *_marked(chapters),
        *_left_out(len(contents), undressed, heads),
        *order_remarks(chapters, twins),
        *reported(dropped),
    )
    return Novel(title, people, description, chapters, remarks)


def _divided(chapters: Sequence[TextChapter]) -> str:
    parts = sum(each.rank == "part" for each in chapters)
    return wording(
        "{count} chapters{parts} were found by their headings.",
        count=len(chapters) - parts,
        parts=wording(" in {parts} parts", parts=parts) if parts else "",
    )


def _marked(chapters: Sequence[TextChapter]) -> Iterator[str]:
    """What is said of paragraphs that got a class."""
    return classed([block.kind for each in chapters for block in each.blocks])


def _left_out(contents: int, undressed: Sequence[str], heads: Mapping[str, int]) -> Iterator[str]:
    """What is said of lines that are no text."""
    if contents:
        yield wording("Left out: a table of contents of {count} lines.", count=contents)
    if undressed:
        yield wording(
            "What stands around the text of {count} headings is left out: “{line}”.",
            count=len(undressed),
            line=undressed[0],
        )
    if heads:
        yield wording(
            "Left out: {count} running heads and numbers of pages: {heads}.",
            count=sum(heads.values()),
            heads=listed(wording("“{text}”", text=head) for head in heads),
        )


def _undressed(headings: Sequence[Heading], lines: Sequence[str]) -> list[str]:
    """The lines of which a heading has only a part: ☆、第1章 起风."""
    said: dict[int, str] = {}
    for heading in headings:
        said[heading.line] = said.get(heading.line, "") + heading.text
    return [line for at, text in said.items() if not _same(line := lines[at - 1].strip(), text)]


def _same(line: str, text: str) -> bool:
    return "".join(line.split()) == "".join(text.split())


def read_chapters(text: str, name: str) -> tuple[TextChapter, ...]:
    """The chapters that a text has, all of it: also what would be a book's title and its author's name.

    ``name`` is the title of a text without headings.
    """
    if is_mandoku(text):
        return read_mandoku(text, name).chapters
    lines = text.expandtabs(4).split("\n")
    headings, contents = headings_in(lines)
    lines = ["" if number in contents else line for number, line in enumerate(lines, 1)]
    headings, lines = with_titles_below(headings, lines)
    way = way_of(lines)
    if not headings:
        blocks = blocks_of(lines, way)
        return (TextChapter(name, "chapter", blocks, 0),) if blocks else ()
    return (*_opening(lines[: headings[0].line - 1], way), *_chapters(lines, headings, way))


def _front(lines: Sequence[str], name: str) -> tuple[str, Credits, str, list[str]]:
    """Title, persons and description that stand before the first heading, and the lines that are none of these."""
    title = description = ""
    people: Credits = ()
    rest: list[str] = []
    for line in lines:
        text = line.strip() if title else _STATE.sub("", line.strip())
        text = _BRACKETED.sub(r"\1：", text)
        is_first = not any(map(str.strip, rest))
        named = credits_in(text)
        # A line that does not say what it is counts right below the title, and names no second author.
        is_plain = bool(title) and is_first and not ({"aut"} & _roles(people) & _roles(named))
        if named and (_LABELLED.match(text) or is_plain):
            people = (*people, *(person for person in named if person not in people))
        elif found := _TITLE.fullmatch(text):
            title = found[1].strip().strip("《》")
        elif not title and (found := _NAMED.match(text)) and len(text) <= 60:
            title = found[1]
            behind = text[found.end() :].strip()
            by = _BY.fullmatch(behind)
            people = credits_in(behind) or (((by[1], "aut"),) if by else people)
        elif text and not title and is_first and len(text) <= 30:
            title, *beside = _BESIDE.split(text, maxsplit=1)
            people = credits_in(beside[0]) if beside else people
        elif (found := _DESCRIPTION.fullmatch(text)) and found[1]:
            description = found[1].strip()
        else:
            rest.append(line)
    return title or _STATE.sub("", name) or name, people, description, rest


def _with_lone_name(people: Credits, rest: list[str]) -> tuple[Credits, str, list[str]]:
    """People, the name that is all that is said before the first heading, if it is one, and the lines without it."""
    said = [line for line in rest if line.strip()]
    name = lone_name_in(said[0]) if len(said) == 1 and "aut" not in _roles(people) else ""
    return ((*people, (name, "aut")), name, []) if name else (people, "", rest)


def _roles(people: Credits) -> frozenset[str]:
    return frozenset(role for _, role in people)


def _end_of_front(lines: Sequence[str]) -> int:
    """The line, from 1, behind the title and the author's name of a text without headings; 1: it names none."""
    written = [number for number, line in enumerate(lines, 1) if line.strip()][:_TOP]
    texts = [lines[number - 1].strip() for number in written]
    named = [at for at, text in enumerate(texts) if credits_in(text) or _TITLE.fullmatch(text)]
    return written[named[-1]] + 1 if named and all(len(text) <= 30 for text in texts[: named[-1]]) else 1


def _opening(lines: Sequence[str], way: Way) -> list[TextChapter]:
    """What stands before the first heading and is no title: a preface, so that nothing is lost."""
    if given := dedication_in(lines):
        dedication = TextChapter(lines[given.start].strip(), "dedication", _given(lines, given), 0)
        rest = [*lines[: given.start], *lines[given.stop :]]
        return [dedication, *_opening(rest, way)]
    blocks = _without_edges(blocks_of(lines, way))
    if not blocks:
        return []
    if len(blocks) > 1 and _DESCRIPTION.fullmatch(blocks[0].text):
        return [TextChapter(blocks[0].text.rstrip("：:"), "preface", blocks[1:], 0)]
    return [TextChapter("卷首", "preface", blocks, 0)]


def _given(lines: Sequence[str], given: range) -> tuple[TextBlock, ...]:
    return tuple(TextBlock("paragraph", lines[at].strip()) for at in given)


def _without_edges(blocks: Sequence[TextBlock]) -> tuple[TextBlock, ...]:
    """Without breaks where a chapter begins or ends: nothing stands on their other side."""
    said = [at for at, block in enumerate(blocks) if block.kind != "break"]
    return tuple(blocks[said[0] : said[-1] + 1]) if said else ()


def _chapters(lines: Sequence[str], headings: Sequence[Heading], way: Way) -> list[TextChapter]:
    """Each heading with the lines below it; sections stand in the chapter before them."""
    chapters: list[TextChapter] = []
    ends = [*(after.line - 1 for _, after in pairwise(headings)), *([len(lines)] if headings else [])]
    for heading, end in zip(headings, ends, strict=True):
        blocks = blocks_of(lines[heading.line : end], way)
        if heading.rank == "section" and chapters:
            before = chapters.pop()
            both = (*before.blocks, TextBlock("heading", heading.text), *blocks)
            chapters.append(TextChapter(before.title, before.rank, both, before.line))
        else:
            rank = "chapter" if heading.rank == "section" else heading.rank
            chapters.append(TextChapter(heading.text, rank, blocks, heading.line))
    return [replace(each, blocks=_without_edges(each.blocks)) for each in chapters]
