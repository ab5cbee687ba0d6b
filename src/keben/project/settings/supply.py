"""``[onix]`` of ``book.toml``: its schema, and its values as a `Supply`."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from keben.core.media import Medium
from keben.core.saying import wording
from keben.core.supply import NO_SUPPLY, Availability, Supply
from keben.core.toml.schema import Table, refused

_PRICE = re.compile(r"\d{1,9}(?:\.\d{1,2})?")


def _price(value: object) -> str:
    text = "" if isinstance(value, bool) else str(value).strip()
    if not _PRICE.fullmatch(text):
        raise refused(
            wording("this is not a price"), wording('Write a number, as 48 or "48.00"; 0 for what is free.')
        )
    return text


def _code(pattern: str, what: str, example: str) -> BeforeValidator:
    def read(value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value.strip().upper()):
            raise refused(
                wording("this is not a {what} code", what=what),
                wording("Write its code, as {example}.", example=example),
            )
        return value.strip().upper()

    return BeforeValidator(read)


_Country = Annotated[str, _code("[A-Z]{2}", wording("country"), '"CN" (ISO 3166)')]


class SupplyTable(Table):
    """``[onix]``, or an edition's own. What is left out stays as it was."""

    supplier: str = ""
    prices: dict[Medium, Annotated[str, BeforeValidator(_price)]] = Field(default_factory=dict)
    currency: Annotated[str, _code("[A-Z]{3}", wording("currency"), '"CNY" (ISO 4217)')] = ""
    countries: list[_Country] = Field(default_factory=list)
    availability: Availability | None = None


def read_supply(table: SupplyTable, base: Supply, *, same_region: bool = True) -> Supply:
    """The supply with what a table overrides. Prices hold in the region that they are said for."""
    if not same_region:
        base = replace(NO_SUPPLY, supplier=base.supplier, availability=base.availability)
    changes: dict[str, Any] = {name: getattr(table, name) for name in sorted(table.model_fields_set)}
    if "prices" in changes:
        changes["prices"] = tuple(
            (name, f"{Decimal(text):.2f}") for name, text in sorted(table.prices.items())
        )
    if "countries" in changes:
        changes["countries"] = tuple(dict.fromkeys(table.countries))
    return replace(base, **changes)
