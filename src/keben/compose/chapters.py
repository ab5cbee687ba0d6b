"""A chapter's tree completed: numbers on figures, marks on notes, charts in place of their data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType

from keben.compose.code import set_code
from keben.compose.numbering import Numbered, figure_ids, number_equations, number_figures
from keben.core.book import Note
from keben.core.edition import Edition
from keben.core.formulas import ASKED, NUMBER, NUMBERED
from keben.core.markup import Element, Node, transform
from keben.core.numerals import note_mark

NO_WORDS: Mapping[str, str] = MappingProxyType({})


def chart_name(data_path: str) -> str:
    """The path of the drawing made from a chart's data: ``data/aid.toml`` gives ``images/chart-aid.svg``."""
    path = PurePosixPath(data_path)
    parts = [part for part in path.parts[:-1] if part != "data"]
    return f"images/{'-'.join(['chart', *parts, path.stem])}.svg"


def complete_body(
    chapter: Numbered, words: Mapping[str, str], marks: Mapping[str, str], *, highlight: bool
) -> Element:
    """The chapter's blocks in one ``div``, complete but for cross-references; ``marks`` are its notes', by id.

    ``highlight``: whether the words of code get classes.
    """
    numbers = number_figures(chapter, words)
    names = iter([name for name, _ in figure_ids(chapter)])

    body = _complete(Element("div", {}, chapter.chapter.body), marks, words, highlight=highlight)
    return _with_equations(_number(body, names, numbers), iter(number_equations(chapter)), words)


def _with_equations(node: Element, numbers: Iterator[str], words: Mapping[str, str]) -> Element:
    """Formulas in lines of their own with the numbers that they ask for."""
    if ASKED in node.attributes:
        number = words["equation_number"].format(number=next(numbers))
        label = Element("span", {"class": NUMBER}, (number,))
        names = f"{node.get('class')} {NUMBERED}"
        return node.with_mapping({ASKED: None, "class": names}).with_children((*node.children, label))
    return node.with_children(
        _with_equations(child, numbers, words) if isinstance(child, Element) else child
        for child in node.children
    )


def labelled(node: Element, words: Mapping[str, str]) -> Element:
    """A box as a note of the text, with what its kind is called where it has no title of its own.

    Role: WAI-ARIA 1.2, note; an ``aside`` is a landmark by itself, and a page would have too many.
    """
    node = node.with_attributes(role="note")
    first = next((child for child in node.children if isinstance(child, Element)), None)
    if first is not None and "box-title" in first.classes:
        return node
    word = next((words[f"box_{name}"] for name in node.get("class").split() if f"box_{name}" in words), "")
    if not word:
        return node
    label = Element("p", {"class": "box-title box-label"}, (word,), node.line)
    return node.with_children((label, *node.children))


def _complete(
    root: Element, marks: Mapping[str, str], words: Mapping[str, str], *, highlight: bool
) -> Element:
    """What bodies and notes have in common: calls with marks, drawings in place of data, code, boxes with labels."""

    def complete(node: Element) -> Node:
        if node.tag == "a" and "noteref" in node.classes:
            return _call(node, marks)
        if node.tag == "pre":
            return set_code(node, highlight=highlight)
        if node.tag == "aside" and "box" in node.classes:
            return labelled(node, words)
        return _picture(node) if node.tag == "img" else node

    return transform(root, complete)


def _number(root: Element, names: Iterable[str], numbers: Mapping[str, str]) -> Element:
    """Figures with their ids and numbers; in document order, which a rebuild from the leaves does not keep."""
    given = iter(names)

    def visit(node: Node) -> Node:
        if isinstance(node, str):
            return node
        if node.tag == "figure":
            name = next(given)
            children = tuple(_caption(visit(child), numbers.get(name, "")) for child in node.children)
            return node.with_attributes(id=name).with_children(children)
        return node.with_children(visit(child) for child in node.children)

    rebuilt = visit(root)
    return rebuilt if isinstance(rebuilt, Element) else root


def _caption(node: Node, number: str) -> Node:
    if not isinstance(node, Element) or node.tag != "figcaption":
        return node
    return node.with_children(
        (
            Element("span", {"class": "number"}, (number,)),
            " ",
            Element("span", {"class": "caption"}, _in_one_line(node.children)),
        )
    )


def _in_one_line(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """A caption without the paragraph that Markdown in raw HTML makes of it."""
    said = [node for node in nodes if not isinstance(node, str) or node.strip()]
    only = said[0] if len(said) == 1 else None
    return only.children if isinstance(only, Element) and only.tag == "p" else nodes


def note_marks(chapters: Iterable[Sequence[Note]], edition: Edition) -> Iterator[dict[str, str]]:
    """For each chapter's notes the mark of each by its id.

    Numbers by page are known when the pages are: until then they count by chapter.
    """
    before = 0
    for notes in chapters:
        yield {
            note.id: note_mark(number, edition.notes, edition.writing)
            for number, note in enumerate(notes, before + 1)
        }
        before += len(notes) if edition.notes_number == "book" else 0


def complete_note(
    note: Note,
    marks: Mapping[str, str],
    call: str,
    words: Mapping[str, str] = NO_WORDS,
    *,
    highlight: bool,
) -> Element:
    """A note as the ``aside`` that a reading system shows in a pop-up; ``call`` is the id of its first call.

    ``marks`` are those of the chapter's notes, by id: a note may call another. ``highlight``: as in `complete_body`.

    Roles: DPUB-ARIA 1.1, doc-footnote and doc-backlink; EPUB Structural Semantics, footnote.
    """
    link = Element("a", {"class": "backlink", "role": "doc-backlink", "href": f"#{call}"}, (marks[note.id],))
    blocks = list(_complete(Element("div", {}, note.body), marks, words, highlight=highlight).children)
    # Texts before the first block are rules of variants.
    index = next((index for index, block in enumerate(blocks) if isinstance(block, Element)), len(blocks))
    first = blocks[index] if index < len(blocks) else None
    if isinstance(first, Element) and first.tag == "p":
        blocks[index] = first.with_children((link, *first.children))
    else:
        blocks.insert(index, Element("p", {}, (link,), note.line))
    attributes = {"epub:type": "footnote", "role": "doc-footnote", "class": "footnote", "id": note.id}
    return Element("aside", attributes, tuple(blocks), note.line)


def _call(node: Element, marks: Mapping[str, str]) -> Element:
    attributes = {
        "epub:type": "noteref",
        "role": "doc-noteref",
        "class": "noteref",
        "href": node.get("href"),
        "id": node.get("id"),
    }
    return Element("a", attributes, (marks.get(node.get("href")[1:], ""),), node.line)


def _picture(node: Element) -> Element:
    source = node.get("src")
    return node.with_attributes(src=chart_name(source)) if source.endswith(".toml") else node
