"""Raw HTML's tags and texts onto the tree that Markdown builds, so that one may hold the other."""

from html import unescape

from keben.core.markup import VOID, Element
from keben.markdown.paths import shown
from keben.markdown.rawhtml import End, RawText, Refused, Start, tokenize
from keben.markdown.state import State
from keben.markdown.targets import link_attributes, picture
from keben.markdown.tree import BREAK

_PRINTED = frozenset(("alt", "title"))
"""Attributes that hold text of the book."""


def write_html(state: State, html: str) -> None:
    """Add a piece of raw HTML to the tree. It begins at the line at hand, and leaves its last one."""
    first = state.line
    for event in tokenize(html):
        state.line = first + event.line
        match event:
            case Start():
                _start(state, event)
            case End():
                _end(state, event.tag)
            case RawText():
                _text(state, event.text)
            case Refused():
                _refuse(state, event)
    state.line = first + html.count("\n")


def _text(state: State, text: str) -> None:
    if state.in_code:
        text = state.context.clean(unescape(text), state.line)
    else:
        text = state.context.carry(text, state.line, rules=True, resolve=unescape)
    if any(node.tag == "pre" for node in state.tree.stack):
        state.tree.add(text)
        return
    parts = text.split("\n")
    for index, part in enumerate(parts):
        if index:
            part = part.lstrip(" \t")
            state.tree.add(BREAK)
        state.tree.add(part if index == len(parts) - 1 else part.rstrip(" \t"))


def _refuse(state: State, event: Refused) -> None:
    if event.is_broken:
        message = f"“{event.what}” begins a tag that is never finished."
        state.report("raw-html", message, "Finish it, or write &lt; for the sign itself.", event.what)
        state.tree.add(event.what[:1])
    else:
        message = f"{event.what} is not allowed in a book."
        state.report("raw-html", message, "Take it out.", event.what.rstrip(">"))


def _start(state: State, event: Start) -> None:
    for refused in event.refused:
        message = f"{shown(refused)} is not allowed in <{event.tag}>."
        state.report("raw-html", message, "Take it out.", refused.partition("=")[0])
    for passed in event.passed:
        message = f"“{shown(passed)}” in the style of <{event.tag}> is passed over."
        advice = "Take it out; say a width or a height of a picture, and leave the rest to the book's styles."
        state.report("raw-html", message, advice, passed, warning=True)
    attributes = state.without_reserved(
        {
            name: (state.context.carry if name in _PRINTED else state.context.clean)(value, state.line)
            for name, value in event.attributes.items()
        }
    )
    if event.tag == "img":
        source, alt = attributes.pop("src", ""), attributes.pop("alt", "")
        if not any(refused.startswith("src=") for refused in event.refused):
            state.tree.add(picture(state, source, alt, attributes))
    elif event.tag in VOID:
        state.tree.add(Element(event.tag, attributes, (), state.line))
    else:
        if event.tag == "a" and "href" in attributes:
            attributes = link_attributes(state, attributes.pop("href"), attributes)
        if event.tag == "figure" and not {"figure", "table"} & set(attributes.get("class", "").split()):
            attributes["class"] = f"figure {attributes.get('class', '')}".strip()
        state.open(event.tag, attributes, raw=True)


def _end(state: State, tag: str) -> None:
    stack = state.tree.stack
    for index in range(len(stack) - 1, 0, -1):
        if not stack[index].raw:
            break
        if stack[index].tag == tag:
            for node in stack[index + 1 :]:
                message = f"<{node.tag}> is not closed before </{tag}>."
                advice = f"Close it there with </{node.tag}>."
                state.context.report(node.line, "raw-html", message, advice, f"<{node.tag}")
                state.owed.append(node.tag)
            del stack[index:]
            return
    if tag in state.owed:
        state.owed.remove(tag)
        return
    message = f"</{tag}> closes nothing here."
    advice = "Take it out." if tag in VOID else f"Open <{tag}> before it, inside the same element."
    state.report("raw-html", message, advice, f"</{tag}")
