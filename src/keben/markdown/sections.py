"""Files that are sections of a chapter become one chapter; a file of several chapters becomes several.

Each file was parsed by itself: its notes, its link definitions and its headings' names are its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from keben.core.book import Chapter, Note, Source
from keben.core.markup import Element, Node, walk
from keben.core.origins import lines_before_each
from keben.markdown.headings import LEVELS
from keben.markdown.kinds import kind_of

_DEEPEST = 6


def bound(chapters: Sequence[Chapter], sources: Sequence[Source]) -> Iterator[Chapter]:
    """The chapters of a book, of those that its files are: sections stand in the chapter that they belong to."""
    group: list[tuple[Chapter, Source]] = []
    for chapter, source in zip(chapters, sources, strict=True):
        if group and not source.depth:
            yield from _of_group(group)
            group = []
        group.append((chapter, source))
    if group:
        yield from _of_group(group)


def _of_group(group: Sequence[tuple[Chapter, Source]]) -> Iterator[Chapter]:
    (first, source), *sections = group
    if source.is_parted:
        yield from _parted(first)
        return
    if not sections:
        yield first
        return
    body, notes, drawings = [*first.body], [*first.notes], dict(first.drawings)
    before = lines_before_each(source for _, source in group)
    for (section, source), lines in zip(sections, before[1:], strict=True):
        body += _as_section(section, source.depth, lines)
        notes += (
            Note(note.id, _moved(note.body, lines, 0), note.line and note.line + lines)
            for note in section.notes
        )
        drawings |= section.drawings
    yield replace(first, body=tuple(body), notes=tuple(notes), drawings=drawings)


def _as_section(section: Chapter, depth: int, lines: int) -> Iterator[Node]:
    """A file's title as a heading, and what it holds below it; ``lines`` of its chapter stand before it."""
    level = min(depth + 1, _DEEPEST)
    label = (f"{section.label}\u3000",) if section.label else ()
    yield Element(f"h{level}", {"id": section.id}, (*label, *_moved(section.title, lines, 0)), lines + 1)
    yield from _moved(section.body, lines, depth)


def _moved(nodes: Iterable[Node], lines: int, depth: int) -> tuple[Node, ...]:
    """Nodes as many lines further down, their headings as many levels deeper."""
    return tuple(node if isinstance(node, str) else _moved_element(node, lines, depth) for node in nodes)


def _moved_element(node: Element, lines: int, depth: int) -> Element:
    level = LEVELS.get(node.tag)
    tag = f"h{min(level + depth, _DEEPEST)}" if level else node.tag
    return Element(tag, node.attributes, _moved(node.children, lines, depth), node.line and node.line + lines)


def _parted(whole: Chapter) -> Iterator[Chapter]:
    """The chapters of a file, each with the notes that it calls; what nobody calls stays with the first."""
    starts = [at for at, node in enumerate(whole.body) if isinstance(node, Element) and node.tag == "h1"]
    pieces = [whole.body[start:end] for start, end in pairwise((0, *starts, len(whole.body)))]
    inner = {note.id: _called(note.body) for note in whole.notes}
    calls = [_with_inner(_called(piece), inner) for piece in ((*whole.title, *pieces[0]), *pieces[1:])]
    calls[0] |= inner.keys() - set().union(*calls)
    for number, (piece, wanted) in enumerate(zip(pieces, calls, strict=True)):
        notes = tuple(note for note in whole.notes if note.id in wanted)
        if not number:
            yield replace(whole, body=piece, notes=notes)
            continue
        heading, *rest = piece
        if not isinstance(heading, Element):
            continue
        yield Chapter(
            name=f"{whole.name}-{number + 1}",
            path=whole.path,
            kind=kind_of(heading.children),
            title=heading.children,
            body=tuple(rest),
            notes=notes,
            id=heading.get("id"),
        )


def _called(nodes: Iterable[Node]) -> set[str]:
    parts = (part for node in nodes if isinstance(node, Element) for part in walk(node))
    return {part.get("href")[1:] for part in parts if "noteref" in part.classes}


def _with_inner(called: Iterable[str], inner: Mapping[str, set[str]]) -> set[str]:
    """Notes that are called, with those that they call."""
    found: set[str] = set()
    waiting = [*called]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += inner.get(name, ())
    return found
