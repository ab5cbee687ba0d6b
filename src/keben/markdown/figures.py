"""Figures and tables, with their captions."""

from collections.abc import Sequence

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from keben.core.markup import Element
from keben.core.patterns import later
from keben.core.saying import wording
from keben.markdown import tolerances
from keben.markdown.braces import set_attributes
from keben.markdown.inlines import image, split_trailing, write_inlines
from keben.markdown.sizes import NAMES, size_style, take_sizes
from keben.markdown.state import State

CAPTION = ": "
"""How the paragraph after a table begins that is its caption."""

_CONTAINER = later(r"[\s>]*")
_CELL = r"[ \t]*:?-+:?[ \t]*"
_RULE = later(rf"(?:\|{_CELL})+\|?|{_CELL}(?:\|{_CELL})+\|?")


def write_figure(state: State, paragraph: Token, picture: Token) -> None:
    """A picture that is alone in its paragraph: a figure, captioned with the picture's title."""
    sizes = {**take_sizes(paragraph), **take_sizes(picture)}
    attributes = {**state.attributes(paragraph), **state.attributes(picture)}
    caption, trailing = split_trailing(picture.meta.get("caption", ()))
    state.report_wrong(trailing.wrong)
    for name, value in state.without_reserved(dict(trailing.values)).items():
        (sizes if name in NAMES else attributes)[name] = value
    shown = image(state, picture, size_style(sizes), "".join(token.content for token in caption))
    if shown.tag != "img":
        _write_instead(state, shown, caption)
        return
    names = f"figure {attributes.pop('class', '')}".strip()
    state.open("figure", {"class": names, **attributes})
    state.tree.add(shown)
    if caption:
        state.open("figcaption")
        write_inlines(state, caption)
        state.close("figcaption")
    state.close("figure")


def _write_instead(state: State, link: Element, caption: Sequence[Token]) -> None:
    """What stands in the place of a picture that is not shown, and its caption: paragraphs, which have no number."""
    state.open("p")
    state.tree.add(link)
    state.close("p")
    if caption:
        state.open("p")
        write_inlines(state, caption)
        state.close("p")


def table_length(tokens: Sequence[Token], position: int) -> int:
    """How many tokens a table takes, with its caption."""
    end = next(index for index in range(position, len(tokens)) if tokens[index].type == "table_close") + 1
    return end - position + (3 if _has_caption(tokens, end) else 0)


def write_table(state: State, tokens: Sequence[Token]) -> None:
    """A table; with the caption of the paragraph after it a figure, the caption first, as books set it."""
    end = next(index for index, token in enumerate(tokens) if token.type == "table_close")
    opening, start = tokens[0], state.line
    if end + 1 == len(tokens):
        state.open("table", state.attributes(opening))
        _write_rows(state, tokens[1:end])
        state.close("table")
        return
    paragraph, inline = tokens[end + 1], tokens[end + 2]
    caption, trailing = split_trailing(inline.children or [])
    set_attributes(paragraph, trailing)
    for name, value in paragraph.attrs.items():
        old = opening.attrs.get("class")
        opening.attrs[name] = f"{old} {value}" if name == "class" and old else value
    attributes = state.attributes(opening)
    figure = state.open("figure", {"class": f"table {attributes.pop('class', '')}".strip(), **attributes})
    state.line = (inline.map or [start - 1])[0] + 1
    state.attributes(paragraph)
    state.open("figcaption")
    caption[0].content = caption[0].content.removeprefix(":").lstrip()
    write_inlines(state, caption)
    state.close("figcaption")
    state.line = start
    state.open("table")
    _write_rows(state, tokens[1:end])
    state.close("table")
    state.close(figure.tag)


def check_paragraph(state: State, inline: Token) -> None:
    """Report a paragraph that was meant to be something else: a table, or its caption."""
    if inline.content.startswith(CAPTION):
        message = wording("This caption follows no table.")
        if state.context.takes(tolerances.STRAY_CAPTION, state.line, CAPTION + inline.content[2:12]):
            return
        advice = wording("Put it right after one, with an empty line between; or take the colon out.")
        state.report("stray-caption", message, advice, CAPTION)
    lines = inline.content.split("\n")
    for offset, line in enumerate(lines[1:], 1):
        if _RULE.fullmatch(line.strip()) and "|" in lines[offset - 1]:
            message = wording(
                "This is not a table: its head and the line below it differ in their number of cells."
            )
            if state.context.takes(tolerances.NO_TABLE, state.line + offset - 1, lines[offset - 1].strip()):
                continue
            state.context.report(
                state.line + offset - 1, "broken-table", message, wording("Make them the same.")
            )


def _has_caption(tokens: Sequence[Token], position: int) -> bool:
    after = tokens[position : position + 2]
    return len(after) == 2 and after[1].type == "inline" and after[1].content.startswith(CAPTION)


def _write_rows(state: State, tokens: Sequence[Token]) -> None:
    columns = sum(token.type == "th_open" for token in tokens)
    for token in _without_empty_head(tokens):
        if token.map:
            state.line = token.map[0] + 1
        if token.type == "inline":
            write_inlines(state, token.children or [])
        elif token.nesting == 1:
            if token.type == "tr_open":
                _check_row(state, columns)
            scope = {"scope": "col"} if token.tag == "th" else {}
            state.open(token.tag, {**state.attributes(token), **scope})
        else:
            state.close(token.tag)


def _without_empty_head(tokens: Sequence[Token]) -> Sequence[Token]:
    """A table's tokens without a head that has no text: how Markdown writes a table that has none."""
    types = [token.type for token in tokens]
    if "thead_close" not in types or "tbody_open" not in types:
        return tokens
    first, last = types.index("thead_open"), types.index("thead_close")
    has_text = any(token.type == "inline" and token.content.strip() for token in tokens[first:last])
    return tokens if has_text else [*tokens[:first], *tokens[last + 1 :]]


def _check_row(state: State, columns: int) -> None:
    """Report a row that the table's rule would cut off, or that was meant to be the caption."""
    line = _CONTAINER.sub("", state.context.lines[state.line - 1], count=1).rstrip()
    cells = escapedSplit(line)
    count = len(cells) - (not cells[0]) - (len(cells) > 1 and not cells[-1])
    if line.startswith(CAPTION) and count == 1:
        message = wording("This caption would become a row of the table.")
        state.report("stray-caption", message, wording("Put an empty line before it."), CAPTION)
    elif count > columns and not state.context.is_generous:
        message = wording(
            "This row has {count} cells, and the table's head {columns}: the rest would be lost.",
            count=count,
            columns=columns,
        )
        state.report("table-row", message, wording("Make them the same; write a bar inside a cell as \\|."))
