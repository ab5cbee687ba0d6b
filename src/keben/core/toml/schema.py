"""TOML files with a schema: read, checked, and every error in them reported with its line."""

import difflib
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, TypeVar, get_args

# Else it looks through everything that is installed for plugins, which are no part of how a book is read.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from keben.core.errors import Finding, Place
from keben.core.saying import joined, marked, series, wording
from keben.core.toml.loading import Locate, load_toml
from keben.core.toml.nearest import nearest
from keben.core.toml.places import KeyPath


class Table(BaseModel):
    """A TOML table: unknown keys are errors, types are taken strictly, keys are written with dashes."""

    model_config = ConfigDict(
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        strict=True,
        # The tables of a table are checked by its own validator: theirs need not be made.
        defer_build=True,
    )


Text = Annotated[str, Field(min_length=1)]
"""A string that is not empty."""

_Model = TypeVar("_Model", bound=Table)

_TYPES = {
    "string_type": (wording("a text"), wording("Put it between straight quotes.")),
    "int_type": (wording("a whole number"), wording("Write digits alone, without quotes.")),
    "int_from_float": (wording("a whole number"), wording("Write it without a point.")),
    "float_type": (wording("a number"), wording("Write digits alone, without quotes.")),
    "bool_type": (wording("true or false"), wording("Write true or false, without quotes.")),
    "list_type": (wording("a list"), wording("Put it in square brackets: [ … ].")),
    "dict_type": (
        wording("a table"),
        wording("Write it as one, with its keys below a heading in square brackets."),
    ),
    "model_type": (
        wording("a table"),
        wording("Write it as one: { key = … }, or below a heading in square brackets."),
    ),
}
"""What a value is not, by pydantic's name of the error, and what to do."""


def refused(message: str, advice: str) -> PydanticCustomError:
    """What a validator of a schema raises: the finding that its key gets says just this."""
    return PydanticCustomError("refused", "{message}", {"message": message, "advice": advice})


def checked(is_right: Callable[[str], object], advice: str) -> AfterValidator:
    """A validator of texts; ``advice`` is what the form must be, in words."""

    def check(text: str) -> str:
        if not is_right(text):
            raise PydanticCustomError("form", "{advice}", {"advice": advice})
        return text

    return AfterValidator(check)


def read_toml(
    text: str, path: str, model: type[_Model], hints: Mapping[str, str] | None = None
) -> tuple[_Model | None, Locate, tuple[Finding, ...]]:
    """Read a TOML text by its schema; ``path`` is what messages call it.

    Gives the value (None if it cannot be used), a function from a key's path to its place in the text, and what is
    wrong. ``hints`` say of keys that are in no schema where such a thing goes.
    """
    values, locate, findings = load_toml(text, path)
    if values is None:
        return None, locate, findings
    value, findings = read_values(values, locate, model, hints)
    return value, locate, findings


def read_values(
    values: Mapping[str, Any], locate: Locate, model: type[_Model], hints: Mapping[str, str] | None = None
) -> tuple[_Model | None, tuple[Finding, ...]]:
    """Read values of TOML by their schema, as `read_toml` does; ``locate`` gives the places of their keys."""
    try:
        return model.model_validate(values), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
        findings = [_explain(detail, values, locate, model, hints or {}) for detail in details]
        return None, tuple(dict.fromkeys(findings))


