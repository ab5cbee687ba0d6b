"""Drawings as pictures, for programs that show no SVG."""

import io
from collections.abc import Iterable, Mapping
from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]

from keben.core.book import Encoded
from keben.core.composition import Composition
from keben.core.errors import Finding
from keben.core.markup import element
from keben.core.pdfium import PDFIUM
from keben.typeset import weasy
from keben.typeset.fonts import FontProfile
from keben.typeset.fonts.latin import latin_rules
from keben.typeset.fonts.lent import font_faces
from keben.typeset.fonts.letters import letter_rules
from keben.typeset.resources import BASE, Resources

_SCALE = 2.0
"""Pixels of the picture in one of the drawing's."""
_WIDEST = 2400
"""Pixels."""


def draw(
    composition: Composition, profile: FontProfile, wanted: Iterable[tuple[str, float, float]]
) -> tuple[Mapping[str, Encoded], tuple[Finding, ...]]:
    """A PNG of each drawing of a book, by path; ``wanted`` has their paths with width and height in pixels.

    Raises:
        BuildError: WeasyPrint found fault with one.
    """
    resources = Resources(composition.assets, composition.drawings, profile)
    rules = "".join(rules_of(profile, BASE) for rules_of in (font_faces, latin_rules, letter_rules))
    found: list[Finding] = []
    drawn: dict[str, Encoded] = {}
    for path, width, height in wanted:
        page = element(
            "html",
            {"lang": composition.edition.language},
            element("head", None, element("title", None, path)),
            element("body", None, element("img", {"src": f"{BASE}{path}", "alt": path})),
        )
        css = (
            f"@page {{ size: {width:g}px {height:g}px; margin: 0 }} html, body {{ margin: 0; line-height: 0 }} "
            f"img {{ display: block; width: {width:g}px; height: {height:g}px }}"
        )
        sheet = weasy.StyleSheet("the drawing's own styles", css + rules)
        job = weasy.PrintJob(path, page, (sheet,), resources, emoji=profile.stack("serif"))
        pdf, findings = weasy.print_plain(job, composition.edition.language)
        found += findings
        drawn[path] = Encoded("image/png", _png(pdf, min(_SCALE, _WIDEST / width) * width))
    return drawn, tuple(found)


def _png(pdf: bytes, width: float) -> bytes:
    with PDFIUM, closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0]
        picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
