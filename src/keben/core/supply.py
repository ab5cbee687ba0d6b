"""Prices and suppliers of a book, for the ONIX message."""

from typing import Literal

from keben.core.media import Medium
from keben.core.values import dataclass

Availability = Literal["not-yet", "in-stock", "to-order", "on-demand", "out-of-stock", "unavailable"]
"""Whether a product can be had."""


@dataclass(frozen=True, slots=True)
class Supply:
    """``[onix]``, and what an edition's own table says over it."""

    supplier: str = ""
    """Whoever delivers it to shops; empty: the publisher."""
    prices: tuple[tuple[Medium, str], ...] = ()
    """Of each publication for readers, tax included, as a number: ``48.00``; ``0.00`` is free."""
    currency: str = ""
    """ISO 4217; empty: that of the edition's region."""
    countries: tuple[str, ...] = ()
    """Where the prices hold, ISO 3166; empty: nothing is said of it."""
    availability: Availability | None = None
    """None: it can be had from the day on which it comes out."""

    def price_of(self, medium: Medium) -> str:
        """The price of a publication; empty where none is said."""
        return dict(self.prices).get(medium, "")

    @property
    def is_given(self) -> bool:
        """Whether anything is to be said."""
        return bool(self.supplier or self.prices or self.availability)


NO_SUPPLY = Supply()
