"""Charts laid out for e-books: narrow, each label over its bar, so that on a telephone their type is the text's."""

from collections.abc import Mapping, Sequence

from keben.compose.charts import (
    Chart,
    ChartDrawing,
    ChartFrame,
    DrawnBar,
    Rows,
    figures_of,
    frame_of,
    lay_out,
)
from keben.compose.fitting import ems, wrapped
from keben.core.variants import plain

WIDTH, WIDTH_IN_COLUMNS = 104.0, 80.0
"""Points: with type of 9 points, 11.6 em of the reader's text. A telephone of 360 pixels with type of 32 has 10 of them
beside its margins, so that the type is 0.86 of the text there; in columns 7, as the caption stands beside it."""
_EDGE, _GAP = 3.0, 6.0
"""Points: around the drawing, for it has a ground of its own, and between a bar and the next label."""
_SIZE, _LINE, _THICKNESS, _SOURCE = 9.0, 11.5, 9.0, 8.4
_FIGURES = 0.45
"""Of the width: what figures take at most before they are wrapped."""


def beside_on_screen(
    chart: Chart, width: float, words: Mapping[str, str], language: str, series: Sequence[Chart]
) -> ChartDrawing:
    """A chart as `lay_out` does it, no wider than a telephone takes: for a theme that draws charts itself."""
    return lay_out(chart, min(width, 200.0), words, language, frame_of(chart, series, language))


def lay_out_for_screen(
    chart: Chart,
    words: Mapping[str, str],
    language: str = "zh-Hans-CN",
    frame: ChartFrame | None = None,
    width: float = WIDTH,
) -> ChartDrawing:
    """A chart ``width`` points wide, with its labels over their bars.

    ``frame`` is that of its series; None: it stands alone.
    """
    frame = frame or frame_of(chart, (), language)
    room = width - 2 * _EDGE
    behind = min(frame.numbers * _SIZE, room * _FIGURES) + 4
    bars: list[DrawnBar] = []
    top = _EDGE
    for bar, figure in zip(chart.bars, figures_of(chart), strict=True):
        over = wrapped(bar.label, room / _SIZE - 1, prose=True)
        label_rows = _rows(over, top)
        y = round(top + len(over) * _LINE + 1, 2)
        beside = (
            [figure]
            if frame.numbers * _SIZE + 4 <= behind
            else wrapped(figure, (behind - 4) / _SIZE - 1, prose=True)
        )
        extent = round((room - behind) * (bar.value / frame.longest), 2)
        bars.append(DrawnBar(bar.label, figure, y, extent, label_rows, _rows(beside, y - 2)))
        top = y + max(_THICKNESS, len(beside) * _LINE - 2) + _GAP
    source = f"{words['source_before']}{chart.source}" if chart.source else ""
    said = wrapped(source, room / _SOURCE - 1, prose=True) if source else []
    rows = tuple((round(top + 7 + index * _SOURCE * 1.35, 2), line) for index, line in enumerate(said))
    long = ems(plain(source, language)) * _SOURCE
    left = round((width - long) / 2, 2) if len(said) == 1 else _EDGE
    height = round(top + len(said) * _SOURCE * 1.35 + _EDGE, 2)
    return ChartDrawing(
        chart.title, source, width, height, _SIZE, _EDGE, _THICKNESS, tuple(bars), left, _SOURCE, rows
    )


def _rows(lines: Sequence[str], top: float) -> Rows:
    return tuple((round(top + _SIZE + 0.5 + index * _LINE, 2), line) for index, line in enumerate(lines))
