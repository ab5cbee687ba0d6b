"""Classes that a book sets and nothing knows: no style sheet of its theme selects them, and no rule of Keben's does."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from keben.compose.highlighting import KINDS
from keben.compose.names import NAME, WORK
from keben.core.book import Book, Chapter, Source, Theme
from keben.core.errors import Finding, Place
from keben.core.markup import Element, Node, walk
from keben.core.patterns import later
from keben.core.saying import series, wording

_FOR_AUTHORS = frozenset((NAME, WORK, "number", "title", "decimal", "unnumbered", "as-is"))
"""Classes that Keben's own rules know: names and works, the two short forms of references, and pictures whose words
no edition converts."""

_MADE = frozenset(
    (
        "noteref",
        "xref",
        "figure",
        "table",
        "left",
        "center",
        "right",
        "zhuyin",
        "math",
        "formula",
        "formula-ref",
        "code-title",
        *(f"code-{kind}" for kind in KINDS),
        "details",
        "summary",
        "box",
        "box-title",
        "tab",
        "tab-title",
        "tabs",
        "task",
        "page-break",
        *"verse stanza line drama speech speaker colon more stage direction letter salutation closing".split(),
        "scene",
    )
)
"""Classes that Markdown's own signs give."""

_BOX = "box"
"""The class of a box; its other one is its kind."""

_CODE = frozenset(("code", "pre"))
"""Elements whose class is their language, as other tools write it."""

_NO_SELECTOR = later(r"/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'|url\([^)\n]*\)", re.DOTALL)
_CLASS = later(r"\.(-?[^\x00-@\x5b-\x5e`\x7b-\x7f][^\x00-,./:-@\x5b-\x5e`\x7b-\x7f]*)")
"""A name of CSS: letters, `_`, all beyond ASCII, and behind the first also figures and `-`."""
_PLACES = 5
_FEW, _NAMED = 3, 12
"""Classes that get a warning each; and how many are named where they are more."""


def unknown_classes(book: Book, theme: Theme, sources: Iterable[Source]) -> Iterator[Finding]:
    """A warning for each class of a chapter that nothing knows, which says how often it is there, and where first."""
    known = {*_FOR_AUTHORS, *_selected(theme.styles)}
    texts = {source.path: source.text.split("\n") for source in sources}
    all_found: dict[str, list[Place]] = {}
    singly: list[Finding] = []
    meant: list[Finding] = []
    for chapter in book.chapters:
        found: dict[str, list[Place]] = {}
        for name, line in _used(chapter):
            if name not in known and name not in _MADE:
                places = found.setdefault(name, [])
                places.append(_place(name, chapter.path, line, texts.get(chapter.path, []), places))
        for name, places in found.items():
            if near := difflib.get_close_matches(name, sorted(known - _MADE), n=1, cutoff=0.6):
                meant.append(_finding(name, places, near[0]))
            else:
                all_found.setdefault(name, []).extend(places)
                singly.append(_finding(name, places, ""))
    others = [_together(all_found)] if len(all_found) > _FEW else singly
    rank = {chapter.path: number for number, chapter in enumerate(book.chapters)}
    yield from sorted((*meant, *others), key=lambda each: (rank.get(each.place.path, 0), each.place))


def _selected(styles: Mapping[str, str]) -> Iterator[str]:
    for text in styles.values():
        yield from _CLASS.findall(_NO_SELECTOR.sub(" ", text))


def _used(chapter: Chapter) -> Iterator[tuple[str, int]]:
    parts: list[tuple[Node, int]] = [*((node, 0) for node in (*chapter.title, *chapter.body))]
    parts += [(node, note.line) for note in chapter.notes for node in note.body]
    for part, line in parts:
        if not isinstance(part, Element):
            continue
        for node in walk(part):
            line = node.line or line
            if node.tag not in _CODE and _BOX not in node.classes:
                for name in node.get("class").split():
                    yield name, line


def _place(name: str, path: str, line: int, lines: Sequence[str], found: Sequence[Place]) -> Place:
    """Where the source sets a class: at the element's line or, in front of a block, a line above it.

    Of several in one line the first that is not yet ``found`` is meant.
    """
    written = re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(name)}(?![A-Za-z0-9_-])")
    for number in (line, line - 1, line + 1, line - 2, line + 2):
        if 0 < number <= len(lines):
            after = found[-1].column if found and found[-1].line == number else 0
            if match := written.search(lines[number - 1], after) or written.search(lines[number - 1]):
                return Place(path, number, match.start() + 1)
    return Place(path, line)


def _together(found: Mapping[str, Sequence[Place]]) -> Finding:
    """Many classes, as a book from another tool has them, in one warning."""
    said = series(
        f".{name}" if len(places) == 1 else wording(".{name} ({count} times)", name=name, count=len(places))
        for name, places in list(found.items())[:_NAMED]
    )
    message = wording(
        "{count} classes do nothing, as no style sheet selects them: {said}{more}.",
        count=len(found),
        said=said,
        more=", …" if len(found) > _NAMED else "",
    )
    first = next(iter(found.values()))[0]
    advice = wording("Select them in a style sheet of the project, or take them out.")
    return Finding(first, "unknown-class", message, advice, "warning")


def _finding(name: str, places: Sequence[Place], near: str) -> Finding:
    message = wording(
        "No style sheet selects the class “{name}”, and no rule of Keben's knows it: it does nothing",
        name=name,
    )
    if len(places) > 1:
        others = series(
            f"{place.line}:{place.column}" if place.column else f"{place.line}" for place in places[1:_PLACES]
        )
        message += wording(
            "; {count} more of it in this chapter, at {others}{count2}",
            count=len(places) - 1,
            others=others,
            count2=", …" if len(places) > _PLACES else "",
        )
    advice = (
        wording("Did you mean .{near}?", near=near)
        if near
        else wording("Select it in a style sheet of the project, or take it out.")
    )
    return Finding(places[0], "unknown-class", wording("{message}.", message=message), advice, "warning")
