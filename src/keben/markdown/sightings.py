"""Looks through a chapter's tokens for what is no sign of Keben's, and reports each kind once a chapter.

It reads tokens, not text: what stands in code, formulas, variants or readings is as it should be, and so is what is
written behind a backslash. The time is in proportion to the chapter's length.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from keben.core.errors import Finding, Place
from keben.core.saying import series, wording
from keben.core.straight import meant_marks
from keben.core.values import dataclass
from keben.markdown import dialects, slips
from keben.markdown.braces import looks_like_attributes
from keben.markdown.dialects import Dialect
from keben.markdown.fences import Info, read_info
from keben.markdown.paths import shown

SIGHTINGS = "sightings"
"""Where the parser's environment keeps what was seen."""

_OPAQUE = "\x01"
"""What stands for a sign that is no text, or is meant as it is. No source holds it:
`keben.core.characters.FORBIDDEN`."""

_LEAD = 8
"""How many characters before a thing help to find it in its line."""

_PLACES = 5
"""How many places a finding names."""

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_HTML_CODE = re.compile(r"<(?:pre|code|kbd|samp|script|style)\b", re.IGNORECASE)

_PATTERNS = (*dialects.PATTERNS, *slips.SLIPS)
_OTHERS = "\"'[{"
"""Signs of what is seen beside the patterns: straight quotation marks, and the place of a table of contents."""

_SIGNS = tuple(dict.fromkeys(sign for one in _PATTERNS for sign in one.triggers))
_ANY_SIGN = re.compile("|".join(map(re.escape, (*_SIGNS, *_OTHERS))))
"""Most paragraphs have none, which one search finds faster than one for each."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing that was seen: its kind, its line, and what the source has there."""

    kind: Dialect
    line: int
    text: str
    before: str = ""
    """The text right before it in its line, which tells it from others like it."""


def look(state: StateCore) -> None:
    """Core rule: remember what a chapter holds. It runs while escaped signs are still apart from others."""
    notes = {
        number: note.get("tokens", [])
        for number, note in state.env.get("footnotes", {}).get("list", {}).items()
    }
    state.env[SIGHTINGS] = list(_seen(state.tokens, notes))


def report_sightings(
    sightings: Iterable[Sighting], path: str, lines: Sequence[str], origin: Callable[[Place], Place]
) -> Iterator[Finding]:
    """One warning for each kind, which names how many there are and where the first ones stand.

    ``origin`` gives the place in the author's file: a chapter may hold lines that this does not have.
    """
    kinds: dict[Dialect, list[Sighting]] = {}
    for sighting in sightings:
        kinds.setdefault(sighting.kind, []).append(sighting)
    for kind, several in kinds.items():
        several.sort(key=lambda sighting: sighting.line)
        places = list(_places(several[:_PLACES], path, lines))
        message = wording(kind.message, text=shown(several[0].text), why=kind.why)
        if len(several) > 1:
            first, *rest = map(origin, places)
            others = series(str(place if place.path != first.path else _within(place)) for place in rest)
            more = len(several) - 1
            message += wording(
                "; {more} more of this kind in this chapter, at {others}{more2}",
                more=more,
                others=others,
                more2=", …" if more >= _PLACES else "",
            )
        yield Finding(places[0], kind.code, wording("{message}.", message=message), kind.advice, "warning")


def _within(place: Place) -> str:
    return f"{place.line}:{place.column}" if place.column else f"{place.line}"


def _places(sightings: Iterable[Sighting], path: str, lines: Sequence[str]) -> Iterator[Place]:
    """Where each stands: the columns of equal texts in one line follow one another."""
    reached: dict[tuple[int, str], int] = {}
    for sighting in sightings:
        source = lines[sighting.line - 1] if sighting.line <= len(lines) else ""
        needle = sighting.text.partition("\n")[0]
        for lead in dict.fromkeys((sighting.before, "")):
            column = source.find(lead + needle, reached.get((sighting.line, lead + needle), 0))
            if column >= 0:
                reached[sighting.line, lead + needle] = column + 1
                yield Place(path, sighting.line, column + len(lead) + 1)
                break
        else:
            yield Place(path, sighting.line)


Notes = Mapping[int, Sequence[Token]]
"""The inline tokens of each note that is written where it is called, by markdown-it's number for it."""


def _seen(tokens: Sequence[Token], notes: Notes) -> Iterator[Sighting]:
    for index, token in enumerate(tokens):
        if token.map is None:
            continue  # A note that is written where it is called is looked at there.
        line = token.map[0] + 1
        match token.type:
            case "inline":
                children = token.children or []
                yield from _as_block(children, line, tokens[max(index - 2, 0) : index])
                yield from _in_text(children, line, notes)
            case "fence":
                yield from _in_fence(token, line)
            case "code_block" if slips.reads_like_prose(token.content):
                yield Sighting(slips.INDENT, line, token.content.strip().partition("\n")[0])
            case "html_block":
                yield from _in_html(token.content, line)


