"""TOML files with a schema: read, checked, and every error in them reported with its line."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, TypeVar, get_args

from keben.core.errors import Finding, Place
from keben.core.saying import joined, series, wording
from keben.core.toml.checks import After, Invalid, Limits, NotTaken, Wrong
from keben.core.toml.loading import Locate, load_toml
from keben.core.toml.nearest import nearest
from keben.core.toml.places import KeyPath
from keben.core.toml.tables import Table, fields_of

Text = Annotated[str, Limits(shortest=1)]
"""A string that is not empty."""

_Model = TypeVar("_Model", bound=Table)

_TYPES = {
    "string_type": (wording("a text"), wording("Put it between straight quotes.")),
    "int_type": (wording("a whole number"), wording("Write digits alone, without quotes.")),
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
"""What a value is not, by the kind of the error, and what to do."""


def refused(message: str, advice: str) -> NotTaken:
    """What a function of a schema raises: the finding that its key gets says just this."""
    return NotTaken("refused", {"message": message, "advice": advice})


def checked(is_right: Callable[[str], object], advice: str) -> After:
    """A check of texts; ``advice`` is what the form must be, in words."""

    def check(text: str) -> str:
        if not is_right(text):
            raise NotTaken("form", {"advice": advice})
        return text

    return After(check)


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
        return model.read(values), ()
    except Invalid as error:
        findings = [_explain(each, values, locate, model, hints or {}) for each in error.wrong]
        return None, tuple(dict.fromkeys(findings))


def _explain(
    wrong: Wrong,
    values: Mapping[str, Any],
    locate: Locate,
    model: type[Table],
    hints: Mapping[str, str],
) -> Finding:
    key = _real_key(wrong.key, values)
    place, name, given = locate(key), _shown(key), wrong.given
    kind, context = wrong.kind, wrong.context
    if kind == "extra_forbidden":
        return _unknown_key(key, place, model, hints)
    if kind == "missing":
        missing = _shown(wrong.key)
        return Finding(
            place,
            "missing-key",
            wording("`{missing}` is missing.", missing=missing),
            wording("It is required."),
        )
    if kind == "too_short":
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
        _bound(kind, context),
    )


def _bound(kind: str, context: Mapping[str, Any]) -> str:
    """What a number that is too large or too small must be."""
    if kind == "finite_number":
        return wording("It must be a finite number.")
    if kind == "less_than_equal":
        return wording("It can be {bound} at most.", bound=context["bound"])
    return wording("It must be {bound} at least.", bound=context["bound"])


def _alternatives(expected: str) -> str:
    """``'a', 'b' or 'c'``, with words that can be translated."""
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
    for field in fields_of(model).values():
        name = field.key
        for table in dict.fromkeys(_tables(field.annotation)):
            if not _is_keyed(field.annotation):
                here = f"{shown}.{name}" if shown else name
                yield here, {each.key for each in fields_of(table).values()}
                yield from _all_tables(table, here)


def _is_keyed(annotation: Any) -> bool:
    """Whether a field holds tables by names that the user gives, or a list of them."""
    return any(kind in str(annotation) for kind in ("dict[", "list["))


def _shown(key: KeyPath) -> str:
    """A key as people count: ``bars.1.value`` is in the first of ``bars``."""
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in key)


def _real_key(location: tuple[int | str, ...], values: Mapping[str, Any]) -> KeyPath:
    """The part of a path that is in the file: where one entry may stand for a list of it, its number is not."""
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
        field = fields_of(model).get(str(part).replace("-", "_"))
        if field is not None:
            model = next(_tables(field.annotation), model)
    for each in fields_of(model).values():
        yield each.key


def _tables(annotation: Any) -> Iterator[type[Table]]:
    if isinstance(annotation, type) and issubclass(annotation, Table):
        yield annotation
    for argument in get_args(annotation):
        yield from _tables(argument)
