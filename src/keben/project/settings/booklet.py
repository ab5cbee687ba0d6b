"""``[booklet]`` of ``book.toml``: its schema, and its values as a `Booklet`."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from keben.core.binding import Binding, Blanks, Booklet, Duplex
from keben.core.errors import Finding
from keben.core.lengths import PAPERS, millimetres, paper
from keben.core.saying import series, wording
from keben.core.toml.schema import Table, Text
from keben.project.settings.tables import PlacedTable


class BookletTable(Table):
    """``[booklet]``, or an edition's own. What is left out stays as it was."""

    sheet: Text = "A4"
    up: Literal[0, 2, 4, 8] = 0
    signature: Annotated[int, Field(ge=0)] = 0
    binding: Binding = "left"
    duplex: Duplex = "short-edge"
    blanks: Blanks = "end"
    cover: bool = False
    creep: Text = "0mm"
    gutter: Text = "0mm"
    marks: bool = True


def read_booklet(placed: PlacedTable[BookletTable], base: Booklet) -> tuple[Booklet, tuple[Finding, ...]]:
    """A booklet with what a table overrides, and what is wrong in the table."""
    changes: dict[str, Any] = {}
    findings: list[Finding] = []
    for name in sorted(placed.table.model_fields_set):
        value = getattr(placed.table, name)
        place = placed.place(name)
        if name == "sheet":
            size = paper(value)
            if size is None:
                advice = wording(
                    "Use one of {papers}, or a width and a height such as “320mm 450mm”.",
                    papers=series(PAPERS),
                )
                findings.append(
                    Finding(place, "sheet", wording("“{value}” is not a sheet's size.", value=value), advice)
                )
            else:
                changes["width"], changes["height"] = size
        elif name in ("creep", "gutter"):
            length = millimetres(value)
            if length is None:
                advice = wording("Write it in millimetres: “0.1mm”.")
                findings.append(
                    Finding(place, "length", wording("“{value}” is not a length.", value=value), advice)
                )
            else:
                changes[name] = length
        elif name == "signature" and value % 4:
            message = wording(
                "A signature cannot have {value} pages: a folded sheet has 4, 8 or 16.", value=value
            )
            advice = wording("Use a multiple of 4, or 0 to fold all sheets together.")
            findings.append(Finding(place, "signature", message, advice))
        else:
            changes[name] = value
    return replace(base, **changes), tuple(findings)
