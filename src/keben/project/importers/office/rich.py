"""A text of a word processor, a web page or an e-book, as all of their readers give it.

A paragraph is a flat row of runs; each run knows its own styles, as word processors have it. `spans` nests them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from typing import Literal, TypeAlias

from keben.core.values import dataclass

RunKind = Literal["text", "ruby", "note", "picture", "break", "anchor", "math"]
Side = Literal["", "center", "right"]

PLAIN: frozenset[str] = frozenset()
"""No style. The others: strong, em, u, s, sub, sup, code, gloss."""


DISPLAYED = "displayed"


@dataclass(frozen=True, slots=True)
class RichRun:
    """A stretch of text of one look, or what stands among text."""

    kind: RunKind
    text: str = ""
    """The text, ruby's base, a formula in LaTeX; the name of a note, a picture or an anchor."""
    styles: frozenset[str] = PLAIN
    href: str = ""
    """Where it links to: an address, or ``#`` and the name of an anchor."""
    more: str = ""
    """Ruby's reading; a picture's alternative text; `DISPLAYED` for a formula in lines of its own."""
    size: str = ""
    """A picture's width: ``50%``."""


Runs: TypeAlias = tuple[RichRun, ...]


@dataclass(frozen=True, slots=True)
class TextLook:
    """What a paragraph looks like, for texts without styles."""

    bold: bool = False
    """All of it."""
    points: float = 0.0
    """The size of its text; 0: not known."""
    centered: bool = False
    columns: int = 0
    """How far its first line is set in, in half-width columns."""


@dataclass(frozen=True, slots=True)
class RichParagraph:
    """A paragraph."""

    runs: Runs
    side: Side = ""
    role: Literal["", "title", "subtitle", "author", "caption", "verse", "signature"] = ""
    look: TextLook = TextLook()


@dataclass(frozen=True, slots=True)
class RichHeading:
    """A heading; level 1 is the highest that the source has."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class RichList:
    """A list, or a run of it."""

    items: "tuple[Blocks, ...]"
    ordered: bool = False
    start: int = 1
    letters: str = "1"
    """HTML's ``type``: 1, a, A, i, I."""


@dataclass(frozen=True, slots=True)
class RichQuote:
    """A quotation."""

    blocks: "Blocks"


@dataclass(frozen=True, slots=True)
class RichCode:
    """Lines that stand as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class RichRule:
    """A break between scenes."""


@dataclass(frozen=True, slots=True)
class RichCell:
    """A cell of a table."""

    blocks: "Blocks"
    columns: int = 1
    rows: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class RichTable:
    """A table; the first ``heads`` rows are its head."""

    rows: tuple[tuple[RichCell, ...], ...]
    heads: int = 0
    caption: Runs = ()


Block: TypeAlias = RichParagraph | RichHeading | RichList | RichQuote | RichCode | RichRule | RichTable
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What a file says of its book. What it does not say is empty."""

    title: str = ""
    subtitle: str = ""
    people: tuple[tuple[str, str], ...] = ()
    """Names with their roles (MARC relators)."""
    language: str = ""
    publisher: str = ""
    date: str = ""
    made: str = ""
    """When the file was made, which is no date of publication."""
    identifier: str = ""
    isbn: str = ""
    description: str = ""
    rights: str = ""
    subjects: tuple[str, ...] = ()
    cover: str = ""
    """A picture's name."""
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class RichDocument:
    """A document that was read."""

    kind: str
    """``a Word document``."""
    blocks: Blocks
    notes: Mapping[str, Blocks] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """By name: a path of the source."""
    metadata: BookFacts = BookFacts()
    remarks: tuple[str, ...] = ()
    texts: tuple[str, ...] = field(default=(), repr=False)
    """Everything that the source says, piece by piece, found in another way than `blocks`."""
    left: tuple[str, ...] = field(default=(), repr=False)
    """What was left out, and is reported in `remarks`."""


def said(runs: Runs) -> str:
    """The text of runs alone, without notes and pictures."""
    parts = (
        run.text if run.kind in ("text", "ruby", "math") else " " if run.kind == "break" else ""
        for run in runs
    )
    return " ".join("".join(parts).split())


