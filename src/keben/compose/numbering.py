"""The numbers of chapters, figures, tables and notes, and what each id in the book is called.

This is the one place of compose that looks across chapters.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from keben.compose.written import Written, is_never_counted, is_seldom_counted, written_numbers
from keben.core.book import Book, Chapter
from keben.core.edition import Numbering, NumberingInParts
from keben.core.formulas import ASKED, COUNTED, TAG
from keben.core.markup import Element, Node, text_of, walk
from keben.core.numerals import chinese_numeral
from keben.core.values import dataclass
from keben.core.variants import OPEN, without_rules

_WITH_NUMBERS = frozenset(("part", "chapter", "appendix"))
"""The kinds of chapters whose titles may be written with a number."""

HEADINGS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A chapter with what it is called."""

    chapter: Chapter
    id: str
    label: str
    """第一专题; empty: none."""
    number: str
    """What its figures' numbers begin with: ``1``, ``A``, ``2-1`` where each part has a chapter 1; empty: nothing."""
    title_nodes: tuple[Node, ...]
    """The title without the label that it was written with."""
    is_label: bool = False
    """Whether the title is nothing but a number of its own (第一章), which a reference prints without marks."""

    @property
    def own_number(self) -> str:
        """Its number within its part, which its sections' begin with."""
        return self.number.rpartition("-")[2]

    @property
    def title(self) -> str:
        """The title's text, without note marks."""
        return plain_text(self.title_nodes)

    @property
    def heading(self) -> str:
        """Label and title in one line, as outlines and running heads show it."""
        return f"{self.label}\u3000{self.title}" if self.label else self.title

    @property
    def running(self) -> str:
        """Label and short title, as running heads show them; empty where the title is short enough."""
        short = self.chapter.short
        return f"{self.label}\u3000{short}" if self.label and short else short

    @property
    def target(self) -> "Target":
        """What references call the chapter."""
        return Target(self.title, "") if self.is_label else Target(self.label, self.title)


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference can name: a chapter, a heading, a figure, a table or a note."""

    number: str
    """第一专题, 图1-1, 注①; empty for what has none."""
    title: str
    bare: str = ""
    """A formula's number as it is beside that: （1-1）."""


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
    if node.tag == TAG:
        return text_of(node)
    return "" if node.tag in ("rt", "rp") else plain_text(node.children)


def number_chapters(
    book: Book,
    words: Mapping[str, str],
    numbering: Numbering = "auto",
    in_parts: NumberingInParts = "through",
) -> tuple[Numbered, ...]:
    """Each chapter's label and number: the front matter's, else those its title is written with, else counted.

    ``numbering``: ``auto`` does all of that; ``written`` counts nothing; with ``none`` only the front matter labels.
    ``in_parts``: whether the chapters of each part are counted from 1.
    """
    counting = _Counting(book, words, numbering, in_parts)
    return _told_apart([counting.number(chapter) for chapter in book.chapters])


