"""typeset: Composition → PDF.

1. `fonts` chooses the faces for the edition's language (`lent`: a 楷体 in part), and `glyphs` proves that they have
   every character.
2. `page` places the type area on its page.
3. `assemble` makes one document of the book; `notes` puts the notes where they are called.
4. A vertical book's pages lie on their side: `columnfonts` and `vertical` make its fonts, `turned` turns its pictures.
5. `weasy` lays it out and writes the file, `resources` gives it pictures, and `metadata` says what it is.

`cover` draws the cover's picture with the same means.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from keben import __version__
from keben.errors import BuildError, Finding
from keben.model import Artifact, Asset, Composition
from keben.typeset.assemble import assemble
from keben.typeset.columnfonts import ColumnFonts, texts_of
from keben.typeset.fonts import ROLES, Face, choose, describe, face_of, version_of
from keben.typeset.glyphs import missing_in
from keben.typeset.page import lay_out, page_css
from keben.typeset.resources import Resources
from keben.typeset.turned import turn_pictures
from keben.typeset.vertical.cache import cache_folder

if TYPE_CHECKING:
    # Pango is loaded when a book is set, not with the package: all else works on a machine without it.
    from keben.typeset import weasy


def typeset(composition: Composition, cache: Path | None = None) -> Artifact:
    """Set a book as a PDF that conforms to PDF/A-2a and PDF/UA-1.

    ``cache`` is a folder that keeps the fonts of vertical books from one build to the next; None: they are made anew.
    The artifact's facts: ``pages``, and ``fonts`` with name, style, file, version and hash of each face used.

    Raises:
        SourceError: the type area does not fit the page.
        BuildError: a style sheet, a picture or a note is at fault.
        MachineError: this machine lacks Pango, fontconfig or a Chinese font.
    """
    edition = composition.edition
    layout = lay_out(edition.area, edition.writing)
    profile = choose(edition.language)
    from keben.typeset import weasy

    own = weasy.Sheet("the page's own styles", page_css(layout, profile))
    base, *theirs = (
        [weasy.Sheet(f"styles/{name}", composition.styles[name])] if name in composition.styles else []
        for name in ("base.css", "print.css", *(["print-vertical.css"] if layout.vertical else []))
    )
    sheets = (*base, own, *chain.from_iterable(theirs))
    drawings = {document.name: document for document in composition.documents if document.kind == "drawing"}
    name = f"{composition.metadata.slug}-{edition.name}.pdf"
    fonts = None
    if layout.vertical:
        documents = [
            replace(document, root=turn_pictures(document.root, composition, layout))
            for document in composition.documents
        ]
        composition = replace(composition, documents=tuple(documents))
    root = assemble(composition, profile)
    if layout.vertical:
        fonts = ColumnFonts(profile, edition.language, texts_of(root), cache)
    job = weasy.Job(
        name,
        root,
        sheets,
        Resources(composition.assets, drawings, profile, fonts),
        edition.area.kinsoku,
        (layout.first_lines, layout.line),
        (layout.top, layout.body) if layout.vertical else None,
    )
    record = weasy.Record(composition.metadata, edition.language, composition.epoch, f"Keben {__version__}")
    printed = weasy.print_book(job, record)
    _require_named(printed.faces, sheets, name)
    facts = {"pages": printed.pages, "fonts": describe(printed.faces), "lines": printed.lines}
    return Artifact(name, edition.name, "pdf", printed.data, facts)


def _require_named(faces: Iterable[Face], sheets: "Iterable[weasy.Sheet]", name: str) -> None:
    """A font that no style names came in by a generic name or by the machine's own substitution.

    Raises:
        BuildError: there is one.
    """
    named = "\n".join(sheet.text for sheet in sheets).casefold()
    strange = [face.families[0] for face in faces if face.families[0].casefold() not in named]
    if strange:
        message = f"Some text is set in {', '.join(strange)}, which no style sheet names."
        advice = "In the theme, name a font or use var(--serif), var(--kai), var(--sans) or var(--mono)."
        raise BuildError.at(name, "unexpected-font", message, advice)


def draw_cover(composition: Composition) -> Asset | None:
    """The book's cover drawing as a JPEG of 1500 × 2400 pixels; None where it has no drawing.

    Raises:
        BuildError: the drawing is at fault.
        MachineError: this machine lacks Pango, fontconfig or a Chinese font.
    """
    profile = choose(composition.edition.language)
    from keben.typeset import cover

    return cover.draw(composition, profile)


def missing_glyphs(composition: Composition) -> tuple[Finding, ...]:
    """An error for each character and place that no font chosen for the edition's language has a glyph for.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font.
    """
    return missing_in(composition, choose(composition.edition.language).stack("serif"))


def font_cache(environment: Mapping[str, str]) -> Path | None:
    """The folder that keeps the fonts of vertical books; None where the machine has no home for it."""
    return cache_folder(environment)


def font_names(language: str) -> tuple[str, ...]:
    """The families that a colophon names: those of text, quotations and headings.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font.
    """
    families = choose(language).families
    return tuple(dict.fromkeys(families[role] for role in ROLES if role in families and role != "mono"))


def font_facts(language: str) -> tuple[tuple[str, str, str], ...]:
    """Family, file name and version of the faces that a language may be set in; cheap enough to ask at each build.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font.
    """
    faces = dict.fromkeys(
        face for name in choose(language).names for weight in (400, 700) if (face := face_of(name, weight))
    )
    return tuple(
        (face.families[0], face.file.rpartition("/")[2], version_of(face.file, face.index)) for face in faces
    )
