"""Notes moved from the end of their chapter to the places that call them, where a page's foot can take them."""

from collections.abc import Iterator
from dataclasses import field

from keben.core.errors import BuildError, Finding, Place
from keben.core.markup import Element, Node, element, text_of, transform, walk
from keben.core.notemarks import look_of
from keben.core.saying import wording
from keben.core.values import dataclass


def place_notes(root: Element, path: str) -> Element:
    """A chapter whose note calls became ``span.footnote`` with the mark in ``data-mark``; its notes section is gone.

    A note that another note calls stands after the one that calls it, with class ``silent``: its mark is printed in
    that note's text. One whose mark is half as wide as ① has class ``digit``, one whose number has two figures or more
    ``many``: a style can set it larger. A second call of a note stays a link. The
    character before a call is kept on its line.

    Raises:
        BuildError: a note is never called; its text would be lost.
    """
    notes = {
        note.get("id"): note
        for section in walk(root)
        if section.tag == "section" and "notes" in section.classes
        for note in section.children
        if isinstance(note, Element)
    }
    if not notes:
        # Notes may stand elsewhere: their calls stay with what they belong to.
        return _keep_calls(root) if any(_is_call(node) for node in walk(root)) else root
    body = transform(root, lambda node: None if node.tag == "section" and "notes" in node.classes else node)
    placed = _Placing(notes)
    result = _keep_calls(transform(body, placed.visit))
    lost = [name for name in notes if name not in placed.done]
    if lost:
        raise BuildError(*(_uncalled(name, Place(path, notes[name].line)) for name in lost))
    return result


def _uncalled(name: str, place: Place) -> Finding:
    return Finding(
        place,
        "uncalled-note",
        wording("Nothing calls the note “{name}”.", name=name),
        wording("Call it, or delete it."),
    )


@dataclass(slots=True)
class _Placing:
    notes: dict[str, Element]
    done: set[str] = field(default_factory=set)

    def visit(self, node: Element) -> Node | tuple[Node, ...]:
        name = _called(node)
        if name not in self.notes or name in self.done:
            return node
        return tuple(self._spans(name, text_of(node), "footnote"))

    def _spans(self, name: str, mark: str, classes: str) -> Iterator[Element]:
        self.done.add(name)
        note = self.notes[name]
        classes = f"{classes} {look_of(mark)}".strip()
        attributes = {"class": classes, "id": name, "data-mark": mark}
        yield Element("span", attributes, _content(note), note.line)
        for node in walk(note):
            called = _called(node)
            if called in self.notes and called not in self.done:
                yield from self._spans(called, text_of(node), "footnote silent")


def _called(node: Element) -> str:
    return node.get("href")[1:] if node.tag == "a" and "noteref" in node.classes else ""


def _content(note: Element) -> tuple[Node, ...]:
    """What a note says, without the link back; its first paragraph runs on from the mark."""
    plain = transform(note, lambda node: None if "backlink" in node.classes else node)
    blocks = [child for child in plain.children if not (isinstance(child, str) and not child.strip())]
    if blocks and isinstance(blocks[0], Element) and blocks[0].tag == "p":
        blocks[:1] = blocks[0].children
    return tuple(blocks)


def _keep_calls(root: Element) -> Element:
    """Each call in one unbreakable span with the character before it: no mark begins a line (CLREQ 6.1.2.3)."""

    def keep(node: Element) -> Element:
        children: list[Node] = []
        for child in node.children:
            if _is_call(child) and children and isinstance(children[-1], str) and children[-1].strip():
                before = children.pop()
                assert isinstance(before, str)  # noqa: S101 - tested above
                if len(before) > 1:
                    children.append(before[:-1])
                children.append(element("span", {"class": "keep"}, before[-1], child))
            else:
                children.append(child)
        return node.with_children(children)

    return keep(transform(root, keep))


def _is_call(node: Node) -> bool:
    return (
        isinstance(node, Element)
        and bool(node.classes & {"footnote", "noteref"})
        and "silent" not in node.classes
    )
