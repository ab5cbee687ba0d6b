"""TOML files with a schema: read, checked, and every error in them told with its line."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from keben.errors import Finding, Place
from keben.tomlplaces import KeyPath, places


class Table(BaseModel):
    """A TOML table: unknown keys are errors, types are taken strictly, keys are written with dashes."""

    model_config = ConfigDict(
        extra="forbid", alias_generator=lambda name: name.replace("_", "-"), strict=True
    )


Text = Annotated[str, Field(min_length=1)]
"""A string that is not empty."""

_Model = TypeVar("_Model", bound=Table)


def read_toml(
    text: str, path: str, model: type[_Model]
) -> tuple[_Model | None, Callable[[KeyPath], Place], tuple[Finding, ...]]:
    """Read a TOML text by its schema; ``path`` is what messages call it.

    Gives the value (None if it cannot be used), a function from a key's path to its place in the text, and what is
    wrong.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, lambda _: Place(path), (_syntax_error(error, text, path),)
    where = places(text)

    def locate(key: KeyPath) -> Place:
        """The place of a key, or of the nearest table around it that the text has."""
        while key and key not in where:
            key = key[:-1]
        return Place(path, *where.get(key, (1, 0)))

    try:
        return model.model_validate(values), locate, ()
    except ValidationError as error:
        details = error.errors(include_url=False)
        return (
            None,
            locate,
            tuple(dict.fromkeys(_explain(detail, values, locate, model) for detail in details)),
        )


def nearest(word: str, known: list[str]) -> str:
    """Advice for a key that is not known."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"Did you mean `{near[0]}`?" if near else f"Known keys are {', '.join(known)}."


def _syntax_error(error: tomllib.TOMLDecodeError, text: str, path: str) -> Finding:
    message = str(error)
    match = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    if match:
        place = Place(path, int(match[1]), int(match[2]))
        message = message[: match.start()]
    else:
        message = message.removesuffix(" (at end of document)")
        place = Place(path, text.rstrip().count("\n") + 1)
    return Finding(
        place, "toml-syntax", f"This is not valid TOML: {message}.", "See https://toml.io for its rules."
    )


def _explain(
    detail: ErrorDetails, values: Mapping[str, Any], locate: Callable[[KeyPath], Place], model: type[Table]
) -> Finding:
    key = _real_key(detail["loc"], values)
    place = locate(key)
    name = _shown(key)
    match detail["type"]:
        case "extra_forbidden":
            table = _shown(key[:-1])
            message = f"Unknown key `{key[-1]}`{f' in [{table}]' if table else ''}."
            return Finding(
                place, "unknown-key", message, nearest(str(key[-1]), list(_known_keys(model, key[:-1])))
            )
        case "missing":
            missing = _shown(detail["loc"])
            return Finding(place, "missing-key", f"`{missing}` is missing.", "It is required.")
        case "string_too_short" | "too_short":
            return Finding(
                place, "empty-value", f"`{name}` is empty.", "Give it a value, or take the line out."
            )
        case "string_pattern_mismatch":
            message = f"`{name}` has a form that cannot be used: {detail['input']!r}."
            return Finding(place, "wrong-value", message, f"It must match {detail['ctx']['pattern']}.")
        case "literal_error":
            message = f"`{name}` cannot be {detail['input']!r}."
            return Finding(place, "wrong-value", message, f"Use {detail['ctx']['expected']}.")
        case _:
            message = f"`{name}` has a wrong value: {detail['input']!r}."
            return Finding(place, "wrong-value", message, f"{detail['msg']}.")


def _shown(key: KeyPath) -> str:
    """A key as people count: ``bars.1.value`` is in the first of ``bars``."""
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in key)


def _real_key(location: tuple[int | str, ...], values: Mapping[str, Any]) -> KeyPath:
    """The part of pydantic's location that is in the file: it adds names of its own."""
    key: list[str | int] = []
    here: Any = values
    for part in location:
        if isinstance(here, Mapping) and part in here:
            here = here[str(part)]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            continue
        key.append(part)
    return tuple(key)


def _known_keys(model: type[Table], table: KeyPath) -> Iterator[str]:
    for part in table:
        field = model.model_fields.get(str(part).replace("-", "_"))
        if field is not None:
            model = next(_tables(field.annotation), model)
    for name in model.model_fields:
        yield name.replace("_", "-")


def _tables(annotation: Any) -> Iterator[type[Table]]:
    if isinstance(annotation, type) and issubclass(annotation, Table):
        yield annotation
    for argument in get_args(annotation):
        yield from _tables(argument)
