"""A generous reader's anchors: ids that are none, ids given twice, and headings by the names that other tools give.

GitHub makes a heading's name of its text (https://github.com/Flet/github-slugger): in small letters, without marks,
with ``-`` for spaces, and with a number where it comes again. Others differ in marks and numbers only, so a name
that is not found is looked for by its letters.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace

from keben.core.book import Chapter
from keben.core.markup import Element, Node, text_of, transform, walk
from keben.core.values import dataclass
from keben.core.variants import own
from keben.markdown import tolerances
from keben.markdown.context import Context
from keben.markdown.headings import LEVELS
from keben.markdown.loosepaths import SCOPE
from keben.markdown.names import ID

_NO_SLUG = re.compile(r"[^\w\- ]")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(slots=True)
class _Names:
    """What places of a chapter are called."""

    ids: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """The id of what is called so; None if nothing is."""
        if name in self.ids:
            return name
        small = name.lower()
        for known, key in ((self.aliases, name), (self.slugs, small), (self.letters, _letters(small))):
            if key in known:
                return known[key]
        return None


def settle_anchors(
    chapters: Sequence[Chapter], contexts: Sequence[Context], files: Mapping[str, str]
) -> list[Chapter]:
    """The chapters with sound ids, each once in the book, and with links led to them.

    ``files`` gives ids of chapters by the stem of their files. A link that leads nowhere keeps its text.
    """
    used = {chapter.id for chapter in chapters}
    used |= {note.id for chapter in chapters for note in chapter.notes}
    used |= {
        node.get("id") for chapter in chapters for node in _elements(chapter) if "noteref" in node.classes
    }
    named: list[Chapter] = []
    names: dict[str, _Names] = {}
    for chapter, context in zip(chapters, contexts, strict=True):
        mine = _Names(aliases=dict(context.aliases))
        mine.ids |= {chapter.id, *(note.id for note in chapter.notes)}
        named.append(_with_ids(chapter, context, used, mine))
        _name_headings(named[-1], mine)
        names[chapter.id] = mine
    everywhere = {**{name: key for one in names.values() for name, key in one.aliases.items()}, **files}
    given = Counter(name for one in names.values() for name in {*one.ids, *one.aliases})
    twice = {name for name, count in given.items() if count > 1}
    return [
        _with_links(chapter, context, names, used, everywhere, twice)
        for chapter, context in zip(named, contexts, strict=True)
    ]


def _elements(chapter: Chapter) -> Iterable[Element]:
    parts = [*chapter.title, *chapter.body, *(node for note in chapter.notes for node in note.body)]
    return [node for part in parts if isinstance(part, Element) for node in walk(part)]


def _changed(chapter: Chapter, change: Callable[[Element], Node]) -> Chapter:
    def nodes(several: tuple[Node, ...]) -> tuple[Node, ...]:
        return transform(Element("div", {}, several), change).children

    notes = tuple(replace(note, body=nodes(note.body)) for note in chapter.notes)
    return replace(chapter, title=nodes(chapter.title), body=nodes(chapter.body), notes=notes)


def _with_ids(chapter: Chapter, context: Context, used: set[str], names: _Names) -> Chapter:
    def settle(node: Element) -> Node:
        name = node.get("id")
        if not name or "noteref" in node.classes:
            return node
        if ID.fullmatch(name) and name not in used:
            used.add(name)
            names.ids.add(name)
            return node
        if name in names.ids or name in names.aliases:
            context.takes(tolerances.DUPLICATE_ID, node.line or 1, name)
        made = _free(chapter.id, used)
        used.add(made)
        names.aliases.setdefault(name, made)
        return node.with_attributes(id=made)

    return _changed(chapter, settle)


def _free(chapter: str, used: set[str]) -> str:
    number = 1
    while f"{chapter}-a{number}" in used:
        number += 1
    return f"{chapter}-a{number}"


def _name_headings(chapter: Chapter, names: _Names) -> None:
    heads = [(text_of(chapter.title), chapter.id)]
    heads += [(text_of(node), node.get("id")) for node in _elements(chapter) if node.tag in LEVELS]
    for written, key in heads:
        text = own(written).strip()
        slug = first = _NO_SLUG.sub("", text.lower()).replace(" ", "-")
        number = 0
        while slug in names.slugs:
            number += 1
            slug = f"{first}-{number}"
        names.slugs[slug] = key
        names.letters.setdefault(_letters(text.lower()), key)
    names.letters.pop("", None)


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)


def _with_links(
    chapter: Chapter,
    context: Context,
    names: Mapping[str, _Names],
    used: set[str],
    everywhere: Mapping[str, str],
    twice: set[str],
) -> Chapter:
    def settle(node: Element) -> Node:
        href = node.get("href")
        if node.tag != "a" or not href.startswith("#") or "noteref" in node.classes:
            return node
        if href.startswith(f"#{SCOPE}"):
            scope, name = href[2:].split(SCOPE)
            found = names[scope].find(name)
            if found is None:
                context.takes(tolerances.DEAD_ANCHOR, node.line or 1, f"#{name}")
                found = scope
            return node.with_attributes(href=f"#{found}")
        name = href[1:]
        found = names[chapter.id].find(name) or (name if name in used else everywhere.get(name))
        if found is not None:
            if name in twice and name not in (*names[chapter.id].ids, *names[chapter.id].aliases):
                context.takes(tolerances.AMBIGUOUS, node.line or 1, href)
            return node.with_attributes(href=f"#{found}")
        if "xref" in node.classes:
            return node  # There is no text to keep: `compose` reports it.
        context.takes(tolerances.DEAD_ANCHOR, node.line or 1, href)
        return node.with_attributes(href=None)

    return _changed(chapter, settle)
