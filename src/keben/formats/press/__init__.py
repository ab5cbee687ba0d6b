"""press: a PDF → the same pages as a printer wants them.

1. `geometry` works out where a page's boxes and marks are, from numbers alone.
2. `colours` makes black and grey pure black ink, in every stream of the file; everything else too, if asked.
3. `writing` turns rotated pages upright, adds boxes and marks, and removes what is only for the screen.
4. `output` says which printing condition the file is made for: PDF/X-4 (ISO 15930-7).
"""

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf

from keben.core.composition import Artifact
from keben.core.errors import BuildError
from keben.core.pressing import Press
from keben.core.saying import wording
from keben.formats.press.colours import pure_black
from keben.formats.press.output import describe, standard_of
from keben.formats.press.writing import finish_pages

__all__ = ["press_ready"]


def press_ready(
    printed: Artifact, press: Press, epoch: int, *, folds: Sequence[float] = (), in_black: bool = False
) -> Artifact:
    """A PDF whose pages have their bleed, as a file for a printer. The same PDF gives the same bytes.

    Args:
        printed: its pages' TrimBox is the trimmed page, and the area around it is bleed.
        press: how it is made.
        epoch: the time that it carries, in seconds since 1970 UTC.
        folds: where it is folded, in millimetres from the left edge of the trimmed page.
        in_black: whether all of it is printed in black ink.

    The artifact's facts are those of the PDF, and ``trim``, ``bleed`` (millimetres), ``colours`` (what its text and
    drawings are printed with, beside black: ``CMYK``, ``RGB``) and ``standard`` (``PDF/X-4``, or empty).

    Raises:
        BuildError: a page cannot be read.
    """
    try:
        with pikepdf.open(io.BytesIO(printed.data)) as pdf:
            colours = pure_black(pdf, only=in_black)
            trim = finish_pages(pdf, press, folds)
            describe(pdf, press, epoch)
            out = io.BytesIO()
            pdf.save(
                out,
                force_version="1.6",
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
    except pikepdf.PdfError:
        raise BuildError.at(
            printed.name, "broken-pdf", wording("What is on its pages cannot all be read.")
        ) from None
    facts = {
        **printed.facts,
        "trim": [round(side, 2) for side in trim],
        "bleed": press.bleed,
        "colours": sorted(colours),
        "standard": standard_of(press),
    }
    return replace(printed, data=out.getvalue(), facts=facts)
