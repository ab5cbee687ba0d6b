"""Who supplies a product, whether it can be had, and for how much (ONIX for Books 3.0, P.24 to P.26)."""

from keben.core.edition import Edition
from keben.core.language import region
from keben.core.markup import Element
from keben.core.media import Medium
from keben.formats.onix.codes import (
    ASK_SUPPLIER,
    AVAILABILITY,
    AVAILABLE,
    CURRENCIES,
    EXPECTED,
    FREE,
    NOT_YET,
    PRICE_WITH_TAX,
    PUBLISHER_ROLE,
    SUPPLIER_ROLE,
)
from keben.formats.onix.tags import tag


def product_supply(
    edition: Edition, medium: Medium, publisher: str, date: Element | None, *, is_out: bool
) -> Element | None:
    """What ``[onix]`` says of a publication; None where it says nothing. ``date`` is that on which it comes out.

    What is not yet to be had needs the day on which it is expected (list 65).
    """
    supply = edition.supply
    if not supply.is_given:
        return None
    territory = (
        tag("Territory", tag("CountriesIncluded", " ".join(supply.countries))) if supply.countries else None
    )
    usual = AVAILABLE if is_out else NOT_YET
    availability = AVAILABILITY[supply.availability] if supply.availability else usual
    role = SUPPLIER_ROLE if supply.supplier else PUBLISHER_ROLE
    return tag(
        "ProductSupply",
        tag("Market", territory) if territory else None,
        tag(
            "SupplyDetail",
            tag("Supplier", tag("SupplierRole", role), tag("SupplierName", supply.supplier or publisher)),
            tag("ProductAvailability", availability),
            tag("SupplyDate", tag("SupplyDateRole", EXPECTED), date)
            if date and availability == NOT_YET
            else None,
            _price(edition, supply.price_of(medium), territory),
        ),
    )


def _price(edition: Edition, amount: str, territory: Element | None) -> Element:
    if not amount:
        return tag("UnpricedItemType", ASK_SUPPLIER)
    if not float(amount):
        return tag("UnpricedItemType", FREE)
    return tag(
        "Price",
        tag("PriceType", PRICE_WITH_TAX),
        tag("PriceAmount", amount),
        tag("CurrencyCode", edition.supply.currency or CURRENCIES[region(edition.language)]),
        territory,
    )
