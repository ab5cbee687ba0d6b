"""A cover's drawing as the picture that book stores and shelves show."""

import io
from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from keben.core.book import Asset
from keben.core.composition import Composition
from keben.core.errors import Finding
from keben.core.markup import element
from keben.core.pdfium import PDFIUM
from keben.typeset import weasy
from keben.typeset.drawncover import COVER_PATH
from keben.typeset.fonts import FontProfile
from keben.typeset.fonts.latin import latin_rules
from keben.typeset.fonts.lent import font_faces
from keben.typeset.fonts.letters import letter_rules
from keben.typeset.resources import BASE, Resources

WIDTH, HEIGHT = 1500, 2400
"""Pixels: 3.6 megapixels, under Apple's limit of 4."""

_CSS = f"""@page {{ size: {WIDTH}px {HEIGHT}px; margin: 0 }}
html, body {{ margin: 0; line-height: 0 }}
img {{ display: block; width: {WIDTH}px; height: {HEIGHT}px }}
"""


def draw(composition: Composition, profile: FontProfile) -> tuple[Asset | None, tuple[Finding, ...]]:
    """The "cover" document as a JPEG, None where the book has none; with warnings of how it looks.

    Raises:
        BuildError: WeasyPrint found fault with the drawing.
    """
    cover = composition.cover
    if cover is None:
        return None, ()
    resources = Resources(composition.assets, {"cover.svg": cover}, profile)
    page = element(
        "html",
        {"lang": composition.edition.language},
        element("head", None, element("title", None, cover.title)),
        element("body", None, element("img", {"src": f"{BASE}cover.svg", "alt": cover.title})),
    )
    rules = "".join(rules_of(profile, BASE) for rules_of in (font_faces, latin_rules, letter_rules))
    sheet = weasy.StyleSheet("the cover's own styles", _CSS + rules)
    job = weasy.PrintJob(cover.path or cover.name, page, (sheet,), resources, emoji=profile.stack("serif"))
    pdf, findings = weasy.print_plain(job, composition.edition.language)
    return Asset(COVER_PATH, "image/jpeg", _jpeg(pdf)), findings


def _jpeg(pdf: bytes) -> bytes:
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    if picture.size != (WIDTH, HEIGHT):
        picture = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    # No subsampling: it frays the edges of type on a coloured ground.
    picture.save(out, "JPEG", quality=90, optimize=True, subsampling=0, dpi=(300, 300))
    return out.getvalue()
