"""Where a block's inline text is prose, and where it is markup, code or an address: for what corrects a source.

markdown-it gives the tokens of an inline text without their offsets. `RecordingInline` reads a text by the very rules
of `keben.markdown.grammar`, and writes down which characters each rule took.
"""

from dataclasses import field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from keben.core.values import dataclass
from keben.markdown.braces import looks_like_attributes
from keben.markdown.emphasis import ChineseInline, ChineseState

UNKNOWN, PROSE, MARKUP, OPAQUE, WORD, BREAK, CALL, TAG = range(8)
"""What a character of an inline text is: prose; a sign of Markdown, or an address; code, a formula or a character that
is meant as it is written; a variant or a reading, which stands for Chinese; the end of a line; the call of a note;
a tag of HTML."""

_TAKEN = {
    "text": PROSE,
    "newline": BREAK,
    "escape": OPAQUE,
    "backticks": OPAQUE,
    "autolink": OPAQUE,
    "emoji_names": OPAQUE,
    "entity": OPAQUE,
    "maths": OPAQUE,
    "template": OPAQUE,
    "variant": WORD,
    "ruby": WORD,
    "html_inline": TAG,
    "footnote_ref": CALL,
}
"""What a rule takes, by its name; of those that are not named here, what stands in them is read, and the rest is
markup."""

RECORDS = "records"
"""Where the parser's environment keeps the records of a text's blocks."""

_OPEN = "recording"


@dataclass(frozen=True, slots=True)
class InlineRecord:
    """What each character of a block's inline text is."""

    token: Token
    kinds: bytes
    around: tuple[str, ...]
    """The blocks that the text stands in, outermost first, by markdown-it's names: ``blockquote``, ``paragraph``."""


@dataclass(slots=True)
class _Frame:
    """An inline text that is being read, which may be a part of another one."""

    src: str
    kinds: bytearray
    base: int = 0
    at: list[int] = field(default_factory=list)
    """Where the rules begin that are at work."""

    def fill(self, start: int, end: int, kind: int) -> None:
        """Give a kind to the characters that have none yet."""
        start, end = self.base + start, self.base + end
        self.kinds[start:end] = self.kinds[start:end].replace(bytes([UNKNOWN]), bytes([kind]))


class RecordingInline(ChineseInline):
    """`ChineseInline` that writes down what each character is."""

    names: tuple[str, ...] | None = None

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse ``src`` into ``tokens``. What is parsed inside another text is a part of it."""
        frames: list[_Frame] = env.setdefault(_OPEN, [])
        frame = _Frame(src, bytearray(len(src)))
        if frames:
            outer = frames[-1]
            found = outer.src.find(f"[{src}", outer.at[-1] if outer.at else 0)
            if found >= 0:
                frame = _Frame(src, outer.kinds, outer.base + found + 1)
        else:
            env.setdefault(RECORDS, []).append((tokens, frame.kinds))
        frames.append(frame)
        try:
            state = ChineseState(src, md, env, tokens)
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
        finally:
            frames.pop()
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """As markdown-it's, with a record of which rule took what."""
        if self.names is None:
            self.names = tuple(self.ruler.get_active_rules())
        frame: _Frame = state.env[_OPEN][-1]
        rules = tuple(zip(self.names, self.ruler.getRules(""), strict=True))
        end, most = state.posMax, state.md.options["maxNesting"]
        while state.pos < end:
            start = state.pos
            frame.at.append(start)
            taken = (name for name, rule in rules if rule(state, False)) if state.level < most else iter(())
            name = next(taken, None)
            frame.at.pop()
            if name is None:
                state.append_pending(state.src[start])
                state.pos = start + 1
                frame.fill(start, state.pos, PROSE)
            else:
                if name == "footnote_inline":  # What stands in it is no part of the sentence around it.
                    frame.fill(start, start + 2, OPAQUE)
                    frame.fill(state.pos - 1, state.pos, OPAQUE)
                is_text = name == "braces" and not looks_like_attributes(state.src[start : state.pos])
                frame.fill(start, state.pos, PROSE if is_text else _TAKEN.get(name, MARKUP))
        if state.pending:
            state.pushPending()


def record_blocks(state: StateCore) -> None:
    """Core rule, right behind the one that reads inline texts: what each of them is, and where it stands."""
    # A rule before this one may have read a text of its own, as the title of a box: the order says nothing.
    read = {id(tokens): kinds for tokens, kinds in state.env.get(RECORDS, [])}
    around: list[str] = []
    records: list[InlineRecord] = []
    for token in state.tokens:
        if token.type == "inline":
            if (kinds := read.get(id(token.children))) is not None:
                records.append(InlineRecord(token, bytes(kinds), tuple(around)))
        elif token.nesting > 0:
            around.append(token.type.removesuffix("_open"))
        elif token.nesting < 0 and around:
            around.pop()
    state.env[RECORDS] = records


def records_of(environment: dict[str, Any]) -> list[InlineRecord]:
    """The records that an environment holds once a text is parsed."""
    found = environment.get(RECORDS, [])
    return [one for one in found if isinstance(one, InlineRecord)]
