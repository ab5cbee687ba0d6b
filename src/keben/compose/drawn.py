"""The drawings of a book: its charts, on paper and on a screen, and what chapters describe in code."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from keben.compose.chapters import chart_name
from keben.compose.documents import ChapterText, DocumentMaker
from keben.core.book import Manuscript
from keben.core.composition import Document, name_on_screen
from keben.core.edition import Edition
from keben.core.errors import Finding
from keben.core.markup import Element, walk

if TYPE_CHECKING:
    from keben.compose.charts import Chart

# Most books have no charts, and their schema takes a while to load: functions import it.


def draw_charts(
    texts: Sequence[ChapterText], manuscript: Manuscript, edition: Edition, make: DocumentMaker
) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """The drawings of the charts that chapters show, sorted by path; findings are about their files and their sizes.

    Raises:
        SourceError: a template of the theme fails.
    """
    shown = [_shown_charts(text, manuscript) for text in texts]
    paths = sorted(set().union(*shown))
    if not paths:
        return (), ()
    charts, problems = _read_charts(paths, manuscript, edition)
    findings = list(problems)
    documents: list[Document] = []
    for path, chart in charts.items():
        group = next(each for each in shown if path in each)
        series = [charts[each] for each in sorted(group) if each in charts]
        drawn, misfits = _on_paper(path, chart, series, manuscript, edition, make)
        documents.append(drawn)
        findings += misfits
        if "epub" in edition.media:
            documents.append(_on_screen(path, chart, series, edition, make))
    return tuple(documents), tuple(findings)


def described_drawings(texts: Iterable[ChapterText]) -> Iterator[Document]:
    """The drawings that chapters describe in code, each once."""
    made: set[str] = set()
    for text in texts:
        for path, root in text.numbered.chapter.drawings.items():
            if path not in made:
                made.add(path)
                yield Document(path, "drawing", text.numbered.heading, root, text.numbered.chapter.path)


def _shown_charts(text: ChapterText, manuscript: Manuscript) -> set[str]:
    """The paths of the charts that a chapter shows, in its body and its notes."""
    chapter = text.numbered.chapter
    blocks = (*chapter.body, *(block for note in chapter.notes for block in note.body))
    return {
        path
        for block in blocks
        if isinstance(block, Element)
        for node in walk(block)
        if node.tag == "img" and (path := node.get("src")).endswith(".toml") and path in manuscript.assets
    }


def _read_charts(
    paths: Iterable[str], manuscript: Manuscript, edition: Edition
) -> tuple[Mapping[str, "Chart"], tuple[Finding, ...]]:
    """The charts of some paths, without those whose file is wrong."""
    from keben.compose.charts import read_chart

    findings: list[Finding] = []
    charts: dict[str, Chart] = {}
    for path in paths:
        chart, problems = read_chart(manuscript.assets[path], edition.source_language)
        findings += problems
        if chart is not None:
            charts[path] = chart
    return charts, tuple(findings)


def _on_paper(
    path: str,
    chart: "Chart",
    series: "Sequence[Chart]",
    manuscript: Manuscript,
    edition: Edition,
    make: DocumentMaker,
) -> tuple[Document, tuple[Finding, ...]]:
    """The drawing of a chart for pages, and what in it does not fit; ``series`` are the charts of its chapter."""
    from keben.compose.charts import frame_of, lay_out, misfits

    frame = frame_of(chart, series, edition.language)
    drawing = lay_out(chart, edition.area.drawn(edition.writing), make.words, edition.language, frame)
    misfit = misfits(drawing, manuscript.assets[path], edition.area.upright(edition.writing))
    root = make.drawing(f"chart-{chart.kind}.svg", drawing)
    return Document(chart_name(path), "drawing", chart.title, root, f"book/{path}"), tuple(misfit)


def _on_screen(
    path: str, chart: "Chart", series: "Sequence[Chart]", edition: Edition, make: DocumentMaker
) -> Document:
    """The drawing of a chart for an e-book."""
    from keben.compose.charts import frame_of
    from keben.compose.screencharts import WIDTH, WIDTH_IN_COLUMNS, beside_on_screen, lay_out_for_screen

    template = f"chart-{chart.kind}-screen.svg"
    if make.is_own(f"chart-{chart.kind}.svg") and not make.is_own(template):
        # A theme that draws charts itself draws them in e-books too.
        template = f"chart-{chart.kind}.svg"
        width = edition.area.across(edition.writing)
        drawing = beside_on_screen(chart, width, make.words, edition.language, series)
    else:
        frame = frame_of(chart, series, edition.language)
        width = WIDTH_IN_COLUMNS if edition.is_vertical else WIDTH
        drawing = lay_out_for_screen(chart, make.words, edition.language, frame, width)
    root = make.drawing(template, drawing)
    return Document(name_on_screen(chart_name(path)), "screen", chart.title, root, f"book/{path}")
