"""An edition's documents → paragraphs and tables, in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from keben.core.composition import Composition, Document
from keben.core.formulas import BLOCK, is_displayed
from keben.core.markup import BLOCKS, Element, Node, walk
from keben.core.values import dataclass
from keben.formats.docx.inlines import looking, pieces_of, prints
from keben.formats.docx.keys import keyed
from keben.formats.docx.tables import table_of
from keben.formats.docx.values import (
    Align,
    Anchor,
    Block,
    Call,
    ListKind,
    ListPlace,
    Piece,
    RunLook,
    Section,
    Text,
    Wordbook,
    WordFormula,
    WordParagraph,
)

_HEADINGS = {f"h{level}": f"Heading{level}" for level in range(1, 7)}
_VERSE = frozenset(("verse", "poem", "poetry"))
_BOXES = frozenset(
    ("note", "tip", "info", "warning", "caution", "important", "danger", "box", "admonition", "details")
)
_NAMED = {
    "subtitle": "Subtitle",
    "authors": "Author",
    "author": "Author",
    "publisher": "Author",
    "code-title": "CodeTitle",
    "summary": "NoteTitle",
    "box-title": "NoteTitle",
    "tab-title": "CodeTitle",
    "source": "QuoteSource",
}
_TAGS = {
    "dt": "Term",
    "dd": "Definition",
    "figcaption": "Caption",
    "caption": "Caption",
    "footer": "QuoteSource",
}
_TAGS |= {"summary": "NoteTitle"}


@dataclass(frozen=True, slots=True)
class _Around:
    """What blocks stand in."""

    style: str = "Normal"
    list: ListPlace | None = None
    """The item whose first paragraph is still to come."""
    depth: int = 0
    """Of lists."""
    align: Align = ""
    look: RunLook = field(default_factory=RunLook)
    line: int = 0


def wordbook_of(composition: Composition) -> Wordbook:
    """An edition's documents as Word has them; every paragraph but those of the contents has a key."""
    flow = _Flow()
    sections = tuple(flow.section(document) for document in composition.texts)
    return Wordbook(keyed(sections), tuple(flow.lists))


