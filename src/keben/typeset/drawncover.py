"""The drawn cover of an e-book, from the store where it is there: then no engine is loaded."""

from dataclasses import replace
from pathlib import Path

from keben.core.book import Asset
from keben.core.composition import Composition
from keben.core.errors import Finding
from keben.core.store import NO_STORE, Store
from keben.typeset.fonts.fontmarks import font_marks

COVER_PATH = "images/cover.jpg"
"""Of a cover that is drawn."""


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
    from keben.typeset.cover import front

    drawn, findings = front.draw(composition, cover)
    if not findings:
        store.put(key, drawn)
    return Asset(COVER_PATH, "image/jpeg", drawn), findings
