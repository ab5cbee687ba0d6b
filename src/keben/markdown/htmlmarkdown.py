"""Markdown inside of raw HTML that asks for it: ``<figure markdown="span">``, ``<div class="grid" markdown>``.

So does a ``<center>`` or a ``<div>`` that holds a picture, a link or bold text in Markdown, and text right below a
``<br>``: CommonMark takes them as HTML up to the next empty line, and would print their signs.

Python-Markdown's extension `md_in_html`_ (MkDocs) and kramdown read what stands in such an element as Markdown, without
the empty lines around it that CommonMark wants. What is indented there is no code.

.. _md_in_html: https://python-markdown.github.io/extensions/md_in_html/
"""

import re

from markdown_it.rules_block import StateBlock

from keben.core.patterns import later

_OPENING = later(
    r"<(?P<tag>[A-Za-z][A-Za-z0-9-]*)(?P<before>(?:\s[^<>]*?)?)"
    r"\smarkdown(?:\s*=\s*(?:\"(?P<double>1|span|block|md)\"|'(?P<single>1|span|block|md)'|(?P<bare>1|span|block|md)))?"
    r"(?P<after>(?:\s[^<>]*?)?)>(?P<rest>.*)",
    re.DOTALL,
)
_PLAIN = later(
    r"<(?P<tag>center|div)(?P<before>(?:\s[^<>]*?)?)(?P<after>)>(?P<rest>.*)", re.DOTALL | re.IGNORECASE
)
_MARKED = later(r"!?\[[^\[\]\n]*\]\([^()\s][^()\n]*\)|\*\*(?=\S)[^*\n]+(?<=\S)\*\*")
"""A picture, a link, or bold text."""
_VERBATIM = later(r"<(?:pre|code|samp|textarea|script|style|table)\b", re.IGNORECASE)
_BREAKS = later(r"(?:<br\s*/?>\s*)+", re.IGNORECASE)
_DEPTH = "keben-html-depth"
"""In the parser's environment: how many such elements are around."""
_DEEPEST = 20
"""What is further in is read as HTML is."""
_TAGS = later(r"<(/?)([A-Za-z][A-Za-z0-9-]*)\b[^<>]*?(/?)>")


def markdown_in_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: an element that holds Markdown, or that says so; what stands in it is parsed as blocks."""
    text = _line(state, start)
    if not text.startswith("<") or state.is_code_block(start) or state.env.get(_DEPTH, 0) >= _DEEPEST:
        return False
    asks = _OPENING.fullmatch(text) if "markdown" in text else None
    match = asks or _PLAIN.fullmatch(text)
    if match is None:
        return False
    last = _last(state, match["tag"].lower(), start, end, has_empty=asks is not None)
    if last < 0 or not (asks or _is_marked(state, start, last)):
        return False
    if silent:
        return True
    opening = f"<{match['tag']}{match['before']}{match['after']}>"
    _html(state, start, opening)
    closing = _line(state, last)
    before, mark, after = closing.rpartition(f"</{match['tag']}")
    if last == start:
        inner, mark, after = match["rest"].rpartition(f"</{match['tag']}")
        _paragraph(state, start, inner)
    else:
        _paragraph(state, start, match["rest"])
        _blocks(state, start + 1, last)
        _paragraph(state, last, before)
    _html(state, last, mark + after)
    state.line = last + 1
    return True


def lone_break(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Block rule: line breaks that are alone in their line; what follows is no HTML."""
    if state.is_code_block(start) or not _BREAKS.fullmatch(_line(state, start)):
        return False
    if not silent:
        _html(state, start, _line(state, start))
        state.line = start + 1
    return True


def _is_marked(state: StateBlock, start: int, last: int) -> bool:
    """Whether the lines of an element have Markdown in them."""
    lines = [_line(state, number) for number in range(start, last + 1)]
    return not any(map(_VERBATIM.search, lines)) and any(map(_MARKED.search, lines))


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _last(state: StateBlock, tag: str, start: int, end: int, *, has_empty: bool) -> int:
    """The line in which an element ends; −1: it does not, or behind an empty line that it is not to have."""
    if not re.compile(f"</{tag}", re.IGNORECASE).search(state.src, state.bMarks[start]):
        return -1
    depth = 0
    for number in range(start, end):
        line = _line(state, number)
        if not (line or has_empty):
            return -1
        if number > start and line and state.sCount[number] < state.blkIndent:
            return -1
        for each in _TAGS.finditer(line):
            if each[2].lower() == tag and not each[3]:
                depth += -1 if each[1] else 1
            if depth == 0 and each[2].lower() == tag:
                # What follows in the line would be lost on the way.
                return number if not line[each.end() :].strip() else -1
    return -1


def _html(state: StateBlock, line: int, text: str) -> None:
    token = state.push("html_block", "", 0)
    token.map = [line, line + 1]
    token.content = text


def _paragraph(state: StateBlock, line: int, text: str) -> None:
    """A text beside a tag in its line."""
    if not text.strip():
        return
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text.strip(), [line, line + 1], []
    state.push("paragraph_close", "p", -1)


def _blocks(state: StateBlock, start: int, end: int) -> None:
    """What stands in the element, as blocks that begin where the leftmost of its lines does."""
    columns = [state.sCount[number] for number in range(start, end) if _line(state, number)]
    if not columns:
        return
    outer, line_max, depth = state.blkIndent, state.lineMax, state.env.get(_DEPTH, 0)
    state.blkIndent, state.lineMax = max(outer, min(columns)), end
    state.env[_DEPTH] = depth + 1
    try:
        state.md.block.tokenize(state, start, end)
    finally:
        state.blkIndent, state.lineMax = outer, line_max
        state.env[_DEPTH] = depth
