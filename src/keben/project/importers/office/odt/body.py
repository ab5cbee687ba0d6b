"""OpenDocument's paragraphs, lists and tables → blocks."""

import re
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Literal

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, attribute, below, child, local
from keben.project.importers.office.docx.numerals import numeral
from keben.project.importers.office.listing import ListItem, gathered
from keben.project.importers.office.odt.inline import WriterInline
from keben.project.importers.office.odt.styles import WriterLevel
from keben.project.importers.office.rich import (
    DISPLAYED,
    PLAIN,
    Block,
    Blocks,
    RichCell,
    RichCode,
    RichHeading,
    RichParagraph,
    RichQuote,
    RichRule,
    RichRun,
    RichTable,
    Runs,
    Side,
    TextLook,
    said,
    trimmed,
    without_bold,
)
from keben.project.importers.office.web.css import styled

_INDEXES = frozenset(
    "table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography".split()
)
_LETTERS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I", "decimal": "1"}
_SIDES: dict[str, Side] = {"center": "center", "end": "right", "right": "right"}
_NAMED: dict[str, Literal["title", "subtitle", "author", "caption"]] = {
    "title": "title", "subtitle": "subtitle", "author": "author", "caption": "caption",
}  # fmt: skip


@dataclass(slots=True)
class WriterStory:
    """Reads the blocks of a text; numbers go on through all of it."""

    inline: WriterInline
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    outline: dict[int, int] = field(default_factory=dict)

    def blocks(self, node: Node) -> Blocks:
        """The blocks below a node."""
        return gathered(self._items(node))

    def _items(self, node: Node) -> Iterator[Block | ListItem]:
        for each in node:
            name = local(each)
            if name in ("p", "h"):
                yield from self._paragraph(each)
            elif name == "list":
                yield from self._list(each, 1, "")
            elif name == "table":
                yield self._table(each)
            elif name in _INDEXES:
                lines = (
                    " ".join("".join(p.itertext()).split()) for p in each.iter() if local(p) in ("p", "h")
                )
                self.inline.tally.contents += filter(None, lines)
            elif name == "section":
                if attribute(each, "display") == "none":
                    self.inline.tally.hidden.append("".join(each.itertext()))
                else:
                    yield from self._items(each)
            elif name in ("frame", "custom-shape", "rect", "g"):
                runs = trimmed(tuple(self.inline._one(each, PLAIN, "")))
                yield from (RichParagraph(runs),) if runs else ()
                yield from self._boxes()
            elif name in ("index-body", "text-box", "numbered-paragraph", "list-header", "table-box"):
                yield from self._items(each)

    def _boxes(self) -> Iterator[Block]:
        boxes, self.inline.boxes = self.inline.boxes, []
        for box in boxes:
            found = self.blocks(box) if local(box) != "frame" else ()
            if not any(run.kind == "picture" for block in found for run in getattr(block, "runs", ())):
                text = " ".join(said(getattr(block, "runs", ())) for block in found).strip()
                self.inline.tally.boxes += [text] if text else []
            yield from (
                replace(b, role="") if isinstance(b, RichParagraph) and b.role != "caption" else b
                for b in found
            )

    def _paragraph(self, node: Node) -> Iterator[Block]:
        styles, name = self.inline.styles, attribute(node, "style-name")
        face = styled(PLAIN, styles.wishes("paragraph", name))
        runs = tuple(self.inline.runs(node, face))
        role = styles.role(name)
        side = _SIDES.get(styles.side(name), "")
        outline = attribute(node, "outline-level")
        if role == "toc":
            self.inline.tally.contents += [said(runs)] if said(runs) else []
            return
        level = (int(outline) if outline.isdecimal() else 1) if local(node) == "h" else 0
        level = level or (styles.level(name) if not role else 0)
        if level and said(runs):
            label = "" if attribute(node, "is-list-header") == "true" else self._outline_label(level)
            yield RichHeading(
                level, (*((RichRun("text", f"{label} "),) if label else ()), *_unstyled(trimmed(runs)))
            )
        elif not trimmed(runs):
            if role == "horizontal line" or "Horizontal" in name:
                yield RichRule()
            self.inline.tally.blanks += not self.inline.boxes
        elif role == "code":
            yield RichCode("".join("\n" if run.kind == "break" else run.text for run in runs))
        elif role == "caption":
            yield from _captioned(trimmed(_unstyled(runs)), side)
        elif role in _NAMED:
            yield RichParagraph(trimmed(_unstyled(runs)), side, _NAMED[role])
        elif role == "quote":
            yield RichQuote((RichParagraph(trimmed(_unstyled(runs)), ""),))
        else:
            texts = [run for run in runs if run.kind == "text" and run.text.strip()]
            bold = bool(texts) and all("strong" in run.styles for run in texts)
            shown = trimmed(runs)
            if [run.kind for run in shown] == ["math"]:
                # LibreOffice has one kind of formula: alone in its paragraph it is displayed.
                shown, side = (replace(shown[0], more=DISPLAYED),), ""
            yield RichParagraph(shown, side, look=TextLook(bold, self._points(node), side == "center"))
        yield from self._boxes()

    def _points(self, node: Node) -> float:
        """The size of the largest text of a paragraph."""
        styles = self.inline.styles
        spans = (styles.chain("text", attribute(each, "style-name")) for each in below(node, "span"))
        sizes = [
            attribute(child(style.node, "text-properties"), name)
            for chain in spans
            for style in chain
            for name in ("font-size", "font-size-asian")
        ]
        points = [float(size[:-2]) for size in sizes if re.fullmatch(r"[0-9.]+pt", size)]
        return max([styles.points(attribute(node, "style-name")), *points])

    def _outline_label(self, level: int) -> str:
        levels = self.inline.styles.outline
        at = levels.get(level)
        if at is None or not at.form or at.form == "bullet":
            return ""
        self.outline[level] = self.outline.get(level, at.start - 1) + 1
        for deeper in [each for each in self.outline if each > level]:
            del self.outline[deeper]
        shown = range(max(level - at.shown + 1, 1), level + 1)
        numbers = (
            numeral(self.outline.get(each, 1), levels[each].form)
            for each in shown
            if each in levels and levels[each].form
        )
        return f"{at.prefix}{'.'.join(numbers)}{at.suffix}".strip()

    def _list(
        self, node: Node, level: int, style: str, *, goes_on: bool = False
    ) -> Iterator[Block | ListItem]:
        style = attribute(node, "style-name") or style
        at = self.inline.styles.lists.get(style, {}).get(level, WriterLevel("bullet", "", "", 1, 1))
        key = (style, level)
        goes_on = (
            goes_on
            or attribute(node, "continue-numbering") == "true"
            or bool(attribute(node, "continue-list"))
        )
        if not goes_on:
            self.counts[key] = at.start - 1
        for each in node:
            if local(each) == "list-header":
                yield from self._items(each)
            elif local(each) == "list-item":
                # An item that holds a list alone is a shell around that: it has no number (OpenDocument 1.3, 5.3.3).
                is_shell = not any(local(inner) in ("p", "h") for inner in each)
                if not is_shell:
                    self._count(attribute(each, "start-value"), key, at)
                yield from self._item(each, level, style, at, goes_on=goes_on and is_shell)

    def _count(self, start: str, key: tuple[str, int], at: WriterLevel) -> None:
        """Go on to a list's next number; levels below it restart."""
        self.counts[key] = int(start) if start.isdecimal() else self.counts.get(key, at.start - 1) + 1
        for deeper in [each for each in self.counts if each[0] == key[0] and each[1] > key[1]]:
            del self.counts[deeper]

    def _list_label(self, style: str, level: int) -> str:
        """The number of the item at hand, with those of the levels above that it shows."""
        levels = self.inline.styles.lists.get(style, {})
        at = levels.get(level)
        if at is None or at.form in ("", "bullet"):
            return ""
        shown = range(max(level - at.shown + 1, 1), level + 1)
        numbers = (
            numeral(self.counts.get((style, each), levels[each].start), levels[each].form)
            for each in shown
            if each in levels and levels[each].form not in ("", "bullet")
        )
        return f"{at.prefix}{'.'.join(numbers)}{at.suffix}".strip()

    def _item(
        self, node: Node, level: int, style: str, at: WriterLevel, *, goes_on: bool
    ) -> Iterator[Block | ListItem]:
        value = self.counts.get((style, level), at.start)
        inner: list[Block] = []
        lists: list[Node] = []
        for each in node:
            if local(each) == "list":
                lists.append(each)
            elif local(each) in ("p", "h"):
                inner += self._paragraph(each)
        headings = [block for block in inner if isinstance(block, RichHeading)]
        if headings or not inner:
            # Headings stand in lists where their numbers come from one.
            yield from self._with_label(inner, self._list_label(style, level))
        elif at.form in ("bullet", ""):
            yield ListItem(level - 1, "", 0, style, tuple(inner))
        elif at.form in _LETTERS and not at.prefix and at.suffix in ("", ".", ")", "、", "．", "）"):
            yield ListItem(level - 1, _LETTERS[at.form], value, style, tuple(inner))
        else:
            yield from _labelled(f"{at.prefix}{numeral(value, at.form)}{at.suffix}", inner)
        for each in lists:
            yield from self._list(each, level + 1, style, goes_on=goes_on)

    def _with_label(self, blocks: list[Block], label: str) -> Iterator[Block]:
        """Blocks whose first heading has its list's number, where no outline counts it."""
        for block in blocks:
            outline = self.inline.styles.outline.get(block.level) if isinstance(block, RichHeading) else None
            is_counted = outline is not None and outline.form not in ("", "bullet")
            if isinstance(block, RichHeading) and label and not is_counted:
                block = replace(block, runs=(RichRun("text", f"{label} "), *block.runs))
                label = ""
            yield block

    def _table(self, node: Node) -> RichTable:
        rows: list[tuple[RichCell, ...]] = []
        heads = 0
        for row, is_head in _rows(node, is_head=False):
            cells = tuple(cell for each in row if (cell := self._cell(each)) is not None)
            heads += is_head and heads == len(rows)
            rows.append(cells)
        heads = min(heads, max(len(rows) - 1, 0))
        rows[:heads] = [tuple(replace(c, blocks=without_bold(c.blocks)) for c in row) for row in rows[:heads]]
        return RichTable(tuple(rows), heads)

    def _cell(self, node: Node) -> RichCell | None:
        if local(node) != "table-cell":
            return None
        columns, count = attribute(node, "number-columns-spanned"), attribute(node, "number-rows-spanned")
        return RichCell(
            self.blocks(node),
            min(int(columns), 64) if columns.isdecimal() else 1,
            min(int(count), 999) if count.isdecimal() else 1,
        )


