"""compose: Book + theme + edition → the edition's documents, still in the source's script.

Comes in: a `Book`, the `Manuscript` that it comes from, a `Theme` and an `Edition`.
Goes out: a `Composition` in the source's script, and findings.
Touches: the store, if it is given one, in which it keeps what templates make. Templates run in a sandbox, with bounds
(`sandbox`).

1. Chapters, figures, tables and notes get their numbers (`numbering`), the only step that looks across chapters.
2. Each chapter's tree is completed (`chapters`), its code highlighted (`code`, `highlighting`, `languages`), and its
   references spelled out (`references`).
3. Templates make the documents around them: chapters, contents, title page, colophon, cover, charts (`render`,
   `filling`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from keben.compose.chapters import chart_name, complete_body, complete_note, note_marks
from keben.compose.classes import unknown_classes
from keben.compose.names import settle_names
from keben.compose.numbering import Numbered, number_chapters, targets_of
from keben.compose.order import arranged, order_of
from keben.compose.references import resolve_references
from keben.compose.render import Renderer
from keben.compose.sections import number_sections
from keben.compose.views import (
    KEEP,
    BookView,
    ChapterView,
    contents_entries,
    entry_of,
    own_attributes,
    view_chapter,
    view_endnotes,
)
from keben.compose.words import read_words, unnamed_roles
from keben.core.book import Asset, Book, Manuscript, Source, Theme
from keben.core.composition import Composition, Document, DocumentKind, Imprint, name_on_screen
from keben.core.css import CSSError, references
from keben.core.edition import Edition
from keben.core.endnotes import ENDNOTES
from keben.core.errors import Finding, Place
from keben.core.markup import Element, walk
from keben.core.origins import joined
from keben.core.saying import wording
from keben.core.store import NO_STORE, Store

if TYPE_CHECKING:
    from keben.compose.charts import Chart

__all__ = ["compose"]

NO_IMPRINT = Imprint()


def compose(
    book: Book,
    manuscript: Manuscript,
    theme: Theme,
    edition: Edition,
    imprint: Imprint = NO_IMPRINT,
    store: Store = NO_STORE,
) -> tuple[Composition, tuple[Finding, ...]]:
    """Compose one edition; findings are about references, charts, ids and classes.

    ``store`` keeps what templates make from one build to the next.

    Raises:
        SourceError: a template of the theme fails.
    """
    said, problems = read_words(theme)
    findings = [*problems, *unnamed_roles(edition, said), *_unknown_classes(book, theme, manuscript)]
    words = said.of(edition)
    settings = manuscript.settings
    chapters = number_chapters(
        settle_names(book, edition), words, settings.numbering, settings.numbering_in_parts
    )
    if theme.sections == "numbered":
        chapters = tuple(map(number_sections, chapters))
    texts, problems = _complete(chapters, manuscript, edition, words)
    findings += problems
    words["accessibility_summary"] = words["accessibility_text"]
    if any(node.tag == "img" for text in texts for node in walk(text.body)):
        words["accessibility_summary"] += words["accessibility_pictures"]
    renderer = Renderer(theme, store, edition.metadata.identifier, edition.name)
    values: dict[str, object] = {
        "book": BookView.of(edition, words),
        "edition": edition,
        "imprint": imprint,
        "keep": KEEP,
        "own": own_attributes(edition),
        "words": words,
    }

    make = _Templates(renderer, theme, values, words)
    documents = [*_covers(make, edition, words), *_texts(make, chapters, texts, edition, words)]
    charts, problems = _charts(texts, manuscript, edition)
    findings += problems
    for path, (chart, series) in charts.items():
        drawn, problems = _drawn_chart(path, chart, series, manuscript, edition, make)
        documents.append(drawn)
        findings += problems
        if "epub" in edition.media:
            documents.append(_chart_on_screen(path, chart, series, edition, make))
    renderer.close()
    documents += _drawings(texts)
    findings += _double_ids(documents)
    assets = _used_assets(documents, theme, manuscript, edition)
    own = tuple(sorted(path for path in theme.origins.values() if not path.startswith("default:")))
    composition = Composition(
        edition, edition.metadata, tuple(documents), words, assets, dict(theme.styles), manuscript.epoch, own
    )
    return composition, tuple(findings)


@dataclass(frozen=True, slots=True)
class _Templates:
    """Makes documents by templates."""

    renderer: Renderer
    theme: Theme
    values: Mapping[str, object]
    words: Mapping[str, str]

    def page(self, name: str, kind: DocumentKind, title: str, **more: object) -> Document:
        """A document that is no chapter."""
        template = "cover.svg" if kind in ("cover", "front") else f"{name}.html"
        root = self.renderer.tree(template, **self.values, **more)
        return Document(name, kind, title, root, self.theme.origins.get(template, f"templates/{template}"))

    def chapter(self, text: "_Text", words: Mapping[str, str]) -> Document:
        """A chapter's document."""
        numbered, chapter = text.numbered, text.numbered.chapter
        view = view_chapter(numbered, text.body, text.notes)
        root = self.renderer.tree("chapter.html", chapter=view, **self.values)
        title = numbered.heading or words[chapter.kind]
        return Document(chapter.name, chapter.kind, title, root, chapter.path, numbered.running)

    def endnotes(self, view: ChapterView) -> Document:
        """The document that takes the notes of a book."""
        root = self.renderer.tree("chapter.html", chapter=view, **self.values)
        path = self.theme.origins.get("chapter.html", "templates/chapter.html")
        return Document(ENDNOTES, "afterword", view.heading, root, path)


