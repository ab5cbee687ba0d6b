"""Blocks of code: fenced and indented ones, and formulas in lines of their own."""

from hashlib import sha256

from markdown_it.token import Token

from keben.core.code import FIRST, LANGUAGE, MARKED
from keben.core.markup import Element
from keben.core.saying import wording
from keben.markdown import tolerances
from keben.markdown.dialects import DIAGRAMS, FORMULAS, undrawn
from keben.markdown.fences import Info, is_closed, read_info
from keben.markdown.formulas import write_formula_block
from keben.markdown.liquidcode import CLOSED
from keben.markdown.sizes import size_style, take_sizes
from keben.markdown.state import State
from keben.markdown.targets import picture

_LONGEST_ALT = 300
"""Characters of an alternative text that is made of a drawing's own words."""


def write_code(state: State, token: Token) -> None:
    """Add a block of code to the tree, or the picture that its first line names."""
    info = read_info(token.info) if token.type == "fence" else Info()
    if info.picture:
        _drawn(state, token, info)
    elif info.language in FORMULAS and token.content.strip():
        write_formula_block(state, token, token.content.strip())
    elif info.language not in DIAGRAMS or not _diagram(state, token, info):
        _printed(state, token, info)
    is_open = token.type == "fence" and token.map and not is_closed(token.content, *token.map)
    if is_open and CLOSED not in token.meta:
        if state.context.takes(tolerances.OPEN_FENCE, state.line, token.markup):
            return
        message = wording("This code block is never closed, and takes all that follows.")
        state.report(
            "open-fence",
            message,
            wording("Close it with a line of {markup}.", markup=token.markup),
            token.markup,
        )


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


def _diagram(state: State, token: Token, info: Info) -> bool:
    """Draw what a block of code describes; False where it is printed as code."""
    from keben.pictures.diagrams import DRAWN, NotDrawnError, draw, labels

    source = state.context.clean(token.content, state.line)
    reason = ""
    if info.language in DRAWN:
        try:
            root = draw(info.language, source)
        except NotDrawnError as error:
            reason = str(error)
        else:
            path = f"images/diagram-{sha256(f'{info.language} {source}'.encode()).hexdigest()[:16]}.svg"
            state.context.drawings[path] = root
            said = info.alt or info.title or "、".join(labels(root))[:_LONGEST_ALT]
            alt = state.context.carry(said, state.line)
            shown = Element("img", {"src": path, "alt": alt, **size_style(take_sizes(token))}, (), state.line)
            _add_figure(state, token, info, shown)
            return True
    state.context.see(undrawn(reason), state.line, token.markup + token.info.strip())
    return False


def _drawn(state: State, token: Token, info: Info) -> None:
    """A figure with the picture that was drawn from the code."""
    sizes = size_style(take_sizes(token))
    said = info.alt or (info.title if state.context.is_generous else "")
    shown = picture(state, info.picture, state.context.carry(said, state.line), sizes)
    _add_figure(state, token, info, shown)


def _add_figure(state: State, token: Token, info: Info, shown: Element) -> None:
    """A figure with a picture; the block's title is its caption."""
    said = state.attributes(token)
    names = f"figure {said.pop('class', '')}".strip()
    title = state.context.carry(info.title, state.line)
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
