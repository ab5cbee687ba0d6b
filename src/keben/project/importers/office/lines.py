"""Paragraphs that were written as lines of one paragraph, as text from the web has them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from keben.project.importers.headings import rank_of
from keben.project.importers.office.rich import Block, Blocks, RichParagraph, RichRun, Runs, said, trimmed

_LONG = 20
"""Characters of a line that is no verse."""
_INDENT = re.compile(r"[\u3000\u00a0 ]{2,}\S|\u3000\S|\t")
_END = re.compile(r"[。！？…”」』.!?—]$")


def with_paragraphs(blocks: Blocks) -> Blocks:
    """Blocks in which an empty line ends a paragraph, and lines that are paragraphs by their look are."""
    return tuple(part for block in blocks for part in _parted(block))


def _parted(block: Block) -> Iterator[Block]:
    if not isinstance(block, RichParagraph) or block.role or all(run.kind != "break" for run in block.runs):
        yield block
        return
    for group in _groups(block.runs):
        lines = [line for line in group if trimmed(line)]
        if _are_paragraphs(lines):
            yield from (replace(block, runs=trimmed(line)) for line in lines)
        elif lines:
            joined = [run for line in lines for run in (RichRun("break"), *line)]
            yield replace(block, runs=trimmed(tuple(joined)))


def _groups(runs: Runs) -> Iterator[list[Runs]]:
    """Lines that no empty line parts."""
    group: list[Runs] = []
    line: list[RichRun] = []
    for run in (*runs, RichRun("break")):
        if run.kind != "break":
            line.append(run)
            continue
        if (not trimmed(tuple(line)) or _is_heading(line)) and group:
            yield group
            group = []
        if _is_heading(line):
            yield [tuple(line)]
        elif trimmed(tuple(line)):
            group.append(tuple(line))
        line = []
    if group:
        yield group


def _is_heading(line: list[RichRun]) -> bool:
    return rank_of(said(tuple(line))) in ("part", "chapter", "preface", "afterword", "appendix")


def _are_paragraphs(lines: list[Runs]) -> bool:
    """Whether most of several lines are indented, or long and whole sentences."""
    if len(lines) < 2:
        return True
    texts = [said(line) for line in lines]
    indented = sum(
        bool(line) and line[0].kind == "text" and bool(_INDENT.match(line[0].text)) for line in lines[1:]
    )
    if indented * 2 > len(lines) - 1:
        return True
    whole = sum(bool(_END.search(text)) for text in texts)
    return len(lines) > 2 and sum(map(len, texts)) > _LONG * len(lines) and whole * 3 > len(lines) * 2
