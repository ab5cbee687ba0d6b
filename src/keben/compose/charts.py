"""Charts: a TOML file of numbers → what a chart's template draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from keben.errors import Finding, Place
from keben.model import Asset
from keben.schema import Table, Text, read_toml
from keben.tomlplaces import KeyPath
from keben.variants import carry_value, plain


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


_Table = TypeVar("_Table", bound=Table)
_TEXTS = ("title", "unit", "source", "label", "note")
"""What is printed of a chart's file."""


SOURCE_SIZE = 7.0
"""Points: of the line that says where figures come from."""


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
    source_left: float = 0.0
    source_size: float = SOURCE_SIZE


def read_chart(asset: Asset, source_language: str = "zh-Hans-CN") -> tuple[Chart | None, tuple[Finding, ...]]:
    """A chart's file, checked, its texts with the variants that they carry; None if it cannot be drawn."""
    path = f"book/{asset.path}"
    try:
        text = asset.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (
            Finding(Place(path), "invalid-utf-8", "This file is not UTF-8.", "Save the file as UTF-8."),
        )
    chart, locate, findings = read_toml(text, path, Chart)
    if chart is None:
        return None, findings
    wrong = list(findings)
    bars = [
        _carried(bar, ("bars", index), locate, source_language, wrong) for index, bar in enumerate(chart.bars)
    ]
    whole = _carried(chart, (), locate, source_language, wrong)
    return whole.model_copy(update={"bars": bars}), tuple(wrong)


def _carried(
    table: _Table, key: KeyPath, locate: Callable[[KeyPath], Place], language: str, wrong: list[Finding]
) -> _Table:
    """A table whose texts carry their variants."""
    texts = {name: getattr(table, name) for name in _TEXTS if isinstance(getattr(table, name, None), str)}
    return table.model_copy(
        update={
            name: carry_value(text, language, locate((*key, name)), wrong) for name, text in texts.items()
        }
    )


def lay_out(chart: Chart, width: float, words: Mapping[str, str], language: str = "zh-Hans-CN") -> Drawing:
    """A chart's geometry for a type area ``width`` points wide, in an edition of a language.

    Labels stand left of the bars and numbers right of them; the longest bar takes what room they leave.
    """
    size, thickness, step = 8.5, 9.0, 17.0
    figures = [f"{_plain(bar.value)}{bar.note}{chart.unit}" for bar in chart.bars]
    left = max(_ems(plain(bar.label, language)) for bar in chart.bars) * size + size
    # Regional words can be longer than the source's: a character more is kept free.
    room = width - left - (max(_ems(plain(figure, language)) for figure in figures) + 1.5) * size
    longest = max(bar.value for bar in chart.bars) or 1.0
    bars = tuple(
        DrawnBar(
            bar.label, figure, round(index * step + 4, 2), round(max(room, size) * bar.value / longest, 2)
        )
        for index, (bar, figure) in enumerate(zip(chart.bars, figures, strict=True))
    )
    height = len(bars) * step + 4 + (16 if chart.source else 0)
    source = f"{words['source_before']}{chart.source}" if chart.source else ""
    # Under the bars if it fits there, else from the edge, and as small as it must be.
    long = _ems(plain(source, language)) + 1
    source_left = left if long * SOURCE_SIZE <= width - left else 0.0
    source_size = min(SOURCE_SIZE, (width - source_left) / long)
    return Drawing(
        chart.title, source, round(width, 2), height, size, round(left, 2), thickness, bars,
        round(source_left, 2), round(source_size, 2),
    )  # fmt: skip


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _ems(text: str) -> float:
    """About how wide a text is: full-width characters take one em, others a little more than half."""
    return sum(1.0 if ord(character) > 0x2E7F or character in "—…“”‘’·" else 0.56 for character in text)
