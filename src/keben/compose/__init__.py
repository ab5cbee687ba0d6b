"""compose: Book + theme + edition → the edition's documents, still in the source's script.

Comes in: a `Book`, the `Manuscript` that it comes from, a `Theme` and an `Edition`.
Goes out: a `Composition` in the source's script, and findings.
Touches: the store, if it is given one, in which it keeps what templates make. Templates run in a sandbox, with bounds
(`sandbox`).

1. Chapters, figures, tables and notes get their numbers (`numbering`), the only step that looks across chapters.
2. Each chapter's tree is completed (`chapters`), its code highlighted (`code`, `highlighting`, `languages`), and its
   references spelled out (`references`).
3. Templates make the documents around them: chapters, contents, title page, colophon, cover (`documents`, `render`,
   `filling`), and charts (`drawn`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from keben.compose.chapters import complete_body, complete_note, note_marks
from keben.compose.classes import unknown_classes
from keben.compose.documents import ChapterText, DocumentMaker
from keben.compose.drawn import described_drawings, draw_charts
from keben.compose.names import settle_names
from keben.compose.numbering import Numbered, number_chapters, targets_of
from keben.compose.order import arranged, order_of
from keben.compose.references import resolve_references
from keben.compose.render import Renderer
from keben.compose.sections import number_sections
from keben.compose.shown import used_assets, with_own_pictures
from keben.compose.views import (
    KEEP,
    BookView,
    contents_entries,
    entry_of,
    own_attributes,
    view_endnotes,
)
from keben.compose.words import read_words, unnamed_roles
from keben.core.book import Book, Manuscript, Source, Theme
from keben.core.composition import Composition, Document, Imprint
from keben.core.edition import Edition
from keben.core.errors import Finding, Place
from keben.core.markup import Element, walk
from keben.core.origins import joined
from keben.core.saying import wording
from keben.core.store import NO_STORE, Store

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

    make = DocumentMaker(renderer, theme, values, words)
    documents = [*_covers(make, edition, words), *_texts(make, chapters, texts, edition, words)]
    charts, problems = draw_charts(texts, manuscript, edition, make)
    documents += [*charts, *described_drawings(texts)]
    findings += problems
    renderer.close()
    findings += _double_ids(documents)
    shown = with_own_pictures(documents, manuscript.assets.keys(), edition)
    assets = used_assets(shown, theme, manuscript, edition)
    own = tuple(sorted(path for path in theme.origins.values() if not path.startswith("default:")))
    composition = Composition(
        edition, edition.metadata, shown, words, assets, dict(theme.styles), manuscript.epoch, own
    )
    return composition, tuple(findings)


def _covers(make: DocumentMaker, edition: Edition, words: Mapping[str, str]) -> Iterator[Document]:
    """The drawing of the cover, for a book without a picture of its own; for a printer in the page's shape too."""
    if not edition.cover:
        yield make.page("cover", "cover", words["cover"], width=1500, height=2400)
        if "print" in edition.media:
            yield make.page("front", "front", words["cover"], width=1500, height=_front_height(edition))


def _texts(
    make: DocumentMaker,
    chapters: Sequence[Numbered],
    texts: Iterable[ChapterText],
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


def _complete(
    chapters: tuple[Numbered, ...],
    manuscript: Manuscript,
    edition: Edition,
    words: Mapping[str, str],
) -> tuple[tuple[ChapterText, ...], tuple[Finding, ...]]:
    """The chapters with their references spelled out, and what is wrong with those."""
    marks = [*note_marks([chapter.chapter.notes for chapter in chapters], edition)]
    targets = {
        name: target
        for chapter, own in zip(chapters, marks, strict=True)
        for name, target in targets_of(chapter, words, own).items()
    }
    sources = {source.path: source for source in joined(manuscript.sources)}
    texts: list[ChapterText] = []
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
        texts.append(ChapterText(chapter, body, tuple(notes)))
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


def _are_bound(texts: Iterable[ChapterText], edition: Edition) -> bool:
    """Whether the book's notes have a document of their own."""
    return edition.notes_at == "book" and any(text.notes for text in texts)


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
