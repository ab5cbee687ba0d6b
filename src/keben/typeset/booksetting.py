"""What a book is set from: its styles, its fonts, and its documents as one.

The same composition gives the same in any process.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from keben.core.composition import Composition
from keben.core.edition import Edition
from keben.core.errors import Finding, SourceError
from keben.core.markup import Element
from keben.core.notemarks import marks_in
from keben.core.numerals import note_mark
from keben.core.pressing import Press
from keben.core.printed import style_characters
from keben.core.store import Store
from keben.core.values import dataclass
from keben.typeset.assemble import assemble
from keben.typeset.facetexts import face_texts
from keben.typeset.folios import folios_of, signs_of
from keben.typeset.fonts import FontProfile, choose
from keben.typeset.fonts.columnfonts import (
    GENERATED,
    MEASURED,
    ColumnFonts,
    FaceTexts,
    column_families,
    column_rules,
    texts_of,
)
from keben.typeset.fonts.fontmarks import font_marks
from keben.typeset.fonts.glyphs import fit
from keben.typeset.fonts.latin import find_latin, unknown_fallbacks
from keben.typeset.fonts.own import OwnFonts
from keben.typeset.formulas import with_drawn_formulas
from keben.typeset.page import PageLayout, lay_out
from keben.typeset.resources import BASE, Resources, is_picture
from keben.typeset.sheets import PageSheets, StyleSheet, page_sheets
from keben.typeset.shown import ANY, load_files
from keben.typeset.turned import turn_pictures

if TYPE_CHECKING:
    from keben.typeset import weasy


@dataclass(frozen=True, slots=True)
class BookSetting:
    """What a book is set from."""

    job: "weasy.PrintJob"
    layout: PageLayout
    profile: FontProfile
    own_fonts: OwnFonts
    theme: PageSheets
    findings: tuple[Finding, ...]
    """Formulas that cannot be drawn."""


def setting_of(
    composition: Composition, cache: Path | None, press: Press | None, store: Store, *, marked: bool
) -> BookSetting:
    """What `keben.typeset.typeset` sets a book from. ``marked``: its chapters are kept, or drawn in other processes.

    Raises:
        SourceError, BuildError, MachineError: as that does.
    """
    edition = composition.edition
    layout = lay_out(edition.area, edition.writing)
    latin = _latin_of(edition)
    composition, undrawn = with_drawn_formulas(composition)
    marks = font_marks(edition, composition.styles.values(), cache) if marked else ()
    own_codes = OwnFonts(composition.assets).codes()
    fitted = fit(composition, choose(edition.language, latin), own_codes, store, marks)
    composition, profile = fitted.composition, fitted.profile
    # Pango is loaded when a book is set, not with the package: all else works on a machine without it.
    from keben.typeset import weasy

    theme = page_sheets(composition, layout, profile, press)
    tree = assemble(_standing(composition, layout), profile)
    folios = folios_of(composition)
    by_styles = style_characters(composition) | signs_of(folios) if layout.vertical else frozenset()
    texts = texts_of(tree.root(), by_styles) if layout.vertical else {}
    own_fonts = OwnFonts(composition.assets, edition.language, texts)
    sheets = theme.set_in(profile, vertical=layout.vertical)
    if layout.vertical and own_fonts:
        sheets = tuple(replace(sheet, text=own_fonts.with_pairs(sheet.text)) for sheet in sheets)
    fonts = None
    if layout.vertical:
        faces = _faces_of(profile, tree.root(), sheets, by_styles)
        fonts = ColumnFonts(profile, edition.language, texts, cache, faces)
    resources = Resources(composition.assets, composition.drawings, profile, fonts, own_fonts, cache)
    job = weasy.PrintJob(
        name=f"{composition.metadata.slug}-{edition.name}{'-press' if press else ''}.pdf",
        tree=tree,
        sheets=sheets,
        resources=resources,
        kinsoku=edition.area.kinsoku,
        grid=(layout.first_lines, layout.line),
        folios=folios,
        columns=(layout.top, layout.body) if layout.vertical else None,
        parts=tuple(document.name for document in composition.texts),
        emoji=(profile.columns if layout.vertical else profile.stack)("serif"),
        fonts=column_rules(profile, BASE, faces=fonts.faces) if fonts else "",
        store=store,
        mark=(_mark_of(composition, profile, marks), _shown_by(sheets, resources)) if marked else (),
        page_marks=_page_marks(composition),
    )
    return BookSetting(job, layout, profile, own_fonts, theme, undrawn)


def _faces_of(
    profile: FontProfile, root: Element, sheets: Iterable[StyleSheet], by_styles: frozenset[str]
) -> FaceTexts:
    """What each face of a vertical edition sets; ``by_styles``: what is printed that the document does not say."""
    always = by_styles | GENERATED | MEASURED
    texts = [sheet.text for sheet in sheets]
    return face_texts(root, texts, column_families(profile), always, profile.beside)


def _page_marks(composition: Composition) -> tuple[str, ...]:
    """The marks of as many notes as a page may have, where they are numbered by page."""
    edition = composition.edition
    if edition.notes_number != "page":
        return ()
    count = sum(len(marks_in(document.root)) for document in composition.texts)
    return tuple(note_mark(number, edition.notes, edition.writing) for number in range(1, count + 1))


def _mark_of(composition: Composition, profile: FontProfile, marks: tuple[object, ...]) -> tuple[object, ...]:
    """What the fonts are that a book's pages hang on."""
    own = {path: each for path, each in composition.assets.items() if not is_picture(each)}
    return profile, own, marks


def _shown_by(sheets: Iterable[StyleSheet], resources: Resources) -> tuple[object, ...]:
    """The pictures that style sheets may show."""
    return resources.shown((ANY,) if load_files(sheet.text for sheet in sheets) else ())


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
