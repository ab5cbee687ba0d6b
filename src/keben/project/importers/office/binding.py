"""A document that was read → the files of its project."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from keben.core.errors import Finding, Place, SourceError
from keben.core.relators import RELATORS
from keben.core.saying import series, wording
from keben.core.values import dataclass
from keben.project.importers.credits import by_role
from keben.project.importers.office.blocks import is_figure, markdown
from keben.project.importers.office.captions import labelled, with_captions
from keben.project.importers.office.complete import missing, project_text
from keben.project.importers.office.frontremarks import front_remarks
from keben.project.importers.office.lines import with_paragraphs
from keben.project.importers.office.looks import with_breaks, with_headings, with_title
from keben.project.importers.office.parting import PartedBook, RichChapter, parted
from keben.project.importers.office.poems import with_poems
from keben.project.importers.office.rich import (
    Block,
    Blocks,
    RichDocument,
    RichHeading,
    RichParagraph,
    RichRun,
    RichTable,
    Runs,
    said,
    unframed,
    walk_blocks,
    walk_runs,
)
from keben.project.importers.office.spans import Writing, address
from keben.project.importers.office.typedlabels import with_typed_references
from keben.project.importers.paragraphs import is_break
from keben.project.importers.settings import BookSettings, MadeChapter, project_of
from keben.project.importers.shelf import Shelf, shelve
from keben.project.importers.sources import SourceFolder
from keben.project.importers.telling import classed, counted, listed
from keben.project.importers.values import Draft

_WEB = ("http://", "https://")
_SHOWN = 40
"""Characters of a text that the page shows."""


@dataclass(frozen=True, slots=True)
class _Written:
    """What links, anchors and pictures are written with."""

    links: Mapping[str, str]
    anchors: Mapping[str, str]
    pictures: Mapping[str, str]
    numbered: frozenset[str]


def bound(document: RichDocument, name: str) -> Draft:
    """The project of a document; ``name`` is its file's, without a suffix.

    Raises:
        SourceError: there is no text in it.
    """
    blocks, how, contents = with_headings(with_paragraphs(unframed(document.blocks)))
    blocks = with_captions(with_poems(with_breaks(with_title(blocks, document.metadata.title))))
    book = parted(blocks, document.metadata.title or name)
    if not book.chapters:
        raise SourceError(Finding(Place(name), "no-text", wording("There is no text in it.")))
    shelf = _shelf(document, book)
    book = with_typed_references(book, shelf.names.__contains__)
    title = book.title or document.metadata.title or name
    names = _names(book, document.notes, shelf)
    made = tuple(_made(chapter, title, document.notes, names) for chapter in book.chapters)
    settings = _settings(document, book, title, name, shelf)
    left = (*document.left, *contents, *_labels(book), *settings.said)
    texts = [text for text in document.texts if not is_break(text)]
    # References are compared with the numbers that they had, which the book counts.
    typed = replace(names, numbered=frozenset())
    said_again = [_made(chapter, title, document.notes, typed) for chapter in book.chapters]
    lost = missing(texts, project_text(chapter.text for chapter in said_again), left)
    remarks = (
        wording("It is {kind}: {counted}.", kind=document.kind, counted=counted(len(made), "chapter")),
        *((how,) if how else ()),
        *(_table_of_contents(contents)),
        *front_remarks(book),
        *classed([block.role for block in blocks if isinstance(block, RichParagraph)]),
        *document.remarks,
        *_pictures(document, book, shelf),
        *_unnamed(document.metadata.people),
        *_settled(document, book, names),
        _completeness(document.texts, lost),
    )
    return project_of(settings, made, shelf.files, remarks)


def _shelf(document: RichDocument, book: PartedBook) -> Shelf:
    shown = [run.text for run in _runs(book, document.notes) if run.kind == "picture"]
    wanted = [each for each in (document.metadata.cover, *shown) if each in document.pictures]
    files = tuple(sorted(document.pictures))
    folder = SourceFolder(Path(), files, {}, frozenset(files), dict(document.pictures))
    return shelve(wanted, folder)


def _runs(book: PartedBook, notes: Mapping[str, Blocks]) -> Iterator[RichRun]:
    for chapter in book.chapters:
        yield from walk_runs(chapter.blocks)
    for blocks in notes.values():
        yield from walk_runs(blocks)


def _names(book: PartedBook, notes: Mapping[str, Blocks], shelf: Shelf) -> _Written:
    """Ids for anchors that links name, and where the links lead."""
    runs = tuple(_runs(book, notes))
    goals = {run.href[1:] for run in runs if run.href.startswith("#")}
    links: dict[str, str] = {}
    anchors: dict[str, str] = {}
    digits = max(2, len(str(len(book.chapters))))
    for number, chapter in enumerate(book.chapters, 1):
        file = f"{number:0{digits}}"
        titles = {run.text for run in chapter.title if run.kind == "anchor"}
        for block in walk_blocks(chapter.blocks):
            held = block.runs if isinstance(block, RichParagraph | RichHeading) else ()
            held = block.caption if isinstance(block, RichTable) else held
            found = [
                run.text
                for run in held
                if run.kind == "anchor" and run.text in goals and run.text not in links
            ]
            own = ""
            for name in found:
                if name in titles:
                    links[name] = f"{file}.md"
                    continue
                if not own or (isinstance(block, RichParagraph) and not _is_single(block)):
                    own = f"c{file}-{len(anchors) + 1}"
                    anchors[name] = own
                links[name] = f"#{own}"
    pictures = dict(shelf.names) | {
        run.text: address(run.text) for run in runs if run.kind == "picture" and run.text.startswith(_WEB)
    }
    return _Written(links, anchors, pictures, frozenset(_figures(book, pictures)))


def _figures(book: PartedBook, pictures: Mapping[str, str]) -> Iterator[str]:
    """Anchors in captions that the book counts: of tables, and behind a picture of the book."""
    for chapter in book.chapters:
        for table in chapter.blocks:
            if isinstance(table, RichTable):
                yield from (run.text for run in table.caption if run.kind == "anchor")
        for figure, caption in pairwise(chapter.blocks):
            is_figure = isinstance(figure, RichParagraph) and any(run.text in pictures for run in figure.runs)
            if is_figure and isinstance(caption, RichParagraph) and caption.role == "caption":
                yield from (run.text for run in caption.runs if run.kind == "anchor")


def _is_single(block: RichParagraph) -> bool:
    """Whether a block has one id for all of its anchors: a figure, a caption."""
    return block.role == "caption" or any(run.kind == "picture" for run in block.runs)


def _made(chapter: RichChapter, title: str, notes: Mapping[str, Blocks], names: _Written) -> MadeChapter:
    """A chapter with the notes that it calls, in the order of their calls."""
    called: dict[str, str] = {}

    def label(name: str) -> str:
        return called.setdefault(name, str(len(called) + 1))

    writing = Writing(label, names.pictures, names.links, names.anchors, names.numbered)
    blocks = chapter.blocks
    if chapter.rank == "dedication" and not said(chapter.title):
        blocks = blocks[1:]
    elif not said(chapter.title):
        shown = [run for run in chapter.title if run.kind == "anchor"]
        blocks = (RichHeading(1, (RichRun("text", title), *shown)), *blocks[1:])
    parts = [markdown(blocks, writing)]
    done = 0
    while done < len(called):
        name = tuple(called)[done]
        text = markdown(notes.get(name, ()), writing).split("\n")
        indented = (f"    {line}" if line and at else line for at, line in enumerate(text))
        parts.append(f"[^{called[name]}]: " + "\n".join(indented))
        done += 1
    first = blocks[0] if chapter.rank == "dedication" and blocks else None
    own = said(chapter.title) or (said(first.runs) if isinstance(first, RichParagraph) else "")
    return MadeChapter(own or title, chapter.rank, "\n\n".join(parts))


def _settings(document: RichDocument, book: PartedBook, title: str, name: str, shelf: Shelf) -> BookSettings:
    known = document.metadata
    people = tuple((" ".join(person.split()), role) for person, role in known.people if person.strip())
    written, beside = by_role(book.credits)
    authors = tuple(person for person, role in people if role == "aut") or written
    others = tuple((person, role) for person, role in people if role != "aut" and role in RELATORS) or beside
    cover = shelf.names.get(known.cover, "")
    more = {
        "subtitle": book.subtitle or known.subtitle,
        "publisher": known.publisher or book.publisher,
        "date": known.date or book.date,
        "rights": known.rights,
        "cover": cover if cover.endswith((".jpg", ".png")) else "",
    }
    return BookSettings(
        title,
        authors,
        known.description,
        known.language,
        name,
        others=others,
        more=tuple((key, value) for key, value in more.items() if value),
        subjects=tuple(dict.fromkeys(filter(None, map(str.strip, known.subjects)))),
        identifier=known.identifier,
        isbn=known.isbn,
        vertical=known.vertical,
        made=known.made,
        said=(title, book.subtitle, *book.named, *written, *(f"{name}著" for name in written)),
    )


def _unnamed(people: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Who did something for the book that no list names."""
    names = [name for name, role in people if role not in RELATORS]
    if names:
        yield wording("Left out, as nothing says what they did for the book: {names}.", names=listed(names))


