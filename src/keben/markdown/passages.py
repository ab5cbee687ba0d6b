"""The prose of a source, with the offset of each of its characters: for what corrects a manuscript as it is written.

`prose_of` gives a chapter's prose block by block, as a reader sees it: signs of Markdown and addresses are left out;
code, formulas and what is meant as it is written are one sign each. Every character of prose knows where it stands in
the source, so that an edit of a block's prose is an edit of the source that touches nothing else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from markdown_it.token import Token

from keben.core.characters import FORBIDDEN
from keben.core.values import dataclass
from keben.markdown import recording
from keben.markdown.braces import looks_like_attributes
from keben.markdown.grammar import grammar
from keben.markdown.htmlprose import inline_spans, prose_spans
from keben.markdown.recording import InlineRecord, RecordingInline, record_blocks, records_of
from keben.markdown.slips import reads_like_prose

SIGN = "\x01"
"""What stands in a passage for code, a formula, or a character that is meant as it is written."""
ADDRESS = "\x02"
"""What stands in a passage for an address that is written out."""
CHINESE = "\x03"
"""What stands in a passage for a variant or a word with its reading."""

BlockKind = Literal["paragraph", "heading", "item", "quotation", "cell", "term", "note", "html", "line"]

_PARAGRAPH = ("paragraph_open", "p", (), "")
_PARAGRAPH_END = ("paragraph_close", "p", (), "")
_ADDRESS = re.compile(
    r"(?<![］\]][（(])(?:https?|ftp)://[!-~]+|\bwww\.[!-~]+|\b[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z0-9]"
)
_SAME = re.compile(rb"(.)\1*", re.DOTALL)

_Run = tuple[int, int, int]
"""Offset in the passage, offset in the source, and length of a piece that is the same in both."""


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The call of a note: where it stands in a passage, and in the source."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProseBlock:
    """The prose of one block."""

    kind: BlockKind
    text: str
    runs: tuple[_Run, ...]
    lines: tuple[int, int]
    """The block's first line, and the line behind its last one, from 0."""
    calls: tuple[NoteCall, ...] = ()

    def offset(self, at: int) -> int:
        """Where a character of the passage stands in the source; for one that is no prose, where the piece before ends.

        ``at`` may be the passage's length.
        """
        number = max(bisect_right(self.runs, (at, 1 << 60, 0)) - 1, 0)
        start, source, length = self.runs[number]
        return source + min(max(at - start, 0), length)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a piece of the passage stands in the source; None where it is not all prose in one piece."""
        number = bisect_right(self.runs, (start, 1 << 60, 0)) - 1
        if number < 0:
            return None
        first, source, length = self.runs[number]
        if end > first + length or (start == end and start == first + length):
            return None
        return source + start - first, source + end - first


@dataclass(frozen=True, slots=True)
class Prose:
    """The prose of one source."""

    passages: tuple[ProseBlock, ...]
    closed: frozenset[int]
    """Lines of code, formulas, raw HTML and front matter, from 0: white space in them has a meaning."""
    blocks: tuple[tuple[int, int], ...]
    """First line, and line behind the last one, of each block that stands in no other."""
    indented: tuple[tuple[int, int], ...]
    """Lines of blocks of code that read like prose."""
    shape: tuple[object, ...]
    """What the source is but for its prose: the same of two sources that differ in prose alone."""


def prose_of(text: str) -> Prose:
    """The prose of a Markdown source whose lines end with a newline alone."""
    matter = _front_matter(text)
    lines = text.split("\n")
    read = FORBIDDEN.sub("\ufffd", "\n".join([""] * matter + lines[matter:]))
    environment: dict[str, Any] = {}
    tokens = _recording().parse(read, environment)
    placing = _Locating(text, lines)
    passages = [found for record in records_of(environment) if (found := placing.passage(record))]
    closed = set(range(matter))
    indented: list[tuple[int, int]] = []
    for token in tokens:
        if token.map and token.type in ("fence", "code_block", "html_block", "maths_block"):
            closed.update(range(*token.map))
            if token.type == "html_block":
                passages += placing.html(token)
            elif token.type == "code_block" and token.level == 0 and reads_like_prose(token.content):
                indented.append((token.map[0], token.map[1]))
    blocks = tuple((token.map[0], token.map[1]) for token in tokens if token.map and token.level == 0)
    return Prose(
        tuple(sorted(passages, key=lambda one: one.runs[0][1])),
        frozenset(closed),
        tuple(sorted(set(blocks))),
        tuple(indented),
        _without_empty(_shape(tokens)),
    )


def prose_of_lines(text: str) -> Prose:
    """The prose of a plain text: each line that is not blank is a passage."""
    passages: list[ProseBlock] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            passages.append(ProseBlock("line", line, ((0, start, len(line)),), (number, number + 1)))
        start += len(line) + 1
    return Prose(tuple(passages), frozenset(), tuple(one.lines for one in passages), (), ())


def _recording() -> Any:
    parser = grammar(is_generous=True, inline=RecordingInline)
    if "record_blocks" not in parser.core.ruler.get_active_rules():
        parser.core.ruler.after("inline", "record_blocks", record_blocks)
    return parser


def _front_matter(text: str) -> int:
    """How many lines are front matter, with the lines around it."""
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return 0
    closing = ("---", "...") if fence == "---" else ("+++",)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in closing), 0)
    if fence == "---" and not re.match(r"[A-Za-z_-]+[ \t]*:|#", lines[1] if len(lines) > 1 else ""):
        return 0
    return end + 1 if end else 0


def _shape(tokens: Sequence[Token]) -> Iterator[object]:
    for token in tokens:
        if token.type == "inline":
            yield from _shape(token.children or [])
        elif token.type in ("softbreak", "hardbreak") or token.type not in ("text", "text_special"):
            is_prose = token.type == "braces" and not looks_like_attributes(token.content)
            content = "" if is_prose or token.type in ("html_block", "image") else token.content
            yield token.type, token.tag, tuple(sorted(token.attrs.items())), content
            if token.type == "html_block":
                kept, at = [], 0
                for start, end in prose_spans(token.content):
                    kept.append(token.content[at:start])
                    at = end
                yield "".join([*kept, token.content[at:]])
            if token.type == "image":
                yield from _shape(token.children or [])


def _without_empty(shape: Iterator[object]) -> tuple[object, ...]:
    """A shape without paragraphs that have nothing in them: a line of wide spaces is one, and prints nothing."""
    kept: list[object] = []
    for one in shape:
        if one == _PARAGRAPH_END and kept and kept[-1] == _PARAGRAPH:
            kept.pop()
        else:
            kept.append(one)
    return tuple(kept)


class _Locating:
    """Finds where the texts of blocks stand in the source."""

    def __init__(self, text: str, lines: list[str]) -> None:
        self.text = text
        self.lines = lines
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.reached: dict[int, int] = {}
        """Of a row of a table, how far its cells are found."""

    def passage(self, record: InlineRecord) -> ProseBlock | None:
        """The passage of a block, None where it cannot be found in the source or has no prose."""
        content, token = record.token.content, record.token
        if token.map is None or not content:
            return None
        places = self._lines(content, token.map, is_cell=record.around[-1:] in (("td",), ("th",)))
        if places is None:
            return None
        pieces = _Pieces()
        kinds = _without_html_code(content, record.kinds)
        for start, length, offset in places:
            for match in _SAME.finditer(kinds[start : start + length]):
                at = offset + match.start()
                pieces.add(match[1][0], self.text[at : offset + match.end()], at)
            pieces.add(recording.BREAK, "\n", 0)
        return pieces.passage(_kind(record.around), (token.map[0], token.map[1]))

    def html(self, token: Token) -> Iterator[ProseBlock]:
        """The passages of a block of raw HTML: what stands between its tags."""
        if token.map is None:
            return
        places = self._lines(token.content.rstrip("\n"), token.map, is_cell=False)
        if places is None:
            return
        starts = [start for start, _, _ in places]
        for start, end in prose_spans(token.content.rstrip("\n")):
            at = start
            for line in token.content[start:end].split("\n"):
                body = line.strip(" \t")
                first, _, offset = places[bisect_right(starts, at) - 1]
                offset += at - first + len(line) - len(line.lstrip(" \t"))
                if body and self.text[offset : offset + len(body)] == body:
                    yield ProseBlock("html", body, ((0, offset, len(body)),), (token.map[0], token.map[1]))
                at += len(line) + 1

    def _lines(self, content: str, span: Sequence[int], *, is_cell: bool) -> list[_Run] | None:
        """Each line of a block's text: its offset in that, its length, and its offset in the source."""
        found: list[_Run] = []
        at, number = 0, span[0]
        for line in content.split("\n"):
            if number >= len(self.lines):
                return None
            source = FORBIDDEN.sub("\ufffd", self.lines[number])
            column = source.find(line, self.reached.get(number, 0)) if is_cell else source.rfind(line)
            if column < 0 and at:  # A tab before it was read as several spaces.
                bare = line.lstrip(" \t")
                at, line = at + len(line) - len(bare), bare
                column = source.rfind(bare)
            if column < 0:
                return None
            if is_cell:
                self.reached[number] = column + len(line)
            elif source[column + len(line) :].strip(" \t#"):
                return None
            found.append((at, len(line), self.starts[number] + column))
            at += len(line) + 1
            number += 1
        return found


