"""The folder where WeasyPrint puts the fonts that styles load, for fontconfig to open them.

A large font that Keben keeps as a file need not be read and written for that: the folder gets the file itself.
"""

from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from keben.typeset.fonts.keptfiles import FontFile


class OpenedFile:
    """A kept font as WeasyPrint reads a response."""

    def __init__(self, font: FontFile) -> None:
        self._font = font

    def read(self) -> FontFile:
        """The font, which is sliced and written like bytes."""
        return self._font

    def close(self) -> None:
        """Nothing: the font is closed when nobody has it any more."""


class _FontFolder(type(Path())):  # type: ignore[misc]
    """A path below which a kept font is put, not written."""

    def write_bytes(self, data: Any) -> int:
        if not isinstance(data, FontFile):
            return int(super().write_bytes(data))
        data.put(self)
        return len(data)


def folder_of_fonts() -> Path:
    """A new folder for the fonts of a document."""
    return _FontFolder(mkdtemp(prefix="weasyprint-"))