def trimmed(runs: Runs) -> Runs:
    """Runs without breaks and blanks at either end; adjacent texts of one look are one."""
    joined: list[RichRun] = []
    for run in runs:
        last = joined[-1] if joined else None
        same = last and run.kind == last.kind == "text" and (run.styles, run.href) == (last.styles, last.href)
        if last and same:
            joined[-1] = RichRun("text", last.text + run.text, run.styles, run.href)
        elif run.kind != "text" or run.text:
            joined.append(run)
    while joined and (found := _without_edge(joined[0], first=True)) is not joined[0]:
        joined[:1] = [found] if found else []
    while joined and (found := _without_edge(joined[-1], first=False)) is not joined[-1]:
        joined[-1:] = [found] if found else []
    return tuple(joined)


def _without_edge(run: RichRun, *, first: bool) -> RichRun | None:
    """A run without blanks at its edge; None where nothing stays; itself where nothing goes."""
    if run.kind == "break":
        return None
    if run.kind != "text":
        return run
    text = run.text.lstrip() if first else run.text.rstrip()
    if text == run.text:
        return run
    return RichRun("text", text, run.styles, run.href) if text else None


def without_looks(runs: Runs) -> Runs:
    """Runs without what all of their text is set in: a heading and a caption have their own look."""
    texts = [run for run in runs if run.kind in ("text", "ruby") and run.text.strip()]
    common = (
        frozenset[str]().union(*(run.styles for run in texts)).intersection(*(run.styles for run in texts))
    )
    common &= {"strong", "em", "u"}
    return tuple(replace(run, styles=run.styles - common) for run in runs)


def without_bold(blocks: Blocks) -> Blocks:
    """Paragraphs that are not bold as a whole: heads of tables are so by themselves."""
    return tuple(
        replace(block, runs=tuple(replace(run, styles=run.styles - {"strong"}) for run in block.runs))
        if isinstance(block, RichParagraph)
        else block
        for block in blocks
    )


def walk_blocks(blocks: Blocks) -> Iterator[Block]:
    """All blocks, those inside of others too, in order."""
    for block in blocks:
        yield block
        for inner in inside(block):
            yield from walk_blocks(inner)


def mapped(blocks: Blocks, made: Callable[[Block], Block]) -> Blocks:
    """Blocks, those inside of others too, each as ``made`` makes it."""
    return tuple(_mapped(block, made) for block in blocks)


def _mapped(block: Block, made: Callable[[Block], Block]) -> Block:
    if isinstance(block, RichList):
        block = replace(block, items=tuple(mapped(item, made) for item in block.items))
    elif isinstance(block, RichQuote):
        block = RichQuote(mapped(block.blocks, made))
    elif isinstance(block, RichTable):
        rows = (tuple(replace(cell, blocks=mapped(cell.blocks, made)) for cell in row) for row in block.rows)
        block = replace(block, rows=tuple(rows))
    return made(block)


def inside(block: Block) -> tuple[Blocks, ...]:
    """The blocks that stand in a block."""
    if isinstance(block, RichList):
        return block.items
    if isinstance(block, RichQuote):
        return (block.blocks,)
    if isinstance(block, RichTable):
        return tuple(cell.blocks for row in block.rows for cell in row)
    return ()


def unframed(blocks: Blocks) -> Blocks:
    """Blocks out of the tables of one cell that only frame a text with headings, as layouts do."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, RichTable) and _is_frame(block):
            found += unframed(block.rows[0][0].blocks)
        else:
            found.append(block)
    return tuple(found)


def _is_frame(block: RichTable) -> bool:
    return (
        len(block.rows) == 1
        and len(block.rows[0]) == 1
        and not block.caption
        and any(isinstance(each, RichHeading) for each in walk_blocks(block.rows[0][0].blocks))
    )


def walk_runs(blocks: Blocks) -> Iterator[RichRun]:
    """All runs of blocks, in order."""
    for block in walk_blocks(blocks):
        if isinstance(block, RichParagraph | RichHeading):
            yield from block.runs
        elif isinstance(block, RichTable):
            yield from block.caption
