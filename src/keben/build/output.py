"""release: artifacts → files with their manifest and checksums, each whole or not at all."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from keben.build.locks import locked
from keben.build.ownership import is_keben_s
from keben.build.together import recover, write_together
from keben.core.composition import Artifact
from keben.core.errors import MachineError, ReleaseError
from keben.core.reasons import reason_of
from keben.core.saying import wording
from keben.core.values import dataclass

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
REVIEW = "review"
"""The folder, below the output folder, that reviews are written to."""

Manifest = Mapping[str, Any]

NOTHING: Manifest = {"artifacts": [], "conversions": {}}
"""A manifest that lists nothing."""


def listed(manifest: Manifest) -> list[Mapping[str, Any]]:
    """The entries of all files that a manifest lists; ``files`` are those that only a release has."""
    return [*manifest["artifacts"], *manifest["conversions"].values(), *manifest.get("files", ())]


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(folder: Path, name: str = MANIFEST) -> Manifest:
    """The manifest of an output folder; one that lists nothing if there is none that can be read."""
    return examine_manifest(folder, name)[0]


def examine_manifest(folder: Path, name: str = MANIFEST) -> tuple[Manifest, str]:
    """What `read_manifest` gives, and why it could not be read, as the beginning of a sentence; empty: it was."""
    path = folder / name
    try:
        if not path.exists():
            return NOTHING, wording("It is missing")
        # A pipe or a device may never end.
        if not path.is_file():
            return NOTHING, wording("It is not a file")
        manifest = json.loads(path.read_text(encoding="utf-8"))
        entries = listed(manifest)
        usable = all(isinstance(entry["name"], str) and isinstance(entry["sha256"], str) for entry in entries)
        usable = usable and isinstance(manifest["conversions"], dict)
    except OSError as error:
        return NOTHING, wording("It cannot be read ({reason})", reason=reason_of(error))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        usable = False
    return (manifest, "") if usable else (NOTHING, wording("It is not a manifest"))


def sum_of(folder: Path, name: str) -> str | None:
    """The SHA-256 of a file in an output folder; None: the folder itself has no file of that name."""
    if not _is_plain(name):
        return None
    try:
        return sha256((folder / name).read_bytes()) if (folder / name).is_file() else None
    except OSError:
        return None


def standing(folder: Path, entry: Mapping[str, Any]) -> bool:
    """Whether the file of a manifest's entry is there, with the bytes that the manifest says."""
    return sum_of(folder, entry["name"]) == str(entry["sha256"])


def _is_plain(name: str) -> bool:
    """Whether a name is one of a file in the folder itself, and not a path."""
    return Path(name).name == name and "\0" not in name


