"""markdown-it's tokens → a chapter's tree."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from keben.errors import Finding, Place
from keben.markdown.grammar import is_lone_image
from keben.markdown.linebreaks import BREAK
from keben.markdown.paths import Problem
from keben.markdown.rawhtml import End, Start, tokenize
from keben.markdown.tree import Growing, Tree, join_lines
from keben.markup import VOID, Element, Node

_TRAILING = re.compile(r"[ \t]*\{((?:[ \t]*(?:[#.][^\s{}#.=]+|[A-Za-z-]+=[^\s{}]*))+)[ \t]*\}$")
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")


@dataclass(slots=True)
class Context:
    """What building a chapter needs to know, and what it finds."""

    path: str
    name: str
    chapter_id: str
    lines: Sequence[str]
    picture: Callable[[str], str | Problem]
    link: Callable[[str], str | Problem]
    findings: list[Finding] = field(default_factory=list)
    note_numbers: dict[int, int] = field(default_factory=dict)
    """The number of each note by its id in markdown-it, in the order of first calls."""
    note_calls: dict[int, int] = field(default_factory=dict)

    def report(
        self, line: int, code: str, message: str, advice: str = "", needle: str = "", *, warning: bool = False
    ) -> None:
        """Add a finding; its column is where ``needle`` stands at or after the line, within the same block."""
        place = Place(self.path, line)
        for number in range(max(line, 1), len(self.lines) + 1 if needle else 0):
            column = self.lines[number - 1].find(needle)
            if column >= 0:
                place = Place(self.path, number, column + 1)
                break
            if not self.lines[number - 1].strip() and number > line:
                break
        self.findings.append(Finding(place, code, message, advice, "warning" if warning else "error"))

    def problem(self, line: int, problem: Problem, needle: str) -> None:
        """Add what `paths` found."""
        self.report(line, problem.code, problem.message, problem.advice, needle)

    def note_id(self, number: int) -> str:
        """The id of a note by markdown-it's number for it; the first call decides the order."""
        count = self.note_numbers.setdefault(number, len(self.note_numbers) + 1)
        return f"{self.chapter_id}-n{count}"

    def call_id(self, number: int) -> str:
        """An id for one call of a note: ``-r2`` for the second note, ``-r2b`` for its second call."""
        calls = self.note_calls[number] = self.note_calls.get(number, 0) + 1
        suffix = "" if calls == 1 else chr(0x60 + calls) if calls < 27 else f"-{calls}"
        return f"{self.chapter_id}-r{self.note_numbers[number]}{suffix}"


def build(tokens: Sequence[Token], context: Context) -> tuple[Node, ...]:
    """The blocks of a run of block tokens."""
    builder = _Builder(tokens, context)
    builder.run()
    return builder.tree.root.grown().children


