"""What a generous grammar settled by itself, and an author should know of."""

from keben.markdown import tolerances
from keben.markdown.context import Context
from keben.markdown.grammar import Parsed


def report_passed(parsed: Parsed, context: Context) -> None:
    """Remember boxes that nothing closes, rows with too many cells, and abbreviations. A strict grammar has none."""
    for line, text in parsed.unclosed:
        context.takes(tolerances.OPEN_BOX, line, text)
    for line, text in parsed.imports:
        context.takes(tolerances.IMPORT, line, text)
    for line in parsed.long_rows:
        context.see(tolerances.LONG_ROW, line, context.lines[line - 1].strip())
    for line in parsed.uneven_heads:
        context.takes(tolerances.UNEVEN_HEAD, line, context.lines[line - 1].strip())
    used = {
        child.content
        for token in parsed.tokens
        for before, child in zip(token.children or (), (token.children or ())[1:], strict=False)
        if before.type == "abbr_open"
    }
    for label, _, line in parsed.abbreviations:
        kind = tolerances.ABBREVIATION if label in used else tolerances.UNUSED_ABBREVIATION
        context.takes(kind, line, label)
