"""typeset: Composition → PDF.

Comes in: a `Composition` in its edition's script.
Goes out: an `Artifact`, a tagged PDF, and findings.
Touches: the machine's fonts, through fontconfig and Pango, and the cache of fonts for columns.

1. `fonts` chooses the faces for the edition (`lent`: a 楷体 in part; `latin`: another Latin), and `glyphs` proves that
   they have every character.
2. `page` places the type area on its page.
3. `sheets` has the styles; `assemble` makes one document of the book; `notes` puts the notes where they are called, and
   `lists` counts.
4. A vertical book's pages lie on their side: `columnfonts` and `vertical` make its fonts, `turned` turns its pictures.
5. `weasy` lays it out and writes the file, `resources` gives it pictures, and `metadata` says what it is.

`cover` draws the cover's picture with the same means, and `coversheet` the printed book's cover.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keben.core.book import Asset, Encoded
from keben.core.composition import Artifact, Composition
from keben.core.edition import Edition
from keben.core.errors import BuildError, Finding, SourceError
from keben.core.notemarks import marks_in
from keben.core.numerals import note_mark
from keben.core.pressing import Press
from keben.core.printed import style_characters
from keben.core.store import NO_STORE, Store
from keben.core.version import __version__
from keben.typeset.assemble import assemble
from keben.typeset.fonts import Face, FontProfile, choose
from keben.typeset.fonts.columnfonts import ColumnFonts, texts_of
from keben.typeset.fonts.files import describe
from keben.typeset.fonts.fontmarks import font_marks
from keben.typeset.fonts.glyphs import FittedBook, fit, setter_of, with_fallbacks
from keben.typeset.fonts.latin import find_latin, unknown_fallbacks
from keben.typeset.fonts.own import OwnFonts
from keben.typeset.fonts.tables import ROLES
from keben.typeset.page import PageLayout, css_families, lay_out
from keben.typeset.resources import Resources
from keben.typeset.sheets import page_sheets
from keben.typeset.turned import turn_pictures

if TYPE_CHECKING:
    from keben.typeset import weasy

COVER_PATH = "images/cover.jpg"
"""Of a cover that is drawn."""

__all__ = ["cover_sheet", "draw_cover", "missing_glyphs", "typeset"]


def typeset(
    composition: Composition,
    cache: Path | None = None,
    press: Press | None = None,
    store: Store = NO_STORE,
) -> Artifact:
    """Set a book as a PDF that conforms to PDF/A-2a and PDF/UA-1.

    ``cache`` is a folder that keeps the fonts of vertical books from one build to the next; None: they are made anew.
    ``store`` keeps the pages of chapters.
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
    layout = lay_out(edition.area, edition.writing)
    latin = _latin_of(edition)
    fitted = fit(composition, choose(edition.language, latin), OwnFonts(composition.assets).codes())
    composition, profile = fitted.composition, fitted.profile
    # Pango is loaded when a book is set, not with the package: all else works on a machine without it.
    from keben.typeset import weasy

    theme = page_sheets(composition, layout, profile, press)
    root = assemble(_standing(composition, layout), profile)
    texts = texts_of(root, style_characters(composition)) if layout.vertical else {}
    own_fonts = OwnFonts(composition.assets, edition.language, texts)
    sheets = theme.set_in(profile, vertical=layout.vertical)
    if layout.vertical and own_fonts:
        sheets = tuple(replace(sheet, text=own_fonts.with_pairs(sheet.text)) for sheet in sheets)
    fonts = ColumnFonts(profile, edition.language, texts, cache) if layout.vertical else None
    job = weasy.PrintJob(
        name=f"{composition.metadata.slug}-{edition.name}{'-press' if press else ''}.pdf",
        root=root,
        sheets=sheets,
        resources=Resources(composition.assets, composition.drawings, profile, fonts, own_fonts),
        kinsoku=edition.area.kinsoku,
        grid=(layout.first_lines, layout.line),
        columns=(layout.top, layout.body) if layout.vertical else None,
        parts=tuple(document.name for document in composition.texts),
        emoji=(profile.columns if layout.vertical else profile.stack)("serif"),
        store=store,
        mark=_mark_of(composition, profile, cache) if store.folder else (),
        page_marks=_page_marks(composition),
    )
    record = weasy.Record(metadata, edition.language, composition.epoch, f"Keben {__version__}")
    unknown = tuple(theme.unknown_families(profile))
    printed = weasy.print_book(job, record)
    of_machine = [face for face in printed.faces if not own_fonts.is_own(face)]
    _require_named(of_machine, "\n".join(sheet.text for sheet in sheets), job.name)
    facts = _facts(printed, layout, own_fonts)
    return Artifact(job.name, edition.name, "pdf", printed.data, facts, (*unknown, *printed.findings))


def _page_marks(composition: Composition) -> tuple[str, ...]:
    """The marks of as many notes as a page may have, where they are numbered by page."""
    edition = composition.edition
    if edition.notes_number != "page":
        return ()
    count = sum(len(marks_in(document.root)) for document in composition.texts)
    return tuple(note_mark(number, edition.notes, edition.writing) for number in range(1, count + 1))


