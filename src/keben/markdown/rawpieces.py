"""Raw HTML that is one piece, from its first tag to its last: how a rule of the parser takes it."""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline


def take_block(state: StateBlock, start: int, end: int, over: int, silent: bool) -> bool:
    """Take a piece that begins in the line ``start`` and ends at the offset ``over``; whether nothing follows it there.

    ``end`` is the line after the last one that may be taken; ``silent``: the parser only asks.
    """
    last = start + state.src.count("\n", state.bMarks[start] + state.tShift[start], over)
    if last >= end or state.src[over : state.eMarks[last]].strip():
        return False
    if silent:
        return True
    state.line = last + 1
    token = state.push("html_block", "", 0)
    token.map = [start, state.line]
    token.content = state.getLines(start, state.line, state.blkIndent, True)
    return True


def take_inline(state: StateInline, over: int, silent: bool) -> bool:
    """Take a piece from where the parser is to the offset ``over``; always true."""
    if not silent:
        state.push("html_inline", "", 0).content = state.src[state.pos : over]
    state.pos = over
    return True
