"""Small PDFs to be imposed, made by hand: each page says its number in Helvetica, in its upright middle."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf


def leaflet(pages, size=(419.53, 595.28), *, rotate=0, title=None, right_to_left=False, **boxes) -> Pdf:
    """A PDF of some pages; they are ``size`` when they are seen, whatever /Rotate."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    wide, high = size[::-1] if rotate % 180 else size
    turns = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}
    for number in range(1, pages + 1):
        content = f"BT /F0 24 Tf {turns[rotate]} {wide / 2} {high / 2} Tm (page {number}) Tj ET"
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, wide, high]),
            Resources=Dictionary(Font=Dictionary(F0=font)),
            Contents=pdf.make_stream(content.encode()),
        )
        if rotate:
            page.Rotate = rotate
        for name, box in boxes.items():
            page[f"/{name}"] = Array(box)
        pdf.pages.append(pikepdf.Page(page))
    if title:
        pdf.docinfo[Name.Title] = title
    if right_to_left:
        pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)
    return pdf


def saved(pdf: Pdf, **options) -> bytes:
    out = BytesIO()
    pdf.save(out, deterministic_id=not options.get("encryption"), **options)
    return out.getvalue()
