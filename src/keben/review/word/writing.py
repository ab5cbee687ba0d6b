"""The sources with what a corrected document changed, written over the old ones, which are kept beside them."""

from collections.abc import Mapping
from difflib import unified_diff
from itertools import count
from pathlib import Path

from keben.build.together import write_together
from keben.core.errors import Finding, Place, UsageError
from keben.core.saying import wording

_MARK = b"\xef\xbb\xbf"


def diff_of(sources: Mapping[str, tuple[str, str]]) -> str:
    """A unified diff of the sources' old and new texts, as ``git apply`` takes it."""
    lines: list[str] = []
    for path, (old, new) in sorted(sources.items()):
        pairs = unified_diff(
            old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{path}", f"b/{path}"
        )
        lines += (
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in pairs
        )
    return "".join(lines)


def write_sources(root: Path, sources: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    """Write the new texts, all or none, with each old one as ``NAME.bak``; the paths of those.

    Line ends and byte order marks stay as they are in each file.

    Raises:
        UsageError: a source is another one now than it was when it was read; nothing was written.
        MachineError: something could not be written; what was there before still stands.
    """
    files: dict[str, bytes] = {}
    kept: list[str] = []
    for path, (old, new) in sorted(sources.items()):
        data = (root / path).read_bytes()
        backup = _free(root, path)
        kept.append(backup)
        files[backup] = data
        files[path] = _encoded(data, old, new, path)
    write_together(root, files)
    return tuple(kept)


def _encoded(data: bytes, old: str, new: str, path: str) -> bytes:
    """The bytes of a new text, in the way of a file's old bytes."""
    text = data.decode("utf-8-sig", "replace")
    end = "\r\n" if "\r\n" in text else "\r" if "\r" in text else "\n"
    if text.replace("\r\n", "\n").replace("\r", "\n") != old:
        message = wording("This file was changed while it was read; nothing was written.")
        raise UsageError(Finding(Place(path), "changed-source", message, wording("Try again.")))
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + new.replace("\n", end).encode()


def _free(root: Path, path: str) -> str:
    names = (f"{path}.bak{'' if number == 1 else number}" for number in count(1))
    return next(name for name in names if not (root / name).exists())
