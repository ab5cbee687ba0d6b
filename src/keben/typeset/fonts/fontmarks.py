"""A mark of the fonts that an edition can be set in: it changes when a font file does, whatever it is called."""

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from keben.core.edition import Edition
from keben.core.errors import MachineError
from keben.core.replacing import take_place
from keben.typeset.fonts import Face, choose, face_of, installed
from keben.typeset.fonts.files import mark_of
from keben.typeset.fonts.latin import find_latin, latin_faces

_STORE = "marks.json"


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
    known = _read(store)
    fresh: dict[str, list[object]] = {}
    hashes: dict[str, str] = {}
    for file in sorted(files):
        try:
            stat = Path(file).stat()
            stamp = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
            entry = known.get(file)
            is_known = isinstance(entry, list) and len(entry) == len(stamp) + 1 and entry[:-1] == stamp
            hashes[file] = str(entry[-1]) if entry and is_known else mark_of(file)
        except OSError:
            hashes[file] = ""
            continue
        if not is_known:
            fresh[file] = [*stamp, hashes[file]]
    if fresh and store is not None:
        _write(store, {**known, **fresh})
    return hashes


def _read(store: Path | None) -> Mapping[str, list[object]]:
    if store is None:
        return {}
    try:
        known = json.loads((store / _STORE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(store: Path, known: Mapping[str, list[object]]) -> None:
    """Keep hashes, if the disk lets them be; by rename, for other builds read them."""
    with suppress(OSError):
        store.mkdir(parents=True, exist_ok=True)
        descriptor, path = tempfile.mkstemp(dir=store, prefix=".hashes-")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as stream:
            json.dump(known, stream)
        take_place(Path(path), store / _STORE)
