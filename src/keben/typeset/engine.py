"""The doors of `keben.typeset` behind which fonts are opened and pages are set."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keben.core.book import Encoded
from keben.core.calls import Submit
from keben.core.composition import Artifact, Composition
from keben.core.edition import Edition
from keben.core.errors import BuildError, Finding
from keben.core.pressing import Press
from keben.core.saying import series, wording
from keben.core.store import NO_STORE, Store
from keben.core.version import __version__
from keben.typeset.booksetting import setting_of
from keben.typeset.fonts import Face
from keben.typeset.fonts.chosen import profile_of
from keben.typeset.fonts.files import describe
from keben.typeset.fonts.glyphs import FittedBook, fit, setter_of, with_fallbacks
from keben.typeset.fonts.latin import find_latin, unknown_fallbacks
from keben.typeset.fonts.own import OwnFonts
from keben.typeset.fonts.tables import ROLES
from keben.typeset.formulas import with_drawn_formulas
from keben.typeset.helped import asking
from keben.typeset.page import PageLayout, css_families

if TYPE_CHECKING:
    from keben.typeset import weasy


def typeset(
    composition: Composition,
    cache: Path | None = None,
    press: Press | None = None,
    store: Store = NO_STORE,
    submit: Submit | None = None,
) -> Artifact:
    """Set a book as a PDF that conforms to PDF/A-2a and PDF/UA-1.

    ``cache`` is a folder that keeps the fonts of vertical books from one build to the next; None: they are made again.
    ``store`` keeps the chapters as they are drawn.
    ``submit`` has calls made in other processes, and gives a future for each: chapters that are not kept are drawn
    there while this process draws others. The bytes are the same with and without.
    ``press``: the pages have their bleed around them, and ``press.css`` is the last of the theme's styles.
    The artifact's facts: ``pages``, ``fonts`` with name, style, file, version and hash of each face used,
    ``edges``, those of the type area, and where there is something, ``marks``, those of notes that are numbered by
    page, and ``hidden`` and ``moved``, what a style hides and moves. Its findings are warnings and notices: what in the
    styles WeasyPrint does not know, a font that is in the file whole.

    Raises:
        SourceError: the type area does not fit the page, or the Latin font that is named is not installed.
        BuildError: a style sheet, a picture or a note is at fault.
        MachineError: this machine lacks Pango, fontconfig or a Chinese font.
    """
    edition, metadata = composition.edition, composition.metadata
    setting = setting_of(
        composition, cache, press, store, marked=store.folder is not None or submit is not None
    )
    from keben.typeset import weasy

    job, profile, own_fonts = setting.job, setting.profile, setting.own_fonts
    record = weasy.Record(metadata, edition.language, composition.epoch, f"Keben {__version__}")
    unknown = tuple(setting.theme.unknown_families(profile))
    ask = asking(submit, composition, cache, press, store) if submit else None
    printed = weasy.print_book(job, record, ask)
    of_machine = [face for face in printed.faces if not own_fonts.is_own(face)]
    _require_named(of_machine, "\n".join(sheet.text for sheet in job.sheets), job.name)
    facts = _facts(printed, setting.layout, own_fonts, cache)
    return Artifact(
        job.name, edition.name, "pdf", printed.data, facts, (*setting.findings, *unknown, *printed.findings)
    )


def _facts(
    printed: "weasy.Printed", layout: PageLayout, own_fonts: OwnFonts, cache: Path | None
) -> Mapping[str, Any]:
    """What a manifest says of a book's pages."""
    return {
        "pages": printed.pages,
        "fonts": own_fonts.described(printed.faces, cache),
        "lines": printed.lines,
        "edges": _turned(layout.edges) if printed.leftward else layout.edges,
        **({"hidden": list(printed.hidden)} if printed.hidden else {}),
        **({"moved": list(printed.moved)} if printed.moved else {}),
        **({"marks": dict(printed.marks)} if printed.marks else {}),
    }


