"""The bytes of a font's file, which Pango has mapped into memory."""

from typing import Any

from weasyprint.text.ffi import ffi, harfbuzz  # type: ignore[import-untyped]
from weasyprint.text.fonts import get_hb_object_data  # type: ignore[import-untyped]

from keben.core.frugal import let_pages_go


def font_file(hb_face: Any) -> bytes:
    """The whole file of one of HarfBuzz's faces.

    To read it brings all of the mapped file into memory, beside what is given. A book needs a few pages of that only.
    """
    data: bytes = get_hb_object_data(hb_face)
    with ffi.new("unsigned int *") as length:
        blob = harfbuzz.hb_face_reference_blob(hb_face)
        address = int(ffi.cast("uintptr_t", harfbuzz.hb_blob_get_data(blob, length)))
        let_pages_go(address, int(length[0]))
        harfbuzz.hb_blob_destroy(blob)
    return data
