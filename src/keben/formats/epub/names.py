"""What pictures, fonts and drawings are called inside an EPUB: in ASCII, each once, with the suffix of what they are.

A name on disk that is so already stays, folders and all. EPUB 3.3, section 4.2.3, allows more; readers, stores and
EPUBCheck (PKG-009, PKG-010, PKG-012) do not take all of it.
"""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from keben.pictures import SUFFIXES

_LONGEST = 100
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""What Windows keeps for devices: there a reader cannot unpack such a file."""
_OURS = re.compile(r"(?:text|styles)/.*|(?:content\.opf|nav\.xhtml|toc\.ncx|mimetype)", re.IGNORECASE)
"""Where the package has files of its own."""
_SAME = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg"}


def package_names(files: Mapping[str, str], fixed: Mapping[str, str]) -> dict[str, str]:
    """A path below the package's folder for each file, by the path that the book knows it by.

    ``files`` gives each file's media type; ``fixed`` has names that are settled already (the cover's), also of files
    that are not among them.
    """
    names = dict(fixed)
    taken = {name.lower() for name in fixed.values()}
    rest: list[str] = []
    for path, kind in sorted(files.items()):
        name = _own_name(path, kind)
        if path in names:
            continue
        if name and name.lower() not in taken:
            names[path] = name
            taken.add(name.lower())
        else:
            rest.append(path)
    number = 0
    for path in rest:
        kind = files[path]
        folder, stem = ("fonts", "font") if kind.startswith("font/") else ("images", "picture")
        while True:
            number += 1
            name = f"{folder}/{stem}-{number}{SUFFIXES.get(kind, '.bin')}"
            if name not in taken:
                break
        names[path] = name
        taken.add(name)
    return names


def _own_name(path: str, kind: str) -> str:
    """The name that a file has on disk, with the suffix of its kind; empty where it is not safe."""
    plain = PurePosixPath(path)
    parts = plain.parts
    if (
        not parts
        or len(path) > _LONGEST
        or not all(_PART.fullmatch(part) and not _RESERVED.fullmatch(part) for part in parts)
    ):
        return ""
    if any(part.endswith(".") for part in parts) or _OURS.fullmatch(path):
        return ""
    suffix = plain.suffix.lower()
    wanted = SUFFIXES.get(kind, suffix)
    if _SAME.get(suffix, suffix) == wanted:
        return path
    return str(plain.with_suffix(wanted))
