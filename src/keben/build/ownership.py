"""Which files of an output folder Keben made, by what they say of themselves: where no manifest lists them."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from keben.core.errors import BuildError, Finding, Place
from keben.core.saying import wording

_CREATOR = re.compile(rb"(?:CreatorTool|Producer)\b[^<>]{0,99}>Keben \d")
"""In a PDF's metadata, which PDF/A wants readable without a PDF reader (ISO 19005-2, 6.6.2)."""
_GENERATOR = re.compile(rb"<meta [^>]*content=[\"']Keben \d[^>]*>")
_RECORD = b"place\tsource\toutput\n"
_REVIEWED = b"rank\tkind\tphrase\toutput\t"
_PAGE = b'<meta name="generator" content="Keben'
_SUMMED = re.compile(r"^[0-9a-f]{64}  manifest\.json$", re.MULTILINE)
_BEGINNING = 4096


def require_keben_s(paths: Iterable[Path]) -> None:
    """See that each of these files that exists says that Keben made it, before another is written over it.

    Raises:
        BuildError: ``stranger``: a file does not.
    """
    message = wording("Keben did not make this file, and would write another one over it.")
    advice = wording("Move it elsewhere, or name another folder with -o.")
    strangers = [
        Finding(Place(str(path)), "stranger", message, advice)
        for path in paths
        if path.is_file() and not is_keben_s(path)
    ]
    if strangers:
        raise BuildError(*strangers)


def is_keben_s(path: Path) -> bool:
    """Whether a file says that Keben made it; no for one that cannot be read, and for one of another kind."""
    tests = [test for ending, test in _TESTS.items() if path.name.endswith(ending)]
    try:
        return bool(tests) and path.is_file() and tests[0](path)
    except (OSError, ValueError, RecursionError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def _epub(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive, archive.open("EPUB/content.opf") as package:
        return bool(_GENERATOR.search(package.read(1 << 20)))


def _pdf(path: Path) -> bool:
    return bool(_CREATOR.search(path.read_bytes()))


def _manifest(path: Path) -> bool:
    """A program's file of the same name is whole JSON; one that is not was probably ours before it was damaged."""
    try:
        found = json.loads(path.read_bytes())
    except ValueError:
        return True
    return isinstance(found, dict) and "artifacts" in found


def _sums(path: Path) -> bool:
    return bool(_SUMMED.search(path.read_text("utf-8")))


def _begins(*beginnings: bytes) -> Callable[[Path], bool]:
    def test(path: Path) -> bool:
        with path.open("rb") as stream:
            return stream.read(_BEGINNING).startswith(beginnings)

    return test


def _page(path: Path) -> bool:
    with path.open("rb") as stream:
        return _PAGE in stream.read(_BEGINNING)


_TESTS: Mapping[str, Callable[[Path], bool]] = {
    ".epub": _epub,
    ".pdf": _pdf,
    ".tsv": _begins(_RECORD, _REVIEWED, b"\xef\xbb\xbf" + _REVIEWED),
    ".html": _page,
    "manifest.json": _manifest,
    "SHA256SUMS": _sums,
}
