"""Verse and signatures of a document: paragraphs that are set in deeper, centred, or at the right edge.

They are found by the rules for plain texts (`verses`, `signatures`): a document's paragraphs are given to these as
lines with as many spaces before them as they are set in.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from keben.project.importers.office.rich import (
    Block,
    Blocks,
    RichHeading,
    RichParagraph,
    RichRule,
    RichRun,
    said,
)
from keben.project.importers.signatures import signature_lines
from keben.project.importers.verses import verse_lines

_RIGHT = "\u3000" * 12
"""Before a line at the right edge."""
_CENTRED = 24
"""Columns before a centred line."""
_OTHER = "表"
"""A line in the place of a block that is no paragraph."""

_Role = Literal["verse", "signature"]
_Lines = Callable[[Sequence[str]], frozenset[int]]


def with_poems(blocks: Blocks) -> Blocks:
    """Blocks in which the lines of a poem are one paragraph, and so are those of a signature.

    What stands before the first heading are pages of another kind.
    """
    first = next((at for at, block in enumerate(blocks) if isinstance(block, RichHeading)), len(blocks))
    made = list(blocks[:first])
    for is_heading, group in groupby(blocks[first:], lambda block: isinstance(block, RichHeading)):
        part = tuple(group)
        made += part if is_heading else _joined(part, "signature", signature_lines)
    return (*made[:first], *_joined(tuple(made[first:]), "verse", verse_lines))


def _joined(blocks: Blocks, role: _Role, lines_of: _Lines) -> Blocks:
    """Blocks in which those that are found by their lines are joined to one paragraph with breaks."""
    found = lines_of([_line(block, role) for block in blocks])
    out: list[Block] = []
    for is_found, group in groupby(enumerate(blocks), lambda numbered: numbered[0] in found):
        part = [block for _, block in group]
        if not is_found:
            out += part
            continue
        lines = [block for block in part if isinstance(block, RichParagraph)]
        runs = [run for line in lines for run in (RichRun("break"), *line.runs)][1:]
        out.append(replace(lines[0], runs=tuple(runs), side="", role=role))
    return tuple(out)


def _line(block: Block, role: _Role) -> str:
    """A block as a line of a plain text."""
    if isinstance(block, RichHeading):
        return ""
    if isinstance(block, RichRule):
        return "***"
    if not isinstance(block, RichParagraph) or block.role or any(run.kind == "break" for run in block.runs):
        return _OTHER
    text = said(block.runs)
    if not text:
        return _OTHER
    if role == "signature":
        return _RIGHT + text if block.side == "right" else text
    if block.side == "right":
        return _OTHER
    return " " * (_CENTRED if block.side == "center" else block.look.columns) + text
