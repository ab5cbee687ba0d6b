"""What may be done to the sources for each change: edits to be tried, one after the other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.formats.docx.keys import Token
from keben.review.word.mapping import (
    Places,
    SourceRegion,
    TextChange,
    WordEdit,
    change_of,
    edits_of,
    places_alone,
    places_together,
    region_of,
)
from keben.review.word.values import Given, Own

_MOST = 12
"""Ways that are tried for a change."""
_ITEM = re.compile(r"[ \t>]*(?:([-*+])|(\d{1,9})([.)]))[ \t]+")
_HEADING = re.compile(r"Heading([1-6])")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of one paragraph of the source, and the ways to make it, the likeliest first."""

    at: int
    """The paragraph, by its number; for a new one, that of the paragraph that it follows."""
    kind: str
    """``changed``, ``lost`` or ``new``."""
    path: str
    wanted: tuple[Token, ...]
    shape: tuple[str, int]
    ways: tuple[tuple[WordEdit, ...], ...] = field(repr=False)
    rest: tuple[Token, ...] = ()
    """What the source is to say in a second paragraph, where one is divided in two."""


@dataclass(frozen=True)
class Sources:
    """The texts of the sources, and where the paragraphs of a book stand in them."""

    texts: Mapping[str, str]
    own: Sequence[Own]

    @cached_property
    def lines(self) -> Mapping[str, list[int]]:
        """Where each line of each source begins."""
        return {
            path: [0, *(match.end() for match in re.finditer("\n", text))]
            for path, text in self.texts.items()
        }

    @cached_property
    def blocks(self) -> Mapping[str, list[int]]:
        """The lines in which blocks begin, rising."""
        found: dict[str, set[int]] = {}
        for each in self.own:
            if each.line:
                found.setdefault(each.path, set()).add(each.line)
        return {path: sorted(lines) for path, lines in found.items()}

    def region(self, own: Own) -> SourceRegion:
        """Where a paragraph stands."""
        return region_of(own, self.texts[own.path], self.lines[own.path], self.blocks.get(own.path, []))

    def group(self, at: int) -> list[int]:
        """The paragraphs that begin in the line of one, in order."""
        one = self.own[at]
        return [
            number
            for number, each in enumerate(self.own)
            if each.is_written and (each.path, each.line) == (one.path, one.line)
        ]

    def changed(self, at: int, given: Given) -> Proposal | str:
        """The change of a paragraph to what the document says; a sentence where it cannot be made."""
        own = self.own[at]
        change = change_of(own, given.tokens)
        if change.obstacle:
            return change.obstacle
        ways = tuple(self._ways(change, at))[:_MOST]
        if not ways:
            return wording("Where it stands in the source is not certain.")
        return Proposal(at, "changed", own.path, change.wanted, own.shape, ways)

    def _ways(self, change: TextChange, at: int) -> Iterator[tuple[WordEdit, ...]]:
        text = self.texts[change.own.path]
        seen: set[tuple[WordEdit, ...]] = set()
        for places in self._places(at):
            for escaped, behind in ((True, True), (True, False), (False, True), (False, False)):
                edits = edits_of(change, places, text, behind=behind, escaped=escaped)
                if edits is not None and tuple(edits) not in seen:
                    seen.add(tuple(edits))
                    yield tuple(edits)

    def _places(self, at: int) -> Iterator[Places]:
        own = self.own[at]
        text, region = self.texts[own.path], self.region(own)
        group = self.group(at)
        if len(group) > 1:
            yield places_together([self.own[each] for each in group], group.index(at), text, region)
        yield from places_alone(own, text, region)

    def parted(self, at: int, length: int) -> Proposal:
        """A paragraph that is divided in two behind so many of its tokens."""
        own = self.own[at]
        first, rest = (
            tuple(token for token, made in zip(own.tokens[span], own.made[span], strict=True) if not made)
            for span in (slice(length), slice(length, None))
        )
        quoted = own.shape[0] in ("Quote", "Epigraph", "IntenseQuote")
        spots = [
            spot
            for places in self._places(at)
            for spot in (places[length - 1] + 1, places[length])
            if spot > 0
        ]
        ways = tuple(
            (WordEdit(spot, spot, between),)
            for spot in dict.fromkeys(spots)
            for between in (("\n>\n> ", "\n\n") if quoted else ("\n\n", "\n\n    "))
        )
        return Proposal(at, "changed", own.path, first, own.shape, ways, rest)

    def lost(self, at: int) -> Proposal | str:
        """A paragraph that goes, with its lines."""
        own = self.own[at]
        if own.is_note or not own.line or len(self.group(at)) > 1:
            return wording(
                "It is not in the document any more; it is not a paragraph by itself, so it stays."
            )
        text, region = self.texts[own.path], self.region(own)
        end = region.end
        while end < len(text) and text[end] == "\n":
            end += 1
        start = region.start
        if end == len(text):
            start = len(text[:start].rstrip("\n")) + (1 if start else 0)
        ways = ((WordEdit(start, end, ""),), (WordEdit(region.start, min(region.end + 1, len(text)), ""),))
        return Proposal(at, "lost", own.path, (), own.shape, ways)

    def new(self, after: int, before: int, given: Given) -> Proposal | str:
        """A paragraph that comes between two of the source's, of which either may not be there (-1)."""
        if any(len(token) > 1 for token in given.tokens):
            return wording("It is new, and holds a note, a picture, a formula or a reading.")
        heading = _HEADING.fullmatch(given.style)
        first, second = (self.own[at] if at >= 0 else None for at in (after, before))
        if given.is_note or (first and first.is_note) or first is None:
            return wording("It is new.")
        shape, prefix = first.shape, ""
        if heading:
            shape, prefix = (given.style, -1), f"{'#' * int(heading[1])} "
        elif given.style == "Normal" or not first.numbered:
            shape = ("Normal", -1) if given.style not in ("Quote", first.style) else first.shape
        change = change_of(Own((), (), "", shape[0], None, first.path, 0), given.tokens)
        text = self.texts[first.path]
        ways = []
        for escaped in (True, False):
            edits = edits_of(change, [0], "", behind=False, escaped=escaped) or []
            says = prefix + "".join(edit.text for edit in edits)
            for at, put in self._spots(first, second, says, shape, text):
                if (WordEdit(at, at, put),) not in ways:
                    ways.append((WordEdit(at, at, put),))
        return Proposal(after, "new", first.path, given.tokens, shape, tuple(ways))

    def _spots(
        self, first: Own, second: Own | None, says: str, shape: tuple[str, int], text: str
    ) -> Iterator[tuple[int, str]]:
        """Where a new block may stand, and how it is written there."""
        region = self.region(first)
        if not first.line:
            region = SourceRegion(region.start, self._end_of_title(region, text))
        if shape == first.shape and first.numbered and (item := _ITEM.match(text, region.start)):
            sign = item[0] if item[1] else item[0].replace(item[2], str(int(item[2]) + 1), 1)
            yield region.end, f"\n{sign}{says}"
        if shape == first.shape and shape[0] in ("Quote", "Epigraph"):
            yield region.end, f"\n>\n> {says}"
        yield region.end, f"\n\n{says}"
        if second and second.path == first.path and second.line > first.line:
            start = self.region(second).start
            # Braces for the next block stand on the line before it.
            while (
                start
                and text[:start].rstrip("\n").rpartition("\n")[2].startswith("{")
                and text[start - 2] != "\n"
            ):
                start = len(text[:start].rstrip("\n").rpartition("\n")[0]) + 1
            yield start, f"{says}\n\n"

    def _end_of_title(self, region: SourceRegion, text: str) -> int:
        for match in re.finditer(r"(?m)^#[ \t].*$", text[region.start : region.end]):
            return region.start + match.end()
        return region.end
