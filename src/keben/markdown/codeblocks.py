"""Blocks of code: fenced and indented ones, and formulas in lines of their own."""

from markdown_it.token import Token

from keben.core.code import FIRST, LANGUAGE, MARKED
from keben.core.markup import Element
from keben.markdown import tolerances
from keben.markdown.fences import Info, is_closed, read_info
from keben.markdown.inlines import MATHS
from keben.markdown.sizes import size_style, take_sizes
from keben.markdown.state import State
from keben.markdown.targets import picture


def write_code(state: State, token: Token) -> None:
    """Add a block of code to the tree, or the picture that its first line names."""
    info = read_info(token.info) if token.type == "fence" else Info()
    if info.picture:
        _drawn(state, token, info)
    else:
        _printed(state, token, info)
    if token.type == "fence" and token.map and not is_closed(token.content, *token.map):
        if state.context.takes(tolerances.OPEN_FENCE, state.line, token.markup):
            return
        message = "This code block is never closed, and takes all that follows."
        state.report("open-fence", message, f"Close it with a line of {token.markup}.", token.markup)


def write_formula(state: State, token: Token) -> None:
    """Add a formula in lines of its own, as it is written."""
    code = Element("code", {}, (state.context.clean(token.content, state.line),))
    state.tree.add(Element("pre", {"class": MATHS, **state.attributes(token)}, (code,), state.line))


def _printed(state: State, token: Token, info: Info) -> None:
    if info.title:
        title = state.context.carry(info.title, state.line)
        state.tree.add(Element("p", {"class": "code-title"}, (title,), state.line))
    text = state.context.clean(token.content, state.line)
    language = {"class": LANGUAGE + info.language} if info.language.isprintable() and info.language else {}
    code = Element("code", language, (text,) if text else ())
    said = dict(state.attributes(token))
    if info.marked:
        said[MARKED] = " ".join(f"{first}-{last}" for first, last in info.marked)
    if info.first is not None:
        said[FIRST] = str(info.first)
    state.tree.add(Element("pre", said, (code,), state.line))


def _drawn(state: State, token: Token, info: Info) -> None:
    """A figure with the picture that was drawn from the code; the block's title is its caption."""
    sizes = size_style(take_sizes(token))
    said = state.attributes(token)
    names = f"figure {said.pop('class', '')}".strip()
    title = state.context.carry(info.title, state.line)
    alt = state.context.carry(info.alt, state.line) or (title if state.context.is_generous else "")
    shown = picture(state, info.picture, alt, sizes)
    caption = Element("figcaption", {}, (title,))
    if shown.tag != "img":
        # A link in the place of a picture on the web is a paragraph, and so is its caption.
        state.tree.add(Element("p", {}, (shown,), state.line))
        if title:
            state.tree.add(Element("p", {}, (title,), state.line))
        return
    state.tree.add(
        Element("figure", {"class": names, **said}, (shown, *((caption,) if title else ())), state.line)
    )