class _Flow:
    """Documents on their way, and the lists and calls of notes that were met."""

    def __init__(self) -> None:
        self.lists: list[ListKind] = []
        self.called: dict[str, int] = {}
        """Notes by their ids, and their numbers in Word."""
        self.nested: list[tuple[str, str]] = []
        """Notes that notes call, and their marks."""
        self.is_in_note = False

    def section(self, document: Document) -> Section:
        is_contents = document.kind == "contents"
        around = _Around(look=RunLook(language=""))
        if document.kind == "part":
            around = replace(around, style="PartText")
        nodes = document.root.children
        first = self.anchored(document.root)
        blocks = self.entries(nodes) if is_contents else list(self.blocks(nodes, around))
        notes = self.notes(document.root)
        blocks = _beginning(blocks, first)
        if document.kind == "part":
            blocks = [_as_part(block) for block in blocks]
        return Section(document.name, document.path, tuple(blocks), notes, document.is_chapter, is_contents)

    def notes(self, root: Element) -> dict[str, tuple[Block, ...]]:
        """The footnotes. Word's cannot be called from one another: such a note goes on the one that calls it."""
        bodies = {
            node.get("id"): node for node in walk(root) if node.tag == "aside" and "footnote" in node.classes
        }
        found: dict[str, tuple[Block, ...]] = {}
        caller = ""
        for name, node in bodies.items():
            is_own = name in self.called
            self.is_in_note = True
            blocks = list(self.blocks(node.children, _Around("FootnoteText", line=node.line)))
            self.is_in_note = False
            if is_own or not caller:
                caller = name
                found[name] = tuple(blocks)
            else:
                mark = next((mark for note, mark in self.nested if note == name), "")
                begin = Text(mark, RunLook(frozenset(("sup",)), is_made=True))
                found[caller] = (*found[caller], *_beginning(blocks, [Anchor(name), begin]))
        return found

    def anchored(self, node: Element) -> list[Anchor]:
        return [Anchor(node.get("id"))] if node.get("id") else []

    def entries(self, nodes: Iterable[Node]) -> list[Block]:
        """The contents: a heading, and an entry a line, each deeper where its list is."""
        found: list[Block] = []

        def visit(node: Node, depth: int) -> None:
            if isinstance(node, str):
                return
            if node.tag == "a" or node.tag in _HEADINGS or (node.tag in ("p", "span") and depth):
                style = "TOCHeading" if node.tag in _HEADINGS else f"TOC{min(max(depth, 1), 3)}"
                found.append(WordParagraph(style, tuple(pieces_of((node,))), node.line))
                return
            for child in node.children:
                visit(child, depth + (node.tag in ("ol", "ul")))

        for node in nodes:
            visit(node, 0)
        return found

    def blocks(self, nodes: Iterable[Node], around: _Around) -> Iterator[Block]:
        """The blocks among nodes; inline nodes between them are paragraphs of their own."""
        run: list[Node] = []
        waiting: list[Anchor] = []
        for node in nodes:
            if isinstance(node, str) or not _is_block(node):
                run.append(node)
                continue
            made = [*self.paragraph(run, around), *self.block(node, self.after(run, around))]
            if any(_prints(child) for child in run):
                around = self.after(run, around)
            run = []
            made = _beginning(made, waiting)
            waiting = [] if made else [*waiting, *self.anchored(node)]
            if made and around.list:
                around = self.started(around)
            yield from made
        yield from _beginning(list(self.paragraph(run, around)), waiting)

    def after(self, run: list[Node], around: _Around) -> _Around:
        return self.started(around) if around.list and any(_prints(child) for child in run) else around

    def started(self, around: _Around) -> _Around:
        style = "ListContinue" if around.style.startswith("List") else around.style
        return replace(around, list=None, style=style)

    def paragraph(
        self, nodes: Iterable[Node], around: _Around, anchors: Iterable[Anchor] = ()
    ) -> Iterator[WordParagraph]:
        pieces = pieces_of(nodes, around.look)
        if not prints(pieces):
            return
        settled = _displayed(
            tuple(self.counted(piece) if isinstance(piece, Call) else piece for piece in pieces)
        )
        indent = 0 if around.list else around.depth
        yield WordParagraph(
            around.style, (*anchors, *settled), around.line, around.list, indent, around.align
        )

    def counted(self, call: Call) -> Call | Text:
        if self.is_in_note:
            self.nested.append((call.note, call.mark))
            return Text(call.mark, RunLook(frozenset(("sup",)), link=f"#{call.note}", is_made=True))
        is_again = call.note in self.called
        number = self.called.setdefault(call.note, len(self.called) + 1)
        return replace(call, mark=str(number), is_again=is_again)

    def block(self, node: Element, around: _Around) -> list[Block]:
        around = replace(around, line=node.line or around.line, align=_align(node) or around.align)
        around = replace(around, look=looking(node, around.look) if node.get("lang") else around.look)
        return _beginning(list(self._block(node, around)), self.anchored(node))

    def _block(self, node: Element, around: _Around) -> Iterator[Block]:
        match node.tag:
            case "script" | "style" | "svg":
                return
            case "ul" | "ol":
                yield from self.list(node, around)
            case "table":
                yield from self.table(node, around)
            case "pre":
                pieces = pieces_of(node.children, replace(around.look), keeps_space=True)
                yield WordParagraph(
                    "Code", tuple(_without_last_line(pieces)), around.line, around.list, around.depth
                )
            case "hr":
                yield WordParagraph("SceneBreak", (), around.line)
            case "section" if "notes" in node.classes:
                return
            case "div" if BLOCK in node.classes:
                yield from self.paragraph(node.children, replace(around, align="center"))
            case "figure":
                yield from self.figure(node, around)
            case _ if node.tag in _HEADINGS:
                style = "Title" if "title" in node.classes else _HEADINGS[node.tag]
                yield from self.paragraph(node.children, replace(around, style=style, list=None))
            case _:
                yield from self.blocks(node.children, self.inside(node, around))

    def inside(self, node: Element, around: _Around) -> _Around:
        """What the blocks in an element stand in."""
        style = _TAGS.get(node.tag, "")
        style = next((_NAMED[name] for name in sorted(node.classes & _NAMED.keys())), style)
        if node.tag == "blockquote":
            style = "Epigraph" if "epigraph" in node.classes else "Quote"
            style = "IntenseQuote" if "pull" in node.classes else style
        if node.classes & _VERSE:
            style = "Verse"
        is_box = node.tag in ("aside", "details") or (
            node.tag in ("div", "section") and node.classes & _BOXES
        )
        if is_box and "footnote" not in node.classes:
            style = "NoteBox"
        keeps = around.list is not None and style in ("", "Normal")
        return around if keeps or not style else replace(around, style=style)

    def list(self, node: Element, around: _Around) -> Iterator[Block]:
        """A list; each item that counts otherwise than its list begins another of Word's."""
        depth = min(around.depth, 8)
        sign = "bullet" if node.tag == "ul" else node.get("type") or "1"
        number, step = _begin(node)
        name, expected = -1, 0
        for child in node.children:
            if not isinstance(child, Element) or child.tag != "li":
                yield from self.blocks((child,), around)
                continue
            value = _integer(child.get("value"))
            number = number if value is None else value
            if name < 0 or (sign != "bullet" and number != expected):
                name = len(self.lists)
                self.lists.append(ListKind(sign, max(number, 0), depth))
            style = "ListBullet" if sign == "bullet" else "ListNumber"
            item = replace(
                around,
                style=style,
                list=ListPlace(name, depth),
                depth=depth + 1,
                line=child.line or around.line,
            )
            made = _beginning(list(self.blocks(child.children, item)), self.anchored(child))
            first = made[0] if made else None
            if not (isinstance(first, WordParagraph) and first.numbered and first.numbered.list == name):
                # The item begins with a table or a list, or is empty: its number stands alone.
                yield WordParagraph(style, (), item.line, item.list)
            yield from made
            number, expected = number + step, number + 1

    def table(self, node: Element, around: _Around) -> Iterator[Block]:
        for child in node.children:
            if isinstance(child, Element) and child.tag == "caption":
                yield from self.block(child, replace(around, style="Caption", list=None))

        def cell(inner: Element, is_head: bool) -> tuple[Block, ...]:
            style = "TableHead" if is_head else "TableText"
            line = inner.line or around.line
            within = _Around(style, None, 0, _align(inner), replace(around.look), line)
            return tuple(_beginning(list(self.blocks(inner.children, within)), self.anchored(inner)))

        yield from table_of(node, cell, around.line)

    def figure(self, node: Element, around: _Around) -> Iterator[Block]:
        is_table = any(part.tag == "table" for part in walk(node))
        style = around.style if is_table else "Figure"
        yield from self.blocks(node.children, replace(around, style=style, list=None))