def _turned(edges: Mapping[str, Any]) -> Mapping[str, Any]:
    """The edges of a book whose first page is a left one."""
    return {**edges, "odd": edges["even"], "even": edges["odd"]}


def _require_named(faces: Iterable[Face], styles: str, name: str) -> None:
    """A font that no style names came in by a generic name or by the machine's own substitution.

    Raises:
        BuildError: there is one.
    """
    named = styles.casefold()
    strange = [
        face.families[0] for face in faces if not any(family.casefold() in named for family in face.families)
    ]
    if strange:
        message = wording(
            "Some text is set in {strange}, which no style sheet names.", strange=series(strange)
        )
        advice = wording(
            "In the theme, name a font or use var(--serif), var(--kai), var(--sans) or var(--mono)."
        )
        raise BuildError.at(name, "unexpected-font", message, advice)


def draw_pictures(
    composition: Composition, wanted: Iterable[tuple[str, float, float]]
) -> tuple[Mapping[str, Encoded], tuple[Finding, ...]]:
    """A PNG of each drawing of a book, by path; ``wanted`` has their paths with width and height in pixels.

    Gives beside it warnings of what in the drawings WeasyPrint does not know.

    Raises:
        BuildError: a drawing is at fault.
        MachineError: this machine lacks Pango, fontconfig or a Chinese font.
    """
    fitted = fitted_book(composition)
    from keben.typeset.cover import drawings

    return drawings.draw(fitted.composition, fitted.profile, wanted)


def cover_sheet(
    composition: Composition, pages: int, cache: Path | None = None
) -> tuple[Artifact, tuple[float, float], tuple[Finding, ...]]:
    """The cover of an interior of so many pages: front, spine and back on one sheet with its bleed.

    Gives beside it where it is folded, in millimetres from the left edge of the trimmed sheet, and the findings.
    The artifact's facts: ``pages``, ``fonts``, ``spine`` (millimetres) and ``book-pages``.

    Raises:
        BuildError: a style sheet or a picture is at fault.
        MachineError: this machine lacks Pango, fontconfig or a Chinese font.
    """
    edition = composition.edition
    fitted = fitted_book(composition)
    composition, profile = fitted.composition, fitted.profile
    from keben.typeset.cover import sheet as coversheet

    name = f"{composition.metadata.slug}-{edition.name}-cover.pdf"
    printed, sheet, findings = coversheet.draw_sheet(composition, profile, pages, name, cache)
    named = css_families(
        tuple(name for role in ROLES for name in (*profile.stack(role), *profile.columns(role)))
    )
    _require_named(printed.faces, named + composition.styles.get(coversheet.STYLES, ""), name)
    facts = {
        "pages": printed.pages,
        "fonts": describe(printed.faces, cache),
        "spine": sheet.spine,
        "book-pages": pages,
    }
    return (
        Artifact(name, edition.name, "cover", printed.data, facts),
        sheet.folds,
        (*findings, *printed.findings),
    )


def missing_glyphs(composition: Composition) -> tuple[Finding, ...]:
    """What fonts cannot give a book: a warning for each character that none has, with its first places.

    Others for variation selectors and sequences of emoji that are printed without their effect; an error if a font that
    the book names is not installed.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font.
    """
    area = composition.edition.area
    _, wrong = find_latin(area.latin)
    return (*wrong, *unknown_fallbacks(area.fallback), *fitted_book(composition).findings)


def setting_font(edition: Edition, character: str) -> str:
    """The family that sets a character in an edition's running text; empty where none has it.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font.
    """
    asked = tuple(font.family for font in edition.area.fallback)
    profile = with_fallbacks(profile_of(edition), frozenset(character), asked)
    return setter_of(profile)(character)


def fitted_book(composition: Composition) -> FittedBook:
    """A book as it is set, and its fonts; without those that it names and that are not installed."""
    composition, _ = with_drawn_formulas(composition)
    return fit(composition, profile_of(composition.edition), OwnFonts(composition.assets).codes())
