"""Paragraphs that Chinese manuscripts mark by an indent of two full-width spaces, with no empty line between them."""

from markdown_it.rules_block import StateBlock

INDENT = "\u3000\u3000"


def wide_indent(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Block rule that ends a paragraph at a line that is indented so; other lines go on with theirs.

    A backslash before the line's end says that the next one goes on, as verse does. In items of lists such lines go on
    with the item's text, which they are lined up with.
    """
    return (
        silent
        and not state.blkIndent
        and state.src.startswith(INDENT, state.bMarks[start] + state.tShift[start])
        and not state.src.endswith("\\", 0, state.eMarks[start - 1])
    )
