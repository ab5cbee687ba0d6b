"""A draft → files. Nothing that is there is written over, unless it says the same."""

from pathlib import Path

from keben.core.errors import Finding, Place, UsageError
from keben.core.saying import wording
from keben.project.importers.values import Draft

IGNORED = ".gitignore"
IGNORES = b"/build/\n/.keben/\n"
"""What git leaves alone: what a build writes."""


def differing(draft: Draft, folder: Path, earlier: Draft | None = None) -> tuple[str, ...]:
    """The files of a draft that are in the folder and say something else, neither this nor what ``earlier`` said."""
    before = earlier.files if earlier else {}
    return tuple(
        path
        for path, data in sorted(draft.files.items())
        if (folder / path).exists()
        and not ((folder / path).is_file() and (folder / path).read_bytes() in (data, before.get(path, data)))
    )


def write_draft(draft: Draft, folder: Path, earlier: Draft | None = None) -> tuple[str, ...]:
    """Write what is not there yet; the paths written. Files that are just as ``earlier`` made them are written over.

    A project also gets a `.gitignore`, which is not counted, where it has none.

    Raises:
        UsageError: a file is there and says something else; nothing was written.
    """
    if problems := differing(draft, folder, earlier):
        message = wording("This file is there, and says something else.")
        advice = wording("Name another folder, or move it away.")
        places = (Place(str(folder / path)) for path in problems)
        raise UsageError(*(Finding(place, "not-empty", message, advice) for place in places))
    written = []
    for path, data in sorted(draft.files.items()):
        if not (folder / path).exists() or (folder / path).read_bytes() != data:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
            written.append(path)
    if not (folder / IGNORED).exists():
        (folder / IGNORED).write_bytes(IGNORES)
    return tuple(written)
