"""What stands in OpenDocument's paragraphs → runs."""

import re
from collections.abc import Callable, Iterator
from dataclasses import field, replace

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.office.archives import Archive, Node, attribute, below, child, local
from keben.project.importers.office.docx.symbols import symbol
from keben.project.importers.office.odt.styles import WriterStyles, length
from keben.project.importers.office.rich import RichRun
from keben.project.importers.office.web.css import is_hidden, styled
from keben.project.importers.office.web.mathml import latex_of

_SIGNS = re.compile("[\uf020-\uf0ff]")
"""Where symbol fonts have their signs."""
_MARKS = ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start")
_PASSED = frozenset(
    "change change-start change-end bookmark-end reference-mark-end soft-page-break annotation-end title desc".split()
)
_REFERENCES = ("bookmark-ref", "reference-ref", "sequence-ref", "note-ref")


@dataclass(slots=True)
class WriterTally:
    """What was met on the way, for the page."""

    comments: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    blanks: int = 0


@dataclass(slots=True)
class WriterInline:
    """Reads paragraphs. Text boxes and notes wait for those who read blocks."""

    archive: Archive
    styles: WriterStyles
    tally: WriterTally = field(default_factory=WriterTally)
    boxes: list[Node] = field(default_factory=list)
    notes: dict[str, Node] = field(default_factory=dict)

    def runs(self, node: Node, styles: frozenset[str], href: str = "") -> Iterator[RichRun]:
        """The runs in an element."""
        yield from self._text(node.text, styles, href)
        for each in node:
            if local(each):
                yield from self._one(each, styles, href)
            yield from self._text(each.tail, styles, href)

    def _text(self, text: str | None, styles: frozenset[str], href: str) -> Iterator[RichRun]:
        if text:
            yield RichRun("text", re.sub(r"[ \t\r\n]+", " ", text), styles, href)

    def _one(self, node: Node, styles: frozenset[str], href: str) -> Iterator[RichRun]:
        name = local(node)
        reader = _READERS.get(name)
        if reader is not None:
            yield from reader(self, node, styles, href)
        elif name in _MARKS:
            yield RichRun("anchor", attribute(node, "name"))
        elif name in _REFERENCES:
            target = attribute(node, "ref-name")
            if attribute(node, "reference-format") == "page":
                self.tally.pages.append("".join(node.itertext()))
            yield from self.runs(node, styles, href or f"#{target}")
        elif name in ("custom-shape", "rect", "ellipse", "g", "polygon", "caption"):
            if any(local(each) == "p" and "".join(each.itertext()).strip() for each in node.iter()):
                self.boxes.append(node)
            self.boxes += [each for each in below(node, "frame") if local(node) == "g"]
        elif name not in _PASSED:
            yield from self.runs(node, styles, href)

    def _span(self, node: Node, styles: frozenset[str], href: str) -> Iterator[RichRun]:
        wishes = self.styles.wishes("text", attribute(node, "style-name"))
        if is_hidden(wishes):
            self.tally.hidden.append("".join(node.itertext()))
            return
        code = {"code"} if self.styles.is_code(attribute(node, "style-name")) else set()
        font = self.styles.font(attribute(node, "style-name"))
        for run in self.runs(node, styled(styles, wishes) | code, href):
            yield replace(run, text=_with_signs(run.text, font)) if run.kind == "text" else run

    def _link(self, node: Node, styles: frozenset[str], href: str) -> Iterator[RichRun]:
        yield from self.runs(node, styles - {"u"}, attribute(node, "href") or href)

    def _spaces(self, node: Node, styles: frozenset[str], href: str) -> Iterator[RichRun]:
        count = attribute(node, "c")
        yield RichRun("text", " " * min(int(count), 999) if count.isdecimal() else " ", styles, href)

    def _break(self, _node: Node, _styles: frozenset[str], _href: str) -> Iterator[RichRun]:
        yield RichRun("break")

    def _note(self, node: Node, _styles: frozenset[str], _href: str) -> Iterator[RichRun]:
        key = attribute(node, "id") or f"note-{len(self.notes) + 1}"
        body = child(node, "note-body")
        if body is not None:
            self.notes[key] = body
            yield RichRun("note", key)

    def _ruby(self, node: Node, styles: frozenset[str], href: str) -> Iterator[RichRun]:
        base, over = child(node, "ruby-base"), child(node, "ruby-text")
        text = "".join(base.itertext()) if base is not None else ""
        reading = "".join(over.itertext()) if over is not None else ""
        yield RichRun("ruby", text, styles, href, reading)

    def _annotation(self, node: Node, _styles: frozenset[str], _href: str) -> Iterator[RichRun]:
        creator = child(node, "creator")
        author = "".join(creator.itertext()) if creator is not None else ""
        said = " ".join("".join(each.itertext()) for each in node if local(each) in ("p", "list"))
        self.tally.comments.append(f"{author}{': ' if author else ''}“{said}”")
        return iter(())

    def _hidden(self, node: Node, _styles: frozenset[str], _href: str) -> Iterator[RichRun]:
        self.tally.hidden.append(attribute(node, "string-value") or "".join(node.itertext()))
        return iter(())

    def _frame(self, node: Node, _styles: frozenset[str], href: str) -> Iterator[RichRun]:
        alt = " ".join(
            "".join(each.itertext()) for name in ("title", "desc") if (each := child(node, name)) is not None
        ).strip()
        if (box := child(node, "text-box")) is not None:
            self.boxes.append(box)
            return
        embedded = child(node, "object")
        if embedded is not None and (latex := self._formula(attribute(embedded, "href"))):
            yield RichRun("math", latex)
            return
        if embedded is not None or child(node, "object-ole") is not None:
            self.tally.objects.append(alt or attribute(node, "name") or wording("object"))
        images = [
            attribute(each, "href") for each in node if local(each) == "image" and attribute(each, "href")
        ]
        best = next(
            (path for path in images if not path.endswith((".svm", ".emf", ".wmf"))), next(iter(images), "")
        )
        if best:
            yield RichRun("picture", best.removeprefix("./"), href=href, more=alt, size=self._size(node))

    def _size(self, node: Node) -> str:
        width = length(attribute(node, "width"))
        share = round(width / self.styles.width * 100) if self.styles.width else 0
        return f"{share}%" if 0 < share < 97 else ""

    def _formula(self, href: str) -> str:
        tree = self.archive.tree(f"{href.removeprefix('./').strip('/')}/content.xml")
        return latex_of(tree) if tree is not None and local(tree) == "math" else ""


def _with_signs(text: str, font: str) -> str:
    """A text of a symbol font: its signs, which stand in the private-use area, as characters of Unicode."""
    return _SIGNS.sub(lambda found: symbol(font, f"{ord(found[0]):x}") or found[0], text)


_Reader = Callable[[WriterInline, Node, frozenset[str], str], Iterator[RichRun]]
_READERS: dict[str, _Reader] = {
    "span": WriterInline._span, "a": WriterInline._link, "s": WriterInline._spaces, "tab": WriterInline._spaces,
    "line-break": WriterInline._break, "note": WriterInline._note, "ruby": WriterInline._ruby,
    "annotation": WriterInline._annotation, "hidden-text": WriterInline._hidden, "frame": WriterInline._frame,
}  # fmt: skip
