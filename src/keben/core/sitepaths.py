"""Paths of files as sites write them in addresses: in small letters, without suffixes and without numbers in front."""

import re
from functools import lru_cache
from urllib.parse import unquote

_SUFFIX = re.compile(r"\.(?:mdx?|markdown|qmd|rmd|ipynb|html?)\Z")
_NUMBER = re.compile(r"^\d{1,4}\s*[-_.]+\s*(?=[^\d\s_.-])")


@lru_cache(1 << 14)
def site_key(path: str) -> str:
    """What a file and an address of it share: ``docs/One/02-Two.md`` and ``/docs/one/two/`` are ``docs/one/two``."""
    stem = _SUFFIX.sub("", path.strip("/").casefold())
    parts = [_NUMBER.sub("", part) for part in stem.split("/") if part]
    return "/".join(parts[:-1] if parts[-1:] and parts[-1] in ("index", "readme", "_index") else parts)


_BEYOND_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def readable(address: str) -> str:
    """An address as people read it: percent-encoded letters beyond ASCII are letters, where they are UTF-8."""
    return _BEYOND_ASCII.sub(_letters, address)


def _letters(match: re.Match[str]) -> str:
    text = unquote(match[0], errors="replace")
    return text if text.isprintable() and "\ufffd" not in text else match[0]
