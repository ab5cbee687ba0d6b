"""Captions: which paragraphs are one, and the numbers that word processors write into them."""

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TypeGuard

from keben.project.importers.office.rich import (
    Block,
    Blocks,
    RichParagraph,
    RichRun,
    RichTable,
    Runs,
    said,
    trimmed,
    without_looks,
)

_NUMBER = r"[0-9０-９一二三四五六七八九十IVXA-Z]+(?:[-–—.．·‑－][0-9０-９]+)*"
_LABEL = re.compile(
    rf"\s*(?:图|圖|表|插图|插圖|Figure|Fig\.?|Table)\s*{_NUMBER}(?![\w])[\s\u3000:：.、．]*", re.IGNORECASE
)
_FIGURE = re.compile(r"\s*(?:图|圖|插图|插圖|Figure|Fig)", re.IGNORECASE)

_TABLE = re.compile(r"\s*(?:表|Table)", re.IGNORECASE)
_SENTENCE = re.compile(r"[。；;：:，,]$")

_LONGEST = 80
"""Characters of a caption that no style names."""


def labelled(runs: Runs) -> tuple[str, Runs]:
    """A caption's label (图1), which the book counts itself, and the caption without it."""
    text = "".join(run.text for run in runs if run.kind == "text")
    match = _LABEL.match(text)
    if not match or match.end() == len(text):
        return "", runs
    left = match.end()
    rest: list[RichRun] = []
    for run in runs:
        if run.kind == "text" and left:
            taken = min(left, len(run.text))
            left -= taken
            run = replace(run, text=run.text[taken:])
        rest.append(run)
    return match[0].strip(), trimmed(tuple(rest))


def is_label(text: str) -> bool:
    """Whether a text is a label of a caption alone: 图 1."""
    match = _LABEL.match(text)
    return match is not None and match.end() == len(text)


def with_captions(blocks: Blocks) -> Blocks:
    """Blocks in which captions of tables are the tables', and those of figures stand behind their figure."""
    out: list[Block] = []
    for block, after in zip_longest(blocks, blocks[1:]):
        last = out[-1] if out else None
        if isinstance(after, RichTable) and _heads_table(block):
            block = replace(block, runs=without_looks(block.runs), role="caption")
        if (
            isinstance(block, RichTable)
            and not block.caption
            and _is_caption(last)
            and not _is_of_figure(last)
        ):
            out.pop()
            block = replace(block, caption=last.runs)  # type: ignore[union-attr]
        elif (
            _is_caption(block)
            and isinstance(last, RichTable)
            and not last.caption
            and not _is_of_figure(block)
        ):
            out[-1] = replace(last, caption=block.runs)  # type: ignore[union-attr]
            continue
        elif (
            _shows(block)
            and _is_caption(last)
            and _is_of_figure(last)
            and not (len(out) > 1 and _shows(out[-2]))
        ):
            out[-1:] = [block]
            block = last
        elif (
            isinstance(block, RichParagraph)
            and not block.role
            and _shows(last)
            and _LABEL.match(said(block.runs))
            and len(said(block.runs)) <= _LONGEST
        ):
            block = replace(block, runs=without_looks(block.runs), role="caption")
        out.append(block)
    return tuple(out)


def _heads_table(block: Block) -> TypeGuard[RichParagraph]:
    """Whether a paragraph that no style names is the caption of the table below it: 表1-1　户数."""
    if not isinstance(block, RichParagraph) or block.role:
        return False
    text = said(block.runs)
    return (
        bool(_TABLE.match(text) and _LABEL.match(text))
        and len(text) <= _LONGEST
        and not _SENTENCE.search(text)
    )


def _is_caption(block: Block | None) -> bool:
    return isinstance(block, RichParagraph) and block.role == "caption"


def _is_of_figure(block: Block | None) -> bool:
    return isinstance(block, RichParagraph) and bool(_FIGURE.match(said(block.runs)))


def _shows(block: Block | None) -> bool:
    return (
        isinstance(block, RichParagraph)
        and any(run.kind == "picture" for run in block.runs)
        and not said(block.runs)
    )
