"""The front matter of other tools: its title is kept, other keys are dropped and named."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from typing import Any

from keben.core.values import dataclass
from keben.project.importers.saidfiles import read_yaml

_KEY = re.compile(r"[\w-]+\s*[:=]")
_PERCENT = re.compile(r"%(?:[ \t]+(.*))?")
_TITLED = re.compile(r"title[ \t]*:[ \t]*\S", re.IGNORECASE)
_NAMED = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*:[ \t]*(.*)")
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
    block: int = 0
    """How many lines it has where it is not between fences, so that only an import knows it."""


def without_matter(text: str) -> Matter:
    """The text behind a front matter of YAML (``---``) or TOML (``+++``), of Pandoc (``%``) or MultiMarkdown."""
    lines = text.split("\n")
    if block := _title_block(lines):
        return block
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


def _title_block(lines: Sequence[str]) -> Matter | None:
    """What a block of ``% title`` (Pandoc) or ``Title: …`` (MultiMarkdown, Scrivener) says; None: there is none."""
    if _PERCENT.fullmatch(lines[0]):
        rows = _rows(lines, lambda line: _PERCENT.fullmatch(line) is not None, 3)
        values = [" ".join(row.lstrip("% \t").split()) for row in rows]
        keys = dict(zip(("title", "author", "date"), values, strict=False))
    elif _TITLED.match(lines[0]):
        rows = _rows(lines, lambda line: _NAMED.fullmatch(line) is not None, _LONGEST)
        pairs = (_NAMED.fullmatch(row.replace("\n", " ")) for row in rows)
        keys = {match[1].lower(): " ".join(match[2].split()) for match in pairs if match}
    else:
        return None
    end = sum(row.count("\n") + 1 for row in rows)
    if end < len(lines) and lines[end].strip():
        # A paragraph that begins so.
        return None
    authors = tuple(filter(None, re.split(r"\s*[;；]\s*", keys.get("author", ""))))
    dropped = tuple(key for key in keys if key not in ("title", "author") and keys[key])
    return Matter("\n".join(lines[end:]), keys.get("title", ""), dropped, authors, block=end)


def _rows(lines: Sequence[str], begins: Callable[[str], bool], most: int) -> list[str]:
    """The fields of a block, each with the indented lines below it."""
    rows: list[str] = []
    for line in lines:
        if line[:1] in (" ", "\t") and line.strip() and rows:
            rows[-1] += f"\n{line}"
        elif begins(line) and len(rows) < most:
            rows.append(line)
        else:
            break
    return rows
