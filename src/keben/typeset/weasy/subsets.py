"""Fonts cut down to a book's glyphs: one that cannot be cut down in one way is in another, and costs no book.

HarfBuzz does it first, without the table GDEF, which no reader of a PDF uses and which HarfBuzz before 10.2 cannot
always cut down; then fontTools; and if that fails too, the font goes into the file whole.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint.logger import LOGGER  # type: ignore[import-untyped]
from weasyprint.pdf import fonts  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.weasy.inside import Patch, replaced, rewritten

CUT_OTHERWISE = (
    'HarfBuzz cannot cut down the font "%s" to the characters of the book; fontTools did. It takes %s.'
)
WHOLE = (
    'The font "%s" cannot be cut down to the characters of the book. All of it is in the file and takes %s.'
)

PATCH = Patch(
    "fonts-not-cut",
    wording("A font that HarfBuzz cannot cut down may be in the file whole"),
    (
        (fonts.Font, "subset", "self to_unicode hinting"),
        (fonts.Font, "_harfbuzz_subset", "self to_unicode hinting"),
        (fonts.Font, "_fonttools_subset", "self to_unicode hinting"),
    ),
)

# The tables that WeasyPrint leaves out, in the order of their names.
_DROPPED = "b'EBSC', b'GPOS'", "b'EBSC', b'GDEF', b'GPOS'"


def _without_gdef() -> Any:
    return rewritten(fonts.Font._harfbuzz_subset, _DROPPED)


@contextmanager
def never_failing() -> Iterator[None]:
    """Cut down fonts so in what is written to a PDF in the block, if `PATCH` is known. Not for several threads at once.

    Where HarfBuzz fails, WeasyPrint's log says by `CUT_OTHERWISE` or `WHOLE` what was done. A font's file has no time
    of its own: the same book gives the same bytes.
    """
    first = fonts.Font.subset
    others: list[tuple[Any, str, Any]] = []
    if hasattr(fonts, "TTFont"):
        others.append((fonts, "TTFont", partial(fonts.TTFont, recalcTimestamp=False)))
    if PATCH.is_known():
        others += (
            (fonts.Font, "subset", lambda font, used, hinting: _subset(font, used, hinting, first)),
            (fonts.Font, "_harfbuzz_subset", _without_gdef()),
        )
    with replaced(*others):
        yield


def _subset(font: Any, used: dict[int, str], hinting: Any, first: Callable[..., None]) -> None:
    if not used or _is_done(font, lambda: first(font, used, hinting)):
        return
    if _is_done(font, lambda: font._fonttools_subset(used, hinting)):
        LOGGER.warning(CUT_OTHERWISE, _name(font), _size(font.file_content))
        return
    if font.file_content[:4] == b"ttcf":
        # A collection is no font that a PDF can hold.
        font.file_content = _single(font.file_content, font.index)
    LOGGER.warning(WHOLE, _name(font), _size(font.file_content))


def _is_done(font: Any, subset: Callable[[], None]) -> bool:
    """Whether a way works: else it raises, or leaves the font as it was."""
    before = font.file_content
    try:
        subset()
    except Exception:  # noqa: BLE001 - a font that someone else made; the next way is tried
        font.file_content = before
    return font.file_content is not before


def _single(collection: bytes, index: int) -> bytes:
    """A face of a collection as a font of its own; its tables are not read."""
    out = io.BytesIO()
    with TTFont(io.BytesIO(collection), fontNumber=index, lazy=True, recalcTimestamp=False) as font:
        font.save(out, reorderTables=None)
    return out.getvalue()


def _name(font: Any) -> str:
    """A face as it is named in the PDF, without the tag of a part: ``Noto Serif CJK SC Bold``."""
    return str(font.name.decode()).rpartition("+")[2].replace("-", " ")


def _size(data: bytes) -> str:
    return f"{len(data) / 1_000_000:.1f} MB" if len(data) >= 1_000_000 else f"{len(data) / 1000:.0f} kB"
