"""The files of fonts, read when they are cut down, and objects of a file, written once.

WeasyPrint holds the whole file of each font, tens of megabytes for a Chinese one, from when it is first drawn in until
its part goes into the PDF. And it asks each object of a PDF twice for what it writes, for the file and for the file's
identifier: what is compressed is compressed twice.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.pdf import fonts, pydyf  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.weasy.fontbytes import font_file
from keben.typeset.weasy.inside import Patch, replaced, rewritten

PATCH = Patch(
    "font-files-held",
    wording("The files of fonts take memory while a book is set"),
    ((fonts.Font, "__init__", "self pango_font description font_size"),),
    "notice",
)

_READ = "self.file_content = get_hb_object_data(self.hb_face)", "self.file_content = None"
_NAME = "_keben_file"

_LEVEL = 7
"""Of compression. The structure of a novel takes three times as long with 9, and is not a fiftieth smaller."""


@contextmanager
def files_late() -> Iterator[None]:
    """Read the files of fonts late in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    # The class has no such attribute, only its objects have.
    fonts.Font.file_content = property(_file, lambda font, data: setattr(font, _NAME, data))
    try:
        with replaced((fonts.Font, "__init__", rewritten(fonts.Font.__init__, _READ))):
            yield
    finally:
        del fonts.Font.file_content


def _file(font: Any) -> bytes:
    data: bytes | None = getattr(font, _NAME)
    if data is None:
        data = font_file(font.hb_face)
        setattr(font, _NAME, data)
    return data


def write_once(pdf: Any) -> None:
    """Let each object of a finished PDF keep what it writes."""
    for number, thing in enumerate(pdf.objects):
        if thing.free != "f":
            kept = _WrittenStream if isinstance(thing, pydyf.Stream) else WrittenObject
            made = kept(thing)
            made.number, made.generation, made.free = thing.number, thing.generation, thing.free
            pdf.objects[number] = made
    # These are asked for their numbers, which they keep.
    add = pdf.add_object

    def add_object(thing: Any) -> None:
        if isinstance(thing, pydyf.Stream):
            _compress(thing)
        add(thing)

    # What comes now holds other objects, or says where they are.
    pdf.add_object = add_object


def _compress(stream: Any) -> None:
    """Compress what a stream has, so that it is not done each time that it is asked for its data."""
    if stream.compress:
        joined = b"\n".join(map(pydyf._to_bytes, stream.stream))
        stream.stream, stream.compress = [zlib.compress(joined, _LEVEL)], False
        stream.extra["Filter"] = "/FlateDecode"


class _WrittenOnce:
    """What writes its data once, or has them written already."""

    def __init__(self, source: Any) -> None:
        super().__init__()
        self._source = source

    @property
    def data(self) -> bytes:
        """What stands in the file."""
        if not isinstance(self._source, bytes):
            self._source = self._source.data
        return self._source


class WrittenObject(_WrittenOnce, pydyf.Object):  # type: ignore[misc]
    """An object of a file that is written once, or is written already."""


class _WrittenStream(_WrittenOnce, pydyf.Stream):  # type: ignore[misc]
    """A stream that is written once."""
