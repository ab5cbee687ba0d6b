"""What ``keben check`` says of an output folder: which files differ from its manifest and its checksums."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from keben.build.output import CHECKSUMS, MANIFEST, examine_manifest, listed, sum_of
from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.core.values import dataclass

_SUM = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")
_AGAIN = wording("Build it again.")


@dataclass(frozen=True, slots=True)
class StandingFiles:
    """What a folder's manifest says, and what is not as it says."""

    entries: Mapping[str, Mapping[str, Any]]
    """The manifest's entry of each artifact, by name."""
    changed: frozenset[str]
    """Files whose bytes are not those that a build wrote, or that are not there."""
    findings: tuple[Finding, ...] = field(default=())


def look_at(folder: Path, names: Iterable[str]) -> StandingFiles:
    """Hold every file that a build listed against its sum; ``names`` are the artifacts that the book has now.

    A changed or missing file, manifest or sum is an error; an artifact that the book no longer has is a warning.
    """
    names = frozenset(names)
    manifest, problem = examine_manifest(folder)
    if problem:
        if not any((folder / name).exists() for name in (*names, MANIFEST, CHECKSUMS)):
            return StandingFiles({}, frozenset())
        message = wording(
            "{problem}: nothing says what was built, and what is here cannot be checked.", problem=problem
        )
        place = Place(str(folder / MANIFEST))
        return StandingFiles({}, names, (Finding(place, "no-manifest", message, _AGAIN),))
    files = {str(entry["name"]): str(entry["sha256"]) for entry in listed(manifest)}
    changed: set[str] = set()
    findings: list[Finding] = []
    for name, wanted in sorted(files.items()):
        there = sum_of(folder, name)
        if there != wanted:
            changed.add(name)
            what = wording("It is missing") if there is None else wording("It was changed after it was built")
            message = (
                wording(
                    "{what}: its bytes are not those that {manifest} names.", what=what, manifest=MANIFEST
                )
                if there
                else wording("{message}.", message=what)
            )
            findings.append(Finding(_place(folder, name), "changed-artifact", message, _AGAIN))
    findings += _sums(folder, files)
    entries = {str(entry["name"]): entry for entry in manifest["artifacts"]}
    for name in sorted(set(entries) - names):
        message = wording("{manifest} lists it, and the book has no such artifact now.", manifest=MANIFEST)
        advice = wording("`keben clean` and a build take it away.")
        findings.append(Finding(_place(folder, name), "left-over", message, advice, "warning"))
    for name in sorted(names - set(entries)):
        if (folder / name).exists():
            changed.add(name)
            message = wording("{manifest} does not list it: it is not what a build wrote.", manifest=MANIFEST)
            findings.append(Finding(_place(folder, name), "unlisted-artifact", message, _AGAIN))
    return StandingFiles(entries, frozenset(changed), tuple(findings))


def _place(folder: Path, name: str) -> Place:
    return Place(f"{folder}/{_shown(name)}")


def _shown(name: str) -> str:
    """A name from a file, with nothing in it that a terminal would take for more than a letter."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)


def _sums(folder: Path, files: Mapping[str, str]) -> Iterator[Finding]:
    """What ``SHA256SUMS`` says otherwise than the manifest, line by line."""
    place = Place(str(folder / CHECKSUMS))
    if not (folder / CHECKSUMS).is_file():
        yield Finding(place, "checksums", wording("It is missing."), _AGAIN)
        return
    try:
        text = (folder / CHECKSUMS).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield Finding(place, "checksums", wording("It cannot be read ({error}).", error=error), _AGAIN)
        return
    wanted = {**files, MANIFEST: sum_of(folder, MANIFEST) or ""}
    said: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = _SUM.fullmatch(line)
        here = Place(place.path, number)
        if not match:
            yield Finding(here, "checksums", wording("This is not a sum and a name."), _AGAIN)
            continue
        name = match[2]
        if name in said:
            yield Finding(here, "checksums", wording("It names {name} twice.", name=_shown(name)), _AGAIN)
        said[name] = match[1]
        if name not in wanted:
            yield Finding(
                here,
                "checksums",
                wording(
                    "It names {name}, which {manifest} does not list.", name=_shown(name), manifest=MANIFEST
                ),
                _AGAIN,
            )
        elif wanted[name] != match[1]:
            other = (
                wording("{manifest} was changed", manifest=MANIFEST)
                if name == MANIFEST
                else wording("{manifest} says another", manifest=MANIFEST)
            )
            yield Finding(
                here,
                "checksums",
                wording("Its sum of {name} is not the right one: {other}.", name=_shown(name), other=other),
                _AGAIN,
            )
    for name in sorted(set(wanted) - set(said)):
        yield Finding(place, "checksums", wording("It does not name {name}.", name=_shown(name)), _AGAIN)
