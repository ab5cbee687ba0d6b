"""The table ``[lint]`` of ``book.toml``."""

from pydantic import Field

from keben.core.errors import Place
from keben.core.linting import HanLatin, LintSettings, QuoteStyle
from keben.core.toml.loading import Locate
from keben.core.toml.schema import Table, Text


class LintTable(Table):
    """Which rules look at the manuscript; by their number, the beginning of it, or their name."""

    select: list[Text] = Field(default_factory=list)
    extend: list[Text] = Field(default_factory=list)
    ignore: list[Text] = Field(default_factory=list)
    per_file: dict[str, list[Text]] = Field(default_factory=dict)
    han_latin: HanLatin = "keep"
    quotes: QuoteStyle = "auto"
    terms: dict[str, list[Text]] = Field(default_factory=dict)


def lint_settings(table: LintTable, locate: Locate) -> tuple[LintSettings, tuple[tuple[str, Place], ...]]:
    """The settings of a table, and each rule that it names, with the place of that."""
    settings = LintSettings(
        tuple(table.select),
        tuple(table.extend),
        tuple(table.ignore),
        {form: tuple(names) for form, names in table.per_file.items()},
        table.han_latin,
        table.quotes,
        {term: tuple(forms) for term, forms in table.terms.items()},
    )
    lists = {"select": table.select, "extend": table.extend, "ignore": table.ignore}
    named = [
        (name, locate(("lint", key, number)))
        for key, names in lists.items()
        for number, name in enumerate(names)
    ]
    named += [
        (name, locate(("lint", "per-file", form, number)))
        for form, names in table.per_file.items()
        for number, name in enumerate(names)
    ]
    return settings, tuple(named)