def record_entry(name: str, data: bytes, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a manifest says of an edition's conversion: the file of its record, and what it depends on."""
    return {"name": name, "bytes": len(data), "sha256": sha256(data), **facts}


def make_manifest(
    artifacts: Iterable[Artifact],
    kept: Iterable[Mapping[str, Any]],
    about: Mapping[str, Any],
    conversions: Mapping[str, Any],
) -> dict[str, Any]:
    """The manifest of new artifacts and of ``kept`` entries of an earlier one that still hold, by name.

    ``conversions`` has a `record_entry` for each converted edition.
    """
    entries = {str(entry["name"]): dict(entry) for entry in kept}
    for artifact in artifacts:
        entries[artifact.name] = {
            "name": artifact.name,
            "edition": artifact.edition,
            "format": artifact.format,
            "bytes": len(artifact.data),
            "sha256": sha256(artifact.data),
            **artifact.facts,
        }
    return {
        **about,
        "conversions": {name: conversions[name] for name in sorted(conversions)},
        "artifacts": [entries[name] for name in sorted(entries)],
    }


@dataclass(frozen=True, slots=True)
class Release:
    """What is to stand in an output folder."""

    artifacts: tuple[Artifact, ...]
    """Those made now."""
    manifest: Manifest
    """Of these, and of what stays as it is."""
    files: Mapping[str, bytes]
    """Records, and all other files, by name."""
    old: Manifest = field(default_factory=lambda: NOTHING)
    """The manifest that the build read in the folder when it began."""
    alone: bool = False
    """Nothing else may stand in the manifest."""


def release(
    folder: Path, made: Release, say: Callable[[str], None] = lambda _: None
) -> tuple[Manifest, tuple[Path, ...]]:
    """Write what was made, ``manifest.json`` and ``SHA256SUMS`` into a folder; give the manifest and the paths written.

    One writer at a time; ``say`` gets a message if it has to wait. Everything is written, or nothing
    (`keben.build.together`).
    What
    another build wrote since this one began stays and is listed too. What this one found listed when it began, and does
    not list itself, is deleted, where it still is what a build wrote.

    Raises:
        MachineError: something could not be written; what was there before still stands.
        ReleaseError: the manifest must list nothing else, and another build wrote here meanwhile.
    """
    try:
        with locked(folder, say):
            recover(folder)
            return _release(folder, made)
    except OSError as error:
        message = wording("This file cannot be written: {reason}.", reason=reason_of(error))
        advice = wording("Name another folder, or fix the permissions; nothing was changed.")
        raise MachineError.at(str(error.filename or folder), "write-failed", message, advice) from None


def _release(folder: Path, made: Release) -> tuple[Manifest, tuple[Path, ...]]:
    now = read_manifest(folder)
    manifest = merged(made, now)
    names = {artifact.name for artifact in made.artifacts}
    files = {artifact.name: artifact.data for artifact in made.artifacts} | dict(made.files)
    files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    sums = {entry["name"]: entry["sha256"] for entry in listed(manifest)} | {
        MANIFEST: sha256(files[MANIFEST])
    }
    files[CHECKSUMS] = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
    if made.alone:
        _refuse_others(folder, made, now, names)
    gone = [entry for entry in listed(made.old) if entry["name"] not in sums and standing(folder, entry)]
    write_together(folder, files)
    for entry in gone:
        with contextlib.suppress(OSError):
            (folder / entry["name"]).unlink()
    return manifest, tuple(folder / name for name in files)


def merged(made: Release, now: Manifest) -> Manifest:
    """What was made, with what another build put into the folder's manifest since this one read it."""
    if made.alone or now == made.old:
        return made.manifest
    before = {entry["name"]: entry for entry in made.old["artifacts"]}
    fresh = {artifact.name for artifact in made.artifacts}
    others = {
        entry["name"]: entry
        for entry in now["artifacts"]
        if entry["name"] not in fresh and before.get(entry["name"]) != entry
    }
    there = {entry["name"] for entry in now["artifacts"]}
    entries = {
        entry["name"]: entry
        for entry in made.manifest["artifacts"]
        # What stood there, and another build has taken out since, stands no longer.
        if entry["name"] in fresh or entry["name"] in there
    } | others
    conversions = {
        name: entry
        for name, entry in now["conversions"].items()
        if made.old["conversions"].get(name) != entry and entry["name"] not in made.files
    }
    together = {**made.manifest["conversions"], **conversions}
    return {
        **made.manifest,
        "conversions": {name: together[name] for name in sorted(together)},
        "artifacts": [entries[name] for name in sorted(entries)],
    }


def _refuse_others(folder: Path, made: Release, now: Manifest, names: Collection[str]) -> None:
    """Raise `ReleaseError` for what another build wrote since this one began."""
    known = {(entry["name"], entry["sha256"]) for entry in listed(made.old)}
    for entry in listed(now):
        ours = entry["name"] in names or entry["name"] in made.files
        if not ours and (entry["name"], entry["sha256"]) not in known and standing(folder, entry):
            message = wording("Another build wrote this file while the release was made.")
            raise ReleaseError.at(str(folder / entry["name"]), "stranger", message, wording("Release again."))


def strangers(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """What stands in an output folder and would be no part of a release of these files.

    A name that begins with a dot counts for nothing, nor does a README.md; and what the folder's manifest lists, and
    is unchanged, will be deleted.
    """
    ours = {*names, MANIFEST, CHECKSUMS, "README.md"}
    ours |= {entry["name"] for entry in listed(read_manifest(folder)) if standing(folder, entry)}
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return tuple(name for name in found if name not in ours and not name.startswith("."))


def clean(folder: Path) -> tuple[Path, ...]:
    """Delete what a build wrote into a folder, by its manifest, and nothing else; give the paths deleted.

    What a build that was killed left there counts as written.
    """
    if not folder.is_dir():
        return ()
    with locked(folder):
        return _clean(folder)


def _clean(folder: Path) -> tuple[Path, ...]:
    gone = [*recover(folder), *recover(folder / REVIEW)]
    manifest = read_manifest(folder)
    names = [str(entry["name"]) for entry in listed(manifest)]
    paths = [folder / name for name in (*names, MANIFEST, CHECKSUMS) if _is_plain(name)]
    # A review may be written of what was never built.
    paths += [path for path in sorted((folder / REVIEW).glob("*.*")) if is_keben_s(path)]
    for path in paths:
        if path.is_file():
            path.unlink()
            gone.append(path)
    with contextlib.suppress(OSError):
        (folder / REVIEW).rmdir()
    return tuple(gone)


def review_files(editions: Iterable[str]) -> tuple[str, ...]:
    """The files of a review, below the output folder, for editions by name."""
    return tuple(f"{REVIEW}/{name}.{kind}" for name in editions for kind in ("html", "tsv"))
