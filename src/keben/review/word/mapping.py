"""Where in the Markdown each token of a paragraph stands, and the edits that make another text of it.

Markup stands between the tokens: the source is the tokens with signs in between. What stands where is only likely; each
edit is tried (`settling`), and one that does not give what was wanted is not made.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.formats.docx.keys import Token
from keben.review.word.values import Own

_SPECIAL = re.compile(r"([\\`*_\[\]<>{}|#~^$!])")
_MARKUP = ("**", "*", "~~", "__", "_", "`", "==")


@dataclass(frozen=True, slots=True)
class WordEdit:
    """A part of a source's text, and what comes into its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SourceRegion:
    """A part of a source's text in which a paragraph stands."""

    start: int
    end: int


def region_of(own: Own, text: str, lines: Sequence[int], following: Sequence[int]) -> SourceRegion:
    """Where a paragraph stands: from its line to an empty line, or to the next block's.

    ``lines`` has where each line begins, ``following`` the lines of the chapter's blocks, rising.
    """
    first = max(own.line, 1)
    after = next((line for line in following if line > own.line), len(lines) + 1)
    start = lines[first - 1] if first <= len(lines) else len(text)
    end = lines[after - 1] if after <= len(lines) else len(text)
    if own.line and own.style != "Code":
        empty = re.compile(r"\n[ \t>]*(?=\n)").search(text, start, end)
        end = empty.start() if empty else end
    end = start + len(text[start:end].rstrip("\n"))
    return SourceRegion(start, max(start, end))


Places = list[int]
"""Where each token stands in the source; -1: nowhere."""


def places_together(group: Sequence[Own], which: int, text: str, region: SourceRegion) -> Places:
    """Where the tokens of one of several paragraphs stand that begin in one line, as the cells of a row."""
    tokens: list[Token] = [token for each in group for token in each.tokens]
    start = sum(len(each.tokens) for each in group[:which])
    return _aligned(tokens, text, region)[start : start + len(group[which].tokens)]


def places_alone(own: Own, text: str, region: SourceRegion) -> Iterator[Places]:
    """Where the tokens of a paragraph may stand: where they stand in a row, else where most of them do."""
    if all(len(token) == 1 for token in own.tokens):
        plain = "".join(own.tokens)
        at = text.find(plain, region.start, region.end)
        while at >= 0:
            yield list(range(at, at + len(plain)))
            at = text.find(plain, at + 1, region.end)
    yield _aligned(list(own.tokens), text, region)
    # From the end: what stands twice is taken where it stands last.
    turned = _aligned(list(own.tokens[::-1]), text[region.start : region.end][::-1], None)
    yield [-1 if at < 0 else region.end - 1 - at for at in turned[::-1]]


def _aligned(tokens: list[Token], text: str, region: SourceRegion | None) -> Places:
    start = region.start if region else 0
    part = text[start : region.end] if region else text
    matcher = SequenceMatcher(None, tokens, part.replace("\n", " "), autojunk=False)
    places = [-1] * len(tokens)
    for one, other, size in matcher.get_matching_blocks():
        places[one : one + size] = range(start + other, start + other + size)
    return places


@dataclass(frozen=True, slots=True)
class TextChange:
    """What a paragraph becomes: the steps from its tokens to others."""

    own: Own
    tokens: tuple[Token, ...]
    steps: tuple[tuple[int, int, int, int], ...]
    """From where to where in the old tokens, and in the new ones."""

    @property
    def wanted(self) -> tuple[Token, ...]:
        """What the source is to say of it."""
        found: list[Token] = []
        at = 0
        for first, last, begin, end in self.steps:
            found += (
                t
                for t, made in zip(self.own.tokens[at:first], self.own.made[at:first], strict=True)
                if not made
            )
            found += self.tokens[begin:end]
            at = last
        found += (t for t, made in zip(self.own.tokens[at:], self.own.made[at:], strict=True) if not made)
        return tuple(found)

    @property
    def obstacle(self) -> str:
        """Why it cannot be taken, as far as its tokens say; empty: it may be."""
        for first, last, begin, end in self.steps:
            if any(self.own.made[first:last]):
                return wording("It changes what Keben makes: a number or a reference.")
            for token in (*self.own.tokens[first:last], *self.tokens[begin:end]):
                if len(token) > 1:
                    return wording("It changes a note's mark, a picture, a formula or a reading.")
        return ""


def change_of(own: Own, tokens: tuple[Token, ...]) -> TextChange:
    """The change of a paragraph to other tokens."""
    codes = SequenceMatcher(None, own.tokens, tokens, autojunk=False).get_opcodes()
    return TextChange(own, tokens, tuple(code[1:] for code in codes if code[0] != "equal"))


def edits_of(
    change: TextChange, places: Places, text: str, *, behind: bool, escaped: bool
) -> list[WordEdit] | None:
    """The edits of a source that a change needs; None: a place of it is not known.

    ``behind``: what is inserted comes right behind what stands before it, else right before what follows.
    """
    edits: list[WordEdit] = []
    for first, last, begin, end in change.steps:
        added = _written("".join(change.tokens[begin:end]), change.own, escaped=escaped)
        if first == last:
            at = _between(places, first, behind=behind)
            if at < 0:
                return None
            edits.append(WordEdit(at, at, added))
            continue
        spots = places[first:last]
        if any(spot < 0 for spot in spots):
            return None
        edits += _replaced(spots, added, text)
    return edits


def _written(text: str, own: Own, *, escaped: bool) -> str:
    if own.style == "Code":
        return text
    if escaped:
        text = _SPECIAL.sub(r"\\\1", text)
    return text.replace("\n", "\\\n")


def _between(places: Places, at: int, *, behind: bool) -> int:
    """Where to insert before a token."""
    before = places[at - 1] + 1 if at and places[at - 1] >= 0 else -1
    after = places[at] if at < len(places) and places[at] >= 0 else -1
    return (before if before >= 0 else after) if behind else (after if after >= 0 else before)


def _replaced(spots: Sequence[int], added: str, text: str) -> Iterator[WordEdit]:
    """Characters taken out, and text in the place of the first; markup that would hold nothing goes too."""
    runs: list[list[int]] = []
    for spot in spots:
        if runs and (spot == runs[-1][1] or _joins(text[runs[-1][1] : spot])):
            runs[-1][1] = spot + 1
        else:
            runs.append([spot, spot + 1])
    for number, (start, end) in enumerate(runs):
        put = added if number == 0 else ""
        if put:
            start -= start > 0 and text[start - 1] == "\\"
        else:
            start, end = _with_markup(text, start, end)
        yield WordEdit(start, end, put)


def _joins(between: str) -> bool:
    """Whether what stands between two characters that go goes with them: a break of lines, a backslash."""
    return bool(re.fullmatch(r"\\|\n[ \t>]*", between))


def _with_markup(text: str, start: int, end: int) -> tuple[int, int]:
    for sign in _MARKUP:
        if text[:start].endswith(sign) and text.startswith(sign, end):
            return start - len(sign), end + len(sign)
    if start and text[start - 1] == "\\":
        return start - 1, end
    return start, end
