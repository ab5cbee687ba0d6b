"""The front matter of other tools: its title is kept, other keys are dropped and named."""

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from typing import Any

from keben.core.values import dataclass
from keben.project.importers.saidfiles import read_yaml

_KEY = re.compile(r"[\w-]+\s*[:=]")
_LONGEST = 400
"""Lines within which a front matter ends."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A file's text without its front matter, and what that said."""

    text: str
    title: str = ""
    dropped: tuple[str, ...] = ()
    """Its other keys."""
    authors: tuple[str, ...] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    """All that it says."""


def without_matter(text: str) -> Matter:
    """The text behind a front matter of YAML (``---``) or TOML (``+++``)."""
    lines = text.split("\n")
    fence = lines[0].rstrip()
    ends = (fence, "...") if fence == "---" else (fence,)
    end = next((n for n, line in enumerate(lines[1:_LONGEST], 1) if line.rstrip() in ends), None)
    if fence not in ("---", "+++") or end is None:
        return Matter(text)
    inner = "\n".join(lines[1:end])
    said: Mapping[str, Any] = {}
    with suppress(ValueError, RecursionError):
        said = read_yaml(inner) if fence == "---" else tomllib.loads(inner)
    if not said and inner.strip() and not _KEY.match(inner.lstrip()):
        return Matter(text)
    title = said.get("title")
    author = said.get("author")
    return Matter(
        "\n".join(lines[end + 1 :]),
        " ".join(str(title).split()) if isinstance(title, (str, int, float)) else "",
        tuple(str(key) for key in said if key != "title"),
        (author,) if isinstance(author, str) else (),
        said,
    )
