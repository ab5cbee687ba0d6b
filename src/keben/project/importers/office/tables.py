"""A table → Markdown: with pipes where they can say it, as a box where it only frames a text, else as HTML."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from keben.project.importers.office.captions import labelled
from keben.project.importers.office.rich import (
    Block,
    Blocks,
    RichCell,
    RichParagraph,
    RichRun,
    RichTable,
    Runs,
    said,
    trimmed,
)
from keben.project.importers.office.spans import Writing, written

WriteBlocks = Callable[[Blocks, Writing], str]
"""Writes the blocks of a cell that are more than lines."""

_Row: TypeAlias = tuple[RichCell, ...]

_MOST_LINES = 4
"""Of a cell with pipes. A cell with more is a text, which nobody reads in one line of Markdown."""
_BREAK = "<br>"


def table(block: RichTable, writing: Writing, write: WriteBlocks) -> str:
    """A table as Markdown. One that has no head gets an empty one, which is none in the book."""
    rows = tuple(row for row in block.rows if row)
    if not rows:
        return ""
    caption = labelled(block.caption)[1]
    if not caption and len(rows) == len(rows[0]) == 1:
        return _box(rows[0][0], writing, write)
    if _is_plain(rows, block.heads):
        has_head = block.heads == 1 or all(cell.head for cell in rows[0])
        return _pipes(rows, caption, writing, has_head=has_head)
    return _html(replace(block, rows=rows, caption=caption), writing, write)


def _box(cell: RichCell, writing: Writing, write: WriteBlocks) -> str:
    """What a table of one cell frames."""
    text = write(cell.blocks, writing)
    if not text:
        return ""
    fence = ":" * max(3, *(len(line) - len(line.lstrip(":")) + 1 for line in text.split("\n")))
    return f"{fence} {{.box}}\n{text}\n{fence}"


def _is_plain(rows: Sequence[_Row], heads: int) -> bool:
    """Whether a table may be written with pipes: at most one row of head, single cells, few lines in each."""
    width = len(rows[0])
    return (
        heads <= 1
        and all(len(row) == width for row in rows)
        and all(_is_single(cell) and _has_lines(cell.blocks) for row in rows for cell in row)
        and not any(cell.head for row in rows[1:] for cell in row)
        and (heads == 1 or len({cell.head for cell in rows[0]}) == 1)
    )


def _is_single(cell: RichCell) -> bool:
    return cell.columns == cell.rows == 1


def _has_lines(blocks: Blocks) -> bool:
    return all(map(_is_text, blocks)) and sum(1 for _ in _lines(blocks)) <= _MOST_LINES


def _is_text(block: Block) -> bool:
    return isinstance(block, RichParagraph) and block.role != "caption"


def _lines(blocks: Blocks) -> Iterator[Runs]:
    """The lines of a cell's paragraphs."""
    for block in blocks:
        if not isinstance(block, RichParagraph):
            continue
        line: list[RichRun] = []
        for run in (*block.runs, RichRun("break")):
            if run.kind != "break":
                line.append(run)
            elif runs := trimmed(tuple(line)):
                yield runs
                line = []


def _in_line(cell: RichCell, writing: Writing) -> str:
    return _BREAK.join(written(line, writing) for line in _lines(cell.blocks))


def _sides(blocks: Blocks) -> set[str]:
    return {block.side for block in blocks if isinstance(block, RichParagraph)}


def _pipes(rows: Sequence[_Row], caption: Runs, writing: Writing, *, has_head: bool) -> str:
    signs = {"right": "---:", "center": ":---:"}
    body = rows[1:] if has_head else rows
    sides = []
    for number in range(len(rows[0])):
        found = {side for row in body for side in _sides(row[number].blocks)}
        sides.append(signs.get(next(iter(found)) if len(found) == 1 else "", "---"))
    head = [_in_line(cell, writing) for cell in rows[0]] if has_head else [""] * len(sides)
    lines = [
        _piped(head),
        _piped(sides),
        *(_piped(_in_line(cell, writing) for cell in row) for row in body),
    ]
    words, name = _captioned(caption, writing)
    if words:
        lines += ["", f": {words}" + (f" {{#{name}}}" if name else "")]
    return "\n".join(lines)


def _captioned(caption: Runs, writing: Writing) -> tuple[str, str]:
    """A caption as Markdown, and the id of what leads to its table; empty: nothing does."""
    anchors = (run.text for run in caption if run.kind == "anchor")
    name = next((writing.anchors[each] for each in anchors if each in writing.anchors), "")
    return written(tuple(run for run in caption if run.kind != "anchor"), writing), name


def _piped(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _html(block: RichTable, writing: Writing, write: WriteBlocks) -> str:
    """As HTML around Markdown: an empty line ends the HTML for Markdown (CommonMark 0.31, 4.6)."""
    words, own = _captioned(block.caption, writing)
    more = f' id="{own}"' if own else ""
    # The book counts the captions of figures.
    lines = [f'<figure class="table"{more}>\n<figcaption>\n\n{words}\n\n</figcaption>'] if words else []
    lines.append("<table>")
    rows, heads = block.rows, block.heads
    for name, part, cell_name in (("thead", rows[:heads], "th"), ("tbody", rows[heads:], "td")):
        if part:
            lines.append(f"<{name}>")
            lines += (_row(row, cell_name, writing, write) for row in part)
            lines.append(f"</{name}>")
    return "\n".join((*lines, "</table>", *(("</figure>",) if words else ())))


def _row(row: _Row, name: str, writing: Writing, write: WriteBlocks) -> str:
    """A row in one line where its cells are plain text: so it can still be read and corrected."""
    opened = [_opening(cell, name) for cell in row]
    texts = [_plain_text(cell, writing) for cell in row]
    if all(text is not None for text in texts):
        cells = (f"<{tag}{more}>{text}</{tag}>" for (tag, more), text in zip(opened, texts, strict=True))
        return f"<tr>{''.join(cells)}</tr>"
    lines = []
    for (tag, more), cell in zip(opened, row, strict=True):
        text = write(_without_sides(cell.blocks) if len(_sides(cell.blocks)) == 1 else cell.blocks, writing)
        lines.append(f"<{tag}{more}>\n\n{text}\n\n</{tag}>" if text else f"<{tag}{more}></{tag}>")
    return "\n".join(("<tr>", *lines, "</tr>"))


def _opening(cell: RichCell, name: str) -> tuple[str, str]:
    """The name of a cell's element, and its attributes."""
    sides = _sides(cell.blocks)
    side = next(iter(sides)) if len(sides) == 1 else ""
    pairs = (
        (f' colspan="{cell.columns}"', cell.columns > 1),
        (f' rowspan="{cell.rows}"', cell.rows > 1),
        (f' class="{side}"', bool(side)),
    )
    return "th" if cell.head else name, "".join(text for text, is_said in pairs if is_said)


def _plain_text(cell: RichCell, writing: Writing) -> str | None:
    """What a cell says, where HTML and Markdown write it alike; None: they do not."""
    if not _has_lines(cell.blocks):
        return None
    lines = list(_lines(cell.blocks))
    is_alike = all(
        written(line, writing) == said(line) and not any(sign in said(line) for sign in "&<{$\\")
        for line in lines
    )
    return _BREAK.join(map(said, lines)) if is_alike else None


def _without_sides(blocks: Blocks) -> Blocks:
    return tuple(replace(block, side="") if isinstance(block, RichParagraph) else block for block in blocks)