def _mark_of(composition: Composition, profile: FontProfile, cache: Path | None) -> tuple[object, ...]:
    """What the fonts are that a book's pages hang on."""
    own = {
        path: each for path, each in composition.assets.items() if not each.media_type.startswith("image/")
    }
    return profile, own, font_marks(composition.edition, composition.styles.values(), cache)


def _latin_of(edition: Edition) -> str:
    """The installed family that sets an edition's Latin text; empty: its Chinese fonts do.

    Raises:
        SourceError: one of the fonts that the edition names is not installed.
    """
    latin, wrong = find_latin(edition.area.latin)
    wrong += unknown_fallbacks(edition.area.fallback)
    if wrong:
        raise SourceError(*wrong)
    return latin


def _standing(composition: Composition, layout: PageLayout) -> Composition:
    """A book whose pictures stand upright on its pages."""
    if not layout.vertical:
        return composition
    documents = (
        replace(document, root=turn_pictures(document.root, composition, layout))
        for document in composition.documents
    )
    return replace(composition, documents=tuple(documents))


def _facts(printed: "weasy.Printed", layout: PageLayout, own_fonts: OwnFonts) -> Mapping[str, Any]:
    """What a manifest says of a book's pages."""
    return {
        "pages": printed.pages,
        "fonts": own_fonts.described(printed.faces),
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
        message = f"Some text is set in {', '.join(strange)}, which no style sheet names."
        advice = "In the theme, name a font or use var(--serif), var(--kai), var(--sans) or var(--mono)."
        raise BuildError.at(name, "unexpected-font", message, advice)


def draw_cover(
    composition: Composition, store: Store = NO_STORE, cache: Path | None = None
) -> tuple[Asset | None, tuple[Finding, ...]]:
    """The book's cover drawing as a JPEG of 1500 × 2400 pixels, None where it has no drawing.

    Gives beside it warnings of what in the drawing WeasyPrint does not know. ``store`` keeps a drawing without any, and
    ``cache`` is the folder that keeps hashes of fonts.

    Raises:
        BuildError: the drawing is at fault.
        MachineError: this machine lacks Pango, fontconfig or a Chinese font.
    """
    cover = composition.cover
    if cover is None:
        return None, ()
    # What the other documents say counts for none of its glyphs.
    composition = replace(composition, documents=(cover,))
    edition = composition.edition
    marks = font_marks(edition, (), cache)
    key = store.key("cover", cover, composition.assets, edition.language, edition.area, marks)
    known = store.get(key)
    if known is not None:
        return Asset(COVER_PATH, "image/jpeg", known), ()
    fitted = _fitted(composition)
    from keben.typeset.cover import front

    drawn, findings = front.draw(fitted.composition, fitted.profile)
    if drawn is not None and not findings:
        store.put(key, drawn.data)
    return drawn, findings


def draw_pictures(
    composition: Composition, wanted: Iterable[tuple[str, float, float]]
) -> tuple[Mapping[str, Encoded], tuple[Finding, ...]]:
    """A PNG of each drawing of a book, by path; ``wanted`` has their paths with width and height in pixels.

    Gives beside it warnings of what in the drawings WeasyPrint does not know.

    Raises:
        BuildError: a drawing is at fault.
        MachineError: this machine lacks Pango, fontconfig or a Chinese font.
    """
    fitted = _fitted(composition)
    from keben.typeset.cover import drawings

    return drawings.draw(fitted.composition, fitted.profile, wanted)


def cover_sheet(
    composition: Composition, pages: int, cache: Path | None = None
) -> tuple[Artifact, tuple[float, float], tuple[Finding, ...]]:
    """The cover of an interior of so many pages: front, spine and back on one sheet with its bleed.

    Gives beside it where it is folded, in millimetres from the left edge of the trimmed sheet, and what is to be told.
    The artifact's facts: ``pages``, ``fonts``, ``spine`` (millimetres) and ``book-pages``.

    Raises:
        BuildError: a style sheet or a picture is at fault.
        MachineError: this machine lacks Pango, fontconfig or a Chinese font.
    """
    edition = composition.edition
    fitted = _fitted(composition)
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
        "fonts": describe(printed.faces),
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
    return (*wrong, *unknown_fallbacks(area.fallback), *_fitted(composition).findings)


def setting_font(edition: Edition, character: str) -> str:
    """The family that sets a character in an edition's running text; empty where none has it.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font.
    """
    asked = tuple(font.family for font in edition.area.fallback)
    profile = with_fallbacks(_profile(edition), frozenset(character), asked)
    return setter_of(profile)(character)


def _fitted(composition: Composition) -> FittedBook:
    """A book as it is set, and its fonts; without those that it names and that are not installed."""
    return fit(composition, _profile(composition.edition), OwnFonts(composition.assets).codes())


def _profile(edition: Edition) -> FontProfile:
    """An edition's fonts; without the Latin one where that is not installed."""
    return choose(edition.language, find_latin(edition.area.latin)[0])


def font_names(edition: Edition) -> tuple[str, ...]:
    """The families that an edition's colophon names: those of text, quotations, headings and Latin text.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font.
    """
    profile = _profile(edition)
    families = [profile.families[role] for role in ROLES if role in profile.families and role != "mono"]
    return tuple(dict.fromkeys([*families, *([profile.latin] if profile.latin else [])]))
