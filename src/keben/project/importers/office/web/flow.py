"""HTML's elements → blocks."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from typing import Literal

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, local
from keben.project.importers.office.listing import ListItem, gathered
from keben.project.importers.office.rich import (
    PLAIN,
    Block,
    Blocks,
    RichCell,
    RichCode,
    RichHeading,
    RichList,
    RichParagraph,
    RichQuote,
    RichRule,
    RichRun,
    RichTable,
    Runs,
    Side,
    said,
    trimmed,
    without_bold,
)
from keben.project.importers.office.web.css import PageStyles, Wishes, is_hidden, styled
from keben.project.importers.office.web.elements import (
    WebFormula,
    formula_run,
    formulas_in,
    headings_alone,
    is_contents,
    is_drawn_again,
    is_in_title_block,
    is_title,
    look,
    space,
    span,
    table_of,
    tex_in,
)
from keben.project.importers.office.web.mathml import latex_of
from keben.project.importers.office.web.rubies import rubies
from keben.project.importers.office.web.wordpages import word_item

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody ul html legend "
    "caption".split()
)
_SKIPPED = frozenset("script style head template title link meta noscript rp base colgroup col".split())
_FOREIGN = frozenset("iframe video audio object embed applet canvas input select textarea button map".split())
_STYLES = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "dfn", "var"), "em"),
    **dict.fromkeys(("u", "ins"), "u"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sub": "sub",
    "sup": "sup",
}
_SIDES: Mapping[str, Side] = {
    "center": "center", "right": "right", "end": "right", "-webkit-center": "center",
}  # fmt: skip
_ROLES: Mapping[str, Literal["title", "subtitle", "author", "caption"]] = {
    "msotitle": "title", "msosubtitle": "subtitle", "msocaption": "caption", "title-page": "title",
}  # fmt: skip
_TITLED: Mapping[str, Literal["title", "subtitle", "author", "caption"]] = {
    "title": "title", "subtitle": "subtitle", "author": "author",
}  # fmt: skip
"""Classes of a title's block, as Pandoc and Quarto write them."""


