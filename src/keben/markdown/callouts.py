"""Core rules for signs of other tools that stand at the beginning of ordinary blocks.

``> [!NOTE]``, ``!> …``, ``- [ ]``, ``[TOC]``, a heading between ``<!-- tabs:start -->`` and ``<!-- tabs:end -->``.
They run when blocks are known and what stands in them is still text.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from keben.core.patterns import later
from keben.markdown.boxkinds import BOX, PAGE_BREAK, TAB_TITLE, TITLE, kind_named
from keben.markdown.braces import looks_like_attributes, read_braces, set_attributes
from keben.markdown.dialects import TOC_FORM

_ALERT = later(r"\[!([A-Za-z][A-Za-z-]{0,30})(?:\|[^\]\n]*)?\][+-]?[ \t]*([^\n]*)(?:\n|$)")
_DOCSIFY = later(r"([!?])&?>[ \t]+")
_TASK = later(r"\[([ xX])\](?=[ \t\n]|$)")
_BOXES = {" ": "☐", "x": "☑", "X": "☑"}
_BREAK = later(r"\\(?:newpage|pagebreak|clearpage|cleardoublepage)(?:\{\})?|\{\{[<%]\s*pagebreak\s*[>%]\}\}")
_HTML_BREAK = later(
    r"\s*<(?:div|p|hr)\b[^<>]*\b(?:page-)?break-(?:after|before)\s*:\s*(?:always|page)[^<>]*>(?:\s*(?:&nbsp;)?\s*</(?:div|p)>)?\s*",
    re.IGNORECASE,
)
_KRAMDOWN_TOC = later(
    r"(?i:toc|目[录錄]|(?:table of )?contents)[ \t]*\n[ \t]*\{:[ \t]*(?:toc|TOC)\b[^{}\n]*\}[ \t]*"
)
_STRING = r"[\"'][^\"'\n]+[\"']"
_IMPORTS = later(
    rf"(?:(?:import\b[^\n;]{{0,300}}\bfrom[ \t]+{_STRING}|import[ \t]+{_STRING}|export[ \t]+const\b[^\n]*)"
    r";?[ \t]*(?:\n|$))+"
)
IMPORTS = "imports"
"""Where the parser's environment keeps the programs of pages that were left out: line (1-based) and first line."""

_TABS = later(r"<!--\s*tabs:(start|end)\s*-->", re.IGNORECASE)
_INDENT = later(
    r"(?:&(?:emsp|ensp|nbsp|thinsp|#12288|#8195|#8194|#160|#x3000|#x2003);|[\u3000\u2002\u2003\u00a0 \t])+"
)
_ENTITY = later(r"&|[\u2002\u2003\u00a0]")
_TRAILING = later(r"(?:^|\n)[ \t]*\{:[ \t]*([#.A-Za-z][^{}|\n]*)\}[ \t]*$")
_BEHIND = later(r"(?<=[)\]`* ])\{:[ \t]*(?=[#.A-Za-z][^{}|\n]*\})")


def callouts(state: StateCore) -> None:
    """Core rule: quotations and paragraphs that other tools make boxes of."""
    tokens = state.tokens
    index = 0
    while index < len(tokens):
        if tokens[index].type == "blockquote_open":
            _alert(tokens, index)
        elif tokens[index].type == "paragraph_open" and not tokens[index].hidden:
            _docsify(tokens, index)
        index += 1


def _alert(tokens: list[Token], start: int) -> None:
    if [token.type for token in tokens[start + 1 : start + 3]] != ["paragraph_open", "inline"]:
        return
    inline = tokens[start + 2]
    match = _ALERT.match(inline.content)
    if match is None:
        return
    level = tokens[start].level
    end = next(
        index
        for index in range(start + 1, len(tokens))
        if tokens[index].type == "blockquote_close" and tokens[index].level == level
    )
    _make_box(tokens[start], tokens[end], match[1])
    kind = kind_named(match[1])
    title = match[2].strip() or ("" if kind else match[1])
    line = (inline.map or [0, 1])[0]
    inline.content = inline.content[match.end() :]
    if inline.content:
        inline.map = [line + 1, (inline.map or [0, line + 2])[1]]
        tokens[start + 1].map = inline.map
    else:
        del tokens[start + 1 : start + 4]
    if title:
        tokens[start + 1 : start + 1] = _titled(title, TITLE, line, level + 1)


def _make_box(opening: Token, closing: Token, name: str) -> None:
    opening.type, opening.tag = "box_open", "aside"
    closing.type, closing.tag = "box_close", "aside"
    kind = kind_named(name)
    own = opening.attrs.get("class", "")
    opening.attrs["class"] = f"{BOX} {kind} {own}".replace("  ", " ").strip()


