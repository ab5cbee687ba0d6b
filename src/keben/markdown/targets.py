"""What pictures and links lead to, Markdown's and raw HTML's alike."""

from collections.abc import Mapping

from keben.core.markup import Element
from keben.core.saying import wording
from keben.core.variants import prints
from keben.markdown import tolerances
from keben.markdown.loosepaths import described, remote_address
from keben.markdown.paths import Problem, shown
from keben.markdown.state import State

_SHOWN = 30
"""How much of an address that holds a picture's bytes a message needs."""


def picture(state: State, source: str, alt: str, attributes: Mapping[str, str]) -> Element:
    """An ``img``; its ``src`` is the path of an asset, or empty if there is none.

    In the place of one on the web a generous reader puts a link; where a folder is built as it is, the alternative
    text in the place of one that is not there.
    """
    path = state.context.picture(source)
    if (
        isinstance(path, Problem)
        and path.kind is tolerances.REMOTE_PICTURE
        and (href := remote_address(source))
    ):
        state.context.takes(tolerances.REMOTE_PICTURE, state.line, source)
        return address_link(state, href, alt if prints(alt) else source)
    if isinstance(path, Problem) and path.kind:
        state.context.takes(path.kind, state.line, source)
        text = state.context.clean(alt if prints(alt) else source, state.line)
        return Element("span", {}, (text,), state.line)
    if isinstance(path, Problem):
        state.context.problem(state.line, path, source)
        path = ""
    if source and not prints(alt):
        if not state.context.needs_alt and state.context.takes(tolerances.NO_ALT, state.line, source):
            return Element("img", {"src": path, "alt": alt, **attributes}, (), state.line)
        message = wording("The picture “{source}” has no alternative text.", source=shown(source))
        state.report("missing-alt", message, wording("Say in it what the picture shows."), source)
    return Element("img", {"src": path, "alt": alt, **attributes}, (), state.line)


def address_link(state: State, href: str, text: str) -> Element:
    """A link with an address for its text; in another link the text alone."""
    is_linked = any(node.tag == "a" for node in state.tree.stack)
    text = state.context.clean(text, state.line)
    return Element("span" if is_linked else "a", {} if is_linked else {"href": href}, (text,), state.line)


def link_attributes(state: State, target: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes of a link, with where it leads; nowhere if that is no place for a book's link."""
    href = state.context.link(target)
    if isinstance(href, Problem):
        if href.kind is None or not state.context.takes(href.kind, state.line, described(target)):
            state.context.problem(state.line, href, target)
        return dict(attributes)
    return {"href": href, **attributes}