def _covers(make: _Templates, edition: Edition, words: Mapping[str, str]) -> Iterator[Document]:
    """The drawing of the cover, for a book without a picture of its own; for a printer in the page's shape too."""
    if not edition.cover:
        yield make.page("cover", "cover", words["cover"], width=1500, height=2400)
        if "print" in edition.media:
            yield make.page("front", "front", words["cover"], width=1500, height=_front_height(edition))


def _texts(
    make: _Templates,
    chapters: Sequence[Numbered],
    texts: Iterable["_Text"],
    edition: Edition,
    words: Mapping[str, str],
) -> list[Document]:
    """The documents that are text, in their order."""
    bound = [view_endnotes(words)] if _are_bound(texts, edition) else []
    made = [*(make.chapter(text, words) for text in texts), *map(make.endnotes, bound)]
    order = order_of(edition, made)
    chosen = contents_entries(_listed(chapters, arranged(order, {}, made)))
    listed = (*chosen, *map(entry_of, bound))
    pages = {
        "titlepage": make.page("titlepage", "titlepage", edition.metadata.title),
        "colophon": make.page("colophon", "colophon", words["colophon"]),
        "contents": make.page("contents", "contents", words["contents"], entries=listed),
    }
    if "half-title" in order:
        pages["half-title"] = make.page("half-title", "half-title", words["half_title"])
    return arranged(order, pages, made)


def _listed(chapters: Iterable[Numbered], documents: Iterable[Document]) -> tuple[Numbered, ...]:
    """The chapters as the contents list them: in their order in the book, without those that have no title."""
    places = {each.name: at for at, each in enumerate(documents)}
    titled = (each for each in chapters if each.title)
    return tuple(sorted(titled, key=lambda each: places[each.chapter.name]))


def _unknown_classes(book: Book, theme: Theme, manuscript: Manuscript) -> Iterator[Finding]:
    """A warning for each class that nothing knows. Those of another tool's book are for its own style sheets."""
    if manuscript.is_project:
        yield from unknown_classes(book, theme, joined(manuscript.sources))


def _front_height(edition: Edition) -> int:
    """The height of a drawing 1500 wide that has the shape of the printed page with its bleed."""
    area, bleed = edition.area, edition.press.bleed
    return round(1500 * (area.height + 2 * bleed) / (area.width + 2 * bleed))


@dataclass(frozen=True, slots=True)
class _Text:
    """A chapter whose tree is complete: its blocks in one ``div``, and its notes."""

    numbered: Numbered
    body: Element
    notes: tuple[Element, ...]


def _complete(
    chapters: tuple[Numbered, ...],
    manuscript: Manuscript,
    edition: Edition,
    words: Mapping[str, str],
) -> tuple[tuple[_Text, ...], tuple[Finding, ...]]:
    """The chapters with their references spelled out, and what is wrong with those."""
    marks = [*note_marks([chapter.chapter.notes for chapter in chapters], edition)]
    targets = {
        name: target
        for chapter, own in zip(chapters, marks, strict=True)
        for name, target in targets_of(chapter, words, own).items()
    }
    sources = {source.path: source for source in joined(manuscript.sources)}
    texts: list[_Text] = []
    findings: list[Finding] = []
    for chapter, own in zip(chapters, marks, strict=True):
        source = sources.get(chapter.chapter.path, Source(chapter.chapter.path, ""))
        highlight = manuscript.settings.highlight
        whole = complete_body(chapter, words, own, highlight=highlight)
        body, problems = resolve_references(whole, targets, words, source)
        findings += problems
        notes = []
        for note in _notes(chapter, whole, own, words, highlight=highlight):
            resolved, problems = resolve_references(note, targets, words, source)
            findings += problems
            notes.append(resolved)
        texts.append(_Text(chapter, body, tuple(notes)))
    return tuple(texts), tuple(findings)


def _notes(
    chapter: Numbered,
    body: Element,
    marks: Mapping[str, str],
    words: Mapping[str, str],
    *,
    highlight: bool,
) -> Iterator[Element]:
    notes = chapter.chapter.notes
    calls: dict[str, str] = {}
    for part in (body, *(block for note in notes for block in note.body)):
        for node in walk(part) if isinstance(part, Element) else ():
            if "noteref" in node.classes:
                calls.setdefault(node.get("href")[1:], node.get("id"))
    for note in notes:
        call = calls.get(note.id, chapter.id)
        yield complete_note(note, marks, call, words, highlight=highlight)


def _are_bound(texts: Iterable[_Text], edition: Edition) -> bool:
    """Whether the book's notes have a document of their own."""
    return edition.notes_at == "book" and any(text.notes for text in texts)


