"""What builds keep for later ones below the user's cache folder: results of steps, checksums, and fonts."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from keben.build.known import FILE as TOOLS
from keben.build.known import known_versions
from keben.build.machine import machine_facts
from keben.build.sums import FILE
from keben.core.fingerprint import fingerprint
from keben.core.store import FONTS, Store, caches_folder, empty
from keben.project.assets import FileMarks

_STORE = "store"


def store_of(caches: Path | None) -> Store:
    """The store below the user's caches: what it keeps depends on Keben's code, its distributions and the machine."""
    return Store(caches / _STORE if caches else None, fingerprint(known_versions(caches), machine_facts()))


def forget(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Delete all that builds keep, and give the paths deleted. Nothing of a book is lost: it is made again."""
    caches = caches_folder(environment)
    if caches is None:
        return ()
    gone = [*empty(caches / _STORE)]
    fonts = caches / FONTS
    for path in (
        caches / FILE,
        caches / TOOLS,
        caches / FileMarks.NAME,
        *sorted((*fonts.glob("*.font"), *fonts.glob("*.sfnt"))),
        fonts / "marks.json",
        fonts / "files.json",
        fonts / "versions.json",
        # What a killed build was writing.
        *sorted(path for folder in (caches, fonts) for path in folder.glob(".*") if path.is_file()),
    ):
        with suppress(OSError):
            path.unlink()
            gone.append(path)
    return tuple(gone)
