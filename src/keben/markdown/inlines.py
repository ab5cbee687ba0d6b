"""A block's inline tokens → text and inline elements."""

from collections.abc import Callable, Mapping, Sequence

from markdown_it.token import Token

from keben.core.markup import Element
from keben.core.saying import wording
from keben.core.variants import prints
from keben.markdown import tolerances
from keben.markdown.braces import Attributes, has_no_class, looks_like_attributes, read_braces
from keben.markdown.dialects import INCLUDE, NO_NAME, STRAY_BRACES, TEMPLATE
from keben.markdown.formulas import write_formula
from keben.markdown.linebreaks import fold
from keben.markdown.loosestars import BLANK
from keben.markdown.notation import AROUND
from keben.markdown.paths import shown
from keben.markdown.rawtree import write_html
from keben.markdown.ruby import READINGS, pairs, ruby_element
from keben.markdown.shortcodes import meaning
from keben.markdown.sizes import size_style, take_sizes
from keben.markdown.state import State
from keben.markdown.targets import address_link, link_attributes, picture
from keben.markdown.tree import BREAK, Growing
from keben.markdown.verse import IDEOGRAPHIC_SPACE

_TAGS = {"s": "del"}
"""markdown-it's tags that a book writes otherwise."""


def write_inlines(state: State, tokens: Sequence[Token]) -> None:
    """Add the inline tokens of one block to the innermost open element."""
    depth = len(state.tree.stack)
    for before, token, after in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        if token.type == "text":
            token.content = _within_strong(before, token.content, after)
        _write(state, token)
    left = state.tree.stack[depth:]
    del state.tree.stack[depth:]
    state.report_open(left)


def _within_strong(before: Token | None, text: str, after: Token | None) -> str:
    """A text without the spaces that it begins or ends strong text with (`keben.markdown.loosestars`)."""
    if before is not None and before.type == "strong_open":
        text = text.lstrip(BLANK)
    return text.rstrip(BLANK) if after is not None and after.type == "strong_close" else text


def split_trailing(tokens: Sequence[Token]) -> tuple[list[Token], Attributes]:
    """A heading's or caption's tokens without the braces at their end, and what those set."""
    kept = list(tokens)
    if not kept or kept[-1].type != "braces" or not looks_like_attributes(kept[-1].content):
        return kept, Attributes()
    attributes = read_braces(kept.pop().content[1:-1])
    if kept and kept[-1].type == "text":
        kept[-1].content = kept[-1].content.rstrip()
    return kept, attributes


def _write(state: State, token: Token) -> None:
    write = _WRITERS.get(token.type)
    if write:
        write(state, token)
    elif token.nesting == 1:
        state.open(_TAGS.get(token.tag, token.tag), state.attributes(token))
    else:
        state.close(_TAGS.get(token.tag, token.tag))


def _soft_break(state: State, _: Token) -> None:
    state.line += 1
    state.tree.add(Element("br", {}) if state.keeps_lines else BREAK)


def _hard_break(state: State, _: Token) -> None:
    state.line += 1
    state.tree.add(Element("br", {}))


def _code(state: State, token: Token) -> None:
    text = state.context.clean(token.content, state.line)
    state.tree.add(Element("code", state.attributes(token), (text,)))


def _image(state: State, token: Token) -> None:
    title = str(token.attrGet("title") or "")
    if not state.context.is_generous:
        _report_title(
            state,
            token,
            wording("picture in a line of text"),
            wording("Let it stand alone, or take the title out."),
        )
    elif title and prints(fold(_plain(state, token.children or []))):
        state.context.takes(tolerances.LOST_TITLE, state.line, title)
    sizes = size_style(take_sizes(token))
    state.tree.add(image(state, token, {**state.attributes(token), **sizes}, title))


def _template(state: State, token: Token) -> None:
    found = meaning(token.content) if state.context.is_generous else None
    if found is None:
        state.context.see(INCLUDE if token.content.startswith("{{#") else TEMPLATE, state.line, token.content)
        state.tree.add(state.context.clean(token.content, state.line))
    elif found.address:
        state.context.takes(tolerances.EMBEDDED, state.line, token.content)
        state.tree.add(address_link(state, found.address, found.address))


def _link(state: State, token: Token) -> None:
    if not state.context.is_generous:
        _report_title(state, token, "link", wording("Write it into the text, or take it out."))
    state.open("a", link_attributes(state, str(token.attrGet("href") or ""), state.attributes(token)))


def _abbreviation(state: State, token: Token) -> None:
    title = state.context.carry(str(token.attrGet("title") or ""), state.line)
    state.open("abbr", {"title": title})


