"""A chapter's notes: their text in the order of their calls, and what is wrong between calls and definitions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it.token import Token

from keben.core.book import Note
from keben.core.markup import Element, Node, transform, walk
from keben.core.saying import wording
from keben.markdown.blocks import build
from keben.markdown.context import Context
from keben.markdown.grammar import Parsed
from keben.markdown.headings import LEVELS
from keben.markdown.outline import prints_something
from keben.markdown.paths import shown
from keben.markdown.tolerances import NOTE_HEADING


def split_notes(tokens: Sequence[Token]) -> tuple[Sequence[Token], dict[int, list[Token]]]:
    """The tokens of the body, and those of each note by markdown-it's number for it."""
    split = next(
        (index for index, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens)
    )
    groups: dict[int, list[Token]] = {}
    current: list[Token] = []
    for token in tokens[split + 1 : -1]:
        if token.type == "footnote_open":
            current = groups[token.meta["id"]] = []
        elif token.type not in ("footnote_close", "footnote_anchor"):
            current.append(token)
    return tokens[:split], groups


def build_notes(groups: dict[int, list[Token]], parsed: Parsed, context: Context) -> tuple[Note, ...]:
    """The notes as a reader meets them. A note may call another, so there are more of them on the way."""
    labels = {number: label for label, number in parsed.labels.items()}
    defined: dict[str, int] = {}
    for name, line in parsed.definitions:
        if name in defined:
            message = wording(
                "The note “{name}” is defined twice; the first time in line {defined}.",
                name=shown(name),
                defined=defined[name],
            )
            context.report(
                line, "duplicate-note", message, wording("Give one of them another name."), f"[^{name}]"
            )
        defined.setdefault(name, line)
    calls = context.calls
    notes: dict[int, Note] = {}
    while (number := next((known for known in calls.numbers if known not in notes), None)) is not None:
        label = labels.get(number)  # None: the note is written where it is called
        line = defined.get(label, 0) if label is not None else calls.lines[number]
        body = build(groups.get(number, []), context, line)
        notes[number] = Note(calls.note_id(number), body, line)
        if label is not None and label not in defined:
            message = wording("The note “{label}” is not defined.", label=shown(label))
            advice = wording("Write “[^{label}]: …” after the paragraph.", label=shown(label))
            context.report(calls.lines[number], "missing-note", message, advice, f"[^{label}]")
        elif not prints_something(body):
            context.report(
                line,
                "empty-note",
                wording("This note has no text."),
                wording("Write it."),
                f"[^{label}]" if label else "^[",
            )
        _check(body, context)
        if context.is_generous:
            notes[number] = replace(notes[number], body=_without_headings(body, context))
    for name, line in defined.items():
        if parsed.labels.get(name) not in calls.numbers:
            message = wording("The note “{name}” is never called.", name=shown(name))
            advice = wording("Call it with [^{name}], or take it out.", name=shown(name))
            context.report(line, "unused-note", message, advice, f"[^{name}]", warning=True)
    return tuple(_as_read([notes[number] for number in calls.numbers]))


def _as_read(notes: Sequence[Note]) -> Iterator[Note]:
    """Notes in the order in which a reader meets them: one that a note calls comes right behind that note.

    So they stand at the foot of a printed page, and so their marks rise there.
    """
    by_id = {note.id: note for note in notes}
    seen: set[str] = set()
    waiting = [note.id for note in reversed(notes)]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        yield by_id[name]
        called = [node.get("href")[1:] for block in by_id[name].body for node in _calls_in(block)]
        waiting += reversed(called)


def _calls_in(block: Node) -> Iterator[Element]:
    if isinstance(block, Element):
        yield from (node for node in walk(block) if "noteref" in node.classes)


def _without_headings(body: tuple[Node, ...], context: Context) -> tuple[Node, ...]:
    """A note's blocks with strong text for headings."""

    def strong(node: Element) -> Node:
        if node.tag not in LEVELS:
            return node
        context.takes(NOTE_HEADING, node.line, "#")
        return Element("p", node.attributes, (Element("strong", {}, node.children),), node.line)

    return transform(Element("div", {}, body), strong).children


def _check(body: tuple[Node, ...], context: Context) -> None:
    """Report what is counted or listed in chapters only."""
    for node in (part for block in body if isinstance(block, Element) for part in walk(block)):
        if node.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            if not context.is_generous:
                context.report(
                    node.line,
                    "heading-in-note",
                    wording("A note cannot hold a heading."),
                    wording("Use strong text."),
                )
        elif node.tag == "figure" and any(
            isinstance(part, Element) and part.tag == "figcaption" for part in node.children
        ):
            message = wording("A note cannot hold a figure or table that is numbered.")
            context.report(
                node.line, "figure-in-note", message, wording("Take its caption out, or move it to the text.")
            )
