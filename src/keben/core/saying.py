"""Sentences for people: English, with the template and the values that they were made from.

Rooms make them and know no language. `wording` gives a `Wording`, which is the English sentence, so that it is
compared, sorted, printed and written as text is. What shows it to a person may ask `keben.core.catalogues` for another
language: it finds the template there and fills in the same values, in the order of that language.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Value = str | int | float
"""What a sentence may hold: text, another `Wording`, or a number."""

_UNSTOPPED = "{}"
"""The template of a sentence that lost its full stop."""


class Wording(str):
    """An English text that knows its template and its values. Pickled, it keeps both."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Value]

    def __new__(cls, text: str, template: str, values: Mapping[str, Value]) -> "Wording":
        """Take the text as it is; `wording` makes it from the other two."""
        made = super().__new__(cls, text)
        made.template = template
        made.values = values
        return made

    def __str__(self) -> str:
        return self

    def __reduce__(self) -> tuple[type["Wording"], tuple[str, str, Mapping[str, Value]]]:
        return type(self), (str.__str__(self), self.template, self.values)

    def __copy__(self) -> "Wording":
        return self

    def __deepcopy__(self, _memo: object) -> "Wording":
        return self

    def __add__(self, other: str) -> "Wording":
        return joined(self, other)

    def __radd__(self, other: str) -> "Wording":
        return joined(other, self)

    def rstrip(self, chars: str | None = None, /) -> str:
        """Without its full stop, for a sentence that holds this one; else as of any text."""
        if chars != ".":
            return super().rstrip(chars)
        return Wording(super().rstrip("."), _UNSTOPPED, {"said": self})

    def removesuffix(self, suffix: str, /) -> str:
        """As `rstrip`."""
        return self.rstrip(".") if suffix == "." else super().removesuffix(suffix)


def wording(template: str, /, **values: Any) -> Wording:
    """The English sentence of a template and its values.

    ``template`` is a literal, whole sentence, with the values' names in braces, as `str.format` takes it. Without
    values it is taken as it is, braces too. Values that are no numbers count as text, and a `Wording` is
    translated by itself. A sentence that has its values already stays as it is.
    """
    if isinstance(template, Wording) and template.values:
        return template
    if not values:
        return Wording(template, template, {})
    plain = {name: _value(value) for name, value in values.items()}
    return Wording(template.format(**plain), template, plain)


def marked(template: str, /) -> str:
    """A template as it is, for a `wording` elsewhere: it tells the catalogues of it."""
    return template


def joined(*parts: str) -> Wording:
    """Texts one after another; each is translated by itself."""
    values: dict[str, Value] = {f"_{number}": _value(part) for number, part in enumerate(parts)}
    return Wording("".join(parts), "".join(f"{{{name}}}" for name in values), values)


def series(items: Iterable[object], separator: str = ", ") -> str:
    """Items in a row, as ``a, b, c``; the separator is a word of the catalogues."""
    parts = [str(item) for item in items]
    if len(parts) < 2:
        return parts[0] if parts else ""
    between = wording(separator)
    return joined(*[piece for part in parts for piece in (between, part)][1:])


def is_unstopped(said: Wording) -> bool:
    """Whether a sentence lost its full stop, to stand inside another one."""
    return said.template == _UNSTOPPED


def as_data(text: str) -> Any:
    """A text as JSON can hold it; `from_data` makes the same of that."""
    if not isinstance(text, Wording):
        return text
    values = {
        name: as_data(value) if isinstance(value, str) else value for name, value in text.values.items()
    }
    return [str.__str__(text), text.template, values]


def from_data(data: Any) -> str:
    """The text that `as_data` wrote.

    Raises:
        ValueError: it is none.
    """
    if isinstance(data, str):
        return data
    match data:
        case [str(text), str(template), dict(values)]:
            return Wording(text, template, {name: _from_data(value) for name, value in values.items()})
    raise ValueError("no text")


def _from_data(value: Any) -> Value:
    return value if isinstance(value, int | float) else from_data(value)


def _value(value: object) -> Value:
    return value if isinstance(value, str | int | float) else str(value)