class _Pieces:
    """A passage that is put together piece by piece."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.runs: list[_Run] = []
        self.calls: list[NoteCall] = []

    def add(self, kind: int, piece: str, source: int) -> None:
        """Add what stands in the source at an offset."""
        if kind == recording.PROSE:
            at = 0
            for match in _ADDRESS.finditer(piece):
                self._prose(piece[at : match.start()], source + at)
                self._append(ADDRESS)
                at = match.end()
            self._prose(piece[at:], source + at)
        elif kind == recording.BREAK:
            if self.text and self.text[-1] != "\n":
                self._append("\n")
        elif kind in (recording.OPAQUE, recording.WORD):
            self._append(SIGN if kind == recording.OPAQUE else CHINESE)
        elif kind == recording.TAG and re.match(r"<br\b", piece, re.IGNORECASE):
            self._append("\n")
        elif kind == recording.CALL:
            self.calls.append(NoteCall(self.length, source, source + len(piece)))

    def _prose(self, piece: str, source: int) -> None:
        if piece:
            self.runs.append((self.length, source, len(piece)))
            self._append(piece)

    def _append(self, piece: str) -> None:
        self.text.append(piece)
        self.length += len(piece)

    def passage(self, kind: BlockKind, lines: tuple[int, int]) -> ProseBlock | None:
        text = "".join(self.text).removesuffix("\n")
        return ProseBlock(kind, text, tuple(self.runs), lines, tuple(self.calls)) if self.runs else None


_KINDS: dict[str, BlockKind] = {
    "heading": "heading",
    "td": "cell",
    "th": "cell",
    "dt": "term",
    "dd": "note",
    "footnote_reference": "note",
    "footnote": "note",
    "blockquote": "quotation",
    "list_item": "item",
}


def _kind(around: Sequence[str]) -> BlockKind:
    return next((_KINDS[name] for name in reversed(around) if name in _KINDS), "paragraph")


def _without_html_code(content: str, kinds: bytes) -> bytes:
    """The kinds of an inline text, with what stands in HTML's ``<code>`` and the like taken for code."""
    if bytes([recording.TAG]) not in kinds:
        return kinds
    painted = bytearray(kinds)
    for start, end, is_code in inline_spans(content, kinds):
        kind = recording.OPAQUE if is_code else recording.MARKUP
        for at in range(start, end):
            if painted[at] != recording.BREAK:
                painted[at] = kind
    return bytes(painted)
