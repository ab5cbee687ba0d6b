"""The Markdown that Keben reads: CommonMark by markdown-it-py, its plugins, and rules of our own."""

import re
from functools import cache
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from keben.core.values import dataclass
from keben.markdown.abbreviations import ABBREVIATIONS, abbreviate, abbreviation
from keben.markdown.braces import attach_lines, attribute_line, braces, span, template
from keben.markdown.callouts import CORE_RULES, IMPORTS
from keben.markdown.containers import UNCLOSED, container, indented
from keben.markdown.emphasis import ChineseInline
from keben.markdown.htmlmarkdown import lone_break, markdown_in_html
from keben.markdown.indents import wide_indent
from keben.markdown.lightmarks import use_marks
from keben.markdown.liquidcode import liquid_code
from keben.markdown.loosestars import LOOSE_STARS
from keben.markdown.maths import maths, maths_block
from keben.markdown.notation import variant
from keben.markdown.rawdrawing import use_raw_drawings
from keben.markdown.rawmath import use_raw_maths
from keben.markdown.ruby import ruby
from keben.markdown.sightings import SIGHTINGS, Sighting, look
from keben.markdown.sizes import sized_image
from keben.markdown.spacedtargets import spaced_destination
from keben.markdown.tablerows import LONG_ROWS, UNEVEN_HEADS, loose_table, whole_rows

MAX_NESTING = 40
"""How deep blocks may stand in one another. markdown-it drops what stands deeper, so that is an error."""


MAX_OPEN_BRACKETS = 100
"""How many brackets may be open at once in a block. For each, markdown-it looks through the rest of the text."""

_OVERFULL = "overfull"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A chapter's tokens, with what they no longer tell."""

    tokens: list[Token]
    labels: dict[str, int]
    """markdown-it's number for each note that is called or defined by label; -1 for one never called."""
    definitions: list[tuple[str, int]]
    """Label and line (1-based) of each note's definition, in order."""
    references: list[tuple[str, int]]
    """Target and line of each link definition (``[label]: target``), also of those that a first one hides."""
    sightings: list[Sighting]
    """What the text holds that is no sign of Keben's."""
    overfull: list[int]
    """Lines of blocks in which too many brackets are open at once."""
    unclosed: list[tuple[int, str]]
    """Line (1-based) and first line of each box that no line closes."""
    long_rows: list[int]
    """Lines of the rows of tables whose last cell took others in."""
    uneven_heads: list[int]
    """Lines of the heads of tables that had another number of cells than the line below."""
    imports: list[tuple[int, str]]
    """Line and text of the programs of pages that were left out."""
    abbreviations: list[tuple[str, str, int]]
    """Label, explanation and line of each abbreviation."""


@cache
def grammar(*, is_generous: bool = False, inline: type[ChineseInline] = ChineseInline) -> MarkdownIt:
    """The parser; it holds no state between texts. A generous one knows signs of other tools.

    ``inline`` reads what stands in a block.
    """
    markdown = MarkdownIt("commonmark")
    markdown.inline = inline()
    markdown.configure("commonmark", {"maxNesting": MAX_NESTING})
    markdown.enable(["table", "strikethrough"])
    # Every link is looked at by `paths`, which says what is wrong with it; markdown-it would print it as text.
    markdown.validateLink = _any_link  # type: ignore[method-assign]
    # A title is a caption, and that is Markdown: its escapes are for the inline parser.
    own = SimpleNamespace(**{**vars(helpers), "parseLinkTitle": _title_as_written})
    markdown.helpers = own  # type: ignore[assignment]
    footnote_plugin(markdown, always_match_refs=True)
    markdown.block.ruler.before("paragraph", "wide_indent", wide_indent, {"alt": ["paragraph"]})
    deflist_plugin(markdown)
    markdown.block.ruler.before("fence", "attribute_line", attribute_line)
    markdown.core.ruler.after("block", "attach_lines", attach_lines)
    markdown.core.ruler.after("block", "definitions", _definitions)
    markdown.core.ruler.before("inline", "bound_brackets", _bound_brackets)
    markdown.core.ruler.after("inline", "captions", _captions)
    markdown.inline.ruler.after("link", "span", span)
    markdown.inline.ruler.before("link", "ruby", ruby)
    markdown.inline.ruler.before("image", "sized_image", sized_image)
    markdown.inline.ruler.before("ruby", "variant", variant)
    markdown.inline.ruler.after("ruby", "braces", braces)
    markdown.inline.ruler.before("ruby", "template", template)
    markdown.inline.ruler.before("escape", "maths", maths)
    markdown.block.ruler.before(
        "fence", "maths_block", maths_block, {"alt": ["paragraph", "blockquote", "list"]}
    )
    markdown.core.ruler.before("text_join", "look", look)
    use_raw_maths(markdown)
    if is_generous:
        _know_others(markdown)
    return markdown


