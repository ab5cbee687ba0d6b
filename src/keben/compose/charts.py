"""Charts: a TOML file of numbers → what a chart's template draws."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from keben.compose.fitting import ems, wrapped
from keben.core.book import Asset
from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.core.toml.loading import Locate, load_toml
from keben.core.toml.places import KeyPath
from keben.core.toml.schema import Table, Text, read_toml
from keben.core.values import dataclass
from keben.core.variants import carry_value, plain

MOST_BARS = 200
"""More are no chart that anybody reads, on any page."""


class Bar(Table):
    """One bar: its label, its length, and what is printed after the number."""

    label: Text
    value: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    note: str = ""


class Chart(Table):
    """A chart's file. ``unit`` follows each number; ``source`` says where the numbers come from."""

    kind: Literal["bar"]
    title: Text
    unit: str = ""
    source: str = ""
    bars: Annotated[list[Bar], Field(min_length=1, max_length=MOST_BARS)]


_Table = TypeVar("_Table", bound=Table)
_TEXTS = ("title", "unit", "source", "label", "note")
"""What is printed of a chart's file."""


SOURCE_SIZE = 7.0
"""Points: of the lines that say where figures come from."""

_SIZE, _THICKNESS, _STEP, _LINE = 8.5, 9.0, 17.0, 10.5
"""Points: of the type, of a bar, from one bar to the next, from one line of a label to the next."""

_LABELS, _FIGURES = 0.42, 0.32
"""Of the width: what labels and figures take at most before they are wrapped."""

_NARROW, _NARROW_LABELS, _NARROW_FIGURES = 230.0, 0.36, 0.24
"""Points, and the same where a chart is no wider, as in columns: the bars need room too."""

_SAME_SCALE = 5.0
"""How many times as much the longest bar of a chart may be as that of another, if both have one scale."""

MOST_LINES = 6
"""Of a label, of a figure and of the source. What needs more is text, and not a part of a drawing."""

Rows = tuple[tuple[float, str], ...]
"""Lines of a text, each with the height of its baseline."""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar in the drawing's units, which are points at the size that the book is printed."""

    label: str
    figure: str
    """The number with its unit, as printed."""
    y: float
    width: float
    label_rows: Rows = ()
    figure_rows: Rows = ()


@dataclass(frozen=True, slots=True)
class ChartDrawing:
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
    source_rows: Rows = ()


def read_chart(asset: Asset, source_language: str = "zh-Hans-CN") -> tuple[Chart | None, tuple[Finding, ...]]:
    """A chart's file, checked, its texts with the variants that they carry; None if it cannot be drawn."""
    path = f"book/{asset.path}"
    try:
        text = asset.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (
            Finding(
                Place(path),
                "invalid-utf-8",
                wording("This file is not UTF-8."),
                wording("Save the file as UTF-8."),
            ),
        )
    chart, locate, findings = read_toml(text, path, Chart)
    if chart is None:
        return None, findings
    bars = [_carried(bar, ("bars", index), locate, source_language) for index, bar in enumerate(chart.bars)]
    whole, wrong = _carried(chart, (), locate, source_language)
    carried = whole.model_copy(update={"bars": [bar for bar, _ in bars]})
    return carried, (*findings, *(each for _, found in bars for each in found), *wrong)


def _carried(
    table: _Table, key: KeyPath, locate: Locate, language: str
) -> tuple[_Table, tuple[Finding, ...]]:
    """A table whose texts carry their variants, and what is wrong in those."""
    read = {
        name: carry_value(text, language, locate((*key, name)))
        for name in _TEXTS
        if isinstance(text := getattr(table, name, None), str)
    }
    carried = table.model_copy(update={name: text for name, (text, _) in read.items()})
    return carried, tuple(each for _, found in read.values() for each in found)


@dataclass(frozen=True, slots=True)
class ChartFrame:
    """What the charts of a series have in common, so that their bars can be compared."""

    labels: float
    """The longest label, in em."""
    numbers: float
    """The longest number with what follows it, in em."""
    longest: float
    """The value whose bar takes all the room that these leave."""


def frame_of(chart: Chart, series: Sequence[Chart] = (), language: str = "zh-Hans-CN") -> ChartFrame:
    """The frame of a chart among those of its series.

    Their bars begin below one another and have the same room. Those of one unit have one scale, unless the bars of one
    would be stubs on it.
    """
    series = (*series, chart)
    labels = max(ems(plain(bar.label, language)) for each in series for bar in each.bars)
    # Regional words can be longer than the source's: a character more is kept free.
    numbers = max(ems(plain(figure, language)) for each in series for figure in figures_of(each)) + 1
    own = _longest(chart)
    alike = [_longest(each) for each in series if each.unit == chart.unit]
    longest = max(alike) if max(alike) <= _SAME_SCALE * min(alike) else own
    return ChartFrame(labels, numbers, longest)


