"""``keben review --sheet``: a PDF for each edition, to print and to sign."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from keben.build import produce
from keben.build.editions import Project, conversion_facts
from keben.build.locks import locked
from keben.build.output import REVIEW
from keben.build.ownership import require_keben_s
from keben.build.request import Request
from keben.build.together import recover, write_together
from keben.core.version import __version__
from keben.review.session import Review
from keben.review.signing import signing_sources
from keben.review.values import Reviewed

SHOWN = 16
"""How many hexadecimal digits of a SHA-256 are printed."""


def write_sheets(result: Review, output: Path, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Set a sheet for each edition, and write them into the output folder's ``review/``; give their paths.

    Raises:
        BuildError: a file of another origin has the name of one that is to be written.
        MachineError: something could not be set or written; what was there before still stands.
    """
    files = {
        f"{REVIEW}/{reviewed.edition}.pdf": _set(result, reviewed, environment)
        for reviewed in result.sheet.editions
    }
    with locked(output):
        recover(output / REVIEW)
        require_keben_s(output / name for name in files)
        write_together(output, files)
    return tuple(output / name for name in files)


def _set(result: Review, reviewed: Reviewed, environment: Mapping[str, str]) -> bytes:
    """The bytes of one sheet: a small project of its own, in a folder that is gone afterwards."""
    title = result.conversions[reviewed.edition].composition.metadata.title
    sheet = replace(result.sheet, title=title)
    sources = signing_sources(sheet, reviewed, tuple(_facts(result.project, reviewed.edition)))
    # The sheet is as old as the book: the same review gives the same bytes.
    at = {**environment, "SOURCE_DATE_EPOCH": str(result.project.manuscript.epoch)}
    with tempfile.TemporaryDirectory(prefix="keben-") as folder:
        root = Path(folder)
        for name, text in sources.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        product = produce(Request(root, root / "build", reuse=False, alone=True), at, lambda _: None)
    (artifact,) = product.artifacts
    return artifact.data


def _facts(project: Project, name: str) -> Iterator[tuple[str, str]]:
    """What the conversion depends on, in words that the manifest has too."""
    manuscript = project.manuscript
    edition = next(each for each in manuscript.settings.editions if each.name == name)
    text = sha256("\0".join(each.text for each in manuscript.sources).encode())
    yield "Keben", __version__
    yield "text", text.hexdigest()[:SHOWN]
    for key, value in conversion_facts(project, edition).items():
        if key == "files" and isinstance(value, Mapping):
            yield from ((file, str(digest)[:SHOWN]) for file, digest in sorted(value.items()))
        elif isinstance(value, Mapping):
            written = json.dumps(value, sort_keys=True).encode()
            yield key, sha256(written).hexdigest()[:SHOWN]
        else:
            yield key, ", ".join(map(str, value)) if isinstance(value, list) else str(value)
