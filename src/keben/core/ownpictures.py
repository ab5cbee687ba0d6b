"""Pictures that an edition has of its own: ``map.zh-Hant-TW.png`` stands for ``map.png`` in the editions for Taiwan."""

import posixpath
from collections.abc import Collection, Mapping

from keben.core.edition import Edition
from keben.core.language import fallbacks, variant


def own_pictures(paths: Collection[str], edition: Edition) -> Mapping[str, str]:
    """The pictures of an edition's own, each by the path of the picture that it stands for.

    The name of an edition goes before that of its region, this before that of its script, and this before that of the
    script's other region.
    """
    names = _names(edition)
    found: dict[str, tuple[int, str]] = {}
    for path in paths:
        plain, rank = _parted(path, names)
        if rank >= 0 and plain in paths:
            found[plain] = min(found.get(plain, (rank, path)), (rank, path))
    return {plain: own for plain, (_, own) in found.items()}


def is_own_picture(path: str, edition: Edition) -> bool:
    """Whether the name of a picture says that it is for an edition."""
    return _parted(path, _names(edition))[1] >= 0


def _names(edition: Edition) -> Mapping[str, int]:
    return {name: rank for rank, name in reversed([*enumerate((edition.name, *fallbacks(edition.language)))])}


def _parted(path: str, names: Mapping[str, int]) -> tuple[str, int]:
    """The path without an edition's name, and how near that is to the edition; −1: it has none of its names."""
    stem, suffix = posixpath.splitext(path)
    plain, _, name = stem.rpartition(".")
    rank = names.get(name, names.get(variant(name) or "", -1)) if posixpath.basename(plain) else -1
    return plain + suffix, rank
