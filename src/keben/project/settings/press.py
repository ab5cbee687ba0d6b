"""``[press]`` of ``book.toml``: its schema, and its values as a `Press`."""

import re
from dataclasses import replace
from typing import Any

from keben.core.errors import Finding
from keben.core.lengths import millimetres
from keben.core.pressing import Inks, Press
from keben.core.saying import series, wording
from keben.core.toml.schema import Table, Text
from keben.project.settings.tables import PlacedTable

BULKS = {"offset": 1.3, "book": 1.7, "coated": 0.85}
"""Volume to mass of usual papers, in cm³/g: 双胶纸, 轻型纸, 铜版纸. A mill's own papers differ by a tenth."""

_STOCK = re.compile(r"(offset|book|coated)-(\d{2,3})")

MOST_BLEED = 25.0
"""Millimetres; more than any printer asks for."""


class PressTable(Table):
    """``[press]``, or an edition's own. What is left out stays as it was."""

    bleed: Text = "3mm"
    marks: bool = True
    paper: Text = "0.1mm"
    glue: Text = "0.5mm"
    inks: Inks = "all"
    spine_text: bool = True
    profile: str = ""


def read_press(placed: PlacedTable[PressTable], base: Press) -> tuple[Press, tuple[Finding, ...]]:
    """A `Press` with what a table overrides, and what is wrong in the table."""
    changes: dict[str, Any] = {}
    findings: list[Finding] = []
    for name in sorted(placed.table.model_fields_set):
        value = getattr(placed.table, name)
        place = placed.place(name)
        if name in ("inks", "marks", "profile", "spine_text"):
            changes[name] = value
            continue
        length = millimetres(value)
        if name == "paper":
            length = thickness(value)
            advice = wording(
                "Write it in millimetres, “0.1mm”, or name a paper: {bulks}.",
                bulks=series(f"{kind}-80" for kind in BULKS),
            )
        else:
            advice = wording("Write it in millimetres: “3mm”.")
        if length is None:
            findings.append(
                Finding(
                    place,
                    "length",
                    wording("“{value}” is not a {words}.", value=value, words=_WORDS[name]),
                    advice,
                )
            )
        elif name == "bleed" and length > MOST_BLEED:
            message = wording("A bleed of {length:g} mm is more than any printer asks for.", length=length)
            findings.append(Finding(place, "length", message, wording("Usual are 3 to 5 mm.")))
        else:
            changes[name] = length
    return replace(base, **changes), tuple(findings)


_WORDS = {"bleed": wording("length"), "glue": wording("length"), "paper": wording("paper's thickness")}


def thickness(text: str) -> float | None:
    """The thickness of a leaf in millimetres, of ``0.1mm`` or of a named paper: ``offset-80`` has 80 g/m²."""
    if match := _STOCK.fullmatch(text):
        return round(int(match[2]) * BULKS[match[1]] / 1000, 4)
    return millimetres(text) or None
