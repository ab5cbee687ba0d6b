"""A LibreOffice document → a rich document."""

import re
from collections.abc import Iterator
from pathlib import Path

from keben.core.errors import SourceError
from keben.core.saying import wording
from keben.project.importers.office.archives import Archive, Node, below, child, damaged, local, open_archive
from keben.project.importers.office.contents import without_contents
from keben.project.importers.office.machines import TEMPLATE_DATE, is_nobody
from keben.project.importers.office.odt.body import WriterStory
from keben.project.importers.office.odt.inline import WriterInline, WriterTally
from keben.project.importers.office.odt.styles import WriterStyles, page_texts, read_writer_styles
from keben.project.importers.office.rich import Blocks, BookFacts, RichDocument, walk_runs
from keben.project.importers.telling import counted, listed

_BRIEF = 24


def read_writer(source: Path) -> RichDocument:
    """The text of an OpenDocument text, with its notes and pictures.

    Raises:
        SourceError: it cannot be read, or is locked.
    """
    archive = open_archive(source)
    _refuse_locked(archive)
    tree = archive.tree("content.xml")
    body = child(tree, "body", "text")
    if tree is None or body is None:
        raise SourceError.at(
            source.name,
            "damaged-source",
            wording("There is no text of a word processor in it."),
            wording("Save it as .odt."),
        )
    styles_tree = archive.tree("styles.xml")
    try:
        return _read(archive, (styles_tree, tree) if styles_tree is not None else (tree,), body)
    except (RecursionError, ValueError) as error:
        raise damaged(source.name, f"{type(error).__name__}: {error}") from None


def _refuse_locked(archive: Archive) -> None:
    manifest = archive.tree("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in below(manifest, "encryption-data")):
        message = wording("It is locked by a password.")
        raise SourceError.at(archive.name, "locked-source", message, wording("Save it without a password."))


def _read(archive: Archive, trees: tuple[Node, ...], body: Node) -> RichDocument:
    styles = read_writer_styles(trees)
    inline = WriterInline(archive, styles)
    story = WriterStory(inline)
    changes = tuple(_changes(body))
    blocks = story.blocks(body)
    notes: dict[str, Blocks] = {}
    while waiting := [key for key in inline.notes if key not in notes]:
        for key in waiting:
            notes[key] = story.blocks(inline.notes[key])
    blocks, heading = without_contents(blocks, inline.tally.contents)
    runs = (*walk_runs(blocks), *(run for each in notes.values() for run in walk_runs(each)))
    names = dict.fromkeys(run.text for run in runs if run.kind == "picture")
    pictures = {name: data for name in names if (data := archive.data(name)) is not None}
    tally = inline.tally
    beside = tuple(dict.fromkeys(page_texts(trees[0]))) if len(trees) > 1 else ()
    return RichDocument(
        wording("an OpenDocument text"),
        blocks,
        notes,
        pictures,
        _facts(archive, styles),
        tuple(_remarks(tally, changes, beside, archive)),
        tuple(_texts(body)),
        (*tally.contents, *tally.hidden, *heading),
    )


def _changes(body: Node) -> Iterator[tuple[str, str]]:
    """Tracked changes: their kind and the text of what was deleted."""
    for region in below(body, "changed-region"):
        for each in region:
            if local(each) in ("insertion", "deletion"):
                words = ("".join(p.itertext()) for p in each if local(p) in ("p", "h"))
                yield local(each), " ".join(words)


def _texts(node: Node) -> Iterator[str]:
    """Each stretch of text of the document's body, by file order."""
    for each in node:
        name = local(each)
        if name in (
            "tracked-changes",
            "annotation",
            "note-citation",
            "sequence-decls",
            "forms",
            "title",
            "desc",
        ):
            pass
        elif name:
            if (each.text or "").strip():
                yield each.text
            yield from _texts(each)
        if (each.tail or "").strip():
            yield each.tail


def _facts(archive: Archive, styles: WriterStyles) -> BookFacts:
    tree = archive.tree("meta.xml")
    meta = child(tree, "meta")
    nodes = tuple(meta) if meta is not None else ()

    def said(*names: str) -> str:
        found = (node for name in names for node in nodes if local(node) == name)
        return next((text for node in found if (text := " ".join("".join(node.itertext()).split()))), "")

    author = said("initial-creator", "creator")
    description = said("description")
    made = re.match(r"\d{4}-\d{2}-\d{2}", said("date", "creation-date"))
    return BookFacts(
        title=said("title"),
        people=tuple(
            (name, "aut") for name in re.split(r"[;；、,，]\s*", author) if name and not is_nobody(name)
        ),
        language=said("language"),
        description=description if "python-docx" not in description else "",
        subjects=tuple("".join(node.itertext()) for node in nodes if local(node) == "keyword"),
        made=made[0] if made and made[0] != TEMPLATE_DATE else "",
        vertical=styles.vertical,
    )


def _remarks(
    tally: WriterTally, changes: tuple[tuple[str, str], ...], beside: tuple[str, ...], archive: Archive
) -> Iterator[str]:
    if changes:
        inserted = sum(kind == "insertion" for kind, _ in changes)
        deleted = [text for kind, text in changes if kind == "deletion"]
        words = wording(
            "{counted} and {counted2}",
            counted=counted(inserted, "insertion"),
            counted2=counted(len(deleted), "deletion"),
        )
        shown = f": {listed(f'−“{_brief(text)}”' for text in deleted)}" if any(deleted) else ""
        yield wording(
            "Tracked changes, taken as if all were accepted: {words}{shown}.", words=words, shown=shown
        )
    if tally.comments:
        yield wording(
            "Left out: {counted}: {brief}.",
            counted=counted(len(tally.comments), "comment"),
            brief=listed(map(_brief, tally.comments)),
        )
    rows = (
        (wording("Left out: hidden text"), tally.hidden),
        (wording("Text boxes, now paragraphs after the one that they are anchored to"), tally.boxes),
        (wording("Not taken as they are: what LibreOffice embeds"), tally.objects),
        (wording("Numbers of pages that the text names, which are no longer right"), tally.pages),
    )
    for words, found in rows:
        if found:
            yield wording(
                "{words} ({count}): {names}.", words=words, count=len(found), names=listed(map(_brief, found))
            )
    if tally.contents:
        yield wording(
            "Left out: a table of contents or an index of {count} lines; the book makes its own.",
            count=len(tally.contents),
        )
    if tally.blanks:
        shown = counted(tally.blanks, wording("empty paragraph"))
        yield wording("Left out: {shown}. Where one was a break between scenes, write `* * *`.", shown=shown)
    if beside:
        yield wording(
            "Left out: headers and footers: {beside}; pages have their own.",
            beside=listed(wording("“{text}”", text=_brief(text)) for text in beside),
        )
    if archive.huge:
        yield wording("Not taken: files of more than 100 MB: {huge}.", huge=listed(archive.huge))


def _brief(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 1]}…"