def _docsify(tokens: list[Token], start: int) -> None:
    inline = tokens[start + 1]
    match = _DOCSIFY.match(inline.content)
    if match is None:
        return
    kind = "important" if match[1] == "!" else "tip"
    inline.content = inline.content[match.end() :]
    level = tokens[start].level
    before = Token(
        "box_open", "aside", 1, attrs={"class": f"{BOX} {kind}"}, map=tokens[start].map, level=level
    )
    after = Token("box_close", "aside", -1, level=level)
    paragraph = tokens[start : start + 3]
    for token in paragraph:
        token.level += 1
    # The paragraph itself is looked at again, and is none of docsify's any more.
    tokens[start : start + 3] = [before, *paragraph, after]


def _titled(text: str, name: str, line: int, level: int) -> list[Token]:
    span = [line, line + 1]
    return [
        Token("box_title_open", "p", 1, attrs={"class": name}, map=span, level=level),
        Token("inline", "", 0, content=text, children=[], map=span, level=level + 1),
        Token("box_title_close", "p", -1, level=level),
    ]


def tasks(state: StateCore) -> None:
    """Core rule: boxes to tick at the beginning of a list's items."""
    references = state.env.get("references", {})
    for item, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        match = _TASK.match(inline.content)
        if match and not (match[1] != " " and "X" in references):
            inline.content = _BOXES[match[1]] + inline.content[match.end() :]
            item.attrs["class"] = f"{item.attrs.get('class', '')} task".strip()


def tabs_of_docsify(state: StateCore) -> None:
    """Core rule: headings between docsify's comments are the labels of tabs."""
    inside = False
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type == "html_block" and (match := _TABS.search(token.content)):
            inside = match[1].lower() == "start"
        elif inside and token.type == "heading_open":
            for each, kind in ((token, "box_title_open"), (tokens[index + 2], "box_title_close")):
                each.type, each.tag = kind, "p"
            token.attrs["class"] = TAB_TITLE


def furniture(state: StateCore) -> None:
    """Core rule: a mark for the contents goes, since a book has its own; a mark for a new page is one."""
    kept: list[Token] = []
    tokens = state.tokens
    index = 0
    while index < len(tokens):
        token = tokens[index]
        width = 3 if token.type == "paragraph_open" else 1
        text = tokens[index + 1].content.strip() if width == 3 else ""
        if text and TOC_FORM.fullmatch(text) and not token.hidden:
            pass
        elif text and not token.hidden and _IMPORTS.fullmatch(text):
            state.env.setdefault(IMPORTS, []).append(((token.map or [0])[0] + 1, text.partition("\n")[0]))
        elif token.type in ("bullet_list_open", "ordered_list_open") and _is_contents(tokens, index):
            width = _length(tokens, index)
        elif (text and _BREAK.fullmatch(text)) or (
            token.type == "html_block" and _HTML_BREAK.fullmatch(token.content)
        ):
            kept += _page_break(token)
        else:
            kept += tokens[index : index + width]
        index += width
    state.tokens = kept


def _length(tokens: Sequence[Token], start: int) -> int:
    """How many tokens a block takes."""
    level = tokens[start].level
    return next(at for at in range(start + 1, len(tokens)) if tokens[at].level == level) - start + 1


def _is_contents(tokens: Sequence[Token], start: int) -> bool:
    """Whether a list is kramdown's sign for the contents: one item, which says so."""
    if not _KRAMDOWN_TOC.fullmatch(tokens[start + 3].content if start + 3 < len(tokens) else ""):
        return False
    return [token.type for token in tokens[start : start + 7]][-2:] == [
        "list_item_close",
        tokens[start].type.replace("open", "close"),
    ]


def _page_break(token: Token) -> Iterator[Token]:
    yield Token("box_open", "div", 1, attrs={"class": PAGE_BREAK}, map=token.map, level=token.level)
    yield Token("box_close", "div", -1, level=token.level)


def indents(state: StateCore) -> None:
    """Core rule: spaces of the web before a paragraph, which the theme indents, go."""
    for token, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "paragraph_open":
            match = _INDENT.match(inline.content)
            if match and _ENTITY.search(match[0]) and inline.content[match.end() :]:
                inline.content = inline.content[match.end() :]


def attribute_lists(state: StateCore) -> None:
    """Core rule: kramdown's and MkDocs' attributes, ``{: .class}``, below a block or behind what they are for."""
    for index, inline in enumerate(state.tokens):
        if inline.type != "inline" or "{:" not in inline.content:
            continue
        match = _TRAILING.search(inline.content)
        before = state.tokens[index - 1] if index else None
        if match and before is not None and looks_like_attributes(f"{{{match[1]}}}"):
            set_attributes(before, read_braces(match[1]))
            inline.content = inline.content[: match.start()]
        inline.content = _BEHIND.sub("{", inline.content)


CORE_RULES: Sequence[tuple[str, Callable[[StateCore], None]]] = (
    ("attribute_lists", attribute_lists),
    ("furniture", furniture),
    ("callouts", callouts),
    ("tasks", tasks),
    ("tabs_of_docsify", tabs_of_docsify),
    ("indents", indents),
)
"""In the order in which they run."""