def figures_of(chart: Chart) -> list[str]:
    """The numbers as they are printed. Where one has two places behind its point or more, all have as many."""
    numbers = [_plain(bar.value) for bar in chart.bars]
    places = max(len(number.partition(".")[2]) for number in numbers)
    if places > 1 and not any("e" in number for number in numbers):
        numbers = [_with_places(number, places) for number in numbers]
    return [f"{number}{bar.note}{chart.unit}" for number, bar in zip(numbers, chart.bars, strict=True)]


def _with_places(number: str, places: int) -> str:
    whole, _, fraction = number.partition(".")
    return f"{whole}.{fraction:0<{places}}"


def _longest(chart: Chart) -> float:
    return max(bar.value for bar in chart.bars) or 1.0


def lay_out(
    chart: Chart,
    width: float,
    words: Mapping[str, str],
    language: str = "zh-Hans-CN",
    frame: ChartFrame | None = None,
) -> ChartDrawing:
    """A chart's geometry for a type area ``width`` points wide, in an edition of a language.

    Labels stand left of the bars and numbers right of them; the longest bar takes what room they leave. What is too
    long for its side is wrapped. ``frame`` is that of its series; None: it stands alone.
    """
    frame = frame or frame_of(chart, (), language)
    figures, labels, numbers, longest = figures_of(chart), frame.labels, frame.numbers, frame.longest
    shares = (_NARROW_LABELS, _NARROW_FIGURES) if width < _NARROW else (_LABELS, _FIGURES)
    most_label, most_figure = width * shares[0] / _SIZE - 1, width * shares[1] / _SIZE
    left = (min(labels, most_label) + 1) * _SIZE
    room = width - left - (min(numbers, most_figure) + 0.5) * _SIZE
    bars: list[DrawnBar] = []
    top = 0.0
    for bar, figure in zip(chart.bars, figures, strict=True):
        beside = [bar.label] if labels <= most_label else wrapped(bar.label, most_label - 1, prose=True)
        behind = [figure] if numbers <= most_figure else wrapped(figure, most_figure - 1, prose=True)
        more = (max(len(beside), len(behind)) - 1) * _LINE
        y = top + more / 2 + 4
        # Divided first: the largest numbers that there are have no room for a factor.
        extent = round(room * (bar.value / longest), 2)
        bars.append(DrawnBar(bar.label, figure, round(y, 2), extent, _rows(beside, y), _rows(behind, y)))
        top += _STEP + more
    source = f"{words['source_before']}{chart.source}" if chart.source else ""
    # In the middle, as the caption is, if it fits there in a line; else from the edge.
    long = ems(plain(source, language)) * SOURCE_SIZE
    fits = long + SOURCE_SIZE <= width
    said = [source] if fits else wrapped(source, width / SOURCE_SIZE - 1, prose=True)
    step = SOURCE_SIZE * 1.35
    rows = (
        tuple((round(top + 17 + index * step, 2), line) for index, line in enumerate(said)) if source else ()
    )
    height = round(top + 4 + (16 + (len(said) - 1) * step if source else 0), 2)
    return ChartDrawing(
        chart.title, source, round(width, 2), height, _SIZE, round(left, 2), _THICKNESS, tuple(bars),
        round((width - long) / 2, 2) if fits else 0.0, SOURCE_SIZE, rows,
    )  # fmt: skip


def misfits(drawing: ChartDrawing, asset: Asset, height: float) -> tuple[Finding, ...]:
    """An error for each text of a chart that is too long to be drawn, and for a chart higher than ``height`` points."""
    path = f"book/{asset.path}"
    _, locate, _ = load_toml(asset.data.decode("utf-8-sig"), path)
    advice = wording("Shorten it, and say the rest in the text or the caption.")
    findings: list[Finding] = []
    for index, bar in enumerate(drawing.bars):
        texts = (
            ("label", wording("label"), bar.label_rows),
            ("note", wording("figure with its note and unit"), bar.figure_rows),
        )
        for key, what, rows in texts:
            if len(rows) > MOST_LINES:
                message = wording(
                    "This {what} takes {count} lines beside its bar; there is room for {most_lines}.",
                    what=what,
                    count=len(rows),
                    most_lines=MOST_LINES,
                )
                findings.append(Finding(locate(("bars", index, key)), "long-label", message, advice))
    if len(drawing.source_rows) > MOST_LINES:
        message = wording(
            "This source takes {count} lines; there is room for {most_lines}.",
            count=len(drawing.source_rows),
            most_lines=MOST_LINES,
        )
        findings.append(Finding(locate(("source",)), "long-label", message, advice))
    if drawing.height > height and not findings:
        times = f"{drawing.height / height:.1f}"
        message = wording(
            "This chart is {times} times as high as the page: it has {count} bars.",
            times=times,
            count=len(drawing.bars),
        )
        findings.append(
            Finding(
                locate(("bars",)), "high-chart", message, wording("Make several charts of it, or a table.")
            )
        )
    return tuple(findings)


def _rows(lines: Sequence[str], y: float) -> Rows:
    """Lines about the middle of the bar that begins at ``y``."""
    first = y + 7.7 - (len(lines) - 1) * _LINE / 2
    return tuple((round(first + index * _LINE, 2), line) for index, line in enumerate(lines))


def _plain(value: float) -> str:
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(value)
