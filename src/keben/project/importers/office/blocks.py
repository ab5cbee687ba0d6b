"""Blocks → Markdown."""

import re

from keben.project.importers.office.captions import labelled
from keben.project.importers.office.rich import (
    DISPLAYED,
    Block,
    Blocks,
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
from keben.project.importers.office.tables import table

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
            return table(block, writing, markdown)


def _paragraph(block: RichParagraph, after: Block | None, writing: Writing) -> str:
    if is_figure(block):
        caption = after.runs if isinstance(after, RichParagraph) and after.role == "caption" else ()
        return _figure(block.runs, caption, writing)
    formula = _lone_formula(block.runs)
    if formula is not None:
        return f"$$\n{formula}\n$$"
    text = written(block.runs, writing)
    if block.role in ("verse", "signature"):
        return f"{{.{block.role}}}\n{text}" if text else ""
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
