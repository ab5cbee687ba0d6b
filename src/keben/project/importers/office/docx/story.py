"""One text of a Word document, its body or a note: paragraphs → runs."""

import re
from collections.abc import Iterator
from dataclasses import field, replace
from typing import ClassVar

from keben.core.saying import joined, wording
from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, attribute, below, child, local
from keben.project.importers.office.docx.equations import Equation, equation
from keben.project.importers.office.docx.fields import LISTS, OpenField
from keben.project.importers.office.docx.maths import latex
from keben.project.importers.office.docx.package import Relation, WordPackage
from keben.project.importers.office.docx.styles import TextFace, WordStyles
from keben.project.importers.office.docx.symbols import UNKNOWN, in_signs, symbol
from keben.project.importers.office.rich import DISPLAYED, RichRun, Runs


@dataclass(slots=True)
class Tally:
    """What was met on the way, for the page."""

    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    """Their ids, and the paragraphs that they stand in."""
    hidden: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    """Lines of tables of contents and of indexes."""
    boxes: list[str] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    """References to numbers of pages."""
    equations: int = 0
    blanks: int = 0
    breaks: int = 0
    marks: list[str] = field(default_factory=list)
    """Signs that call a note, in place of a number."""
    unread: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    """Text in symbol fonts, as the file has it."""
    circled: list[str] = field(default_factory=list)
    """Signs in circles that Unicode has not."""
    prompts: list[str] = field(default_factory=list)
    """What stands in fields that nobody filled in."""


@dataclass(frozen=True, slots=True)
class WordSource:
    """What all stories of a document share."""

    package: WordPackage
    styles: WordStyles
    tally: Tally
    width: float
    """Of the type area, in EMU."""


