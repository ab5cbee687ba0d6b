"""The table of formats: all that the rest of Keben knows of each. A new format is one entry here.

`make` and `check_completeness` go by it; so do requests, marks, `keben check`, a release and ``--help``.
"""

from collections.abc import Mapping
from pathlib import Path

from keben.core.calls import Apart
from keben.core.composition import Artifact, Composition
from keben.core.errors import Finding
from keben.core.media import FormatName
from keben.core.saying import wording
from keben.core.store import NO_STORE, Store
from keben.formats import making, proofs
from keben.formats.ready import read_as
from keben.formats.samples import sampled, whole_book
from keben.formats.values import Format, Material, ToProve

EPUB = Format(
    name="epub",
    summary=wording("an e-book"),
    ending=".epub",
    reads=frozenset(("epub",)),
    make=making.make_epub,
    proofs=(proofs.EPUB_COMPLETE, proofs.STORES),
    validators=(proofs.EPUBCHECK,),
    sets="cover",
    is_sold=True,
    counts=frozenset(("epub",)),
    draws_on=making.pages_for,
    beside=making.cover_beside,
)
PDF = Format(
    name="pdf",
    summary=wording("pages for the screen and for home printing"),
    ending=".pdf",
    reads=frozenset(("pdf", "screen")),
    make=making.make_pdf,
    proofs=(proofs.PDF_COMPLETE,),
    measures=(proofs.LINES, proofs.HOLES),
    begin=making.begin_pdf,
    foresee=proofs.unset_of,
)
BOOKLET = Format(
    name="booklet",
    summary=wording("the pages on sheets, to print on both sides, fold and bind"),
    ending="-booklet.pdf",
    reads=PDF.reads,
    make=making.make_booklet,
    proofs=(proofs.SHEETS_COMPLETE,),
    base="pdf",
    twin="pdf",
    counts=frozenset(("booklet",)),
    foresee=proofs.unfoldable_of,
)
PRESS = Format(
    name="press",
    summary=wording("a printer's interior, and its cover"),
    ending="-press.pdf",
    reads=frozenset(("pdf", "print")),
    make=making.make_interior,
    proofs=(proofs.PAGES_COMPLETE, proofs.PRESS),
    twin="pdf",
    tag_again=making.tagged_interior,
    brings=("cover",),
    counts=frozenset(("press",)),
    foresee=proofs.unset_of,
)
COVER = Format(
    name="cover",
    summary=wording("a printer's cover: front, spine and back on one sheet"),
    ending="-cover.pdf",
    reads=frozenset(("cover",)),
    make=making.make_cover,
    proofs=(proofs.PRESS,),
    base="press",
    counts=frozenset(("press",)),
    shows_front=True,
    foresee=proofs.unset_of,
    is_asked=False,
)
DOCX = Format(
    name="docx",
    summary=wording("a Word document, for editors who work there"),
    ending=".docx",
    reads=frozenset(("docx",)),
    make=making.make_docx,
    proofs=(proofs.DOCX_COMPLETE,),
    sets="drawings",
    has_own_notes=True,
    is_for_all=True,
)

SAMPLE = Format(
    name="sample",
    summary=wording("the beginning of the e-book, to be read before it is bought"),
    ending="-sample.epub",
    reads=EPUB.reads,
    make=making.make_sample,
    proofs=(proofs.EPUB_COMPLETE,),
    validators=EPUB.validators,
    sets="cover",
    counts=EPUB.counts,
    reduce=sampled,
    foresee=whole_book,
    is_for_all=True,
)
ONIX = Format(
    name="onix",
    summary=wording("the book's metadata for the trade, in ONIX 3.0"),
    ending="-onix.xml",
    reads=EPUB.reads,
    make=making.make_onix,
    proofs=(proofs.ONIX_COMPLETE,),
    sets="nothing",
    is_for_all=True,
)

FORMATS: Mapping[FormatName, Format] = {
    form.name: form for form in (EPUB, PDF, BOOKLET, PRESS, COVER, DOCX, SAMPLE, ONIX)
}


def make(
    composition: Composition,
    name: FormatName,
    base: Artifact | None = None,
    cache: Path | None = None,
    store: Store = NO_STORE,
    apart: Apart | None = None,
) -> tuple[Artifact, tuple[Finding, ...]]:
    """Make an artifact of a composition in its edition's script, and prove it; with what that found.

    ``base`` is the artifact that the format is made from (`Format.base`), which passed its own proofs; ``cache`` and
    ``store`` keep fonts and results of single steps from one build to the next, and ``apart`` has pages set in another
    process.

    Raises:
        SourceError, BuildError: it cannot be made.
        MachineError: this machine lacks something.
    """
    form = FORMATS[name]
    if base is None and (needed := form.draws_on(composition.edition)):
        base = make(composition, needed, None, cache, store, apart)[0]
    composition = read_as(composition, form)
    made = form.make(Material(composition, base, cache, store, apart))
    is_proved = base is not None and made.tagged is base
    checks = (
        (is_proved and proof.check_of_proved) or proof.check for proof in form.proofs_of(composition.edition)
    )
    given = ToProve(composition, made.artifact, made.tagged, store, apart)
    found = (each for check in checks for each in check(given))
    return made.artifact, (*made.findings, *found)


def begin(composition: Composition, name: FormatName, cache: Path | None, store: Store, apart: Apart) -> None:
    """Begin to make an artifact in another process, before `make` is called with the same."""
    form = FORMATS[name]
    if form.begin is not None:
        form.begin(Material(read_as(composition, form), None, cache, store, apart))


def check_completeness(
    composition: Composition,
    artifact: Artifact,
    tagged: Artifact | None = None,
    store: Store = NO_STORE,
) -> tuple[Finding, ...]:
    """An error for each text of a composition that is not whole, or not in its order, in an artifact.

    ``composition`` is as the artifact's format reads it. ``tagged`` is the tagged PDF that a booklet or a printer's
    interior was made from; without it their text is only counted. ``store`` keeps what is read for the next time.
    """
    complete = (each for each in FORMATS[artifact.format].proofs if each.name == "Completeness")
    given = ToProve(composition, artifact, tagged, store)
    return tuple(found for proof in complete for found in proof.check(given))
