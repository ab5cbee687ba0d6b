"""The numbers of chapters, figures, tables and notes, and what each id in the book is called.

This is the one place of compose that looks across chapters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from keben.compose.numerals import chinese_numeral
from keben.markup import Element, text_of, walk
from keben.model import Book, Chapter
from keben.variants import without_rules

HEADINGS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A chapter with what it is called."""

    chapter: Chapter
    id: str
    label: str
    """第一专题; empty: none."""
    number: str
    """What its figures' numbers begin with: ``1``, ``A``; empty: nothing."""

    @property
    def title(self) -> str:
        """The title's text, without note marks."""
        return plain_text(self.chapter.title)

    @property
    def heading(self) -> str:
        """Label and title in one line, as outlines and running heads show it."""
        return f"{self.label}\u3000{self.title}" if self.label else self.title


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference can name: a chapter, a heading, a figure, a table or a note."""

    number: str
    """第一专题, 图1-1, 注①; empty for what has none."""
    title: str


def plain_text(nodes: Iterable[Element | str]) -> str:
    """The text of inline nodes without calls of notes; rules of variants hold in the chapter, not in a copy."""
    return "".join(
        without_rules(node)
        if isinstance(node, str)
        else ""
        if "noteref" in node.classes
        else _element_text(node)
        for node in nodes
    )


def _element_text(node: Element) -> str:
    return "" if node.tag in ("rt", "rp") else plain_text(node.children)


def number_chapters(book: Book, words: Mapping[str, str]) -> tuple[Numbered, ...]:
    """Each chapter's label and number: the front matter's, or counted by kind."""
    appendices = sum(chapter.kind == "appendix" for chapter in book.chapters)
    counts = {"chapter": 0, "appendix": 0}
    numbered = []
    for chapter in book.chapters:
        number = chapter.number
        if number is None and chapter.kind in counts:
            counts[chapter.kind] += 1
            count = counts[chapter.kind]
            number = str(count) if chapter.kind == "chapter" else chr(0x40 + count)
        number = number or ""
        label = chapter.label
        if label is None:
            label = _label(chapter, number, words, lettered=appendices > 1)
        numbered.append(Numbered(chapter, chapter.id or chapter.name, label, number))
    return tuple(numbered)


def _label(chapter: Chapter, number: str, words: Mapping[str, str], *, lettered: bool) -> str:
    if chapter.kind == "appendix" and number:
        return words["appendix"].format(number=number if lettered else "")
    if chapter.kind == "chapter" and number:
        spelled = chinese_numeral(int(number)) if number.isascii() and number.isdigit() else number
        return words["chapter"].format(number=spelled)
    return ""


def number_figures(chapter: Numbered, words: Mapping[str, str]) -> dict[str, str]:
    """The number of each figure and table that has a caption, by id: 图1-2 is the second of chapter 1.

    A figure without an id gets one: ``{chapter}-f2``. `figure_ids` gives them in the same order.
    """
    numbers: dict[str, str] = {}
    counts = {"figure": 0, "table": 0}
    for figure_id, figure in figure_ids(chapter):
        kind = "table" if "table" in figure.classes else "figure"
        if any(isinstance(child, Element) and child.tag == "figcaption" for child in figure.children):
            counts[kind] += 1
            prefix = f"{chapter.number}-" if chapter.number else ""
            numbers[figure_id] = words[kind].format(number=f"{prefix}{counts[kind]}")
    return numbers


def figure_ids(chapter: Numbered) -> list[tuple[str, Element]]:
    """Every figure of a chapter in order, with its id."""
    figures = [part for node in chapter.chapter.body for part in walk(node) if part.tag == "figure"]
    return [(figure.get("id") or f"{chapter.id}-f{index}", figure) for index, figure in enumerate(figures, 1)]


def targets_of(chapter: Numbered, words: Mapping[str, str], marks: Mapping[str, str]) -> dict[str, Target]:
    """Everything in a chapter that a reference can name, by id; ``marks`` are its notes'."""
    targets = {chapter.id: Target(chapter.label, chapter.title)}
    numbers = number_figures(chapter, words)
    for figure_id, figure in figure_ids(chapter):
        captions = [part for part in walk(figure) if part.tag == "figcaption"]
        targets[figure_id] = Target(numbers.get(figure_id, ""), plain_text(captions))
    for note in chapter.chapter.notes:
        targets[note.id] = Target(words["note"].format(number=marks[note.id]), "")
        _add_blocks(note.body, targets)
    _add_blocks(chapter.chapter.body, targets)
    return targets


def _add_blocks(nodes: Iterable[Element | str], targets: dict[str, Target]) -> None:
    for node in nodes:
        for part in walk(node) if isinstance(node, Element) else ():
            name = part.get("id")
            if name and name not in targets:
                targets[name] = Target(
                    "", plain_text(part.children) if part.tag in HEADINGS else without_rules(text_of(part))
                )
