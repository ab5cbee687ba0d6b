"""Proof that nothing was lost: an artifact's text against that of the documents it was made from."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pikepdf import PdfError
from pypdfium2 import PdfiumError  # type: ignore[import-untyped]

from keben.check.blame import advice_for
from keben.check.hidden import told_of_hidden
from keben.check.keptreadings import KeptReadings
from keben.check.pdfproof import check_pdf, expect
from keben.check.untagged import check_by_counting, same_pages
from keben.core.calls import Apart
from keben.core.composition import Artifact, Composition
from keben.core.errors import Finding, Place, errors_in
from keben.core.notemarks import with_marks
from keben.core.saying import wording
from keben.core.store import NO_STORE, Store


def check_tagged(
    composition: Composition, artifact: Artifact, store: Store = NO_STORE, apart: Apart | None = None
) -> tuple[Finding, ...]:
    """An error for each text of the composition that is not whole, or not in its order, in a tagged PDF.

    ``store`` keeps what was read of it for the next build. ``apart`` has a part of it read in another process.
    """
    marks = artifact.facts.get("marks")
    if isinstance(marks, Mapping):
        # Which note is the first on its page is known to who set the pages alone.
        composition = with_marks(composition, marks)
    try:
        with _kept(store, composition, artifact) as kept:
            found = check_pdf(composition, artifact, kept=kept, apart=apart)
        if errors_in(found):
            # Before the book is blamed, another reader reads it.
            found = check_pdf(composition, artifact, by_pdfium=True)
        return (*found, *told_of_hidden(composition, artifact))
    except (PdfiumError, PdfError) as error:
        return (_broken(artifact, error),)


def look_ahead(composition: Composition, name: str, store: Store) -> None:
    """Get ready to prove the tagged PDF of a composition and a name, while another process makes it."""
    kept = _readings(store, composition, name)
    kept.unpack()
    _ready.clear()
    _ready.append((store, composition.edition.metadata.identifier, name, kept))
    kept.read_texts(expect(composition))


_ready: list[tuple[Store, str, str, KeptReadings]] = []
"""The readings that were got ready last, and what of."""


def check_untagged(
    composition: Composition,
    artifact: Artifact,
    tagged: Artifact | None,
    store: Store = NO_STORE,
    *,
    on_sheets: bool = False,
    is_proved: bool = False,
) -> tuple[Finding, ...]:
    """The same of a printer's interior or, where its pages stand ``on_sheets``, a booklet.

    The tagged PDF that it was made from is proved in its place, unless it ``is_proved`` already, and then each page
    against its own. Without it the text is only counted.
    """
    try:
        if tagged is None:
            return check_by_counting(composition, artifact)
        advice = advice_for(composition)
        with _kept(store, composition, tagged) as kept, _kept(store, composition, artifact) as others:
            pages = same_pages(tagged, artifact, advice, on_sheets=on_sheets, kept=(kept, others))
        if pages:
            pages = same_pages(tagged, artifact, advice, on_sheets=on_sheets, by_pdfium=True)
    except (PdfiumError, PdfError) as error:
        return (_broken(artifact, error),)
    return pages if is_proved else (*check_tagged(composition, tagged, store), *pages)


@contextmanager
def _kept(store: Store, composition: Composition, artifact: Artifact) -> Iterator[KeptReadings]:
    kept = _readings(store, composition, artifact.name)
    yield kept
    kept.close()


def _readings(store: Store, composition: Composition, name: str) -> KeptReadings:
    """The readings of a file, got ready or not; those that were got ready are handed out once."""
    book = composition.edition.metadata.identifier
    for ready in _ready:
        if ready[:3] == (store, book, name):
            _ready.remove(ready)
            return ready[3]
    return KeptReadings(store, book, name)


def _broken(artifact: Artifact, error: Exception) -> Finding:
    message = wording("It cannot be read as a PDF ({error}).", error=error)
    return Finding(Place(artifact.name), "broken-pdf", message, wording("Build it again."))
