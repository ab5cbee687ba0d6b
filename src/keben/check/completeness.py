"""Proof that nothing was lost: an artifact's text against that of the documents it was made from."""

from pikepdf import PdfError
from pypdfium2 import PdfiumError  # type: ignore[import-untyped]

from keben.check.blame import advice_for
from keben.check.epubproof import check_epub
from keben.check.hidden import told_of_hidden
from keben.check.pdfproof import check_pdf
from keben.check.untagged import check_by_counting, same_pages
from keben.core.errors import Finding, Place
from keben.core.model import Artifact, Composition


def check_completeness(
    composition: Composition, artifact: Artifact, printed: Artifact | None = None
) -> tuple[Finding, ...]:
    """An error for each text of the composition that is not whole, or not in its order, in the artifact.

    An EPUB and a PDF are read by their own structure. Of a booklet or a printer's interior ``printed`` is the tagged
    PDF that it was made from: it is proved in its place, and then each page against its own. Without it their text is
    only counted.
    """
    if artifact.format == "epub":
        return check_epub(composition, artifact)
    try:
        if artifact.format == "pdf":
            return (*check_pdf(composition, artifact), *told_of_hidden(composition, artifact))
        if printed is None:
            return check_by_counting(composition, artifact)
        pages = same_pages(printed, artifact, advice_for(composition))
    except (PdfiumError, PdfError) as error:
        message = f"It cannot be read as a PDF ({error})."
        return (Finding(Place(artifact.name), "broken-pdf", message, "Build it again."),)
    return (*check_completeness(composition, printed), *pages)
