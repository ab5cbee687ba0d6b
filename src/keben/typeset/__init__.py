"""typeset: Composition → PDF.

Comes in: a `Composition` in its edition's script.
Goes out: an `Artifact`, a tagged PDF, and findings.
Touches: the machine's fonts, through fontconfig and Pango, and the cache of fonts for columns.

1. `fonts` chooses the fonts for the edition (`lent`: a partial 楷体; `latin`: another Latin font), and `glyphs` proves
   that they have every character.
2. `page` places the type area on its page.
3. `sheets` has the styles; `assemble` makes one document of the book; `notes` puts the notes at their references, and
   `lists` counts.
4. A vertical book's pages are rotated: `columnfonts` and `vertical` make its fonts, `turned` turns its pictures.
5. `booksetting` combines these. `weasy` lays it out and writes the file, `resources` gives it pictures, `metadata`
   says what it is, and `helped` lets other processes set it, or draw its chapters.

`cover` draws the cover's picture in the same way, and `coversheet` the printed book's cover.
`ebookfonts` subsets fonts for an EPUB.

`engine`, `helped` and `drawncover` have the public functions; each is loaded when it is first used.
"""

from typing import TYPE_CHECKING

from keben.core.loading import loaded_later

if TYPE_CHECKING:
    from keben.typeset.drawncover import COVER_PATH, draw_cover
    from keben.typeset.ebookfonts import ebook_fonts
    from keben.typeset.engine import (
        cover_sheet,
        draw_pictures,
        missing_glyphs,
        setting_font,
        typeset,
    )
    from keben.typeset.fonts.chosen import font_names
    from keben.typeset.helped import draw_chapter, load, typeset_apart

__all__ = [
    "COVER_PATH",
    "cover_sheet",
    "draw_chapter",
    "draw_cover",
    "draw_pictures",
    "ebook_fonts",
    "font_names",
    "load",
    "missing_glyphs",
    "setting_font",
    "typeset",
    "typeset_apart",
]

_HOMES = {
    **dict.fromkeys(__all__, "engine"),
    "COVER_PATH": "drawncover",
    "draw_chapter": "helped",
    "draw_cover": "drawncover",
    "ebook_fonts": "ebookfonts",
    "font_names": "fonts.chosen",
    "load": "helped",
    "typeset_apart": "helped",
}

__getattr__ = loaded_later(__name__, _HOMES)