def _told_apart(chapters: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """Chapters whose figures have numbers of their own: with the part's, where two parts have the same chapter."""
    part, parts = 0, list[int]()
    for each in chapters:
        part += each.chapter.kind == "part"
        parts.append(part)
    counted = [each.chapter.kind == "chapter" and each.chapter.number is None for each in chapters]
    places: dict[str, set[int]] = {}
    for each, where, is_counted in zip(chapters, parts, counted, strict=True):
        if is_counted and each.number:
            places.setdefault(each.number, set()).add(where)
    if all(len(found) == 1 for found in places.values()):
        return tuple(chapters)
    return tuple(
        replace(each, number=f"{where}-{each.number}") if is_counted and each.number and where else each
        for each, where, is_counted in zip(chapters, parts, counted, strict=True)
    )


class _Counting:
    """Goes through the chapters in order."""

    def __init__(
        self, book: Book, words: Mapping[str, str], numbering: Numbering, in_parts: NumberingInParts
    ) -> None:
        self.words = words
        self.in_parts = in_parts
        self.numbering = numbering
        self.lettered = sum(chapter.kind == "appendix" for chapter in book.chapters) > 1
        self.counts = {"chapter": 0, "appendix": 0}
        titles = [
            plain_text(chapter.title) if chapter.kind in _WITH_NUMBERS else "" for chapter in book.chapters
        ]
        self.written = dict(
            zip((chapter.name for chapter in book.chapters), written_numbers(titles), strict=True)
        )
        self.is_written = any(written and written.number for written in self.written.values())
        self.taken = {
            int(written.number)
            for chapter in book.chapters
            if (written := self.written[chapter.name]) and chapter.kind == "chapter"
            if written.counts and written.number.isdecimal()
        }

    def number(self, chapter: Chapter) -> Numbered:
        if chapter.kind == "part" and self.in_parts != "through":
            self.counts["chapter"] = 0
        written = self.written[chapter.name]
        number = self._number(chapter, written)
        label, title, is_label = chapter.label, chapter.title, False
        if label is None and self.numbering == "none":
            label = ""
        elif label is None and written is not None:
            label, title = split_label(chapter.title, written)
            is_label = not label and written.length == len(plain_text(chapter.title))
        elif label is None:
            label = _label(chapter, number, self.words, lettered=self.lettered)
        return Numbered(chapter, chapter.id or chapter.name, label, number, title, is_label)

    def _number(self, chapter: Chapter, written: Written | None) -> str:
        """The number of a chapter's figures; counting goes on from one that is written."""
        if chapter.number is not None:
            return chapter.number
        if written is not None:
            if written.counts and written.number.isdecimal() and chapter.kind == "chapter":
                self.counts["chapter"] = int(written.number)
            return written.number if chapter.kind != "part" else ""
        if chapter.kind not in self.counts or self.numbering == "written" or self._stands_apart(chapter):
            return ""
        if chapter.kind == "chapter" and self._is_taken():
            return ""
        self.counts[chapter.kind] += 1
        count = self.counts[chapter.kind]
        return str(count) if chapter.kind == "chapter" else chr(0x40 + count)

    def _is_taken(self) -> bool:
        """Whether another chapter's title is written with the number that would come next: no two are 第一章."""
        return self.in_parts == "through" and self.counts["chapter"] + 1 in self.taken

    def _stands_apart(self, chapter: Chapter) -> bool:
        """Whether a chapter is a 楔子 or the like, which is not counted."""
        title = plain_text(chapter.title)
        return chapter.kind == "chapter" and (
            is_never_counted(title) or (self.is_written and is_seldom_counted(title))
        )


def split_label(title: tuple[Node, ...], written: Written) -> tuple[str, tuple[Node, ...]]:
    """A title's own label, and the title without it; no label where the title is nothing else, or cannot be divided.

    It can be where the label stands in the title's first text, and no variant in it. A space or a mark between the two
    (第三章：归来) only separates them, and goes.
    """
    if not written.length:
        return "", title
    first = next((index for index, node in enumerate(title) if node and not _is_rules(node)), len(title))
    node = title[first] if first < len(title) else ""
    if not isinstance(node, str) or OPEN in node[: written.length] or len(node) < written.length:
        return "", title
    rest = (*title[:first], node[written.length :], *title[first + 1 :])
    if not plain_text(rest).strip():
        return "", title
    return written.label, tuple(part for part in rest if part)


def _is_rules(node: Node) -> bool:
    return isinstance(node, str) and not without_rules(node)


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


def number_equations(chapter: Numbered) -> list[str]:
    """The numbers of a chapter's formulas that ask for one, in order: 1-2 is the second of chapter 1.

    One that is written with its formula does not count.
    """
    prefix = f"{chapter.number}-" if chapter.number else ""
    count = 0
    numbers: list[str] = []
    for _, asked in _equations(chapter):
        count += asked == COUNTED
        numbers.append(f"{prefix}{count}" if asked == COUNTED else asked)
    return numbers


def _equations(chapter: Numbered) -> Iterator[tuple[Element, str]]:
    for node in chapter.chapter.body:
        for part in walk(node):
            if ASKED in part.attributes:
                yield part, part.get(ASKED)


def targets_of(chapter: Numbered, words: Mapping[str, str], marks: Mapping[str, str]) -> dict[str, Target]:
    """Everything in a chapter that a reference can name, by id; ``marks`` are its notes'."""
    targets = {chapter.id: chapter.target}
    numbers = number_figures(chapter, words)
    for figure_id, figure in figure_ids(chapter):
        captions = [part for part in walk(figure) if part.tag == "figcaption"]
        targets[figure_id] = Target(numbers.get(figure_id, ""), plain_text(captions))
    for (block, _), number in zip(_equations(chapter), number_equations(chapter), strict=True):
        said, bare = (words[name].format(number=number) for name in ("equation", "equation_number"))
        targets[block.get("id")] = Target(said, "", bare)
    for note in chapter.chapter.notes:
        targets[note.id] = Target(words["note"].format(number=marks[note.id]), "")
    in_notes = (node for note in chapter.chapter.notes for node in note.body)
    return {**_blocks((*in_notes, *chapter.chapter.body)), **targets}


def _blocks(nodes: Iterable[Element | str]) -> dict[str, Target]:
    """What has an id among some nodes and below them, by it; of two with one id the first."""
    targets: dict[str, Target] = {}
    for node in nodes:
        for part in walk(node) if isinstance(node, Element) else ():
            name = part.get("id")
            if name and name not in targets:
                title = plain_text(part.children) if part.tag in HEADINGS else without_rules(text_of(part))
                targets[name] = Target("", title)
    return targets
