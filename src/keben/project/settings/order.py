"""``order`` of ``book.toml``: which places a book's order must have, and how often."""

from collections.abc import Callable, Iterator, Sequence

from keben.core.edition import OrderName
from keben.core.errors import Finding, Place
from keben.core.saying import wording

NEEDED: tuple[OrderName, ...] = ("titlepage", "colophon", "contents", "text")
"""What every book has, wherever it stands."""


def wrong_order(order: Sequence[OrderName], place: Callable[[str], Place]) -> Iterator[Finding]:
    """An error for each place that an order lacks or has twice; none for one that says nothing.

    ``place`` gives that of a key.
    """
    if not order:
        return
    for name in NEEDED:
        if name not in order:
            message = wording("The order of the book lacks “{name}”, which every book has.", name=name)
            yield Finding(place("order"), "order", message, wording("Put it where it stands in the book."))
    for at, name in enumerate(order):
        if name in order[:at]:
            message = wording("The order of the book has “{name}” twice.", name=name)
            yield Finding(place("order"), "order", message, wording("Take one out."))
