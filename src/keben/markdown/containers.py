"""Block rules for what other tools' Markdown opens and closes with lines of its own, or indents below a line.

What stands inside is Markdown like any other, with its own lines. Nothing is written of the signs themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from keben.core.patterns import later
from keben.markdown.boxkinds import BOX, TAB, TAB_TITLE, TABS, TITLE, kind_named, unquoted
from keben.markdown.braces import read_braces, set_attributes
from keben.markdown.openings import Opening, OpeningLine, opening_line

UNCLOSED = "unclosed_boxes"
"""Where the parser's environment keeps the lines of boxes that no line closes: each with what opens it."""

_SEARCHED = "searched_boxes"
"""Where it keeps up to which line no end was found, by what would be closed."""

_FENCE = later(r"(`{3,}|~{3,})")
_INDENTED = later(
    r"(?:!!!|\?\?\?\+?)[ \t]*(?P<kind>[A-Za-z][\w-]*)(?:[ \t]+[\w-]+)*[ \t]*"
    r"(?P<title>\"[^\n]*\"|“[^\n]*”)?[ \t]*"
    r"|===[+!]*[ \t]+(?P<tab>\"[^\n]*\"|“[^\n]*”)[ \t]*"
)
_INDENT = 4


def container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a box, tabs or the like between two lines that say so."""
    text = _line(state, start)
    if text[:1] not in ":`~{" or state.is_code_block(start):
        return False
    line = opening_line(text)
    if line is None:
        return False
    if line.rest and line.closes(line.rest) >= 0:
        return _in_one_line(state, start, line, silent)
    last = _end(state, line, start, end)
    if last < 0 and not line.opening.is_known:
        return False
    if silent:
        return True
    if line.opening.shape == "comment":
        state.line = last + 1
    elif last < 0:
        state.env.setdefault(UNCLOSED, []).append((start + 1, text))
        last = _surroundings(state, start, end)
        _write(state, line.opening, start, last, last)
    else:
        _write_between(state, line, start, last)
    return True


def indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a box of MkDocs', or one of its tabs, whose content is indented below its line."""
    text = _line(state, start)
    if text[:1] not in "!?=" or state.is_code_block(start):
        return False
    match = _INDENTED.fullmatch(text)
    if match is None:
        return False
    if silent:
        return True
    if match["tab"]:
        opening = Opening("tab", title=unquoted(match["tab"]))
    else:
        name, title = match["kind"], unquoted(match["title"] or "")
        opening = Opening("box", kind_named(name) or name, title)
    last = _indented_end(state, start, end)
    state.blkIndent += _INDENT
    try:
        _write(state, opening, start, last, last)
    finally:
        state.blkIndent -= _INDENT
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _end(state: StateBlock, line: OpeningLine, start: int, end: int) -> int:
    """The line that closes what a line opens; -1 if none does."""
    searched: dict[tuple[str, int], int] = state.env.setdefault(_SEARCHED, {})
    if line.key and searched.get((line.key, end), end) <= start:
        return -1
    depth, fence = 1, ""
    for number in range(start + 1, end):
        text = _line(state, number)
        if text and state.sCount[number] < state.blkIndent:
            return -1
        if line.is_fence:
            depth -= line.closes(text) >= 0
        elif match := _FENCE.match(text):
            if not fence:
                fence = match[1] if opening_line(text) is None else ""
            elif match[1].startswith(fence) and text == match[1]:
                fence = ""
        elif not fence:
            depth += line.opens(text) - (line.closes(text) >= 0)
        if depth == 0:
            return number
    if line.key:
        searched[line.key, end] = min(start, searched.get((line.key, end), start))
    return -1


def _surroundings(state: StateBlock, start: int, end: int) -> int:
    """The line behind the last one that still belongs to what a line stands in."""
    for number in range(start + 1, end):
        if _line(state, number) and state.sCount[number] < state.blkIndent:
            return number
    return end


def _indented_end(state: StateBlock, start: int, end: int) -> int:
    """The line behind the last one that is indented below a line."""
    last = start + 1
    for number in range(start + 1, end):
        if state.isEmpty(number):
            continue
        if state.sCount[number] < state.blkIndent + _INDENT:
            break
        last = number + 1
    return last


