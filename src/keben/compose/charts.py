"""Charts: a TOML file of numbers → what a chart's template draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from keben.errors import Finding, Place
from keben.model import Asset
from keben.schema import Table, Text, read_toml


class Bar(Table):
    """One bar: its label, its length, and what is printed after the number."""

    label: Text
    value: Annotated[float, Field(ge=0, allow_inf_nan=False, strict=False)]
    note: str = ""


class Chart(Table):
    """A chart's file. ``unit`` follows each number; ``source`` says where the numbers come from."""

    kind: Literal["bar"]
    title: Text
    unit: str = ""
    source: str = ""
    bars: Annotated[list[Bar], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar in the drawing's units, which are points at the size that the book is printed."""

    label: str
    figure: str
    """The number with its unit, as printed."""
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A horizontal bar chart, laid out."""

    title: str
    source: str
    width: float
    height: float
    size: float
    """Type size."""
    left: float
    """Where the bars begin."""
    thickness: float
    bars: tuple[DrawnBar, ...]


def read_chart(asset: Asset) -> tuple[Chart | None, tuple[Finding, ...]]:
    """A chart's file, checked; None if it cannot be drawn."""
    path = f"book/{asset.path}"
    try:
        text = asset.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (
            Finding(Place(path), "invalid-utf-8", "This file is not UTF-8.", "Save the file as UTF-8."),
        )
    chart, _, findings = read_toml(text, path, Chart)
    return chart, findings


def lay_out(chart: Chart, width: float, words: Mapping[str, str]) -> Drawing:
    """A chart's geometry for a type area ``width`` points wide.

    Labels stand left of the bars and numbers right of them; the longest bar takes what room they leave.
    """
    size, thickness, step = 8.5, 9.0, 17.0
    figures = [f"{_plain(bar.value)}{bar.note}{chart.unit}" for bar in chart.bars]
    left = max(_ems(bar.label) for bar in chart.bars) * size + size
    # Regional words can be longer than the source's: a character more is kept free.
    room = width - left - (max(map(_ems, figures)) + 1.5) * size
    longest = max(bar.value for bar in chart.bars) or 1.0
    bars = tuple(
        DrawnBar(
            bar.label, figure, round(index * step + 4, 2), round(max(room, size) * bar.value / longest, 2)
        )
        for index, (bar, figure) in enumerate(zip(chart.bars, figures, strict=True))
    )
    height = len(bars) * step + 4 + (16 if chart.source else 0)
    source = f"{words['source_before']}{chart.source}" if chart.source else ""
    return Drawing(chart.title, source, round(width, 2), height, size, round(left, 2), thickness, bars)


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _ems(text: str) -> float:
    """About how wide a text is: full-width characters take one em, others a little more than half."""
    return sum(1.0 if ord(character) > 0x2E7F or character in "—…“”‘’·" else 0.56 for character in text)
