"""What an entry of the table of formats is made of."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from keben.core.calls import Apart
from keben.core.composition import Artifact, Composition
from keben.core.edition import Edition
from keben.core.errors import Finding
from keben.core.media import FormatName
from keben.core.store import NO_STORE, Store
from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Material:
    """What an artifact is made from."""

    composition: Composition
    """As the format reads it (`keben.formats.ready.read_as`)."""
    base: Artifact | None = None
    """The artifact that the format is made from (`Format.base`)."""
    cache: Path | None = None
    """The folder that keeps fonts, and hashes of fonts, from one build to the next."""
    store: Store = NO_STORE
    """What keeps results of single steps from one build to the next."""
    apart: Apart | None = None
    """Has pages set in a process of its own; None: they are set in this one."""


@dataclass(frozen=True, slots=True)
class Made:
    """An artifact, and what its proof needs besides."""

    artifact: Artifact
    tagged: Artifact | None = None
    """The tagged PDF whose pages it shows, where it has no tags of its own."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ToProve:
    """An artifact that is to be proved."""

    composition: Composition
    """As the format reads it."""
    artifact: Artifact
    tagged: Artifact | None = None
    """The tagged PDF whose pages it shows, where it has no tags of its own."""
    store: Store = NO_STORE
    """What keeps readings for the next build."""
    apart: Apart | None = None
    """Has a part of the file read in another process; None: all of it is read in this one."""


def _always(_edition: Edition) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Proof:
    """A check of every artifact of a format, whenever it is made or read again."""

    name: str
    """What a release's report calls it."""
    passed: str
    """What is said of an artifact that passes."""
    check: Callable[[ToProve], tuple[Finding, ...]]
    check_of_proved: Callable[[ToProve], tuple[Finding, ...]] | None = None
    """The same where the tagged PDF passed its own proofs when it was made; None: there is no shorter way."""
    applies: Callable[[Edition], bool] = _always
    """Whether an edition's artifacts get it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Figures of an artifact, for `keben check` and the report of a release."""

    name: str
    take: "Callable[[Artifact, Edition], Any]"
    """Its report: a `keben.check.LineReport` or a `keben.check.HoleReport`."""
    judge: "Callable[[Any, Artifact, Edition], tuple[Finding, ...]]"
    """What of the figures a reader would see."""


@dataclass(frozen=True, slots=True)
class Validator:
    """Another program's check of files, for `keben check` and a release."""

    name: str
    check: Callable[[tuple[Path, ...]], tuple[Finding, ...]]
    """Raises MachineError where the program is not installed."""
    version: Callable[[], str]


def _on_none(_edition: Edition) -> FormatName | None:
    return None


def _whole(composition: Composition) -> Composition:
    return composition


def _nothing_known(_composition: Composition) -> tuple[Finding, ...]:
    return ()


def _nothing_beside(_artifact: Artifact) -> Mapping[str, bytes]:
    return {}


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of artifact."""

    name: FormatName
    summary: str
    """What it is, in a few words, for help and documentation."""
    ending: str
    """What follows ``{slug}-{edition}`` in its file name."""
    reads: frozenset[str]
    """What an element that it shows can name in ``data-only``."""
    make: Callable[[Material], Made]
    proofs: tuple[Proof, ...]
    measures: tuple[Measure, ...] = ()
    validators: tuple[Validator, ...] = ()
    base: FormatName | None = None
    """The format that it is made from, or has its number of pages from."""
    draws_on: Callable[[Edition], FormatName | None] = _on_none
    """The format that it needs of some editions besides; one is made for it where there is none."""
    twin: FormatName | None = None
    """The format with tags whose pages it shows."""
    tag_again: Callable[[Material], Artifact] | None = None
    """Sets the tagged PDF again that it is made from, where that is not the twin's."""
    brings: tuple[FormatName, ...] = ()
    """What is made along with it; such a format is not asked for by its name."""
    counts: frozenset[Literal["booklet", "press", "epub"]] = frozenset()
    """Tables of the edition that its bytes hang on, beside those of every format."""
    sets: Literal["pages", "cover", "drawings", "nothing"] = "pages"
    """What of it is set in type: its pages, a cover where the book brings none, or the drawings in it."""
    shows_front: bool = False
    """Whether it shows the drawing of the cover in the shape of the printed page."""
    reduce: Callable[[Composition], Composition] = _whole
    """What it shows of a composition."""
    has_own_notes: bool = False
    """Whether its reader's program places notes, whatever the edition says."""
    begin: Callable[[Material], None] | None = None
    """Begins in another process what takes longest; None: nothing takes long there."""
    foresee: Callable[[Composition], tuple[Finding, ...]] = _nothing_known
    """What is known to stand in its way before it is made."""
    beside: Callable[[Artifact], Mapping[str, bytes]] = _nothing_beside
    """Files that a release lays beside it, by name."""
    is_sold: bool = False
    """Whether stores sell it by rules that `keben.check.stores` knows."""
    is_asked: bool = True
    """Whether an edition's ``formats`` and ``-f`` can name it."""

    is_for_all: bool = False
    """Whether ``-f`` makes it of editions that do not list it: it is for work on the book, not for readers."""

    def file_of(self, edition: Edition) -> str:
        """The file name of an edition's artifact."""
        return f"{edition.metadata.slug}-{edition.name}{self.ending}"

    def sets_type(self, edition: Edition) -> bool:
        """Whether the machine's fonts take part in an edition's artifact."""
        if self.sets == "cover":
            is_lettered = edition.epub.embed_fonts != "none" or self.draws_on(edition) is not None
            return is_lettered or not edition.cover or edition.charts == "png"
        return self.sets != "nothing"

    def proofs_of(self, edition: Edition) -> tuple[Proof, ...]:
        """The proofs that an edition's artifact gets."""
        return tuple(proof for proof in self.proofs if proof.applies(edition))

    def base_of(self, edition: Edition) -> FormatName | None:
        """The format that an edition's artifact is made from, or needs."""
        return self.base or self.draws_on(edition)
