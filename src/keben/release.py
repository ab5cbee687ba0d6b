"""release: artifacts → files with their manifest and checksums, each whole or not at all."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from keben.errors import MachineError
from keben.model import Artifact

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
    try:
        manifest = json.loads((folder / name).read_text(encoding="utf-8"))
        entries = listed(manifest)
        usable = all(isinstance(entry["name"], str) and isinstance(entry["sha256"], str) for entry in entries)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return NOTHING
    return manifest if usable else NOTHING


def standing(folder: Path, entry: Mapping[str, Any]) -> bool:
    """Whether the file of a manifest's entry is there, with the bytes that the manifest says."""
    name = entry["name"]
    if Path(name).name != name:
        return False
    try:
        return sha256((folder / name).read_bytes()) == str(entry["sha256"])
    except OSError:
        return False


def record_entry(name: str, data: bytes, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a manifest says of an edition's conversion: the file of its record, and what it hangs on."""
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


def release(
    folder: Path, artifacts: Iterable[Artifact], manifest: Manifest, records: Mapping[str, bytes]
) -> tuple[Path, ...]:
    """Write artifacts, records, ``manifest.json`` and ``SHA256SUMS`` into a folder, and give the paths written.

    Every file is written beside its place first; only when all are safely there does each take its place, by rename.
    Then what an earlier manifest lists and this one does not is deleted, where it still is what a build wrote.
    ``records`` are the other files by name, those of a release included.

    Raises:
        MachineError: something could not be written; what was there before still stands.
    """
    files = {artifact.name: artifact.data for artifact in artifacts} | dict(records)
    files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    sums = {entry["name"]: entry["sha256"] for entry in listed(manifest)} | {
        MANIFEST: sha256(files[MANIFEST])
    }
    files[CHECKSUMS] = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
    gone = [entry for entry in listed(read_manifest(folder)) if entry["name"] not in sums]
    gone = [entry for entry in gone if standing(folder, entry)]
    write_together(folder, files)
    for entry in gone:
        with contextlib.suppress(OSError):
            (folder / entry["name"]).unlink()
    return tuple(folder / name for name in files)


def strangers(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """What stands in an output folder and would be no part of a release of these files.

    A name that begins with a dot counts for nothing, nor does a README.md; and what the folder's manifest lists, and
    is unchanged, will be deleted.
    """
    ours = {*names, MANIFEST, CHECKSUMS, "README.md"}
    ours |= {entry["name"] for entry in listed(read_manifest(folder)) if standing(folder, entry)}
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return tuple(name for name in found if name not in ours and not name.startswith("."))


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files so that all of them appear whole, or none.

    Raises:
        MachineError: something could not be written; what was there before still stands.
    """
    waiting: list[tuple[Path, Path]] = []
    at = folder
    try:
        for name, data in files.items():
            at = folder / name
            at.parent.mkdir(parents=True, exist_ok=True)
            temporary = at.with_name(f".{at.name}.{os.getpid()}.part")
            waiting.append((temporary, at))
            with temporary.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for temporary, at in waiting:
            temporary.replace(at)
    except OSError as error:
        message = f"This file cannot be written: {error.strerror or error}."
        advice = "Make room or mend the permissions, and build again; nothing was changed."
        raise MachineError.at(str(at), "write-failed", message, advice) from None
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def clean(folder: Path) -> tuple[Path, ...]:
    """Delete what a build wrote into a folder, by its manifest, and nothing else; give the paths deleted."""
    manifest = read_manifest(folder)
    names = [str(entry["name"]) for entry in listed(manifest)]
    paths = [folder / name for name in (*names, MANIFEST, CHECKSUMS) if Path(name).name == name]
    paths += [folder / name for name in review_files(manifest["conversions"])]
    gone = []
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
