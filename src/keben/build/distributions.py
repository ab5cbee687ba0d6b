"""The Python distributions that a book is made by: what is installed of Keben's requirements, and of theirs.

What is installed beside them does not count, so two environments that hold other things too give the same list.
"""

import csv
import hashlib
import re
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import cast

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from keben.core.fingerprint import program_fingerprint
from keben.core.values import dataclass

ITSELF = "keben"

DRAWING = "diagrams"
"""The extra whose programs draw what a book shows."""

_EXTRA = re.compile(r"""\bextra\s*==\s*["']([^"']*)["']""")

WRITTEN_BY_INSTALLERS = frozenset(
    ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "uv_build.json")
)
"""Files of a ``.dist-info`` folder that come from no wheel (Python's core metadata, "Recording installed projects")."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A distribution as it is installed."""

    name: str
    """Normalised, as an index has it: ``markdown-it-py``."""
    version: str
    sha256: str
    """Of a list of the wheel's files and their hashes; of Keben, which may stand in a checkout, of its code. Empty
    where the installer kept no list."""
    licence: str = ""
    """An SPDX expression, or a name; empty where its metadata has neither."""
    is_expression: bool = False
    needs: tuple[str, ...] = ()
    """The names of those of its requirements that are installed."""


def installed(extras: frozenset[str]) -> tuple[Installed, ...]:
    """Keben and all that it needs, by name; of what its ``extras`` ask for, what is there."""
    found: list[Installed] = []
    for name, (one, needs) in sorted(_found(extras).items()):
        licence, is_expression = _licence(one)
        found.append(Installed(name, one.version, _mark(name, one), licence, is_expression, needs))
    return tuple(found)


@cache
def versions() -> tuple[tuple[str, str, str], ...]:
    """Name, version and hash of Keben and of all that it needs: what can change a book's bytes. Cheap to ask."""
    return tuple(
        (name, _metadata(one)["Version"], _mark(name, one))
        for name, (one, _) in sorted(_found(frozenset({DRAWING})).items())
    )


def record_files() -> list[str]:
    """The files that say what `versions` says: of each distribution its list of files and its metadata."""
    folders = (getattr(one, "_path", None) for one, _ in _found(frozenset({DRAWING})).values())
    return [str(folder / name) for folder in folders if folder for name in ("RECORD", "METADATA")]


def _mark(name: str, one: Distribution) -> str:
    return program_fingerprint() if name == ITSELF else record_hash(one)


@cache
def _found(extras: frozenset[str]) -> dict[str, tuple[Distribution, tuple[str, ...]]]:
    """What is installed of Keben and its requirements, by name, each with the names of its own."""
    known: dict[str, Distribution | None] = {}

    def look(name: str) -> Distribution | None:
        if name not in known:
            try:
                known[name] = distribution(name)
            except PackageNotFoundError:
                known[name] = None
        return known[name]

    found: dict[str, tuple[Distribution, tuple[str, ...]]] = {}
    asked: dict[str, frozenset[str]] = {}
    waiting = [(ITSELF, extras)]
    while waiting:
        name, wanted = waiting.pop()
        before = asked.get(name)
        one = look(name)
        if one is None or (before is not None and wanted <= before):
            continue
        wanted |= before or frozenset()
        asked[name] = wanted
        needs = [need for need in _needs(one, wanted) if look(need[0]) is not None]
        found[name] = one, tuple(sorted({need for need, _ in needs}))
        waiting += needs
    return found


def _needs(one: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    wanted = {canonicalize_name(extra) for extra in extras}
    for text in _metadata(one).get_all("Requires-Dist", ()):
        # Most are for an extra that nobody asks for, and need not be read further.
        asking = {canonicalize_name(extra) for extra in _EXTRA.findall(text)}
        if asking and wanted.isdisjoint(asking) and " or " not in text:
            continue
        try:
            need = Requirement(text)
        except InvalidRequirement:
            continue
        marker = need.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield canonicalize_name(need.name), frozenset(need.extras)


@cache
def _metadata(one: Distribution) -> Message:
    """What a distribution says of itself, without the long description that makes most of the file."""
    text = one.read_text("METADATA")
    return message_from_string(text.partition("\n\n")[0]) if text else cast("Message", one.metadata)


def record_hash(one: Distribution) -> str:
    """A hash of what a wheel brought, by the RECORD that its installer wrote; empty where there is none.

    Scripts are left out, for their first line names a path of the machine, and so is what installers add.
    """
    record = one.read_text("RECORD")
    if record is None:
        return ""
    rows = record.splitlines()
    # A name with a comma is rare, and parting a line by hand takes a third of the time.
    cells = csv.reader(rows) if '"' in record else (row.rsplit(",", 2) for row in rows)
    lines = sorted(f"{path}\t{mark}\n" for path, mark, _ in cells if _counts(path))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _counts(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    if ".." in parts or path.endswith(".pyc") or parts[0] == "":
        return False
    return not (parts[0].endswith(".dist-info") and parts[-1] in WRITTEN_BY_INSTALLERS)


def _licence(one: Distribution) -> tuple[str, bool]:
    def said(key: str) -> list[str]:
        return [str(value).strip() for value in one.metadata.get_all(key) or ()]

    for expression in said("License-Expression"):
        return expression, True
    for text in said("License"):
        # Some put a licence's whole text there.
        if text and "\n" not in text and len(text) <= 80:
            return text, False
    names = [text.rpartition("::")[2].strip() for text in said("Classifier") if text.startswith("License ::")]
    return ", ".join(names), False