def _labels(book: PartedBook) -> tuple[str, ...]:
    """Labels of captions that the book counts itself."""
    found: list[str] = []
    last: Block | None = None
    for block in (block for chapter in book.chapters for block in walk_blocks(chapter.blocks)):
        caption: Runs = ()
        if isinstance(block, RichTable):
            caption = block.caption
        elif isinstance(block, RichParagraph) and block.role == "caption":
            caption = block.runs if isinstance(last, RichParagraph) and is_figure(last) else ()
        if labelled(caption)[0]:
            found.append(said(caption))
        last = block
    return tuple(found)


def _table_of_contents(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield wording(
            "Left out: a table of contents of {count} lines; the book makes its own.", count=len(lines)
        )


def _pictures(document: RichDocument, book: PartedBook, shelf: Shelf) -> Iterator[str]:
    shown = [run for run in _runs(book, document.notes) if run.kind == "picture"]
    if shelf.names:
        yield wording("{counted} copied to book/images/.", counted=counted(len(shelf.names), "picture"))
    on_web = [run.text for run in shown if run.text.startswith(_WEB)]
    if on_web:
        cure = wording("--fetch brings them")
        yield wording(
            "Pictures on the web, not fetched ({cure}): {counted}: {on_web}.",
            cure=cure,
            counted=counted(len(on_web), "place"),
            on_web=listed(on_web),
        )
    drawn = [path for path in shelf.broken if path.lower().endswith((".emf", ".wmf", ".emz", ".wmz", ".svm"))]
    if drawn:
        what = wording(
            "{counted} in EMF or WMF, which no e-book shows", counted=counted(len(drawn), "picture")
        )
        yield wording(
            "Not taken: {what} (save them as PNG or SVG, and put them in by hand): {drawn}.",
            what=what,
            drawn=listed(drawn),
        )
    if others := [path for path in shelf.broken if path not in drawn]:
        yield wording(
            "Not taken: {counted} of a kind of picture that Keben does not know: {others}.",
            counted=counted(len(others), "file"),
            others=listed(others),
        )
    absent = [
        run.text for run in shown if run.text not in document.pictures and not run.text.startswith(_WEB)
    ]
    if absent:
        yield wording(
            "Not taken: {counted} that cannot be read: {absent}.",
            counted=counted(len(absent), "picture"),
            absent=listed(absent),
        )
    bare = sum(run.text in shelf.names and not run.more.strip() for run in shown)
    if bare:
        words = counted(bare, wording("picture has"), wording("pictures have"))
        yield wording("{words} no alternative text: write one in the brackets of `![]`.", words=words)


def _settled(document: RichDocument, book: PartedBook, names: _Written) -> Iterator[str]:
    called = {run.text for run in _runs(book, document.notes) if run.kind == "note"}
    if called & set(document.notes):
        words = counted(len(called & set(document.notes)), wording("note stands"), wording("notes stand"))
        yield wording("{words} at the end of the file of the chapter that calls it.", words=words)
    if uncalled := [name for name in document.notes if name not in called]:
        yield wording("Left out: {counted} that nothing calls.", counted=counted(len(uncalled), "note"))
    dead = [
        run.href
        for run in _runs(book, document.notes)
        if run.href.startswith("#") and run.href[1:] not in names.links
    ]
    if dead:
        yield wording("{counted} that lead nowhere are text.", counted=counted(len(set(dead)), "link"))
    labels = _labels(book)
    if labels:
        words = wording("are counted by the book, and lost the numbers that they had")
        yield wording(
            "Captions {words} ({count}): {labels}.",
            words=words,
            count=len(labels),
            labels=listed(_brief(each) for each in labels),
        )
    if any(run.kind == "math" for run in _runs(book, document.notes)):
        count = sum(run.kind == "math" for run in _runs(book, document.notes))
        yield wording(
            "{counted} as LaTeX between `$`: read them through.",
            counted=counted(count, "formula", "formulas"),
        )


def _completeness(texts: Sequence[str], lost: Sequence[str]) -> str:
    letters = sum(len("".join(text.split())) for text in texts)
    if not lost:
        return wording(
            "Checked: all of its text ({letters:,} characters) is in the project, or named above as left out.",
            letters=letters,
        )
    gone = sum(len("".join(text.split())) for text in lost)
    shown = series(f"“{_brief(text)}”" for text in lost[:5]) + (
        wording(" and {count} more", count=len(lost) - 5) if len(lost) > 5 else ""
    )
    return wording(
        "Checked: {gone:,} of its {letters:,} characters did not come over: {shown}. Look for them by hand.",
        gone=gone,
        letters=letters,
        shown=shown,
    )


def _brief(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
