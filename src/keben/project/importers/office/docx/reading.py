"""A Word document → a rich document."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from keben.core.errors import SourceError
from keben.core.saying import Wording, wording
from keben.project.importers.office.archives import Node, attribute, below, child, damaged, local
from keben.project.importers.office.complete import SEAM
from keben.project.importers.office.contents import without_contents
from keben.project.importers.office.docx.body import Story
from keben.project.importers.office.docx.numbering import read_numbering
from keben.project.importers.office.docx.package import WordPackage, open_word
from keben.project.importers.office.docx.story import Tally, WordSource
from keben.project.importers.office.docx.styles import WordStyles, is_vertical
from keben.project.importers.office.machines import TEMPLATE_DATE, is_nobody
from keben.project.importers.office.rich import Blocks, BookFacts, RichDocument, walk_runs
from keben.project.importers.telling import counted, listed

_BRIEF = 24


def read_word(source: Path) -> RichDocument:
    """The text of a Word document, with its notes and pictures, and what is to be said of it.

    Raises:
        SourceError: it cannot be read.
    """
    package = open_word(source)
    try:
        return _read(package, source.name)
    except (RecursionError, ValueError, KeyError) as error:
        raise damaged(source.name, f"{type(error).__name__}: {error}") from None


def _read(package: WordPackage, name: str) -> RichDocument:
    tree = package.archive.tree(package.main)
    body = child(tree, "body")
    if body is None:
        raise SourceError.at(
            name, "damaged-source", wording("There is no text of Word in it."), wording("Save it as .docx.")
        )
    styles_tree = package.part("styles")[1]
    styles = WordStyles(styles_tree)
    numbering = read_numbering(package.part("numbering")[1], _style_lists(styles_tree))
    tally = Tally()
    source = WordSource(package, styles, tally, _width(body))
    blocks, heading = without_contents(Story(source, package.main, numbering).blocks(body), tally.contents)
    notes: dict[str, Blocks] = {}
    trees = [body]
    for kind, letter in (("footnotes", "f"), ("endnotes", "e")):
        part, notes_tree = package.part(kind)
        for node in notes_tree if notes_tree is not None else ():
            if attribute(node, "type") in ("", "normal") and local(node) in ("footnote", "endnote"):
                trees.append(node)
                notes[letter + attribute(node, "id")] = Story(source, part, numbering).blocks(node)
    pictures = _pictures(
        package, (*walk_runs(blocks), *(run for each in notes.values() for run in walk_runs(each)))
    )
    beside = tuple(_beside(package))
    texts = tuple(text for each in trees for text in _texts(each))
    return RichDocument(
        wording("a Word document"),
        blocks,
        notes,
        pictures,
        _metadata(package, body),
        (*_remarks(tally, package), *_said_beside(beside), *_said_of_pictures(package)),
        texts,
        (*tally.contents, *tally.hidden, *tally.marks, *tally.letters, *tally.prompts, *heading),
    )


def _style_lists(tree: Node | None) -> dict[str, str]:
    found = {}
    for node in tree if tree is not None else ():
        if number := attribute(child(node, "pPr", "numPr", "numId"), "val"):
            found[attribute(node, "styleId")] = number
    return found


def _width(body: Node) -> float:
    """Of the type area of the last section, in EMU; 635 to the twentieth of a point."""
    sections = tuple(below(body, "sectPr"))
    page, margins = (child(sections[-1], "pgSz"), child(sections[-1], "pgMar")) if sections else (None, None)
    width, left, right = (attribute(page, "w"), attribute(margins, "left"), attribute(margins, "right"))
    if not (width.isdecimal() and left.isdecimal() and right.isdecimal()):
        return 0.0
    return max(float(width) - float(left) - float(right), 0.0) * 635


def _pictures(package: WordPackage, runs: Sequence[object]) -> Mapping[str, bytes]:
    names = dict.fromkeys(run.text for run in runs if getattr(run, "kind", "") == "picture")  # type: ignore[attr-defined]
    return {name: data for name in names if (data := package.archive.data(name)) is not None}


def _texts(tree: Node) -> Iterator[str]:
    """Each paragraph's text as the file has it, ruby's base before its reading; without old forms of shapes."""
    for paragraph in below(tree, "p"):
        if "wordprocessingml" not in str(paragraph.tag) or _is_fallback(paragraph):
            continue
        parts: list[str] = []
        for node in paragraph.iter():
            if local(node) != "t" or "wordprocessingml" not in str(node.tag):
                continue
            above = [local(each) for each in _until(node, paragraph)]
            if "p" in above or {"Fallback", "del", "moveFrom", "rt"} & set(above):
                continue
            parts.append(node.text or "")
            if "rubyBase" in above:
                ruby = next((each for each in node.iterancestors() if local(each) == "ruby"), node)
                reading = child(ruby, "rt")
                parts += (each.text or "" for each in below(reading, "t")) if reading is not None else ()
        if any(map(str.strip, parts)):
            yield SEAM.join(parts)


def _is_fallback(node: Node) -> bool:
    return any(local(each) == "Fallback" for each in node.iterancestors())


def _until(node: Node, top: Node) -> Iterator[Node]:
    for each in node.iterancestors():
        if each is top:
            return
        yield each


def _metadata(package: WordPackage, body: Node) -> BookFacts:
    core = package.archive.tree("docProps/core.xml")
    known = {local(node): " ".join((node.text or "").split()) for node in (core if core is not None else ())}
    people = tuple(
        (name, "aut")
        for name in re.split(r"[;；、,，]\s*", known.get("creator", ""))
        if name and not is_nobody(name)
    )
    subjects = tuple(filter(None, re.split(r"[;；,，、]\s*", known.get("keywords", ""))))
    made = re.match(r"\d{4}-\d{2}-\d{2}", known.get("modified", "") or known.get("created", ""))
    return BookFacts(
        title=known.get("title", "") if known.get("title", "").lower() != "word document" else "",
        people=people,
        language=known.get("language", ""),
        description=known.get("description", "") if "python-docx" not in known.get("description", "") else "",
        subjects=subjects,
        made=made[0] if made and made[0] != TEMPLATE_DATE else "",
        vertical=is_vertical(body),
    )


def _remarks(tally: Tally, package: WordPackage) -> Iterator[str]:
    if tally.inserted or tally.deleted:
        first = listed(
            [f"+“{_brief(text)}”" for text in tally.inserted if text.strip()][:3]
            + [f"−“{_brief(text)}”" for text in tally.deleted if text.strip()][:3],
            6,
        )
        words = wording(
            "{counted} and {counted2}",
            counted=counted(len(tally.inserted), "insertion"),
            counted2=counted(len(tally.deleted), "deletion"),
        )
        yield wording(
            "Tracked changes, taken as if all were accepted: {words}: {first}.", words=words, first=first
        )
    if tally.comments:
        yield wording(
            "Left out: {counted}: {comments}.",
            counted=counted(len(tally.comments), "comment"),
            comments=listed(_comments(tally, package)),
        )
    rows = (
        (wording("Left out: hidden text"), tally.hidden, ""),
        (wording("Text boxes, now behind the paragraph that they are anchored to"), tally.boxes, ""),
        (wording("Not taken: what Word draws or embeds"), tally.objects, wording(": bring it as a picture")),
        (wording("Signs of symbol fonts that no character stands for, now 〓"), tally.signs, ""),
        (wording("Fields that Keben does not read, now 〓"), tally.unread, ""),
        (wording("Signs in circles that Unicode does not have, now in brackets"), tally.circled, ""),
        (wording("Left out: prompts of fields that nobody filled in"), tally.prompts, ""),
        (wording("Numbers of pages that the text names, which are no longer right"), tally.pages, ""),
    )
    for words, found, advice in rows:
        if found:
            yield wording(
                "{words} ({count}): {names}{advice}.",
                words=words,
                count=len(found),
                names=listed(map(_brief, found)),
                advice=advice,
            )
    if tally.contents:
        yield wording(
            "Left out: a table of contents or an index of {count} lines; the book makes its own.",
            count=len(tally.contents),
        )
    if tally.blanks:
        shown = counted(tally.blanks, wording("empty paragraph"))
        yield wording("Left out: {shown}. Where one was a break between scenes, write `* * *`.", shown=shown)
    if tally.breaks:
        yield wording(
            "Left out: {counted}; chapters begin their own pages.",
            counted=counted(tally.breaks, "page break"),
        )


def _comments(tally: Tally, package: WordPackage) -> list[str]:
    tree = package.part("comments")[1]
    nodes = {attribute(node, "id"): node for node in (tree if tree is not None else ())}
    shown: list[str] = []
    for key, place in tally.comments:
        node = nodes.get(key)
        text = "".join(each.text or "" for each in below(node, "t")) if node is not None else ""
        author = attribute(node, "author")
        shown.append(
            wording(
                "{author}{author2}“{text}” at “{place}”",
                author=author,
                author2=": " if author else "",
                text=_brief(text),
                place=_brief(place),
            )
        )
    return shown


def _beside(package: WordPackage) -> Iterator[str]:
    for kind in ("header", "footer"):
        for tree in package.parts(kind):
            if text := "".join(node.text or "" for node in below(tree, "t")).strip():
                yield text


def _said_beside(texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield wording(
            "Left out: headers and footers: {texts}; pages have their own.",
            texts=listed(wording("“{text}”", text=_brief(text)) for text in texts),
        )


def _said_of_pictures(package: WordPackage) -> Iterator[str]:
    if package.archive.huge:
        yield wording("Not taken: files of more than 100 MB: {huge}.", huge=listed(package.archive.huge))


def _brief(text: str) -> str:
    if isinstance(text, Wording):
        # It is a word of Keben's, which is translated.
        return text
    text = " ".join(text.split())
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 1]}…"