def _rows(node: Node, *, is_head: bool) -> Iterator[tuple[Node, bool]]:
    for each in node:
        if local(each) == "table-row":
            yield each, is_head
        elif local(each) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(each, is_head=local(each) == "table-header-rows")


def _labelled(label: str, blocks: list[Block]) -> Iterator[Block]:
    for at, block in enumerate(blocks):
        if not at and isinstance(block, RichParagraph):
            yield replace(block, runs=(RichRun("text", f"{label} "), *block.runs))
        else:
            yield block


def _captioned(runs: Runs, side: Side) -> Iterator[Block]:
    """A caption; where its picture stands in it, as LibreOffice has it, the picture before it."""
    shown = tuple(run for run in runs if run.kind == "picture")
    rest = trimmed(tuple(run for run in runs if run.kind != "picture"))
    if shown:
        yield RichParagraph(shown)
    if rest:
        yield RichParagraph(rest, side, "caption")


def _unstyled(runs: Runs) -> Runs:
    """Text without the marks that all of it has: its paragraph's style says these."""
    texts = [run for run in runs if run.kind in ("text", "ruby") and run.text.strip()]
    if not texts:
        return runs
    common = frozenset.intersection(*(run.styles for run in texts)) & {"strong", "em", "u"}
    return tuple(replace(run, styles=run.styles - common) for run in runs) if common else runs
