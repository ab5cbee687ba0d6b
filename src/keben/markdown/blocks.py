"""markdown-it's block tokens → a tree."""

from collections.abc import Sequence
from itertools import takewhile

from markdown_it.token import Token

from keben.core.markup import Element, Node
from keben.core.saying import wording
from keben.core.variants import own
from keben.markdown.braces import set_attributes
from keben.markdown.codeblocks import write_code
from keben.markdown.context import Context
from keben.markdown.figures import check_paragraph, table_length, write_figure, write_table
from keben.markdown.formulas import write_formula_block
from keben.markdown.grammar import MAX_NESTING, lone_image
from keben.markdown.inlines import split_trailing, write_inlines
from keben.markdown.literary import SCENE
from keben.markdown.rawtree import write_html
from keben.markdown.state import State
from keben.markdown.tree import Growing
from keben.markdown.verse import IDEOGRAPHIC_SPACE

_DASH = "——"
"""How the paragraph begins that names a quotation's source."""


def build(tokens: Sequence[Token], context: Context, line: int = 1) -> tuple[Node, ...]:
    """The blocks of a run of block tokens; ``line`` is theirs as long as they do not say."""
    state = State(context, line)
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.map:
            state.line = token.map[0] + 1
        if token.nesting == 1 and token.level >= MAX_NESTING - 1:
            state.report_depth()
        match token.type:
            case "paragraph_open":
                length = 3
                _paragraph(state, token, tokens[position + 1])
            case "heading_open":
                length = 3
                _heading(state, token, tokens[position + 1])
            case "table_open":
                length = table_length(tokens, position)
                write_table(state, tokens[position : position + length])
            case _:
                length = 1
                _block(state, token)
        position += length
    state.report_open(state.tree.stack[1:])
    return state.tree.finish()


def _paragraph(state: State, token: Token, inline: Token) -> None:
    picture = lone_image(inline)
    if picture is not None and not token.hidden:
        write_figure(state, token, picture)
        return
    check_paragraph(state, inline)
    if token.hidden:
        write_inlines(state, inline.children or [])
        return
    line = state.line
    paragraph = state.open("p", state.attributes(token))
    if state.is_verse:
        state.tree.add(_indent(state))
    write_inlines(state, inline.children or [])
    state.close("p")
    if paragraph.rules and state.tree.take_back(paragraph):
        # It prints nothing, and an empty paragraph would: the rules go on between the blocks.
        state.tree.add(paragraph.rules)
        if paragraph.attributes:
            message = wording("This paragraph holds nothing that is printed, and takes no attributes.")
            state.context.report(line, "attribute", message, wording("Take the braces out."))


def _indent(state: State) -> str:
    """The full-width spaces that a line of verse begins with, which no parser of Markdown keeps."""
    lines = state.context.lines
    text = lines[state.line - 1].lstrip(" \t>") if state.line <= len(lines) else ""
    return text[: len(text) - len(text.lstrip(IDEOGRAPHIC_SPACE))]


def _heading(state: State, token: Token, inline: Token) -> None:
    children, trailing = split_trailing(inline.children or [])
    set_attributes(token, trailing)
    state.open(token.tag, state.attributes(token))
    write_inlines(state, children)
    state.close(token.tag)


def _block(state: State, token: Token) -> None:
    match token.type:
        case "inline":
            write_inlines(state, token.children or [])
        case "fence" | "code_block":
            write_code(state, token)
        case "hr":
            state.tree.add(_break(state, token))
        case "html_block":
            write_html(state, token.content.rstrip("\n"))
        case "maths_block":
            write_formula_block(state, token)
        case "attribute_line":
            _attribute_line(state)
        case "blockquote_close":
            _end_quotation(state)
        case _ if token.nesting == 1:
            state.open(token.tag, state.attributes(token))
        case _:
            state.close(token.tag)


def _break(state: State, token: Token) -> Element:
    """A line between two parts of a text: ``***`` is one between scenes, which has an ornament."""
    attributes = state.attributes(token)
    if token.markup.startswith("*") and "class" not in attributes:
        attributes["class"] = SCENE
    return Element("hr", attributes, (), state.line)


def _attribute_line(state: State) -> None:
    message = wording("These braces have no block after them.")
    state.report(
        "attribute", message, wording("Put them on the line before one, or take them out."), "{", warning=True
    )


def _end_quotation(state: State) -> None:
    """A last paragraph that begins with a dash names the source of a quotation."""
    node = next(node for node in reversed(state.tree.stack) if node.tag == "blockquote" and not node.raw)
    last = next((child for child in reversed(node.children) if isinstance(child, Growing)), None)
    if last is not None and last.tag == "p":
        texts = takewhile(lambda child: isinstance(child, str), last.children)
        if own("".join(text for text in texts if isinstance(text, str))).startswith(_DASH):
            last.tag = "footer"
    state.close("blockquote")
