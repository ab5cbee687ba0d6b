"""The bytes of a font's file, which Pango has mapped into memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.text.ffi import ffi, harfbuzz  # type: ignore[import-untyped]
from weasyprint.text.fonts import get_hb_object_data  # type: ignore[import-untyped]

from keben.core.frugal import let_pages_go
from keben.typeset.fonts.files import mark_of_bytes


def file_mark(hb_face: Any) -> str:
    """The mark of the file of one of HarfBuzz's faces (`mark_of_bytes`)."""
    with _blob(hb_face) as (address, length):
        return mark_of_bytes(memoryview(ffi.buffer(ffi.cast("char *", address), length)))


def font_file(hb_face: Any) -> bytes:
    """The whole file of one of HarfBuzz's faces.

    To read it brings all of the mapped file into memory, beside what is given. A book needs a few pages of that only.
    """
    data: bytes = get_hb_object_data(hb_face)
    with _blob(hb_face) as (address, length):
        let_pages_go(address, length)
    return data


@contextmanager
def _blob(hb_face: Any) -> Iterator[tuple[int, int]]:
    """Where a face's file is in memory, and how long it is."""
    with ffi.new("unsigned int *") as length:
        blob = harfbuzz.hb_face_reference_blob(hb_face)
        try:
            address = int(ffi.cast("uintptr_t", harfbuzz.hb_blob_get_data(blob, length)))
            yield address, int(length[0])
        finally:
            harfbuzz.hb_blob_destroy(blob)
