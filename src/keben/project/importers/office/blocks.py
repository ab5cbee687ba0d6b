"""Blocks → Markdown."""

import re
from collections.abc import Sequence

from keben.project.importers.office.captions import labelled
from keben.project.importers.office.rich import (
    DISPLAYED,
    Block,
    Blocks,
    RichCell,
    RichCode,
    RichHeading,
    RichList,
    RichParagraph,
    RichQuote,
    RichRule,
    RichRun,
    RichTable,
    Runs,
)
from keben.project.importers.office.spans import Writing, picture, written

DEEPEST = 6


def markdown(blocks: Blocks, writing: Writing) -> str:
    """Blocks as Markdown, with blank lines between them. Headings of level 1 are the chapter's title."""
    parts: list[str] = []
    last: Block | None = None
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, RichParagraph) and block.role == "caption" and _has_taken(last):
            last = None
            continue
        text = _block(block, after, writing)
        if text and isinstance(block, RichList) and isinstance(last, RichList) and parts:
            # Two lists that follow one another would be one.
            parts.append("<!-- -->")
        if text:
            parts.append(text)
        last = block
    return "\n\n".join(parts)


def _has_taken(block: Block | None) -> bool:
    """Whether a block has the caption behind it."""
    return isinstance(block, RichParagraph) and is_figure(block)


def is_figure(block: RichParagraph) -> bool:
    """Whether a paragraph is one picture, which takes the caption behind it."""
    return sum(run.kind == "picture" for run in block.runs) == 1 and all(
        run.kind in ("picture", "anchor", "break") or not run.text.strip() for run in block.runs
    )


def _block(block: Block, after: Block | None, writing: Writing) -> str:
    match block:
        case RichParagraph():
            return _paragraph(block, after, writing)
        case RichHeading():
            return _heading(block, writing)
        case RichList():
            return _list(block, writing)
        case RichQuote():
            return "\n".join(f"> {line}".rstrip() for line in markdown(block.blocks, writing).split("\n"))
        case RichCode():
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", block.text)), 3)
            return f"{fence}\n{block.text.strip(chr(10))}\n{fence}"
        case RichRule():
            return "* * *"
        case RichTable():
            return _table(block, writing)


def _paragraph(block: RichParagraph, after: Block | None, writing: Writing) -> str:
    if is_figure(block):
        caption = after.runs if isinstance(after, RichParagraph) and after.role == "caption" else ()
        return _figure(block.runs, caption, writing)
    formula = _lone_formula(block.runs)
    if formula is not None:
        return f"$$\n{formula}\n$$"
    text = written(block.runs, writing)
    return f"{{.{block.side}}}\n{text}" if text and block.side else text


def _lone_formula(runs: Runs) -> str | None:
    """The LaTeX of a formula in lines of its own that is all there is in a paragraph; None: something else is."""
    shown = [
        run
        for run in runs
        if run.kind not in ("anchor", "break") and (run.kind != "text" or run.text.strip())
    ]
    is_alone = len(shown) == 1 and shown[0].kind == "math" and shown[0].more == DISPLAYED
    return shown[0].text if is_alone and "$" not in shown[0].text else None


def _figure(runs: Runs, caption: Runs, writing: Writing) -> str:
    shown = next(run for run in runs if run.kind == "picture")
    names = [
        writing.anchors[run.text]
        for run in (*runs, *caption)
        if run.kind == "anchor" and run.text in writing.anchors
    ]
    path = writing.pictures.get(shown.text)
    words = written(tuple(run for run in labelled(caption)[1] if run.kind != "anchor"), writing)
    if not path:
        return "\n\n".join(filter(None, (written(runs, writing), words)))
    text = picture(shown, path, words.replace("\\\n", " "))
    if names:
        return text[:-1] + f" #{names[0]}}}" if text.endswith("}") else f"{text}{{#{names[0]}}}"
    return text


def _heading(block: RichHeading, writing: Writing) -> str:
    anchors = [run for run in block.runs if run.kind == "anchor"]
    name = next((writing.anchors[run.text] for run in anchors if run.text in writing.anchors), "")
    runs = tuple(
        RichRun("text", " ") if run.kind == "break" else run for run in block.runs if run.kind != "anchor"
    )
    text = written(runs, writing, begins=False)
    if not text:
        return ""
    if block.level > DEEPEST:
        return f"**{text}**"
    text = re.sub(r"(#+)$", r"\\\1", text)
    return f"{'#' * block.level} {text}" + (f" {{#{name}}}" if name else "")