def _explain(
    detail: ErrorDetails,
    values: Mapping[str, Any],
    locate: Locate,
    model: type[Table],
    hints: Mapping[str, str],
) -> Finding:
    key = _real_key(detail["loc"], values)
    place, name, given = locate(key), _shown(key), detail["input"]
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(key, place, model, hints)
    if kind == "missing":
        missing = _shown(detail["loc"])
        return Finding(
            place,
            "missing-key",
            wording("`{missing}` is missing.", missing=missing),
            wording("It is required."),
        )
    if kind in ("string_too_short", "too_short"):
        return Finding(
            place,
            "empty-value",
            wording("`{name}` is empty.", name=name),
            wording("Give it a value, or take the line out."),
        )
    if kind == "too_long":
        message = wording("`{name}` has {context} entries.", name=name, context=context["actual_length"])
        return Finding(
            place, "wrong-value", message, wording("It can have {context}.", context=context["max_length"])
        )
    if kind == "form":
        message = wording("`{name}` has a form that cannot be used: {value}.", name=name, value=_value(given))
        return Finding(place, "wrong-value", message, context["advice"])
    if kind == "refused":
        return Finding(
            place,
            "wrong-value",
            wording("`{name}`: {message}.", name=name, message=context["message"]),
            context["advice"],
        )
    if kind == "literal_error":
        message = wording("`{name}` cannot be {value}.", name=name, value=_value(given))
        return Finding(
            place,
            "wrong-value",
            message,
            wording("Use {context}.", context=_alternatives(context["expected"])),
        )
    if kind in _TYPES:
        what, advice = _TYPES[kind]
        return Finding(
            place,
            "wrong-value",
            wording("`{name}` is not {what}: {value}.", name=name, what=what, value=_value(given)),
            advice,
        )
    return Finding(
        place,
        "wrong-value",
        wording("`{name}` has a wrong value: {value}.", name=name, value=_value(given)),
        _bound(kind, context) or wording("{message}.", message=detail["msg"]),
    )


_BOUNDS = {
    "less_than_equal": ("le", marked("It can be {bound} at most.")),
    "less_than": ("lt", marked("It must be less than {bound}.")),
    "greater_than_equal": ("ge", marked("It must be {bound} at least.")),
    "greater_than": ("gt", marked("It must be more than {bound}.")),
}
"""Where pydantic has the bound of a number, and what is said of it."""


def _bound(kind: str, context: Mapping[str, Any]) -> str:
    """What a number that is too large or too small must be; empty for other kinds of errors."""
    if kind == "finite_number":
        return wording("It must be a finite number.")
    if kind not in _BOUNDS:
        return ""
    name, template = _BOUNDS[kind]
    return wording(template, bound=context[name])


def _alternatives(expected: str) -> str:
    """Pydantic's ``'a', 'b' or 'c'``, with words that can be translated."""
    most, _, last = expected.rpartition(" or ")
    return joined(series(most.split(", ")), wording(" or "), last) if most else last


def _unknown_key(key: KeyPath, place: Place, model: type[Table], hints: Mapping[str, str]) -> Finding:
    word, table = str(key[-1]), _shown(key[:-1])
    message = wording(
        "Unknown key `{word}`{table}.",
        word=_short(word),
        table=wording(" in [{table}]", table=table) if table else "",
    )
    known = list(_known_keys(model, key[:-1]))
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.8)
    elsewhere = [shown for shown, keys in _all_tables(model) if word in keys and shown != table]
    if near:
        advice: str = wording("Did you mean `{near}`?", near=near[0])
    elif word.lower() in hints:
        advice = hints[word.lower()]
    elif elsewhere:
        advice = wording(
            "It belongs in {elsewhere}.", elsewhere=series((f"[{shown}]" for shown in elsewhere), " or ")
        )
    else:
        advice = nearest(word, known)
    return Finding(place, "unknown-key", message, advice)


def _value(value: object) -> str:
    """A value as messages show it: never long, whatever it is."""
    if isinstance(value, Mapping):
        return wording("a table")
    if isinstance(value, list):
        return wording("a list")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**20:
        return wording("a number of too many digits")
    return repr(_short(value)) if isinstance(value, str) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _all_tables(model: type[Table], shown: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each table of a schema that has a name of its own, and its keys."""
    for name, field in model.model_fields.items():
        for table in dict.fromkeys(_tables(field.annotation)):
            if not _is_keyed(field.annotation):
                here = f"{shown}.{name}" if shown else name
                yield here, {each.replace("_", "-") for each in table.model_fields}
                yield from _all_tables(table, here)


def _is_keyed(annotation: Any) -> bool:
    """Whether a field holds tables by names that the user gives, or a list of them."""
    return any(kind in str(annotation) for kind in ("dict[", "list["))


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
