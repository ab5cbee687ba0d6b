"""What editors settle of a conversion, and what they are asked."""

from collections.abc import Mapping
from typing import Literal

from keben.core.errors import Place
from keben.core.values import dataclass

Segmentation = Literal["context", "opencc"]
DoubtKind = Literal[
    "credit",
    "likely",
    "overlap",
    "glossary",
    "quotes",
    "name",
    "several",
    "inconsistent",
    "own",
    "markup",
    "phrase",
    "default",
    "context",
    "regional",
]


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term and what it is in other languages, as ``glossary.tsv`` has it."""

    term: str
    targets: Mapping[str, str | None]
    """By canonical tag, or a script's (``zh-Hant``); None: left to the converter, so that no shorter term takes it."""
    place: Place
    editions: frozenset[str] = frozenset()
    """Names; empty: all."""
    chapters: tuple[str, ...] = ()
    """Patterns of paths below ``book/``; empty: all."""
    is_shared: bool = False
    """Whether it is of a glossary that other books use too: such a term need not stand in this one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided of a doubtful conversion, as ``decisions.tsv`` has it."""

    language: str
    """A canonical tag, or a script's (``zh-Hant``)."""
    phrase: str
    target: str
    before: str
    """What stands before the phrase; with ``after`` empty too: every place where the phrase is no part of a word."""
    after: str
    note: str
    place: Place
    editor: str = ""
    """Who decided it."""
    date: str = ""
    """When, as ``2026-11-26``."""


@dataclass(frozen=True, slots=True)
class Editorial:
    """What the editors of a book settled of its conversion."""

    glossary: tuple[GlossaryEntry, ...] = ()
    decisions: tuple[Decision, ...] = ()
    segmentation: Segmentation = "context"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place whose conversion an editor should look at."""

    kind: DoubtKind
    rank: int
    """1: must be looked at; 2; 3: where there is time."""
    place: Place
    phrase: str
    """In the source's script."""
    output: str
    """What is printed now."""
    candidates: tuple[str, ...]
    """What it could be, the present output first; empty where there is nothing to choose."""
    reason: str
    before: str = ""
    """The source's text around the phrase."""
    after: str = ""
    output_before: str = ""
    output_after: str = ""
    anchor: tuple[str, str] = ("", "")
    """What a decision of this place alone names: the text before and after, as far as it needs."""
    is_new: bool = True
    """Whether it came since the last decisions were saved."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A paragraph before and after its conversion."""

    place: Place
    source: str
    output: str


NO_EDITORIAL = Editorial()
"""What the editors of a book without glossary and decisions settled."""
