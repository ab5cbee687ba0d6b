"""Classes for the tables of TOML files: a field for each key, by its name, type and default.

::

    class Bar(Table):
        label: Text
        value: Annotated[float, Limits(least=0)]
        notes: list[Text] = made(list)

Unknown keys are errors, types are taken strictly, and a key ``file-as`` is the field ``file_as``. A field's type is one
of ``str``, ``int``, ``float``, ``bool``, ``Literal``, ``list``, ``dict``, a table, or several of these with ``|``.
`Annotated` adds `Limits`, and functions `Before` or `After` the type is looked at. What a value is checked by is worked
out when the first one is: most files have few of the tables that they could have.
"""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, ClassVar, Self

from keben.core.toml.checks import Check, Invalid, Wrong, check_of
from keben.core.values import dataclass

_REQUIRED: Any = object()


@dataclass(frozen=True, slots=True)
class Fresh:
    """The default of a field: each table has one of its own."""

    make: Callable[[], Any]


def made(make: Callable[[], Any]) -> Any:
    """The default of a field that holds a list or a mapping."""
    return Fresh(make)


@dataclass(frozen=True, slots=True)
class TableField:
    """A field of a table."""

    key: str
    """As the file has it."""
    annotation: Any
    given: Any = _REQUIRED

    @property
    def is_required(self) -> bool:
        """Whether the key cannot be left out."""
        return self.given is _REQUIRED

    @property
    def default(self) -> Any:
        """What the field has if the key is left out."""
        return self.given.make() if isinstance(self.given, Fresh) else self.given


class Table:
    """A table of a TOML file; see this module."""

    _fields: ClassVar[Mapping[str, TableField]] = {}
    _checks: ClassVar[dict[str, Check]] = {}

    fields_given: frozenset[str] = frozenset()
    """The fields whose keys are in the file, or that were changed since."""

    def __init_subclass__(cls) -> None:
        own = {
            name: TableField(name.replace("_", "-"), annotation, vars(cls).get(name, _REQUIRED))
            for name, annotation in cls.__annotations__.items()
            if not name.startswith("_")
        }
        cls._fields = {**cls._fields, **own}
        cls._checks = {}

    def __init__(self, /, **given: Any) -> None:
        """``given``: values by their keys.

        Raises:
            Invalid: they are not as the fields say.
        """
        checked = self._checked(given)
        unsaid = {name: field.default for name, field in self._fields.items() if name not in checked}
        vars(self).update(unsaid | checked, fields_given=frozenset(checked))

    @classmethod
    def read(cls, values: object) -> Self:
        """A table of the values that its keys have; a table that was read already as it is.

        Raises:
            Invalid: they are not as the fields say.
        """
        if isinstance(values, cls):
            return values
        if not isinstance(values, dict):
            raise Invalid((Wrong("model_type", (), values),))
        return cls(**values)

    def changed(self, changes: Mapping[str, Any]) -> Self:
        """The same table with other values of some fields, which are not checked."""
        other = copy(self)
        vars(other).update(changes, fields_given=self.fields_given | changes.keys())
        return other

    @classmethod
    def _checked(cls, given: Mapping[str, object]) -> dict[str, Any]:
        """What the keys of a table say, by the names of their fields.

        Raises:
            Invalid: with all that is wrong, field by field, and then what is unknown.
        """
        found: dict[str, Any] = {}
        wrong: list[Wrong] = []
        for name, field in cls._fields.items():
            if field.key in given:
                try:
                    found[name] = cls._check(name)(given[field.key])
                except Invalid as error:
                    wrong += error.below(field.key)
            elif field.is_required:
                wrong.append(Wrong("missing", (field.key,), given))
        known = {field.key for field in cls._fields.values()}
        wrong += [Wrong("extra_forbidden", (key,), given[key]) for key in given if key not in known]
        if wrong:
            raise Invalid(tuple(wrong))
        return found

    @classmethod
    def _check(cls, name: str) -> Check:
        if name not in cls._checks:
            cls._checks[name] = check_of(cls._fields[name].annotation)
        return cls._checks[name]


def fields_of(table: type[Table]) -> Mapping[str, TableField]:
    """The fields of a class of tables by their names, those that it inherits first."""
    return table._fields
