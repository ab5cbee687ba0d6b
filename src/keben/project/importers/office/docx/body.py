"""A Word text's paragraphs and tables → blocks."""

import re
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Literal

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, attribute, below, child, local
from keben.project.importers.office.docx.indents import indent_of, lead_of
from keben.project.importers.office.docx.numbering import ListNumber, WordNumbering
from keben.project.importers.office.docx.story import Inline, WordSource, is_prompt
from keben.project.importers.office.docx.styles import TextFace
from keben.project.importers.office.docx.tables import read_table
from keben.project.importers.office.listing import GOES_ON, ListItem, gathered
from keben.project.importers.office.rich import (
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
)

_SENTENCE = re.compile(r"[。！？!?…][”’」』）)]*$")
_DEEPER = re.compile(r"(?:list|列表)\D*([2-5])", re.IGNORECASE)
_LETTERS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I", "decimal": "1"}
_NAMED: dict[str, Literal["title", "subtitle", "author", "caption"]] = {
    "title": "title",
    "subtitle": "subtitle",
    "author": "author",
    "caption": "caption",
}
_SIDES: dict[str, Side] = {"center": "center", "right": "right", "end": "right"}


@dataclass(slots=True)
class Story:
    """Reads the blocks of one part."""

    source: WordSource
    part: str
    numbering: WordNumbering
    inline: Inline = field(init=False)
    carried: Runs = ()
    """Of paragraphs whose mark was deleted: they go on in the next one."""

    def __post_init__(self) -> None:
        self.inline = Inline(self.source, self.part)

    def blocks(self, node: Node) -> Blocks:
        """The blocks below a node."""
        return gathered(self._items(node))

    def _items(self, node: Node) -> Iterator[Block | ListItem]:
        for each in node:
            name = local(each)
            if name == "p":
                yield from self._paragraph(each)
            elif name == "bookmarkStart":
                self.carried += (RichRun("anchor", attribute(each, "name")),)
            elif name == "tbl":
                yield read_table(each, self.blocks)
            elif name == "sdt":
                yield from self._control(each)
            elif name in ("sdtContent", "ins", "moveTo", "customXml", "smartTag"):
                yield from self._items(each)
            elif name == "AlternateContent":
                inner = child(each, "Choice")
                yield from self._items(inner if inner is not None else each)
            elif name == "altChunk":
                self.source.tally.objects.append(wording("altChunk (another document inside)"))

    def _control(self, node: Node) -> Iterator[Block | ListItem]:
        gallery = attribute(child(node, "sdtPr", "docPartObj", "docPartGallery"), "val")
        content = child(node, "sdtContent")
        if is_prompt(node):
            self.source.tally.prompts.append("".join(each.text or "" for each in below(node, "t")))
            return
        if content is None:
            return
        if gallery == "Table of Contents":
            found = Story(self.source, self.part, self.numbering).blocks(content)
            self.source.tally.contents += [text for text in map(_plain, found) if text]
            return
        yield from self._items(content)

    def _paragraph(self, node: Node) -> Iterator[Block | ListItem]:
        properties = child(node, "pPr")
        style = attribute(child(properties, "pStyle"), "val") or self.source.styles.default
        was_in_list = self.inline.in_list
        face = self.source.styles.paragraph_face(style)
        runs = self.carried + self.inline.runs(node, face)
        boxes, self.inline.boxes = self.inline.boxes, []
        self.carried = ()
        if child(properties, "rPr", "del") is not None or child(properties, "rPr", "moveFrom") is not None:
            self.carried = runs
            return
        if attribute(child(properties, "framePr"), "dropCap") in ("drop", "margin"):
            # A large initial is a paragraph of its own; its text begins the next one.
            self.carried = tuple(replace(run, styles=frozenset()) for run in runs)
            return
        role = self.source.styles.role(style)
        if role == "toc" or was_in_list or self.inline.in_list:
            text = "".join(each.text or "" for each in node.iter() if local(each) == "t").strip()
            if role == "toc" or text:
                self.source.tally.contents += [text] if text else []
                return
        elif listed := self.inline.listed.strip():
            # A whole table of contents in one paragraph.
            self.source.tally.contents.append(listed)
            if not trimmed(runs):
                return
        yield from self._block(properties, style, role, runs)
        for box in boxes:
            yield from self._box(box)

    def _box(self, node: Node) -> Iterator[Block]:
        found = Story(self.source, self.part, self.numbering).blocks(node)
        text = " ".join(filter(None, map(_plain, found)))
        if text:
            self.source.tally.boxes.append(text)
        # A box is no place for the book's title.
        plain = tuple(
            replace(block, role="") if isinstance(block, RichParagraph) else block for block in found
        )
        if _is_aside(plain):
            yield RichTable(((RichCell(plain),),))
        else:
            yield from plain

    def _block(
        self, properties: Node | None, style: str, role: str, runs: Runs
    ) -> Iterator[Block | ListItem]:
        text = said(runs)
        level = self._level(properties, style) if role in ("", "title", "subtitle") else 0
        side = _SIDES.get(attribute(self._property(properties, style, "jc"), "val"), "")
        numbered = (
            self._number(properties, style) if any(run.kind != "anchor" for run in trimmed(runs)) else None
        )
        if text == "\u2042" or (not trimmed(runs) and self._has_rule(properties)):
            yield RichRule()
        elif not trimmed(runs):
            self.source.tally.blanks += 1
        elif role == "code":
            yield RichCode(
                "".join(
                    "\n" if run.kind == "break" else run.text for run in runs if run.kind in ("text", "break")
                )
            )
        elif level and text:
            label = (RichRun("text", f"{numbered.label} "),) if numbered and numbered.label else ()
            yield RichHeading(level, label + _unstyled(trimmed(runs)))
        else:
            yield from self._body(
                RichParagraph(trimmed(runs), side, look=self._look(properties, runs, style, side)),
                role,
                numbered,
            )

    def _body(
        self, paragraph: RichParagraph, role: str, numbered: ListNumber | None
    ) -> Iterator[Block | ListItem]:
        if role in _NAMED:
            label = (RichRun("text", f"{numbered.label} "),) if numbered and numbered.label else ()
            yield replace(paragraph, runs=label + _unstyled(paragraph.runs), role=_NAMED[role])
        elif numbered is not None and (numbered.form in ("bullet", "none") or _is_listed(numbered)):
            if numbered.form == "none":
                yield ListItem(numbered.level, "", 0, GOES_ON, (paragraph,))
                return
            is_bullet = numbered.form == "bullet"
            letters = "" if is_bullet else _LETTERS[numbered.form]
            yield ListItem(numbered.level, letters, numbered.value, numbered.number, (paragraph,))
        elif numbered is not None:
            yield replace(paragraph, runs=(RichRun("text", f"{numbered.label} "), *paragraph.runs))
        elif role == "quote":
            yield RichQuote((replace(paragraph, runs=_unstyled(paragraph.runs)),))
        else:
            yield paragraph

    def _property(self, properties: Node | None, style: str, *way: str) -> Node | None:
        found = child(properties, *way)
        return found if found is not None else self.source.styles.property(style, *way)

    def _level(self, properties: Node | None, style: str) -> int:
        outline = attribute(child(properties, "outlineLvl"), "val")
        if outline.isdecimal():
            return int(outline) + 1 if int(outline) < 9 else 0
        return self.source.styles.level(style)

    def _number(self, properties: Node | None, style: str) -> ListNumber | None:
        number = attribute(self._property(properties, style, "numPr", "numId"), "val")
        if not number or number == "0":
            return None
        level = attribute(child(properties, "numPr", "ilvl"), "val")
        if not level and child(properties, "numPr", "numId") is None:
            level = attribute(self.source.styles.property(style, "numPr", "ilvl"), "val") or str(
                self.numbering.level_of(number, style)
            )
        depth = int(level) if level.isdecimal() else 0
        found = self.numbering.next(number, depth)
        # List Bullet 2 is a list of its own, and stands deeper.
        deeper = _DEEPER.fullmatch(self.source.styles.name(style)) if found and not depth else None
        return replace(found, level=int(deeper[1]) - 1) if found and deeper else found

    def _has_rule(self, properties: Node | None) -> bool:
        borders = child(properties, "pBdr")
        return borders is not None and any(
            attribute(each, "val") not in ("nil", "none", "")
            for each in borders
            if local(each) in ("top", "bottom", "between")
        )

    def _look(self, properties: Node | None, runs: Runs, style: str, side: Side) -> TextLook:
        texts = [run for run in runs if run.kind == "text" and run.text.strip()]
        bold = bool(texts) and all("strong" in run.styles for run in texts)
        face: TextFace = self.source.styles.paragraph_face(style)
        points = self.inline.largest or face.points
        indent = indent_of(self._property(properties, style, "ind"), points) + lead_of(runs)
        return TextLook(bold, points, side == "center", indent)


def _is_aside(blocks: Blocks) -> bool:
    """Whether a text box holds a text of its own, and not a caption, a label or a part of a title page."""
    texts = [said(block.runs) for block in blocks if isinstance(block, RichParagraph)]
    return 1 < len(blocks) == len(texts) and any(_SENTENCE.search(text) for text in texts)


def _is_listed(numbered: ListNumber) -> bool:
    """Whether Markdown or HTML has the numbers of a list; others are written out."""
    return numbered.is_simple and numbered.form in _LETTERS and numbered.value >= 0


def _unstyled(runs: Runs) -> Runs:
    """The text of a heading: what all of it is, its style says."""
    texts = [run for run in runs if run.kind in ("text", "ruby") and run.text.strip()]
    if not texts:
        return runs
    common = frozenset.intersection(*(run.styles for run in texts)) & {"strong", "em", "u", "code"}
    return tuple(replace(run, styles=run.styles - common) for run in runs) if common else runs


def _plain(block: Block) -> str:
    return said(block.runs) if isinstance(block, RichParagraph | RichHeading) else ""
