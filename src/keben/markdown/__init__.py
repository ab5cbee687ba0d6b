"""parse: Markdown → `Book`.

1. Each chapter's front matter is taken off (`frontmatter`).
2. markdown-it-py reads the rest by the grammar (`grammar`).
3. Its tokens become the chapter's tree and its notes (`builder`), raw HTML through an allow-list (`rawhtml`).
4. Headings get ids and are checked (`outline`); ids are compared over the whole book (`ids`).

Nothing raises: what is wrong comes back as findings, of all chapters at once.
"""

import posixpath
from functools import partial
from typing import Any

from keben.errors import Finding, Place
from keben.markdown.builder import Context, build
from keben.markdown.characters import forbidden_characters
from keben.markdown.frontmatter import FrontMatter, split_front_matter
from keben.markdown.grammar import grammar
from keben.markdown.ids import check_ids
from keben.markdown.names import default_id, file_names
from keben.markdown.outline import finish
from keben.markdown.paths import link_target, picture_path
from keben.markup import Element, Node, text_of, transform
from keben.model import Book, Chapter, Manuscript, Note

__all__ = ["parse"]


def parse(manuscript: Manuscript) -> tuple[Book, tuple[Finding, ...]]:
    """Parse every chapter, and give the book with what is wrong in any of them."""
    findings: list[Finding] = []
    parts = []
    for source in manuscript.sources:
        findings += forbidden_characters(source)
        matter, text, problems = split_front_matter(source.text, source.path)
        findings += problems
        parts.append((source, matter, text))
    names = file_names(source.path for source in manuscript.sources)
    ids = {
        _below_book(source.path): matter.id or default_id(names[source.path]) for source, matter, _ in parts
    }
    chapters = []
    for source, matter, text in parts:
        path = _below_book(source.path)
        folder = posixpath.dirname(path)
        context = Context(
            source.path,
            names[source.path],
            ids[path],
            source.text.split("\n"),
            partial(picture_path, folder=folder, assets=manuscript.assets.keys()),
            partial(link_target, folder=folder, chapters=ids),
        )
        chapters.append(_chapter(matter, text, context))
        findings += context.findings
    book = Book(tuple(chapters))
    return book, (*findings, *check_ids(book))


def _chapter(matter: FrontMatter, text: str, context: Context) -> Chapter:
    environment: dict[str, Any] = {}
    tokens = grammar().parse(text, environment)
    split = next(
        (index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens)
    )
    body = build(tokens[:split], context)
    notes = _notes(tokens[split + 1 : -1], context)
    labels = environment.get("footnotes", {}).get("refs", {})
    _report_unused(labels, context)
    title, body = _title(matter, body, context)
    by_label = {
        f"#fn-{label.removeprefix(':')}": context.note_numbers.get(number) for label, number in labels.items()
    }

    def settle(node: Element) -> Node:
        number = by_label.get(node.get("href")) if node.tag == "a" else None
        if number is not None:
            node = node.with_attributes(href=f"#{context.chapter_id}-n{number}")
        if (
            node.tag == "a"
            and node.get("href").startswith("#")
            and not node.children
            and "noteref" not in node.classes
        ):
            node = node.with_attributes(**{"class": f"xref {node.get('class')}".strip()})
        return node

    def settled(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return transform(Element("div", {}, nodes), settle).children

    body = finish(settled(body), context)
    if not any(isinstance(node, Element) for node in body):
        context.report(
            1, "empty-chapter", "This chapter has no text.", "Write some, or take it out of the list."
        )
    return Chapter(
        name=context.name,
        path=context.path,
        kind=matter.kind,
        title=settled(title),
        body=body,
        notes=tuple(Note(note.id, settled(note.body), note.line) for note in notes),
        label=matter.label,
        number=matter.number,
        id=context.chapter_id,
    )


def _title(
    matter: FrontMatter, body: tuple[Node, ...], context: Context
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The title of the front matter, or a heading of the first level that begins the chapter and leaves it."""
    if matter.title is not None:
        tokens = grammar().parseInline(matter.title)
        inner = [token for token in tokens if token.type == "inline"]
        title = build(inner, context)
        return title, body
    first = next((node for node in body if isinstance(node, Element)), None)
    if first is not None and first.tag == "h1":
        if first.get("id"):
            message = "The chapter's id is given in its front matter."
            context.report(first.line, "chapter-id", message, f"Write `id: {first.get('id')}` there.", "{#")
        return first.children, tuple(node for node in body if node is not first)
    context.report(
        1,
        "missing-title",
        "This chapter has no title.",
        "Write `title: …` in its front matter, or begin it with “# …”.",
    )
    return (context.name,), body


def _notes(tokens: list[Any], context: Context) -> list[Note]:
    """The notes in the order of their first calls; a note may call another."""
    groups: dict[int, list[Any]] = {}
    current: list[Any] = []
    for token in tokens:
        if token.type == "footnote_open":
            current = groups[token.meta["id"]] = []
        elif token.type not in ("footnote_close", "footnote_anchor"):
            current.append(token)
    notes: dict[int, Note] = {}
    while waiting := [number for number in context.note_numbers if number not in notes]:
        number = waiting[0]
        group = groups.get(number, [])
        line = next((token.map[0] + 1 for token in group if token.map), 0)
        notes[number] = Note(context.note_id(number), build(group, context), line)
        if not text_of(notes[number].body).strip():
            context.report(
                line, "empty-note", f"Note {context.note_numbers[number]} has no text.", "Write it."
            )
    return [notes[number] for number in context.note_numbers]


def _report_unused(labels: dict[str, int], context: Context) -> None:
    for label, number in labels.items():
        if number not in context.note_numbers:
            name = label.removeprefix(":")
            message = f"The note “{name}” is never called."
            context.report(
                1, "unused-note", message, f"Call it with [^{name}], or take it out.", warning=True
            )
            line = next(
                (
                    index
                    for index, text in enumerate(context.lines, 1)
                    if text.lstrip().startswith(f"[^{name}]:")
                ),
                1,
            )
            finding = context.findings.pop()
            context.findings.append(
                Finding(Place(context.path, line, 1), finding.code, message, finding.advice, "warning")
            )


def _below_book(path: str) -> str:
    return path.partition("/")[2]