def _text(state: State, token: Token) -> None:
    text, children = token.content, state.tree.top.children
    if text.startswith(IDEOGRAPHIC_SPACE) and children and children[-1] is BREAK:
        message = wording(
            "This line starts with an indent, but no blank line is above it: it joins the paragraph before."
        )
        state.report(
            "indented-line", message, wording("Put an empty line before it."), IDEOGRAPHIC_SPACE, warning=True
        )
    is_broken = text.startswith("](") and children and isinstance(children[-1], Element | Growing)
    if is_broken and not state.context.takes(tolerances.NO_LINK, state.line, "]("):
        message = wording("This is not a link: a link's text cannot hold a note or another link.")
        state.report("broken-link", message, wording("Move that behind the link."), "](")
    state.tree.add(state.context.clean(text, state.line))


def _braces(state: State, token: Token) -> None:
    text = token.content
    source = state.context.lines[state.line - 1] if state.line <= len(state.context.lines) else ""
    if source.lstrip(" >").startswith(":::"):
        pass  # Reported as what it is, a container.
    elif looks_like_attributes(text):
        state.context.see(STRAY_BRACES, state.line, text)
    elif has_no_class(text):
        state.context.see(NO_NAME, state.line, text)
    state.tree.add(state.context.clean(text, state.line))


def _ruby(state: State, token: Token) -> None:
    base, readings = (state.context.carry(text, state.line) for text in (token.content, token.meta[READINGS]))
    state.tree.add(ruby_element(pairs(base, readings)))


def _variant(state: State, token: Token) -> None:
    if state.in_code:
        state.tree.add(token.content)
    else:
        around = token.meta[AROUND]
        state.tree.add(state.context.carry(token.content, state.line, rules=True, around=around))
    state.line += token.content.count("\n")


def _note_call(state: State, token: Token) -> None:
    label = token.meta.get("label")
    is_defined = label is None or label in state.context.defined
    if not is_defined and state.context.takes(tolerances.NO_NOTE, state.line, f"[^{label}]"):
        state.tree.add(state.context.clean(f"[^{label}]", state.line))
        return
    attributes = state.context.calls.call(token.meta["id"], state.line)
    state.tree.add(Element("a", attributes, (), state.line))


def _close_link(state: State, _: Token) -> None:
    node = next(node for node in reversed(state.tree.stack) if node.tag == "a" and not node.raw)
    href = node.attributes.get("href", "#")
    if node.is_empty and not href.startswith("#"):
        if state.context.takes(tolerances.NO_LINK_TEXT, state.line, href):
            node.children.append(href)
            state.close("a")
            return
        state.report(
            "empty-link",
            wording("The link to “{href}” has no text.", href=shown(href)),
            wording("Write what it should say."),
            href,
        )
    state.close("a")


def _html(state: State, token: Token) -> None:
    write_html(state, token.content)


_WRITERS: Mapping[str, Callable[[State, Token], None]] = {
    "text": _text,
    "text_special": _text,
    "softbreak": _soft_break,
    "hardbreak": _hard_break,
    "code_inline": _code,
    "image": _image,
    "ruby": _ruby,
    "variant": _variant,
    "maths": write_formula,
    "template": _template,
    "braces": _braces,
    "html_inline": _html,
    "footnote_ref": _note_call,
    "link_open": _link,
    "abbr_open": _abbreviation,
    "link_close": _close_link,
}
"""By the type of a token; those of all others have a tag that begins or ends."""


def image(state: State, token: Token, attributes: dict[str, str], title: str = "") -> Element:
    """An ``img`` from a token; its alternative text is plain. A generous reader takes its title where it has none."""
    source = str(token.attrGet("src") or "")
    alt = fold(_plain(state, token.children or []))
    if state.context.is_generous and not prints(alt):
        alt = state.context.carry(fold(title), state.line)
    return picture(state, source, alt, attributes)


def _plain(state: State, tokens: Sequence[Token]) -> str:
    """The text of an image's description in its lines, without its markup."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type in ("html_inline", "footnote_ref"):
            what = "a note" if token.type == "footnote_ref" else "HTML"
            if token.type == "html_inline" and state.context.takes(
                tolerances.ALT_HTML, state.line, token.content
            ):
                continue
            message = wording("An alternative text cannot hold {what}.", what=what)
            state.report("alt-markup", message, wording("Write it as plain text."), token.content)
        elif token.type == "variant":
            parts.append(state.context.carry(token.content, state.line, around=token.meta[AROUND]))
        elif token.type == "ruby":
            parts.append(state.context.carry(token.content, state.line))
        elif token.children:
            parts.append(_plain(state, token.children))
        else:
            parts.append(state.context.clean(token.content, state.line))
    return "".join(parts)


def _report_title(state: State, token: Token, what: str, advice: str) -> None:
    title = token.attrGet("title")
    if title:
        message = wording(
            "The title “{title}” of a {what} would not be printed.", title=shown(str(title)), what=what
        )
        state.report("lost-title", message, advice, str(title))
