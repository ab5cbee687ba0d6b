"""Figures and tables that a text names by numbers typed by hand (如图1-1所示) → references, which the book counts."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from unicodedata import normalize

from keben.project.importers.office.blocks import is_figure
from keben.project.importers.office.captions import labelled
from keben.project.importers.office.parting import PartedBook, RichChapter
from keben.project.importers.office.rich import (
    Block,
    Blocks,
    RichParagraph,
    RichRun,
    RichTable,
    Runs,
    mapped,
    said,
    walk_blocks,
)

_DASHES = re.compile(r"[–—‑－]")
_NUMBER = r"[0-9０-９]+(?:[-–—.．·‑－][0-9０-９]+)*"
_NAMED = re.compile(
    r"(?:(?<![\u3400-\u9fffA-Za-z])|(?<=[如见見在由从從据據与與和及或至到以参參将將而为為的对對看按照比较較把用该該此下上]))"
    rf"(?:图|圖|表|Figure|Fig\.|Table)[ \u00a0\u3000]?{_NUMBER}(?![0-9０-９])"
)
"""A label in a text. Behind other characters it is part of a word: 附图1, 列表1, 地图1."""


def with_typed_references(book: PartedBook, is_shown: Callable[[str], bool]) -> PartedBook:
    """A book whose texts refer to the figures and tables that they name, where one alone has that label.

    A label is looked for in the same chapter first, where captions may count from one, and then in the book.

    Args:
        book: Its captions have the labels that they were typed with.
        is_shown: Whether the book has a picture of this name, and counts its caption.
    """
    own = [Counter(_labels(chapter.blocks, is_shown)) for chapter in book.chapters]
    everywhere = sum(own, Counter[str]())
    homes = {label: at for at, labels in enumerate(own) for label in labels}
    chapters: list[RichChapter] = []
    for at, chapter in enumerate(book.chapters):

        def goal(label: str, at: int = at) -> str:
            if own[at][label] == 1:
                return anchor_of(label, at)
            is_clear = label not in own[at] and everywhere[label] == 1
            return anchor_of(label, homes[label]) if is_clear else ""

        chapters.append(replace(chapter, blocks=_with_references(chapter.blocks, goal)))
    wanted = {run.href[1:] for chapter in chapters for run in _runs(chapter.blocks) if run.href}
    anchored = (
        replace(chapter, blocks=_with_anchors(chapter.blocks, at, wanted, is_shown))
        for at, chapter in enumerate(chapters)
    )
    return replace(book, chapters=tuple(anchored))


def anchor_of(label: str, chapter: int) -> str:
    """The name of an anchor, which no document has."""
    return f"typed:{chapter}:{label}"


def _label(caption: Runs) -> str:
    return _plain(labelled(caption)[0])


def _plain(text: str) -> str:
    """A label however its number is typed: 图 １—１ is 图1-1."""
    return _DASHES.sub("-", normalize("NFKC", "".join(text.split()))).rstrip(":.、")


def _captions(blocks: Blocks, is_shown: Callable[[str], bool]) -> Iterator[tuple[Block, Runs]]:
    """The captions that the book counts, with the blocks that hold them."""
    for block in blocks:
        if isinstance(block, RichTable) and block.caption:
            yield block, block.caption
    for figure, caption in pairwise(blocks):
        if not isinstance(figure, RichParagraph) or not isinstance(caption, RichParagraph):
            continue
        if (
            caption.role == "caption"
            and is_figure(figure)
            and any(run.kind == "picture" and is_shown(run.text) for run in figure.runs)
        ):
            yield caption, caption.runs


def _labels(blocks: Blocks, is_shown: Callable[[str], bool]) -> list[str]:
    return [label for _, caption in _captions(blocks, is_shown) if (label := _label(caption))]


def _with_references(blocks: Blocks, goal: Callable[[str], str]) -> Blocks:
    def made(block: Block) -> Block:
        if not isinstance(block, RichParagraph) or block.role:
            return block
        if not _NAMED.search(said(block.runs)):
            return block
        return replace(block, runs=tuple(part for run in block.runs for part in _parts(run, goal)))

    return mapped(blocks, made)


def _parts(run: RichRun, goal: Callable[[str], str]) -> Iterator[RichRun]:
    """A run, parted where it names a figure or a table."""
    if run.kind != "text" or run.href or "code" in run.styles:
        yield run
        return
    end = 0
    for found in _NAMED.finditer(run.text):
        name = goal(_plain(found[0]))
        if not name:
            continue
        if found.start() > end:
            yield replace(run, text=run.text[end : found.start()])
        yield replace(run, text=found[0], href=f"#{name}")
        end = found.end()
    if end < len(run.text):
        yield replace(run, text=run.text[end:])


def _with_anchors(blocks: Blocks, at: int, wanted: set[str], is_shown: Callable[[str], bool]) -> Blocks:
    names = {
        id(block): name
        for block, caption in _captions(blocks, is_shown)
        if (name := anchor_of(_label(caption), at)) in wanted
    }
    return tuple(_anchored(block, names[id(block)]) if id(block) in names else block for block in blocks)


def _anchored(block: Block, name: str) -> Block:
    anchor = RichRun("anchor", name)
    if isinstance(block, RichTable):
        return replace(block, caption=(anchor, *block.caption))
    return replace(block, runs=(anchor, *block.runs)) if isinstance(block, RichParagraph) else block


def _runs(blocks: Blocks) -> Sequence[RichRun]:
    return [run for block in walk_blocks(blocks) if isinstance(block, RichParagraph) for run in block.runs]