def _list(block: RichList, writing: Writing) -> str:
    if block.ordered and block.letters != "1":
        items = (f"<li>\n\n{markdown(item, writing)}\n\n</li>" for item in block.items)
        start = f' start="{block.start}"' if block.start != 1 else ""
        return f'<ol type="{block.letters}"{start}>\n' + "\n".join(items) + "\n</ol>"
    loose = any(len(item) > 1 and not isinstance(item[1], RichList) for item in block.items)
    parts = []
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else "- "
        inner = tuple(each for each in item if not isinstance(each, RichList))
        has_html = any(isinstance(each, RichList) and each.ordered and each.letters != "1" for each in item)
        is_tight = not loose and not has_html and len(inner) == 1 and item[0] is inner[0]
        text = (
            "\n".join(_block(each, None, writing) for each in item) if is_tight else markdown(item, writing)
        )
        indent = " " * len(mark)
        lines = text.split("\n")
        parts.append(
            mark + "\n".join((indent + line if line and at else line) for at, line in enumerate(lines))
        )
    return ("\n\n" if loose else "\n").join(parts)


def _table(block: RichTable, writing: Writing) -> str:
    rows = tuple(row for row in block.rows if row)
    if not rows:
        return ""
    caption = labelled(block.caption)[1]
    if _is_plain(rows, block.heads):
        return _pipes(rows, caption, block.caption, writing)
    return _html(rows, block.heads, caption, writing)


def _is_plain(rows: Sequence[tuple[RichCell, ...]], heads: int) -> bool:
    """Whether a table may be written with pipes: one row of head, single cells, one paragraph in each."""
    width = len(rows[0])
    return (
        heads <= 1
        and width > 1
        and len(rows) > 1
        and all(len(row) == width for row in rows)
        and all(cell.columns == cell.rows == 1 and _is_line(cell.blocks) for row in rows for cell in row)
        and (heads == 1 or all(cell.head for cell in rows[0]))
    )


def _is_line(blocks: Blocks) -> bool:
    return not blocks or (
        len(blocks) == 1
        and isinstance(blocks[0], RichParagraph)
        and all(run.kind != "break" for run in blocks[0].runs)
    )


def _pipes(rows: Sequence[tuple[RichCell, ...]], caption: Runs, whole: Runs, writing: Writing) -> str:
    sides = []
    for number in range(len(rows[0])):
        column = [row[number].blocks[0] for row in rows[1:] if row[number].blocks]
        found = {each.side for each in column if isinstance(each, RichParagraph)}
        sides.append(
            {"right": "---:", "center": ":---:"}.get(next(iter(found)) if len(found) == 1 else "", "---")
        )
    lines = []
    for row in rows:
        cells = (
            written(cell.blocks[0].runs, writing)
            if cell.blocks and isinstance(cell.blocks[0], RichParagraph)
            else ""
            for cell in row
        )
        lines.append("| " + " | ".join(cells) + " |")
    lines.insert(1, "| " + " | ".join(sides) + " |")
    words = written(tuple(run for run in caption if run.kind != "anchor"), writing)
    names = [
        writing.anchors[run.text] for run in whole if run.kind == "anchor" and run.text in writing.anchors
    ]
    if words:
        lines += ["", f": {words}" + (f" {{#{names[0]}}}" if names else "")]
    return "\n".join(lines)


def _html(rows: Sequence[tuple[RichCell, ...]], heads: int, caption: Runs, writing: Writing) -> str:
    """As HTML around Markdown: an empty line ends the HTML for Markdown (CommonMark 0.31, 4.6)."""
    words = written(caption, writing)
    # The book counts the captions of figures.
    lines = [f'<figure class="table">\n<figcaption>\n\n{words}\n\n</figcaption>'] if words else []
    lines.append("<table>")
    for name, part, cell_name in (("thead", rows[:heads], "th"), ("tbody", rows[heads:], "td")):
        if not part:
            continue
        lines.append(f"<{name}>")
        for row in part:
            lines.append("<tr>")
            lines += (_cell(cell, cell_name, writing) for cell in row)
            lines.append("</tr>")
        lines.append(f"</{name}>")
    return "\n".join((*lines, "</table>", *(("</figure>",) if words else ())))


def _cell(cell: RichCell, name: str, writing: Writing) -> str:
    name = "th" if cell.head else name
    sides = {block.side for block in cell.blocks if isinstance(block, RichParagraph)}
    side = next(iter(sides)) if len(sides) == 1 else ""
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    opening = f"<{name}{spans}" + (f' class="{side}"' if side else "") + ">"
    plain = tuple(
        RichParagraph(block.runs, "", block.role, block.look)
        if isinstance(block, RichParagraph) and side
        else block
        for block in cell.blocks
    )
    text = markdown(plain, writing)
    return f"{opening}\n\n{text}\n\n</{name}>" if text else f"{opening}</{name}>"