def _is_block(node: Element) -> bool:
    return (
        node.tag in BLOCKS
        or node.tag in ("details", "summary")
        or any(
            isinstance(child, Element) and _is_block(child) for child in node.children if node.tag != "svg"
        )
    )


def _prints(node: Node) -> bool:
    return bool(node.strip()) if isinstance(node, str) else prints(pieces_of((node,)))


def _beginning(blocks: list[Block], anchors: Sequence[Piece]) -> list[Block]:
    """Blocks whose first paragraph begins with anchors; without a paragraph they are lost with what they named."""
    if anchors and blocks:
        first = blocks[0]
        if isinstance(first, WordParagraph):
            return [replace(first, pieces=(*anchors, *first.pieces)), *blocks[1:]]
        cells = [(row, cell) for row in range(len(first.rows)) for cell in range(len(first.rows[row].cells))]
        for row, cell in cells:
            inner = first.rows[row].cells[cell]
            if inner.blocks:
                changed = replace(inner, blocks=tuple(_beginning(list(inner.blocks), anchors)))
                rows = list(first.rows)
                row_cells = list(rows[row].cells)
                row_cells[cell] = changed
                rows[row] = replace(rows[row], cells=tuple(row_cells))
                return [replace(first, rows=tuple(rows)), *blocks[1:]]
    return blocks


def _as_part(block: Block) -> Block:
    if isinstance(block, WordParagraph) and block.style == "Heading1":
        return replace(block, style="PartTitle")
    return block


def _displayed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces; a formula in lines of its own that is all there is among them is set as one."""
    printed = [piece for piece in pieces if not isinstance(piece, Anchor)]
    if len(printed) != 1 or not isinstance(printed[0], WordFormula) or not is_displayed(printed[0].root):
        return pieces
    return tuple(
        replace(piece, is_displayed=True) if isinstance(piece, WordFormula) else piece for piece in pieces
    )


def _align(node: Element) -> Align:
    return "center" if "center" in node.classes else "right" if "right" in node.classes else ""


def _begin(node: Element) -> tuple[int, int]:
    """The first number of a list, and its step (HTML, 4.4.5)."""
    step = -1 if "reversed" in node.attributes else 1
    count = sum(1 for child in node.children if isinstance(child, Element) and child.tag == "li")
    start = _integer(node.get("start"))
    return (count if step < 0 else 1) if start is None else start, step


def _integer(text: str) -> int | None:
    digits = text.strip()
    return int(digits) if digits.lstrip("+-").isdigit() and len(digits) < 10 else None


def _without_last_line(pieces: list[Piece]) -> Iterator[Piece]:
    """Code without the new line that ends it."""
    for at, piece in enumerate(pieces):
        if at == len(pieces) - 1 and isinstance(piece, Text) and piece.text.endswith("\n"):
            if piece.text != "\n":
                yield replace(piece, text=piece.text[:-1])
        else:
            yield piece