@dataclass(frozen=True, slots=True)
class Sights:
    """What a page's files know of one another."""

    target: Callable[[str], str]
    """An address as it is written → one that the book links to: ``https:…``, ``#file#id``; empty: none."""
    shown: Callable[[str], str]
    """A picture's address → its name; empty: none."""
    anchors: frozenset[str]
    """Anchors that something links to."""
    file: str = ""
    styles: PageStyles = field(default_factory=PageStyles)
    notes: Mapping[Node, str] = field(default_factory=dict)
    """Links that call a note, with its name."""
    skipped: frozenset[Node] = frozenset()
    levels: Mapping[Node, int] = field(default_factory=dict)
    """Elements that are headings of a known level."""
    titles: Mapping[Node, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """Headings that stand before an element, and are nowhere in the text."""


@dataclass(slots=True)
class Flow:
    """Reads one page."""

    sights: Sights
    hidden: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    """Elements that no book has, with their address."""
    contents: list[str] = field(default_factory=list)
    pending: list[RichRun] = field(default_factory=list)
    """Anchors that the next paragraph takes."""
    base: tuple[int, int] = (0, 0)
    """Level and number of the last heading whose level is known."""

    def blocks(self, node: Node, styles: frozenset[str] = PLAIN) -> Blocks:
        """The blocks in an element."""
        return gathered(self._children(node, styles, ""))

    def _children(self, node: Node, styles: frozenset[str], side: Side) -> Iterator[Block | ListItem]:
        """An element's content: text and what stands in it are paragraphs, elsewhere than in blocks."""
        buffer: list[RichRun] = list(self._text(node.text, styles))
        for each in node:
            if local(each) and self._has_blocks(each):
                yield from self._flush(buffer, side)
                buffer = []
                yield from self._block(each, styles, side)
            elif local(each):
                buffer += self._inline(each, styles, "")
            buffer += self._text(each.tail, styles)
        yield from self._flush(buffer, side)

    def _has_blocks(self, node: Node) -> bool:
        name = local(node).lower()
        if name in _BLOCKS or node in self.sights.titles or node in self.sights.levels:
            return True
        if name in _SKIPPED or name in ("ruby", "svg", "math") or node in self.sights.skipped:
            return False
        return any(local(each).lower() in _BLOCKS for each in node.iter() if each is not node)

    def _text(self, text: str | None, styles: frozenset[str], href: str = "") -> Iterator[RichRun]:
        for part in formulas_in(text or "") if "code" not in styles else (text or "",):
            if isinstance(part, WebFormula):
                yield formula_run(part)
            elif part:
                yield RichRun("text", re.sub(r"[ \t\r\n\f]+", space, part), styles, href)

    def _flush(self, runs: list[RichRun], side: Side = "") -> Iterator[Block]:
        found = trimmed(tuple(runs))
        if not found:
            return
        if all(run.kind == "anchor" for run in found):
            self.pending += found
            return
        yield RichParagraph(self._taken() + found, side, look=look(found, side))

    def _taken(self) -> Runs:
        taken, self.pending = tuple(self.pending), []
        return taken

    def _anchor(self, node: Node) -> Iterator[RichRun]:
        for key in dict.fromkeys((node.get("id"), node.get("name") if local(node).lower() == "a" else None)):
            if key and f"{self.sights.file}#{key}" in self.sights.anchors:
                yield RichRun("anchor", f"{self.sights.file}#{key}")

    def _block(self, node: Node, styles: frozenset[str], side: Side) -> Iterator[Block | ListItem]:
        name = local(node).lower()
        wishes = self.sights.styles.of(node)
        for level, title in self.sights.titles.get(node, ()):
            self.base = (level, 0)
            yield RichHeading(level, (*self._taken(), RichRun("text", title)))
        if node in self.sights.skipped or name in _SKIPPED:
            return
        if is_hidden(wishes):
            self._hide(node)
            return
        if is_contents(node):
            self.contents += [text for each in node.itertext() if (text := each.strip())]
            return
        self.pending += self._anchor(node)
        align = (node.get("align") or "").lower() or wishes.get("text-align", "")
        side = (
            "center"
            if name == "center"
            else _SIDES.get(align, "" if align in ("left", "justify", "start") else side)
        )
        marked = _STYLES.get(name)
        yield from self._named(
            name, node, styled(styles | {marked} if marked else styles, wishes), side, wishes
        )

    def _named(
        self, name: str, node: Node, styles: frozenset[str], side: Side, wishes: Wishes
    ) -> Iterator[Block | ListItem]:
        if node in self.sights.levels or re.fullmatch(r"h[1-6]", name) or "mso-outline-level" in wishes:
            yield from self._heading(node, wishes)
        elif name == "hr":
            yield RichRule()
        elif name in ("ul", "ol", "menu", "dir"):
            yield from self._list(node, styles)
        elif name == "blockquote":
            yield RichQuote(self.blocks(node, styles - {"em"}))
        elif name == "pre":
            yield RichCode("".join(node.itertext()).rstrip())
        elif name == "table":
            yield from self._table(node, styles)
        elif name in ("figcaption", "caption"):
            runs = trimmed(tuple(run for block in self.blocks(node) for run in getattr(block, "runs", ())))
            if runs:
                yield RichParagraph(self._taken() + runs, side, "caption")
        elif name == "p" and "mso-list" in wishes and (found := word_item(node, wishes["mso-list"])):
            level, letters, value, label = found
            yield ListItem(level, letters, value, label, self.blocks(node, styles))
        elif name == "dt":
            yield from gathered(self._children(node, styles | {"strong"}, side))
        else:
            yield from self._plain(node, styles, side)

    def _plain(self, node: Node, styles: frozenset[str], side: Side) -> Iterator[Block | ListItem]:
        classes = (node.get("class") or "").lower().split()
        if any(re.fullmatch(r"msotoc\d?|msotocheading", each) for each in classes):
            self.contents.append(" ".join("".join(node.itertext()).split()))
            return
        found = {**_ROLES, **(_TITLED if is_in_title_block(node) else {})}
        role = next((found[each] for each in classes if each in found), None)
        for block in self._children(node, styles, side):
            if role and isinstance(block, RichParagraph):
                plain = tuple(replace(run, styles=run.styles - {"strong", "em"}) for run in block.runs)
                yield RichParagraph(plain, block.side, role)
            else:
                yield block

    def _heading(self, node: Node, wishes: Wishes) -> Iterator[Block]:
        runs: list[RichRun] = []
        for block in self.blocks(node):
            found = getattr(block, "runs", ())
            runs += (RichRun("text", " "), *found) if runs and found else found
        number = int(local(node)[1]) if re.fullmatch(r"h[1-6]", local(node).lower()) else 0
        outline = wishes.get("mso-outline-level", "")
        if node in self.sights.levels:
            level = self.sights.levels[node]
            self.base = (level, number)
        elif self.base[0]:
            level = (
                self.base[0] + max(number - self.base[1], 1)
                if self.base[1]
                else self.base[0] + max(number - 1, 1)
            )
        else:
            level = number or (int(outline) if outline.isdecimal() else 1)
        plain = tuple(replace(run, styles=run.styles - {"strong"}) for run in trimmed(tuple(runs)))
        if plain and self.sights.levels.get(node) is None and is_title(node):
            yield RichParagraph(self._taken() + plain, "", "title")
        elif plain:
            is_text = bool(said(plain))
            yield (
                RichHeading(level, self._taken() + plain) if is_text else RichParagraph(self._taken() + plain)
            )

    def _list(self, node: Node, styles: frozenset[str]) -> Iterator[Block]:
        items: list[Blocks] = []
        for each in node:
            name = local(each).lower()
            if name == "li" and each not in self.sights.skipped:
                self.pending += self._anchor(each)
                items.append(self.blocks(each, styled(styles, self.sights.styles.of(each))))
            elif name in _BLOCKS and each not in self.sights.skipped:
                inner = tuple(
                    block for block in self._block(each, styles, "") if not isinstance(block, ListItem)
                )
                # A list right in a list belongs to the item before it.
                items[-1:] = [items[-1] + inner] if items else [inner]
        items = [item for item in items if item]
        if items:
            start = node.get("start") or "1"
            kind = node.get("type") or "1"
            letters = kind if kind in ("a", "A", "i", "I") else "1"
            first = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
            made = RichList(tuple(items), local(node).lower() == "ol", first, letters)
            yield from headings_alone(made) or (made,)

    def _table(self, node: Node, styles: frozenset[str]) -> Iterator[Block]:
        caption: Runs = ()
        rows: list[tuple[RichCell, ...]] = []
        heads = 0
        for each in node.iter():
            name = local(each).lower()
            if table_of(each) is not node:
                continue
            if name == "caption":
                caption = trimmed(
                    tuple(run for block in self.blocks(each) for run in getattr(block, "runs", ()))
                )
            elif name == "tr":
                cells = tuple(
                    self._cell(cell, styles) for cell in each if local(cell).lower() in ("td", "th")
                )
                in_head = local(each.getparent()).lower() == "thead"
                is_head = in_head or (bool(cells) and all(cell.head for cell in cells))
                heads += is_head and heads == len(rows)
                rows += [cells] if cells else []
        if len(rows) == 1 and len(rows[0]) == 1:
            # A frame around text, no table.
            yield from rows[0][0].blocks
        elif rows:
            yield RichTable(tuple(rows), min(heads, len(rows) - 1), caption)

    def _cell(self, node: Node, styles: frozenset[str]) -> RichCell:
        wishes = self.sights.styles.of(node)
        side = _SIDES.get((node.get("align") or wishes.get("text-align", "")).lower(), "")
        blocks = gathered(self._children(node, styled(styles, wishes), side))
        is_head = local(node).lower() == "th"
        return RichCell(
            without_bold(blocks) if is_head else blocks,
            span(node, "colspan"),
            span(node, "rowspan"),
            is_head,
        )

    def _inline(self, node: Node, styles: frozenset[str], href: str) -> Iterator[RichRun]:
        name = local(node).lower()
        if name == "script" and (tex := tex_in(node)):
            yield formula_run(tex)
            return
        if name in _SKIPPED or not name or node in self.sights.skipped or is_drawn_again(node):
            return
        wishes = self.sights.styles.of(node)
        if is_hidden(wishes):
            self._hide(node)
            return
        yield from self._anchor(node)
        if name == "br":
            yield RichRun("break")
        elif name in ("img", "image"):
            yield from self._picture(node, href, wishes)
        elif name == "svg":
            yield from self._drawing(node)
        elif name == "math":
            yield from self._formula(node)
        elif name == "ruby":
            yield from rubies(node, styles, href)
        elif name in _FOREIGN:
            yield from self._foreign(node, styles)
        else:
            yield from self._spanned(node, name, styled(styles, wishes), href)

    def _spanned(self, node: Node, name: str, styles: frozenset[str], href: str) -> Iterator[RichRun]:
        if name == "a":
            if node in self.sights.notes:
                yield RichRun("note", self.sights.notes[node])
                return
            href = self.sights.target(node.get("href") or "") or href
            styles -= {"u"} if href else set()
        if mark := _STYLES.get(name):
            styles |= {mark}
        if name == "span" and (tex := tex_in(node)):
            yield formula_run(tex)
            return
        quotes = ("“", "”") if name == "q" else ("", "")
        yield from self._text(quotes[0] + (node.text or ""), styles, href)
        for each in node:
            if local(each):
                yield from self._inline(each, styles, href)
            yield from self._text(each.tail, styles, href)
        yield from self._text(quotes[1], styles, href)

    def _picture(self, node: Node, href: str, wishes: Wishes) -> Iterator[RichRun]:
        keys = ("src", "href", "{http://www.w3.org/1999/xlink}href", "data-src", "xlink:href")
        source = next((value for key in keys if (value := node.get(key))), "")
        shown = self.sights.shown(source)
        width = node.get("width") or wishes.get("width", "")
        size = width if re.fullmatch(r"[1-9]\d?%", width) else ""
        alt = " ".join((node.get("alt") or "").split())
        if shown:
            yield RichRun("picture", shown, href=href, more=alt, size=size)
        elif alt:
            yield RichRun("text", alt, href=href)

    def _drawing(self, node: Node) -> Iterator[RichRun]:
        images = [each for each in node.iter() if local(each) == "image"]
        for each in images:
            yield from self._picture(each, "", {})
        if not images:
            self.foreign.append("svg")

    def _formula(self, node: Node) -> Iterator[RichRun]:
        if latex := latex_of(node):
            yield formula_run(WebFormula(latex, node.get("display") == "block"))

    def _foreign(self, node: Node, styles: frozenset[str]) -> Iterator[RichRun]:
        address = node.get("src") or node.get("data") or ""
        self.foreign.append(f"{local(node).lower()} {address}".strip())
        inner = " ".join("".join(node.itertext()).split())
        if address.startswith(("http://", "https://")):
            yield RichRun("text", inner or address, styles, address)
        else:
            yield from self._text(inner, styles)

    def _hide(self, node: Node) -> None:
        if text := " ".join("".join(node.itertext()).split()):
            self.hidden.append(text)
