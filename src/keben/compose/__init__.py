"""compose: Book + theme + edition → the edition's documents, still in the source's script.

1. Chapters, figures, tables and notes get their numbers (`numbering`), the only step that looks across chapters.
2. Each chapter's tree is completed (`chapters`) and its references spelled out (`references`).
3. Templates make the documents around them: chapters, contents, title page, colophon, cover, charts (`render`).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote

from keben import language
from keben.compose.chapters import chart_name, complete_body, complete_note, note_marks
from keben.compose.charts import lay_out, read_chart
from keben.compose.names import settle_names
from keben.compose.numbering import Numbered, number_chapters, targets_of
from keben.compose.references import resolve_references
from keben.compose.render import Renderer, word_list
from keben.compose.views import BookView, contents_entries, own_attributes, view_chapter
from keben.css import CSSError, references
from keben.errors import Finding, Place
from keben.markup import Element, walk
from keben.model import (
    Asset,
    Book,
    Composition,
    Document,
    DocumentKind,
    Edition,
    Imprint,
    Manuscript,
    Source,
    Theme,
)

__all__ = ["compose"]

NO_IMPRINT = Imprint()


def compose(
    book: Book, manuscript: Manuscript, theme: Theme, edition: Edition, imprint: Imprint = NO_IMPRINT
) -> tuple[Composition, tuple[Finding, ...]]:
    """Compose one edition; findings are about references, charts and ids.

    Raises:
        SourceError: a template of the theme fails.
    """
    words = dict(word_list(theme, language.script(edition.source_language)))
    chapters = number_chapters(settle_names(book, edition), words)
    findings: list[Finding] = []
    texts = tuple(_complete(chapters, manuscript, edition, words, findings))
    words["accessibility_summary"] = words["accessibility_text"]
    if any(node.tag == "img" for text in texts for node in walk(text.body)):
        words["accessibility_summary"] += words["accessibility_pictures"]
    renderer = Renderer(theme)
    values: dict[str, object] = {
        "book": BookView.of(edition, words),
        "edition": edition,
        "imprint": imprint,
        "own": own_attributes(edition),
        "words": words,
    }

    def made(name: str, kind: DocumentKind, title: str, **more: object) -> Document:
        template = "cover.svg" if kind in ("cover", "front") else f"{name}.html"
        root = renderer.tree(template, **values, **more)
        return Document(name, kind, title, root, theme.origins.get(template, f"templates/{template}"))

    documents = [
        *(() if edition.cover else (made("cover", "cover", words["cover"], width=1500, height=2400),)),
        *(
            (made("front", "front", words["cover"], width=1500, height=_front_height(edition)),)
            if "press" in edition.formats and not edition.cover
            else ()
        ),
        made("titlepage", "titlepage", edition.metadata.title),
        made("colophon", "colophon", words["colophon"]),
        made("contents", "contents", words["contents"], entries=tuple(contents_entries(chapters))),
    ]
    for text in texts:
        chapter = text.numbered.chapter
        root = renderer.tree(
            "chapter.html", chapter=view_chapter(text.numbered, text.body, text.notes), **values
        )
        documents.append(Document(chapter.name, chapter.kind, text.numbered.heading, root, chapter.path))
    width = edition.area.across(edition.writing)
    for path in _charts(texts, manuscript):
        chart, problems = read_chart(manuscript.assets[path], edition.source_language)
        findings += problems
        if chart is not None:
            drawing = lay_out(chart, width, words, edition.language)
            root = renderer.tree(f"chart-{chart.kind}.svg", chart=drawing, **values)
            documents.append(Document(chart_name(path), "drawing", chart.title, root, f"book/{path}"))
    findings += _double_ids(documents)
    assets = _used_assets(documents, theme, manuscript, edition)
    composition = Composition(
        edition, edition.metadata, tuple(documents), words, assets, dict(theme.styles), manuscript.epoch
    )
    return composition, tuple(findings)


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
    findings: list[Finding],
) -> Iterator[_Text]:
    marks = [note_marks(chapter.chapter.notes, edition) for chapter in chapters]
    targets = {
        name: target
        for chapter, own in zip(chapters, marks, strict=True)
        for name, target in targets_of(chapter, words, own).items()
    }
    sources = {source.path: source for source in manuscript.sources}
    for chapter, own in zip(chapters, marks, strict=True):
        source = sources.get(chapter.chapter.path, Source(chapter.chapter.path, ""))
        whole = complete_body(chapter, words, own)
        body, problems = resolve_references(whole, targets, words, source)
        findings += problems
        notes = []
        for note in _notes(chapter, whole, own):
            resolved, problems = resolve_references(note, targets, words, source)
            findings += problems
            notes.append(resolved)
        yield _Text(chapter, body, tuple(notes))


def _notes(chapter: Numbered, body: Element, marks: Mapping[str, str]) -> Iterator[Element]:
    notes = chapter.chapter.notes
    calls: dict[str, str] = {}
    for part in (body, *(block for note in notes for block in note.body)):
        for node in walk(part) if isinstance(part, Element) else ():
            if "noteref" in node.classes:
                calls.setdefault(node.get("href")[1:], node.get("id"))
    for note in notes:
        yield complete_note(note, marks[note.id], calls.get(note.id, chapter.id))


def _charts(texts: Iterable[_Text], manuscript: Manuscript) -> list[str]:
    """The paths of the charts that chapters show, sorted."""
    shown = {
        node.get("src")
        for text in texts
        for part in (
            *text.numbered.chapter.body,
            *(block for note in text.numbered.chapter.notes for block in note.body),
        )
        if isinstance(part, Element)
        for node in walk(part)
        if node.tag == "img"
    }
    return sorted(path for path in shown & manuscript.assets.keys() if path.endswith(".toml"))


def _double_ids(documents: Iterable[Document]) -> Iterator[Finding]:
    """Ids must be unique in the whole book: a PDF holds all of it in one document."""
    first: dict[str, Place] = {}
    for document in documents:
        if document.kind in ("cover", "drawing", "front"):
            continue
        line = 0
        for node in walk(document.root):
            line = node.line or line
            name = node.get("id")
            if not name:
                continue
            place = Place(document.path, line)
            if name in first:
                message = f"The id “{name}” is used twice; {first[name]} has it too."
                yield Finding(place, "duplicate-id", message, "Give one of them another id.")
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
