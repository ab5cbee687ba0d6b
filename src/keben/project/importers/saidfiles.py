"""Settings of other tools, read as data: TOML, JSON and YAML, and what stands in them."""

import json
import posixpath
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

import yaml

from keben.core.errors import Finding, Place, SourceError
from keben.core.saying import wording
from keben.project.importers.sources import SourceFolder

_MOST_ALIASES = 20
"""A file of settings has a few; nested ones can make gigabytes of a few lines."""


def toml_of(folder: SourceFolder, path: str) -> Mapping[str, Any]:
    """A file of TOML; empty where there is none.

    Raises:
        SourceError: it cannot be read.
    """
    decoded = folder.text(path)
    if decoded is None:
        return {}
    try:
        return tomllib.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, "TOML", str(error)) from None


def json_of(folder: SourceFolder, path: str) -> Mapping[str, Any]:
    """A file of JSON; empty where there is none.

    Raises:
        SourceError: it cannot be read.
    """
    decoded = folder.text(path)
    try:
        said = read_json(decoded.text if decoded else "{}")
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, "JSON", str(error)) from None
    return said if isinstance(said, dict) else {}


_LOOSE = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/|,(?=(?:\s|//[^\n]*|/\*.*?\*/)*[\]}])""", re.DOTALL
)
"""A string; or what people write into JSON by hand: a comment, a comma behind the last item."""


def read_json(text: str) -> object:
    """What a text in JSON says, also with comments and with commas behind last items, as many tools take it.

    Raises:
        ValueError: it cannot be read.
        RecursionError: it is nested too deeply.
    """
    text = text.removeprefix("\ufeff")
    try:
        return json.loads(text, strict=False)
    except ValueError as error:
        with suppress(ValueError):
            return json.loads(_LOOSE.sub(lambda found: found["text"] or "", text), strict=False)
        raise error from None


class TolerantLoader(yaml.SafeLoader):
    """YAML whose own tags (``!ENV``, ``!!python/name:``) are passed over."""


def _nothing(_loader: TolerantLoader, _suffix: str, _node: yaml.Node) -> None:
    return None


TolerantLoader.add_multi_constructor("", _nothing)


def read_yaml(text: str) -> Mapping[str, Any]:
    """A mapping of YAML; empty where it is none.

    Raises:
        ValueError: it cannot be read.
    """
    try:
        aliases = sum(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=TolerantLoader))
        if aliases > _MOST_ALIASES:
            raise ValueError(wording("it has too many aliases"))
        said = yaml.load(text, Loader=TolerantLoader)  # noqa: S506  # a safe loader
    except (yaml.YAMLError, RecursionError, LookupError, AttributeError, TypeError) as error:
        raise ValueError(str(error)) from None
    return said if isinstance(said, dict) else {}


def yaml_of(folder: SourceFolder, path: str) -> Mapping[str, Any]:
    """A file of YAML; empty where there is none.

    Raises:
        SourceError: it cannot be read.
    """
    decoded = folder.text(path) if path else None
    if decoded is None:
        return {}
    try:
        return read_yaml(decoded.text)
    except ValueError as error:
        raise _unreadable(path, "YAML", str(error)) from None


def _unreadable(path: str, language: str, problem: str) -> SourceError:
    message = wording(
        "This is not valid {language}: {split}.", language=language, split=" ".join(problem.split())
    )
    return SourceError(
        Finding(Place(path), "settings-syntax", message, wording("Correct it, or take the file away."))
    )


def table_in(said: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The table under a key; empty where it is none."""
    value = said.get(key)
    return value if isinstance(value, dict) else {}


def text_in(said: Mapping[str, Any], key: str) -> str:
    """The text under a key, in one line; empty where it is none."""
    value = said.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def names_in(value: object) -> tuple[str, ...]:
    """Authors, written as a text, a list, or a list of mappings with ``name``."""
    if isinstance(value, str):
        return tuple(name.strip() for name in re.split(r"[、,，;；]", value) if name.strip())
    if isinstance(value, dict):
        return names_in(value.get("name"))
    return tuple(name for each in value for name in names_in(each)) if isinstance(value, list) else ()


def inside(path: str) -> str:
    """A folder below the root; the root where it would be outside."""
    normal = PurePosixPath(posixpath.normpath(path)).as_posix()
    return "" if normal == "." or normal.startswith(("..", "/")) else normal


def matter_of(text: str) -> Mapping[str, Any]:
    """The YAML between the first two lines ``---`` of a file; empty where it cannot be read."""
    parts = re.split(r"(?m)^---[ \t]*$", text, maxsplit=2)
    if len(parts) < 3 or parts[0].strip():
        return {}
    with suppress(ValueError):
        return read_yaml(parts[1])
    return {}
