"""A cover's drawing as WeasyPrint prints it, as a picture: any drawing, at the price of loading it."""

from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from keben.core.composition import Composition, Document
from keben.core.errors import Finding
from keben.core.markup import element
from keben.core.pdfium import PDFIUM
from keben.typeset import weasy
from keben.typeset.cover.picture import HEIGHT, WIDTH
from keben.typeset.engine import fitted_book
from keben.typeset.fonts.latin import latin_rules
from keben.typeset.fonts.lent import font_faces
from keben.typeset.fonts.letters import letter_rules
from keben.typeset.resources import BASE, Resources

_CSS = f"""@page {{ size: {WIDTH}px {HEIGHT}px; margin: 0 }}
html, body {{ margin: 0; line-height: 0 }}
img {{ display: block; width: {WIDTH}px; height: {HEIGHT}px }}
"""


def print_cover(composition: Composition, cover: Document) -> tuple[Image.Image, tuple[Finding, ...]]:
    """The picture, with warnings of how it looks. ``composition`` has no other documents that count.

    Raises:
        BuildError: WeasyPrint found fault with the drawing.
        MachineError: this machine lacks Pango, fontconfig or a Chinese font.
    """
    fitted = fitted_book(composition)
    composition, profile = fitted.composition, fitted.profile
    cover = composition.cover or cover
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
    return _picture(pdf), findings


def _picture(pdf: bytes) -> Image.Image:
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    if picture.size != (WIDTH, HEIGHT):
        picture = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return picture
