"""Ids: their form, and that no two in the book are the same."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from keben.core.book import Chapter
from keben.core.errors import Finding, Place
from keben.core.markup import Element, Node
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.markdown.context import locate
from keben.markdown.names import ID, ID_ADVICE
from keben.markdown.paths import shown

_TWICE = wording("Give one of them another id.")


def chapter_ids(wanted: Sequence[tuple[str, str, Place]]) -> tuple[list[str], list[Finding]]:
    """Each chapter's id. ``wanted`` has the one it asks for, its name to fall back on, and where it asks."""
    first: dict[str, Place] = {}
    ids: list[str] = []
    findings: list[Finding] = []
    for asked, name, place in wanted:
        chosen = asked
        if asked in first:
            findings.append(_twice(asked, place, first[asked]))
            chosen = name
            while chosen in first:
                chosen += "-2"
        first[chosen] = place
        ids.append(chosen)
    return ids, findings


def settle_ids(
    chapters: Sequence[Chapter], places: Sequence[Place], lines: Mapping[str, Sequence[str]]
) -> tuple[tuple[Chapter, ...], list[Finding]]:
    """The chapters with no id twice in the book: of two, the second goes and is a finding, as is one of a wrong form.

    ``places`` tell where each chapter's id is given, ``lines`` what each path holds.
    """
    settling = _Settling(lines)
    settling.first = {chapter.id: place for chapter, place in zip(chapters, places, strict=True)}
    settled: list[Chapter] = []
    for chapter in chapters:
        settling.path = chapter.path
        title = settling.nodes(chapter.title, 1)
        body = settling.nodes(chapter.body, 1)
        notes = []
        for note in chapter.notes:
            settling.see(note.id, note.line)
            notes.append(replace(note, body=settling.nodes(note.body, note.line)))
        settled.append(replace(chapter, title=title, body=body, notes=tuple(notes)))
    return tuple(settled), settling.findings


@dataclass(slots=True)
class _Settling:
    lines: Mapping[str, Sequence[str]]
    path: str = ""
    first: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def nodes(self, nodes: tuple[Node, ...], line: int) -> tuple[Node, ...]:
        """The nodes as they are, the very same where nothing changes."""
        changed = [self.element(node, line) if isinstance(node, Element) else node for node in nodes]
        return nodes if all(new is old for new, old in zip(changed, nodes, strict=True)) else tuple(changed)

    def element(self, node: Element, line: int) -> Element:
        here = node.line or line
        if node.get("id") and not self.see(node.get("id"), here):
            node = node.with_attributes(id=None)
        children = self.nodes(node.children, here)
        return node if children is node.children else node.with_children(children)

    def see(self, name: str, line: int) -> bool:
        """Whether an id can stay."""
        if ID.fullmatch(name) and name not in self.first:
            self.first[name] = Place(self.path, line)
            return True
        lines = self.lines[self.path]
        place = max(
            (locate(self.path, lines, line, needle) for needle in (f"#{name}", f'id="{name}"', name)),
            key=lambda found: bool(found.column),
        )
        if name in self.first:
            self.findings.append(_twice(name, place, self.first[name]))
        else:
            self.findings.append(
                Finding(place, "bad-id", wording("“{name}” cannot be an id.", name=shown(name)), ID_ADVICE)
            )
        return False


def _twice(name: str, place: Place, first: Place) -> Finding:
    return Finding(
        place,
        "duplicate-id",
        wording("The id “{name}” is used twice; {first} has it too.", name=shown(name), first=first),
        _TWICE,
    )