def _drawn_chart(
    path: str,
    chart: "Chart",
    series: "Sequence[Chart]",
    manuscript: Manuscript,
    edition: Edition,
    make: _Templates,
) -> tuple[Document, tuple[Finding, ...]]:
    """The drawing of a chart by the theme, and what in it does not fit; ``series`` are those of its chapter."""
    from keben.compose.charts import frame_of, lay_out, misfits

    frame = frame_of(chart, series, edition.language)
    drawing = lay_out(chart, edition.area.drawn(edition.writing), make.words, edition.language, frame)
    misfit = misfits(drawing, manuscript.assets[path], edition.area.upright(edition.writing))
    root = make.renderer.tree(f"chart-{chart.kind}.svg", chart=drawing, **make.values)
    return Document(chart_name(path), "drawing", chart.title, root, f"book/{path}"), tuple(misfit)


def _chart_on_screen(
    path: str, chart: "Chart", series: "Sequence[Chart]", edition: Edition, make: _Templates
) -> Document:
    """The drawing of a chart for an e-book."""
    from keben.compose.charts import frame_of
    from keben.compose.screencharts import WIDTH, WIDTH_IN_COLUMNS, beside_on_screen, lay_out_for_screen

    template = f"chart-{chart.kind}-screen.svg"
    if _is_own(make.theme, f"chart-{chart.kind}.svg") and not _is_own(make.theme, template):
        # A theme that draws charts itself draws them in e-books too.
        template = f"chart-{chart.kind}.svg"
        width = edition.area.across(edition.writing)
        drawing = beside_on_screen(chart, width, make.words, edition.language, series)
    else:
        frame = frame_of(chart, series, edition.language)
        width = WIDTH_IN_COLUMNS if edition.is_vertical else WIDTH
        drawing = lay_out_for_screen(chart, make.words, edition.language, frame, width)
    root = make.renderer.tree(template, chart=drawing, **make.values)
    return Document(name_on_screen(chart_name(path)), "screen", chart.title, root, f"book/{path}")


def _is_own(theme: Theme, template: str) -> bool:
    """Whether a template is not the default theme's."""
    return not theme.origins.get(template, "default:").startswith("default:")


def _charts(
    texts: Iterable[_Text], manuscript: Manuscript, edition: Edition
) -> tuple[Mapping[str, tuple["Chart", "Sequence[Chart]"]], tuple[Finding, ...]]:
    """The charts that chapters show, by their sorted paths, each with those of its chapter; and what is wrong."""
    shown = [
        {
            path
            for part in (
                *text.numbered.chapter.body,
                *(block for note in text.numbered.chapter.notes for block in note.body),
            )
            if isinstance(part, Element)
            for node in walk(part)
            if node.tag == "img" and (path := node.get("src")).endswith(".toml") and path in manuscript.assets
        }
        for text in texts
    ]
    paths = sorted(set().union(*shown))
    if not paths:
        return {}, ()
    # Most books have none, and their schema takes a while to load.
    from keben.compose.charts import read_chart

    findings: list[Finding] = []
    charts: dict[str, Chart] = {}
    for path in paths:
        chart, problems = read_chart(manuscript.assets[path], edition.source_language)
        findings += problems
        if chart is not None:
            charts[path] = chart
    series = {
        path: [
            charts[each] for each in sorted(next(group for group in shown if path in group)) if each in charts
        ]
        for path in charts
    }
    return {path: (chart, series[path]) for path, chart in charts.items()}, tuple(findings)


def _drawings(texts: Iterable[_Text]) -> Iterator[Document]:
    """The drawings that chapters describe in code, each once."""
    made: set[str] = set()
    for text in texts:
        for path, root in text.numbered.chapter.drawings.items():
            if path not in made:
                made.add(path)
                yield Document(path, "drawing", text.numbered.heading, root, text.numbered.chapter.path)


def _double_ids(documents: Iterable[Document]) -> Iterator[Finding]:
    """Ids must be unique in the whole book: a PDF holds all of it in one document."""
    first: dict[str, Place] = {}
    for document in documents:
        if document.is_drawn:
            continue
        line = 0
        for node in walk(document.root):
            line = node.line or line
            name = node.get("id")
            if not name:
                continue
            place = Place(document.path, line)
            if name in first:
                message = wording(
                    "The id “{name}” is used twice; {first} has it too.", name=name, first=first[name]
                )
                yield Finding(place, "duplicate-id", message, wording("Give one of them another id."))
            else:
                first[name] = place


def _used_assets(
    documents: Iterable[Document], theme: Theme, manuscript: Manuscript, edition: Edition
) -> dict[str, Asset]:
    """What documents and styles show: a theme's styles name files by their paths below ``book/``, as URLs."""
    used = {edition.cover}
    for document in documents:
        for node in walk(document.root):
            if node.tag in ("img", "image"):
                used.add(node.get("src") or unquote(node.get("href") or node.get("xlink:href")))
    for text in theme.styles.values():
        with suppress(CSSError):
            used.update(unquote(each.target) for each in references(text))
    return {path: asset for path, asset in manuscript.assets.items() if path in used}