def _in_one_line(state: StateBlock, start: int, line: OpeningLine, silent: bool) -> bool:
    """``{% hint style="info" %}文{% endhint %}``."""
    if not silent and line.opening.shape == "comment":
        state.line = start + 1
    elif not silent:
        with _around(state, line.opening, start, start + 1):
            token = state.push("paragraph_open", "p", 1)
            token.map = [start, start + 1]
            _inline(state, line.rest[: line.closes(line.rest)].strip(), start)
            state.push("paragraph_close", "p", -1)
        state.line = start + 1
    return True


def _write_between(state: StateBlock, line: OpeningLine, start: int, last: int) -> None:
    """What stands between two lines, with the text behind what opens it and before what closes it."""
    before = line.closes(_line(state, last))
    marks = (state.bMarks[start], state.tShift[start], state.eMarks[last])
    state.eMarks[last] = state.bMarks[last] + state.tShift[last] + before
    if line.rest:
        text = _line(state, start)
        state.bMarks[start] += state.tShift[start] + text.rindex(line.rest)
        state.tShift[start] = 0
    _write(state, line.opening, start, last + bool(before), last + 1, first=0 if line.rest else 1)
    state.bMarks[start], state.tShift[start], state.eMarks[last] = marks


def _write(state: StateBlock, opening: Opening, start: int, last: int, after: int, *, first: int = 1) -> None:
    """The tokens of what stands in the lines between, and of what is around them.

    ``first`` says how many lines below the first one that begins.
    """
    outside = len(state.tokens)
    parent, old_max = state.parentType, state.lineMax
    with _around(state, opening, start, last):
        state.parentType, state.lineMax = "container", last
        inside = len(state.tokens)
        state.md.block.tokenize(state, start + first, last)
        state.parentType, state.lineMax = parent, old_max
        if opening.takes_heading and not opening.title:
            _take_heading(state.tokens[inside:])
        is_empty = inside == len(state.tokens) and not opening.title
    if is_empty:
        del state.tokens[outside:]
    state.line = after


@contextmanager
def _around(state: StateBlock, opening: Opening, start: int, last: int) -> Iterator[None]:
    if opening.shape == "plain":
        _title(state, opening.title, "code-title", start)
        yield
        return
    tag = {"box": "aside", "quotation": "blockquote"}.get(opening.shape, "div")
    kind = opening.kind if kind_named(opening.kind) else ""
    names = {"box": f"{BOX} {kind}".strip(), "tabs": TABS, "tab": TAB}.get(opening.shape, "")
    token = state.push("box_open", tag, 1)
    token.map, token.block = [start, last], True
    token.attrs = {"class": names} if names else {}
    if opening.braces:
        set_attributes(token, read_braces(opening.braces[1:-1]))
    title = opening.title or ("" if kind or opening.shape != "box" else opening.kind)
    if opening.shape != "quotation":
        _title(state, title, TAB_TITLE if opening.shape == "tab" else TITLE, start)
    yield
    if opening.shape == "quotation" and opening.title:
        _title(state, f"——{opening.title}", "", start, tag="footer")
    state.push("box_close", tag, -1).block = True


def _title(state: StateBlock, text: str, name: str, line: int, tag: str = "p") -> None:
    if not text:
        return
    token = state.push("box_title_open", tag, 1)
    token.map = [line, line + 1]
    token.attrs = {"class": name} if name else {}
    _inline(state, text, line)
    state.push("box_title_close", tag, -1)


def _inline(state: StateBlock, text: str, line: int) -> None:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text, [line, line + 1], []


def _take_heading(tokens: list[Token]) -> None:
    """A heading that begins a box becomes its title."""
    if len(tokens) > 2 and tokens[0].type == "heading_open":
        for token, kind in ((tokens[0], "box_title_open"), (tokens[2], "box_title_close")):
            token.type, token.tag = kind, "p"
        tokens[0].attrs = {"class": TITLE}
