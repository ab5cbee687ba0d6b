"""A mark of the fonts that an edition can be set in: it changes when a font file does, whatever it is called."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from keben.core.edition import Edition
from keben.core.errors import MachineError
from keben.core.filestates import FileStates
from keben.typeset.fonts import Face, choose, face_of, installed
from keben.typeset.fonts.files import mark_of
from keben.typeset.fonts.latin import find_latin, latin_faces


class _Marks(FileStates):
    """The hashes of font files' ends and tables of contents."""

    NAME: ClassVar[str] = "marks.json"

    def of(self, file: str) -> str:
        """That of a file; empty where it cannot be read."""
        try:
            return self.fact(Path(file).absolute(), lambda: mark_of(file))
        except OSError:
            return ""


def font_marks(edition: Edition, texts: Iterable[str], store: Path | None = None) -> tuple[object, ...]:
    """What a cache key holds of fonts; nothing but that there are none where the machine lacks them.

    Of the faces that the edition is set in, and of those of families that ``texts`` (a theme's styles and templates)
    name, a hash of their files (`keben.typeset.fonts.files.mark_of`); of all others, one of which may set a character
    that these lack, the file's size.
    ``store`` is a folder that keeps hashes, so that a file is read again only where its size or its time is another.
    """
    try:
        profile = choose(edition.language, find_latin(edition.area.latin)[0])
        every = installed()
    except MachineError as error:
        return tuple(finding.code for finding in error.findings)
    text = "\n".join(texts).casefold()
    named = _named(every, text)
    used = [face for name in profile.names for weight in (400, 700) if (face := face_of(name, weight))]
    files = {face.file for face in (*used, *latin_faces(profile).values(), *named)}
    hashes = _hashes(files, store)
    return tuple(sorted((Path(file).name, mark) for file, mark in hashes.items())), face_marks()


def face_marks() -> tuple[tuple[object, ...], ...]:
    """File name, index, families and size of the file of each face that is installed.

    Raises:
        MachineError: nobody can say which there are.
    """
    marks = {(Path(face.file).name, face.index, face.families, _size(face.file)) for face in installed()}
    return tuple(sorted(marks))


def _named(faces: Iterable[Face], text: str) -> list[Face]:
    known: dict[str, bool] = {}
    for face in faces:
        for family in face.families:
            if family not in known:
                known[family] = family.casefold() in text
    return [face for face in faces if any(known[family] for family in face.families)]


def _size(file: str) -> int:
    try:
        return os.stat(file).st_size  # noqa: PTH116 - a thousand of them at each build
    except OSError:
        return -1


def _hashes(files: Iterable[str], store: Path | None) -> dict[str, str]:
    """The hash of each file, by its path; empty where it cannot be read."""
    marks = _Marks.read(store)
    hashes = {file: marks.of(file) for file in sorted(files)}
    marks.keep()
    return hashes
