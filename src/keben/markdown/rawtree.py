"""Raw HTML's tags and texts onto the tree that Markdown builds, so that one may hold the other."""

import re
from html import unescape

from keben.core.formulas import BLOCK, is_displayed
from keben.core.markup import BLOCKS, VOID, Element, MarkupError
from keben.core.saying import wording
from keben.markdown import tolerances
from keben.markdown.formulas import with_formulas
from keben.markdown.paths import shown
from keben.markdown.rawdrawing import raw_drawing
from keben.markdown.rawevents import End, RawDrawing, RawMaths, RawText, Refused, Start, Taken
from keben.markdown.rawhtml import tokenize
from keben.markdown.rawmath import raw_formula
from keben.markdown.state import OPTIONAL_ENDS, State
from keben.markdown.targets import address_link, link_attributes, picture
from keben.markdown.tree import BREAK

_PRINTED = frozenset(("alt", "title"))
"""Attributes that hold text of the book."""


def write_html(state: State, html: str, *, draws: bool = True) -> None:
    """Add a piece of raw HTML to the tree. It begins at the line at hand, and leaves its last one.

    A drawing in it is shown if ``draws``; else its words stay.
    """
    first = state.line
    is_generous = state.context.is_generous
    for event in tokenize(html, is_generous=is_generous, draws=draws and is_generous):
        state.line = first + event.line
        match event:
            case Start():
                _start(state, event)
            case End():
                _end(state, event.tag)
            case RawText():
                _text(state, event.text)
            case RawMaths():
                _maths(state, event.html)
            case RawDrawing():
                _drawing(state, event.html)
            case Refused():
                _refuse(state, event)
            case Taken():
                _take(state, event)
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
        state.tree.add(*with_formulas(state, part if index == len(parts) - 1 else part.rstrip(" \t")))


def _maths(state: State, html: str) -> None:
    """Add a formula; one that is displayed and stands in no paragraph takes lines of its own."""
    written = state.context.clean(" ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split()), state.line)
    if state.in_code:
        state.tree.add(written)
        return
    try:
        formula = raw_formula(state.context.clean(html, state.line))
    except MarkupError:
        state.context.takes(tolerances.MATHS, state.line, html)
        state.tree.add(written)
        return
    if is_displayed(formula) and not any(node.tag == "p" for node in state.tree.stack):
        state.tree.add(Element("div", {"class": BLOCK}, (formula,), state.line))
    else:
        inline = {name: value for name, value in formula.attributes.items() if name != "display"}
        state.tree.add(Element(formula.tag, inline, formula.children))


def _drawing(state: State, html: str) -> None:
    """Add a drawing as a picture of the book; what cannot be drawn leaves its words."""
    drawn = None if state.in_code else raw_drawing(state.context.clean(html, state.line))
    if drawn is None:
        write_html(state, html, draws=False)
        return
    path, root, said = drawn
    state.context.drawings[path] = root
    if not said:
        state.context.takes(tolerances.MUTE_DRAWING, state.line, "<svg")
    alt = state.context.carry(said, state.line)
    state.tree.add(Element("img", {"src": path, "alt": alt}, (), state.line))


def _refuse(state: State, event: Refused) -> None:
    if event.is_broken:
        message = wording("“{what}” begins a tag that is never finished.", what=event.what)
        state.report(
            "raw-html", message, wording("Finish it, or write &lt; for the sign itself."), event.what
        )
        state.tree.add(event.what[:1])
    else:
        message = wording("{what} is not allowed in a book.", what=event.what)
        state.report("raw-html", message, wording("Take it out."), event.what.rstrip(">"))


_KINDS = {
    "tag": tolerances.UNKNOWN_TAG,
    "broken": tolerances.BROKEN_TAG,
    "declaration": tolerances.DECLARATION,
    "look": tolerances.LOOK_TAG,
    "media": tolerances.MEDIA,
    "dropped": tolerances.DROPPED,
    "component": tolerances.COMPONENT,
}


def _take(state: State, event: Taken) -> None:
    """Print what is text after all, and put a link in the place of what cannot be shown."""
    state.context.takes(_KINDS[event.kind], state.line, event.what)
    if event.kind in ("tag", "declaration"):
        state.tree.add(state.context.clean(event.what, state.line))
    elif event.kind == "broken":
        state.tree.add(event.what[:1])
    elif event.address:
        href = state.context.link(event.address)
        if isinstance(href, str) and not href.startswith("#"):
            state.tree.add(address_link(state, href, event.address))


_ENDED = {
    "li": ({"li"}, {"ul", "ol"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ({"thead", "tbody", "tfoot", "tr", "td", "th"}, {"table"})),
    "rt": ({"rt", "rp"}, {"ruby"}),
    "rp": ({"rt", "rp"}, {"ruby"}),
}
"""Elements that a tag ends without saying so, and those in which it looks for them (HTML, 13.1.2.4)."""


def _end_implied(state: State, tag: str) -> None:
    """Close what a tag ends: an item before the next item, a paragraph before a block."""
    ended, inside = _ENDED.get(tag, (set(), set()))
    if tag in BLOCKS and state.tree.top.raw and state.tree.top.tag == "p":
        ended, inside = {*ended, "p"}, inside
    stack = state.tree.stack
    last = len(stack)
    for index in range(len(stack) - 1, 0, -1):
        if not stack[index].raw or stack[index].tag in inside:
            break
        if stack[index].tag in ended:
            last = index
        elif stack[index].tag not in ("p", *ended):
            break
    del stack[last:]


def _start(state: State, event: Start) -> None:
    if state.context.is_generous:
        _end_implied(state, event.tag)
    for dropped in event.dropped:
        state.context.takes(tolerances.HTML_ATTRIBUTE, state.line, dropped)
    for refused in event.refused:
        message = wording("{refused} is not allowed in <{tag}>.", refused=shown(refused), tag=event.tag)
        state.report("raw-html", message, wording("Take it out."), refused.partition("=")[0])
    for passed in event.passed:
        message = wording(
            "“{passed}” in the style of <{tag}> is passed over.", passed=shown(passed), tag=event.tag
        )
        advice = wording(
            "Take it out; say a width or a height of a picture, and leave the rest to the book's styles."
        )
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
                if state.forgives_open(node):
                    state.owed.append(node.tag)
                    continue
                message = f"<{node.tag}> is not closed before </{tag}>."
                advice = f"Close it there with </{node.tag}>."
                state.context.report(node.line, "raw-html", message, advice, f"<{node.tag}")
                state.owed.append(node.tag)
            del stack[index:]
            return
    if tag in state.owed:
        state.owed.remove(tag)
        return
    if state.context.is_generous and (
        tag in OPTIONAL_ENDS or state.context.takes(tolerances.STRAY_END, state.line, f"</{tag}")
    ):
        return
    message = f"</{tag}> closes nothing here."
    advice = (
        wording("Take it out.")
        if tag in VOID
        else wording("Open <{tag}> before it, inside the same element.", tag=tag)
    )
    state.report("raw-html", message, advice, f"</{tag}")