def _know_others(markdown: MarkdownIt) -> None:
    """Give a parser the rules for signs of other tools."""
    markdown.options[LOOSE_STARS] = True
    markdown.helpers.parseLinkDestination = spaced_destination  # type: ignore[attr-defined]
    use_raw_drawings(markdown)
    ends = ["paragraph", "reference", "blockquote", "list"]
    markdown.block.ruler.before("attribute_line", "liquid_code", liquid_code, {"alt": ends})
    markdown.block.ruler.before("attribute_line", "container", container, {"alt": ends})
    markdown.block.ruler.before("attribute_line", "indented", indented, {"alt": ends})
    markdown.block.ruler.before("html_block", "markdown_in_html", markdown_in_html, {"alt": ends})
    markdown.block.ruler.before("html_block", "lone_break", lone_break)
    markdown.block.ruler.before("reference", "abbreviation", abbreviation)
    for name, rule in CORE_RULES:
        markdown.core.ruler.before("bound_brackets", name, rule)
    markdown.block.ruler.before("table", "loose_table", loose_table, {"alt": ["paragraph", "reference"]})
    markdown.core.ruler.before("bound_brackets", "whole_rows", whole_rows)
    markdown.core.ruler.after("text_join", "abbreviate", abbreviate)
    use_marks(markdown)


def parse_markdown(text: str, *, is_generous: bool = False) -> Parsed:
    """The tokens of a text, notes at the end in ``footnote_block_open`` … ``footnote_block_close``."""
    environment: dict[str, Any] = {}
    tokens = grammar(is_generous=is_generous).parse(text, environment)
    references = [*environment.get("references", {}).values(), *environment.get("duplicate_refs", [])]
    return Parsed(
        tokens,
        {
            name.removeprefix(":"): number
            for name, number in environment.get("footnotes", {}).get("refs", {}).items()
        },
        environment.get("definitions", []),
        [(one["href"], one["map"][0] + 1) for one in references],
        environment[SIGHTINGS],
        environment[_OVERFULL],
        environment.get(UNCLOSED, []),
        environment.get(LONG_ROWS, []),
        environment.get(UNEVEN_HEADS, []),
        environment.get(IMPORTS, []),
        environment.get(ABBREVIATIONS, []),
    )


def lone_image(inline: Token) -> Token | None:
    """The image that is all there is in a paragraph, or None."""
    children = inline.children or []
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def _title_as_written(string: str, start: int, maximum: int, before: Any = None) -> Any:
    """As markdown-it's `parseLinkTitle`, without resolving escapes and character references."""
    state = helpers.parseLinkTitle(string, start, maximum, before)
    if state.ok or state.can_continue:
        piece = string[start if before else start + 1 : state.pos - 1 if state.ok else maximum]
        state.str = f"{before.str}{piece}" if before else piece
    return state


def _any_link(url: str) -> bool:  # noqa: ARG001 - markdown-it's signature
    return True


def _definitions(state: StateCore) -> None:
    """Remember where notes are defined: the plugin keeps only the last of a label, and only if it is called."""
    state.env["definitions"] = [
        (token.meta["label"], (token.map or [0])[0] + 1)
        for token in state.tokens
        if token.type == "footnote_reference_open"
    ]


def _bound_brackets(state: StateCore) -> None:
    """Make text of the brackets of a block that opens too many, and remember its line."""
    state.env[_OVERFULL] = []
    for token in state.tokens:
        if token.type == "inline" and _most_open(token.content) > MAX_OPEN_BRACKETS:
            state.env[_OVERFULL].append((token.map or [0])[0] + 1)
            token.content = token.content.replace("[", "\\[")


def _most_open(text: str) -> int:
    """How many brackets are open at once in a text, at most."""
    if text.count("[") <= MAX_OPEN_BRACKETS:
        return 0
    depth = most = 0
    for match in re.finditer(r"[\[\]]", text):
        depth = depth + 1 if match[0] == "[" else max(depth - 1, 0)
        most = max(most, depth)
    return most


def _captions(state: StateCore) -> None:
    """The title of an image that stands alone is a caption: inline Markdown, with notes like any other text.

    It runs before the plugin for notes gathers them at the end.
    """
    for token in state.tokens:
        image = lone_image(token) if token.type == "inline" else None
        title = image.attrGet("title") if image else None
        if image and title:
            image.meta["caption"] = state.md.inline.parse(str(title), state.md, state.env, [])