@dataclass(slots=True)
class Inline:
    """Reads the paragraphs of one part. Fields may span several of them."""

    source: WordSource
    part: str
    fields: list[OpenField] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    """Text boxes of the paragraph that is read."""
    face: TextFace = field(default_factory=TextFace)
    """Of the paragraph."""
    href: str = ""
    listed: str = ""
    """What a table of contents says in the paragraph."""
    largest: float = 0.0
    """The size of the largest text of the paragraph; 0: it has none."""

    def runs(self, node: Node, face: TextFace) -> Runs:
        """The runs of a paragraph."""
        self.face, self.largest, self.listed = face, 0.0, ""
        return tuple(self._children(node))

    @property
    def in_list(self) -> bool:
        """Whether a table of contents is open."""
        return any(each.kind in LISTS for each in self.fields)

    @property
    def relations(self) -> dict[str, Relation]:
        """Where ids of this part lead."""
        return self.source.package.of(self.part)

    def _children(self, node: Node) -> Iterator[RichRun]:
        for each in node:
            yield from self._one(each)

    def _one(self, node: Node) -> Iterator[RichRun]:
        name = local(node)
        if name == "r":
            yield from self._run(node)
        elif name == "hyperlink":
            yield from self._link(node)
        elif name in ("oMath", "oMathPara"):
            yield from self._formula(node)
        elif name in ("ins", "moveTo"):
            self.source.tally.inserted.append(_text(node))
            yield from self._children(node)
        elif name in ("del", "moveFrom"):
            self.source.tally.deleted.append(_text(node))
        elif name == "fldSimple":
            yield from self._simple(node)
        elif name == "bookmarkStart":
            mark = attribute(node, "name")
            if mark and mark != "_GoBack":
                yield RichRun("anchor", mark)
        elif name == "AlternateContent":
            yield from self._alternate(node)
        elif name == "sdt":
            yield from self._control(node)
        elif name in ("smartTag", "sdtContent", "customXml", "bdo", "dir", "ruby"):
            yield from self._children(node)

    def _formula(self, node: Node) -> Iterator[RichRun]:
        self.source.tally.equations += 1
        text = latex(node)
        if text:
            yield RichRun("math", text, more=DISPLAYED if local(node) == "oMathPara" else "")

    def _control(self, node: Node) -> Iterator[RichRun]:
        if is_prompt(node):
            self.source.tally.prompts.append(_text(node))
        else:
            yield from self._children(node)

    def _link(self, node: Node) -> Iterator[RichRun]:
        relation = self.relations.get(attribute(node, "id"))
        anchor = attribute(node, "anchor")
        before = self.href
        self.href = relation.target if relation else f"#{anchor}" if anchor else ""
        yield from self._children(node)
        self.href = before

    def _simple(self, node: Node) -> Iterator[RichRun]:
        self.fields.append(OpenField([attribute(node, "instr")], in_result=True))
        yield from self._children(node)
        yield from self._end_field()

    def _alternate(self, node: Node) -> Iterator[RichRun]:
        """What the newest Word shows; what others show where that has nothing that can be read."""
        choice = child(node, "Choice")
        if choice is not None and any(
            local(each) in ("txbxContent", "blip", "t", "chart") for each in choice.iter()
        ):
            yield from self._children_of_run(choice)
        elif (fallback := child(node, "Fallback")) is not None:
            yield from self._children_of_run(fallback)
        elif choice is not None:
            yield from self._children_of_run(choice)

    def _run(self, node: Node) -> Iterator[RichRun]:
        properties = child(node, "rPr")
        face = self.source.styles.run_face(properties, self.face)
        style = self.source.styles.run_style(properties)
        before = self.face
        self.face = replace(face, underlined=False) if style == "hyperlink" else face
        yield from self._children_of_run(node)
        self.face = before

    def _children_of_run(self, node: Node) -> Iterator[RichRun]:
        marked = child(node, "footnoteReference") if local(node) == "r" else None
        if marked is not None and attribute(marked, "customMarkFollows") in ("1", "true", "on"):
            # The book counts its notes itself.
            self.source.tally.marks.append(_text(node))
            yield from self._note(marked)
            return
        for each in node:
            name = local(each)
            if name in self._PARTS:
                yield from self._PARTS[name](self, each)
            elif name in ("r", "p", "hyperlink", "sdt", "sdtContent", "ins", "smartTag"):
                yield from self._one(each)

    def _say(self, text: str) -> Iterator[RichRun]:
        """A text, where the fields that are open show it."""
        if not text or any(not each.in_result for each in self.fields):
            return
        if self.in_list:
            self.listed += text
            return
        if self.face.hidden:
            if text.strip():
                self.source.tally.hidden.append(text)
            return
        if self.fields and self.fields[-1].kind == "PAGEREF":
            self.source.tally.pages.append(text)
        if text.strip():
            self.largest = max(self.largest, self.face.points)
        yield RichRun("text", text, self._styles(), self._href())

    def _href(self) -> str:
        return self.href or next((href for each in reversed(self.fields) if (href := each.href)), "")

    def _styles(self) -> frozenset[str]:
        face = self.face
        pairs = (
            ("strong", face.bold), ("em", face.italic or face.dotted), ("u", face.underlined and not self._href()),
            ("s", face.struck), ("gloss", face.in_two), (face.raised, bool(face.raised)), ("code", face.mono),
        )  # fmt: skip
        return frozenset(name for name, is_on in pairs if is_on)

    def _t(self, node: Node) -> Iterator[RichRun]:
        text = re.sub(r"[\n\r]+", " ", node.text or "")
        if self.face.symbolic:
            shown, unknown = in_signs(self.face.symbolic, text)
            self.source.tally.letters += [text] if shown != text else []
            self.source.tally.signs += unknown
            text = shown
        yield from self._say(text)

    def _tab(self, _: Node) -> Iterator[RichRun]:
        yield from self._say("\t")

    def _br(self, node: Node) -> Iterator[RichRun]:
        if attribute(node, "type") in ("page", "column"):
            self.source.tally.breaks += 1
        elif not self.in_list:
            yield RichRun("break")

    def _hyphen(self, _: Node) -> Iterator[RichRun]:
        yield from self._say("\u2011")

    def _sym(self, node: Node) -> Iterator[RichRun]:
        yield from self._symbol(attribute(node, "font"), attribute(node, "char"))

    def _symbol(self, font: str, code: str) -> Iterator[RichRun]:
        found = symbol(font, code)
        if found is None:
            self.source.tally.signs.append(f"{font} {code}")
        yield from self._say(found or UNKNOWN)

    def _fld_char(self, node: Node) -> Iterator[RichRun]:
        kind = attribute(node, "fldCharType")
        if kind == "begin":
            self.fields.append(OpenField())
        elif kind == "separate" and self.fields:
            self.fields[-1].in_result = True
        elif kind == "end":
            yield from self._end_field()

    def _end_field(self) -> Iterator[RichRun]:
        if not self.fields:
            return
        done = self.fields.pop()
        if ruby := done.ruby:
            yield RichRun("ruby", ruby[0], self._styles(), self._href(), ruby[1])
        elif done.kind == "EQ":
            yield from self._equation("".join(done.code).strip())
        elif sign := done.sign:
            yield from self._symbol(*sign)

    def _equation(self, code: str) -> Iterator[RichRun]:
        found = equation(code)
        if found is None:
            self.source.tally.unread.append(code)
            found = Equation(UNKNOWN)
        if found.unsure:
            self.source.tally.circled.append(found.text)
        if found.text:
            yield from self._say(found.text)
        elif not self.in_list and all(each.in_result for each in self.fields):
            self.source.tally.equations += 1
            yield RichRun("math", found.latex)

    def _instr(self, node: Node) -> Iterator[RichRun]:
        if self.fields and not self.fields[-1].in_result:
            self.fields[-1].code.append(node.text or "")
        return iter(())

    def _note(self, node: Node) -> Iterator[RichRun]:
        kind = "f" if local(node) == "footnoteReference" else "e"
        yield RichRun("note", kind + attribute(node, "id"))

    def _comment(self, node: Node) -> Iterator[RichRun]:
        paragraph = next((each for each in node.iterancestors() if local(each) == "p"), node)
        self.source.tally.comments.append((attribute(node, "id"), _text(paragraph)))
        return iter(())

    def _ruby(self, node: Node) -> Iterator[RichRun]:
        base, over = self._words(child(node, "rubyBase")), self._words(child(node, "rt"))
        if base or over:
            yield RichRun("ruby", base, self._styles(), self._href(), over)

    def _words(self, node: Node | None) -> str:
        size = self.largest
        found = (
            "".join(run.text for run in self._children(node) if run.kind == "text")
            if node is not None
            else ""
        )
        self.largest = size
        return found

    def _drawing(self, node: Node) -> Iterator[RichRun]:
        boxes = [each for each in below(node, "txbxContent") if not _is_inside_box(each, node)]
        self.boxes += boxes
        properties = next(below(node, "docPr"), None)
        alt = attribute(properties, "descr") or attribute(properties, "title")
        extent = next(below(node, "extent"), None)
        found = False
        for blip in below(node, "blip"):
            if any(local(each) == "txbxContent" for each in _ancestors(blip, node)):
                continue
            relation = self.relations.get(attribute(blip, "embed")) or self.relations.get(
                attribute(blip, "link")
            )
            if relation:
                found = True
                yield RichRun(
                    "picture", relation.target, href=self._href(), more=alt, size=self._size(extent)
                )
        if not found and not boxes:
            kind = _graphic(node)
            if kind:
                self.source.tally.objects.append(joined(kind, f" {alt}") if alt else kind)

    def _pict(self, node: Node) -> Iterator[RichRun]:
        self.boxes += [each for each in below(node, "txbxContent") if not _is_inside_box(each, node)]
        if any(attribute(each, "hr") in ("t", "true", "1") for each in below(node, "rect")):
            yield RichRun("text", "\u2042")
        shape = next(below(node, "shape"), None)
        for image in below(node, "imagedata"):
            relation = self.relations.get(attribute(image, "id")) or self.relations.get(
                attribute(image, "href")
            )
            if relation:
                yield RichRun("picture", relation.target, href=self._href(), more=attribute(shape, "alt"))
        if local(node) == "object":
            kind = attribute(next(below(node, "OLEObject"), None), "ProgID") or wording("object")
            self.source.tally.objects.append(kind)

    def _size(self, extent: Node | None) -> str:
        value = attribute(extent, "cx")
        if not value.isdecimal() or not self.source.width:
            return ""
        share = round(int(value) / self.source.width * 100)
        return f"{share}%" if 0 < share < 97 else ""

    _PARTS: ClassVar = {
        "t": _t, "tab": _tab, "ptab": _tab, "br": _br, "cr": _br, "noBreakHyphen": _hyphen, "sym": _sym,
        "fldChar": _fld_char, "instrText": _instr, "footnoteReference": _note, "endnoteReference": _note,
        "commentReference": _comment, "ruby": _ruby, "drawing": _drawing, "pict": _pict, "object": _pict,
        "AlternateContent": _alternate, "oMath": _one,
    }  # fmt: skip


def is_prompt(node: Node) -> bool:
    """Whether a field of a form shows the words that ask for a text, not a text."""
    shown = child(node, "sdtPr", "showingPlcHdr")
    return shown is not None and attribute(shown, "val") not in ("0", "false", "off")


def _graphic(node: Node) -> str:
    for name, kind in (
        ("chart", wording("chart")),
        ("relIds", "SmartArt"),
        ("wgp", ""),
        ("wsp", ""),
        ("graphicData", wording("drawing")),
    ):
        if next(below(node, name), None) is not None:
            return kind
    return ""


def _ancestors(node: Node, top: Node) -> Iterator[Node]:
    for each in node.iterancestors():
        if each is top:
            return
        yield each


def _is_inside_box(node: Node, top: Node) -> bool:
    """Whether a box stands in another one, or is an old form of one."""
    return any(local(each) in ("txbxContent", "Fallback") for each in _ancestors(node, top))


def _text(node: Node) -> str:
    return "".join(each.text or "" for each in node.iter() if local(each) in ("t", "delText"))