class _Builder:
    def __init__(self, tokens: Sequence[Token], context: Context) -> None:
        self.tokens = tokens
        self.context = context
        self.tree = Tree()
        self.line = 0
        self.position = 0

    def run(self) -> None:
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            if token.map:
                self.line = token.map[0] + 1
            self.position += self.block(token)
        self.report_open(self.tree.stack[1:])

    def block(self, token: Token) -> int:
        """Build from one block token; gives how many tokens that took."""
        kind = token.type
        if kind == "paragraph_open":
            children = self.tokens[self.position + 1].children
            if is_lone_image(children) and not token.hidden:
                self.figure((children or [])[0], self.attributes(token))
                return 3
            if not token.hidden:
                self.tree.open("p", self.attributes(token), self.line)
        elif kind == "paragraph_close":
            if not token.hidden:
                self.close("p")
        elif kind == "inline":
            self.inline(token.children or [])
        elif kind == "table_open":
            return self.table()
        elif kind in ("fence", "code_block"):
            code = Element("code", {}, (token.content,))
            self.tree.add(Element("pre", self.attributes(token), (code,), self.line))
        elif kind == "hr":
            self.tree.add(Element("hr", self.attributes(token), (), self.line))
        elif kind == "html_block":
            self.raw(token.content)
        elif kind == "heading_close":
            self.heading(token)
        elif kind == "blockquote_close":
            self.quotation()
        elif token.nesting == 1:
            self.tree.open(token.tag, self.attributes(token), self.line)
        elif token.nesting == -1:
            self.close(token.tag)
        return 1

    def close(self, tag: str) -> list[Growing] | None:
        left = self.tree.close(tag)
        self.report_open(left or [])
        return left

    def report_open(self, left: Sequence[Growing]) -> None:
        for node in left:
            if node.raw:
                message = f"<{node.tag}> is never closed."
                self.context.report(
                    node.line, "raw-html", message, f"Close it with </{node.tag}>.", f"<{node.tag}"
                )

    def attributes(self, token: Token) -> dict[str, str]:
        """The attributes of a token that may stay; alignment of cells becomes a class."""
        attributes: dict[str, str] = {}
        for name, value in token.attrs.items():
            text = str(value)
            if name == "style" and (match := _ALIGN.search(text)):
                attributes["class"] = match[1]
            elif name in ("id", "class", "lang", "start"):
                attributes[name] = text
        for name in token.meta.get("insecure_attrs", ()):
            self.context.report(
                self.line,
                "attribute",
                f"“{name}” cannot be set in braces.",
                "Use #id, .class or lang=….",
                name,
            )
        return attributes

    def heading(self, token: Token) -> None:
        node = self.tree.top
        node.attributes.update(self.trailing(node))
        self.close(token.tag)

    def trailing(self, node: Growing) -> dict[str, str]:
        """Attributes in braces at the end of a heading or a caption, taken out of its text."""
        last = node.children[-1] if node.children else None
        match = _TRAILING.search(last) if isinstance(last, str) else None
        if match is None or not isinstance(last, str):
            return {}
        node.children[-1] = last[: match.start()]
        attributes: dict[str, str] = {}
        for word in match[1].split():
            for part in re.findall(r"[#.][^#.=]+|[A-Za-z-]+=.*", word) if "=" not in word else [word]:
                if part.startswith("#"):
                    attributes["id"] = part[1:]
                elif part.startswith("."):
                    attributes["class"] = f"{attributes.get('class', '')} {part[1:]}".strip()
                elif part.startswith("lang="):
                    attributes["lang"] = part[5:].strip("\"'")
                else:
                    name = part.partition("=")[0]
                    self.context.report(
                        self.line,
                        "attribute",
                        f"“{name}” cannot be set in braces.",
                        "Use #id, .class or lang=….",
                        part,
                    )
        return attributes

    def quotation(self) -> None:
        """A last paragraph that begins with a dash names the source of a quotation."""
        node = self.tree.top
        last = node.children[-1] if node.children else None
        if isinstance(last, Growing) and last.tag == "p" and last.children:
            first = last.children[0]
            if isinstance(first, str) and first.startswith("——"):
                last.tag = "footer"
        self.close("blockquote")

    def figure(self, image: Token, around: Mapping[str, str]) -> None:
        attributes = {**around, **self.attributes(image)}
        names = f"figure {attributes.pop('class', '')}".strip()
        self.tree.open("figure", {"class": names, **attributes}, self.line)
        self.tree.add(self.image(image, {}))
        if image.meta.get("caption"):
            self.tree.open("figcaption", {}, self.line)
            self.inline(image.meta["caption"])
            self.close("figcaption")
        self.close("figure")

    def image(self, token: Token, attributes: Mapping[str, str]) -> Element:
        source = str(token.attrGet("src") or "")
        return self.picture(source, _plain(token.children or []), attributes)

    def picture(self, source: str, alt: str, attributes: Mapping[str, str]) -> Element:
        path = self.context.picture(source)
        if isinstance(path, Problem):
            self.context.problem(self.line, path, source)
            path = ""
        if not alt.strip():
            message = f"The picture “{source}” has no alternative text."
            self.context.report(
                self.line, "missing-alt", message, "Say in it what the picture shows.", source
            )
        return Element("img", {"src": path, "alt": alt, **attributes}, (), self.line)

    def table(self) -> int:
        """A table with the caption in the paragraph after it, as a figure; without one, as it stands."""
        opening = self.tokens[self.position]
        end = next(
            index
            for index in range(self.position, len(self.tokens))
            if self.tokens[index].type == "table_close"
        )
        after = self.tokens[end + 1 : end + 4]
        caption = (
            after[1]
            if len(after) == 3 and after[1].type == "inline" and after[1].content.startswith(": ")
            else None
        )
        attributes = self.attributes(opening)
        figure = self.tree.open("figure", {}, self.line) if caption else None
        table = self.tree.open("table", {} if caption else attributes, self.line)
        table.children.extend(self.rows(end))
        self.close("table")
        if caption is None or figure is None:
            return end + 1 - self.position
        self.line = (caption.map or [self.line - 1])[0] + 1
        children = list(caption.children or [])
        children[0].content = children[0].content.removeprefix(":").lstrip()
        node = self.tree.open("figcaption", {}, self.line)
        self.inline(children)
        attributes |= self.trailing(node)
        self.close("figcaption")
        # The caption stands over its table; in the source it comes after.
        figure.children.insert(0, figure.children.pop())
        figure.attributes = {"class": f"table {attributes.pop('class', '')}".strip(), **attributes}
        self.close("figure")
        return end + 4 - self.position

    def rows(self, end: int) -> list[Growing | Node]:
        inner = _Builder(self.tokens[self.position + 1 : end], self.context)
        inner.line = self.line
        inner.run()
        for head in (
            child for child in inner.tree.root.children if isinstance(child, Growing) and child.tag == "thead"
        ):
            for row in head.children:
                for cell in row.children if isinstance(row, Growing) else ():
                    if isinstance(cell, Growing):
                        cell.attributes["scope"] = "col"
        return inner.tree.root.children

    def inline(self, tokens: Sequence[Token]) -> None:
        """The inline tokens of one block, into the innermost open element."""
        block = self.tree.top
        depth = len(self.tree.stack)
        for token in tokens:
            self.inline_token(token)
        left = self.tree.stack[depth:]
        del self.tree.stack[depth:]
        self.report_open(left)
        join_lines(block)

    def inline_token(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            self.tree.add(token.content)
        elif kind == "softbreak":
            self.line += 1
            self.tree.add(BREAK)
        elif kind == "hardbreak":
            self.line += 1
            self.tree.add(Element("br", {}))
        elif kind == "code_inline":
            self.tree.add(Element("code", self.attributes(token), (token.content,)))
        elif kind == "image":
            self.tree.add(self.image(token, self.attributes(token)))
        elif kind == "ruby":
            self.tree.add(_ruby(token))
        elif kind == "html_inline":
            self.raw(token.content)
        elif kind == "footnote_ref":
            self.note_call(token)
        elif kind == "link_open":
            self.link(str(token.attrGet("href") or ""), self.attributes(token))
        elif kind == "link_close":
            self.close("a")
        elif token.nesting == 1:
            self.tree.open(token.tag, self.attributes(token))
        elif token.nesting == -1:
            self.close(token.tag)

    def link(self, target: str, attributes: Mapping[str, str], *, raw: bool = False) -> None:
        href = self.context.link(target)
        if isinstance(href, Problem):
            self.context.problem(self.line, href, target)
            href = ""
        self.tree.open("a", {"href": href, **attributes}, self.line, raw=raw)

    def note_call(self, token: Token) -> None:
        number = token.meta["id"]
        if number < 0:
            label = token.meta["label"]
            message = f"The note “{label}” is not defined."
            self.context.report(
                self.line,
                "missing-note",
                message,
                f"Write “[^{label}]: …” after the paragraph.",
                f"[^{label}]",
            )
            return
        name = self.context.note_id(number)
        attributes = {"class": "noteref", "href": f"#{name}", "id": self.context.call_id(number)}
        self.tree.add(Element("a", attributes, (), self.line))

    def raw(self, html: str) -> None:
        for event in tokenize(html):
            if isinstance(event, str):
                for number, text in enumerate(event.split("\n")):
                    if number:
                        self.tree.add(BREAK)
                    self.tree.add(text)
            elif isinstance(event, End):
                self.raw_end(event.tag)
            else:
                self.raw_start(event)

    def raw_start(self, event: Start) -> None:
        for refused in event.refused:
            what = refused if refused.startswith("<") else f"“{refused}” in <{event.tag}>"
            needle = refused if refused.startswith("<!") else refused.rstrip(">").partition("=")[0]
            self.context.report(
                self.line, "raw-html", f"{what} is not allowed in a book.", "Take it out.", needle
            )
        if not event.tag:
            return
        attributes = dict(event.attributes)
        if event.tag == "img":
            given = {name: value for name, value in attributes.items() if name not in ("src", "alt")}
            self.tree.add(self.picture(attributes.get("src", ""), attributes.get("alt", ""), given))
        elif event.tag in VOID:
            self.tree.add(Element(event.tag, attributes, (), self.line))
        elif event.tag == "a" and "href" in attributes:
            self.link(attributes.pop("href"), attributes, raw=True)
        else:
            self.tree.open(event.tag, attributes, self.line, raw=True)

    def raw_end(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.tree.top.tag == tag and self.tree.top.raw:
            self.tree.close(tag)
            return
        message = f"</{tag}> closes nothing here."
        self.context.report(
            self.line, "raw-html", message, f"Open <{tag}> before it, inside the same element.", f"</{tag}"
        )


def _ruby(token: Token) -> Element:
    """Ruby with parentheses for readers that do not know it (HTML, the rp element)."""
    children: list[Node] = []
    for base, reading in token.meta["pairs"]:
        rp_open, rp_close = Element("rp", {}, ("（",)), Element("rp", {}, ("）",))
        children += [base, rp_open, Element("rt", {}, (reading,)), rp_close]
    return Element("ruby", {}, tuple(children))


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(
        " "
        if token.type in ("softbreak", "hardbreak")
        else _plain(token.children)
        if token.children
        else token.content
        for token in tokens
    )
