"""Tables that have too little room: how their boxes are marked when they are laid out, and what is said of them."""

from collections.abc import Iterator
from typing import Any

from keben.core.errors import Finding, Place
from keben.core.saying import wording

NARROW = "_keben_narrow"
"""A table whose numbers have no room."""

SMALLER = "_keben_smaller"
"""A table that is set in smaller type than its style says."""

PARTED = "_keben_parted"
"""A table whose rows have names that are parted."""

MARKS = (NARROW, PARTED, SMALLER)
"""What of a table is said to the author."""


def unfit_tables(rendering: Any, name: str) -> Iterator[Finding]:
    """A warning for tables whose numbers or names have no room, a notice for those set smaller; with their pages."""
    pages: dict[str, dict[int, None]] = {mark: {} for mark in MARKS}
    for number, made in enumerate(rendering.pages, 1):
        for box in made._page_box.descendants():
            for mark, found in pages.items():
                if getattr(box, mark, False):
                    found[number] = None
    narrow, parted, smaller = (", ".join(map(str, found)) for found in pages.values())
    advice = wording("Give it the class .wide, which lays it on its side; or make two tables of it.")
    if narrow:
        message = wording(
            "A table has more columns than its width has room for: numbers in it are parted (page {narrow}).",
            narrow=narrow,
        )
        yield Finding(Place(name), "narrow-table", message, advice, "warning")
    if parted:
        message = wording(
            "A table has more columns than its width has room for: names of its rows are parted (page {parted}).",
            parted=parted,
        )
        yield Finding(Place(name), "narrow-table", message, advice, "warning")
    if smaller:
        message = wording(
            "A table is set in smaller type, so that its words have room (page {smaller}).", smaller=smaller
        )
        yield Finding(Place(name), "small-table", message, advice, "notice")