def _in_fence(token: Token, line: int) -> Iterator[Sighting]:
    info: Info = read_info(token.info)
    if info.rest:
        yield Sighting(dialects.INFO, line, info.rest)
    for match in dialects.INCLUDE_FORM.finditer(token.content):
        yield Sighting(dialects.INCLUDE, line + 1 + token.content.count("\n", 0, match.start(1)), match[1])


def _in_html(html: str, line: int) -> Iterator[Sighting]:
    """What is seen between the tags of raw HTML, where Markdown's signs mean nothing; code is left alone."""
    for match in dialects.INCLUDE_COMMENT_FORM.finditer(html):
        yield Sighting(dialects.INCLUDE_COMMENT, line + html.count("\n", 0, match.start()), match[0])
    if _HTML_CODE.search(html):
        return
    flat = _TAG.sub(lambda match: _OPAQUE + "\n" * match[0].count("\n"), html)
    yield from _in_flat(flat, line)


def _in_text(children: Sequence[Token], line: int, notes: Notes) -> Iterator[Sighting]:
    """What is seen in a block's inline tokens, which begin at a line."""
    yield from _in_flat("".join(_flat(children)), line)
    for token in children:
        if token.type == "image":
            yield from _in_text(token.children or [], line, notes)
            yield from _in_text(token.meta.get("caption", ()), line, notes)
        elif token.type == "footnote_ref" and "label" not in token.meta:
            yield from _in_text(notes.get(token.meta["id"], ()), line, notes)
        line += _lines_in(token)


def _in_flat(flat: str, line: int) -> Iterator[Sighting]:
    if not _ANY_SIGN.search(flat):
        return
    signs = frozenset(sign for sign in _SIGNS if sign in flat)
    if dialects.TOC_FORM.fullmatch(flat.strip()):
        yield Sighting(dialects.TABLE_OF_CONTENTS, line, flat.strip())
        return
    breaks = [match.start() for match in re.finditer("\n", flat)]
    for kind, at, text in _matches(flat, signs):
        lead: str = re.split(f"[\n{_OPAQUE}]", flat[max(at - _LEAD, 0) : at])[-1]
        yield Sighting(kind, line + bisect_left(breaks, at), text, lead)


def _matches(flat: str, signs: frozenset[str]) -> Iterator[tuple[Dialect, int, str]]:
    """Each thing that is seen in a text: its kind, its offset, and the piece of text."""
    meant = meant_marks(flat)
    for at in meant:
        yield slips.MIXED_QUOTES, at, flat[at]
    for at in slips.straight_quotes(flat, meant):
        yield slips.QUOTES, at, flat[at]
    for pattern in _PATTERNS:
        if not signs.isdisjoint(pattern.triggers):
            for match in pattern.form.finditer(flat):
                yield pattern.kind, match.start(), match[0].partition(_OPAQUE)[0].rstrip()


def _as_block(children: Sequence[Token], line: int, before: Sequence[Token]) -> Iterator[Sighting]:
    """What the beginning of a quotation, of an item of a list or of a paragraph is in other dialects."""
    flat = "".join(_flat(children[:3]))
    outer = [token.type for token in before if token.nesting == 1]
    if outer == ["blockquote_open", "paragraph_open"] and (match := dialects.ALERT_FORM.match(flat)):
        yield Sighting(dialects.ALERT, line, match[0])
    elif outer == ["list_item_open", "paragraph_open"] and (match := dialects.TASK_FORM.match(flat)):
        yield Sighting(dialects.TASK, line, match[0])
    first = children[0] if children else None
    if first and first.type == "footnote_ref" and "label" in first.meta and flat.startswith(f"{_OPAQUE}："):
        yield Sighting(slips.DEFINITION, line, f"[^{first.meta['label']}]：")


def _lines_in(token: Token) -> int:
    if token.type in ("softbreak", "hardbreak"):
        return 1
    return token.content.count("\n") if token.type in ("maths", "variant", "html_inline") else 0


def _flat(children: Sequence[Token]) -> Iterator[str]:
    """The text of inline tokens as patterns read it, line by line as in the source."""
    is_address = False
    for token in children:
        is_text = token.type == "text" or (
            token.type == "braces" and not looks_like_attributes(token.content)
        )
        if is_text and not is_address:
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "text_special":
            # A backslash before what is no mark escapes nothing, and is text itself.
            yield token.content if token.content == token.markup else _OPAQUE * len(token.content)
        elif token.type in ("em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"):
            continue
        else:
            if token.type in ("link_open", "link_close"):
                is_address = token.type == "link_open" and token.info == "auto"
            yield _OPAQUE + "\n" * _lines_in(token)
