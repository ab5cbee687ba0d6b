"""Does each line stand in the type area (版心)? What sticks out of it by more than a hanging mark is reported."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from keben.check.blame import cut
from keben.check.drawntext import Box
from keben.check.expected import ExpectedBlock, ExpectedText
from keben.check.matching import Alignment
from keben.check.structure import Run, TaggedPage
from keben.core.composition import Artifact
from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.core.values import dataclass

_HANGING = 1.0
"""Ems of the body that a mark may hang out of its line."""

_OFF = 1.0
"""Points that a glyph's ink may touch the edge of the page by."""


_SIDES = ("left", "right", "bottom", "top")


@dataclass(frozen=True, slots=True)
class Edges:
    """The left, right, bottom and top of the type area on odd and even pages, in points; and the size of the body."""

    odd: tuple[float, ...]
    even: tuple[float, ...]
    body: float

    @classmethod
    def of(cls, facts: Mapping[str, object]) -> "Edges | None":
        """Those that an artifact's facts name; None where they name none."""
        given = facts.get("edges")
        if not isinstance(given, Mapping):
            return None
        try:
            odd, even = (tuple(map(float, given[name])) for name in ("odd", "even"))
            body = float(given["body"])
        except (KeyError, TypeError, ValueError):
            return None
        return cls(odd, even, body) if len(odd) == len(even) == len(_SIDES) else None

    def on(self, page: int) -> tuple[float, ...]:
        """Those of a page."""
        return self.odd if page % 2 else self.even


def outside_area(
    text: ExpectedText,
    alignment: Alignment,
    starts: Sequence[int],
    runs: Sequence[Run],
    pages: Sequence[TaggedPage],
    artifact: Artifact,
) -> Iterator[Finding]:
    """An error for each block with text off the page, a warning for each with text outside the type area."""
    edges = Edges.of(artifact.facts)
    if edges is None:
        return
    known = [
        (place, piece.block) for piece, place in zip(text.pieces, alignment.places, strict=True) if place >= 0
    ]
    places = [place for place, _ in known]
    worst: dict[int, tuple[bool, float, Run]] = {}
    for start, run in zip(starts, runs, strict=True):
        page = pages[run.page - 1]
        if _is_inside(run, page, edges):
            continue
        off, out = _out(run, page, edges)
        if not off and out <= _HANGING * edges.body:
            continue
        at = bisect_right(places, start) - 1
        block = known[at][1] if at >= 0 else -1
        before = worst.get(block)
        if before is None or (off, out) > before[:2]:
            worst[block] = (off, out, run)
    for block, (off, out, run) in sorted(worst.items()):
        where = text.blocks[block] if block >= 0 else ExpectedBlock(Place(artifact.name), "")
        yield _finding(where, off, out, run, artifact.name)


def held_by_none(pages: Sequence[TaggedPage], artifact: Artifact, advice: str) -> Iterator[Finding]:
    """An error for each page with text in the type area that belongs to no element: running heads stand around it."""
    edges = Edges.of(artifact.facts)
    for number, page in enumerate(pages, 1):
        runs = [run for run in page.runs if run.role == "outside"]
        said = "".join(
            run.text for run in runs if edges and any(_is_in(box, edges.on(number)) for box in run.boxes)
        )
        if said.strip():
            message = wording(
                "Page {number} says what no element of the book does: “{split}”.",
                number=number,
                split=cut(" ".join(said.split())),
            )
            yield Finding(Place(artifact.name), "added-text", message, advice)


def _is_in(box: Box, sides: tuple[float, ...]) -> bool:
    left, right, bottom, top = sides
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return left < x < right and bottom < y < top


def _is_inside(run: Run, page: TaggedPage, edges: Edges) -> bool:
    """Whether a run of one line stands in the type area, and on the page, as nearly all do."""
    if len(run.boxes) != 1:
        return not run.boxes
    ((left, bottom, right, top),) = run.boxes
    first, last, _, _ = edges.on(run.page)
    return (
        first <= left
        and right <= last
        and left >= 0
        and bottom >= 0
        and right <= page.width
        and top <= page.height
    )


def _out(run: Run, page: TaggedPage, edges: Edges) -> tuple[bool, float]:
    """Whether a run leaves the page, and by how much it leaves the type area, in points."""
    left, right, _, _ = edges.on(run.page)
    off = any(_is_off(box, page) for box in run.boxes)
    out = max((max(left - box[0], box[2] - right) for box in run.boxes), default=0.0)
    return off, out


def _is_off(box: Box, page: TaggedPage) -> bool:
    left, bottom, right, top = box
    return left < -_OFF or bottom < -_OFF or right > page.width + _OFF or top > page.height + _OFF


def _finding(block: ExpectedBlock, off: bool, out: float, run: Run, name: str) -> Finding:
    begin = cut(" ".join(run.text.split()))
    if block.in_table and off:
        message = wording(
            "The table is too wide: “{begin}” runs off page {page} in {name}.",
            begin=begin,
            page=run.page,
            name=name,
        )
        return Finding(
            block.place, "wide-table", message, wording("Shorten its cells, or take out a column.")
        )
    if off:
        message = wording("“{begin}” runs off page {page} in {name}.", begin=begin, page=run.page, name=name)
        return Finding(block.place, "off-page", message, _advice(block))
    message = wording(
        "“{begin}” stands {out:.1f} pt outside of the type area on page {page} in {name}.",
        begin=begin,
        out=out,
        page=run.page,
        name=name,
    )
    return Finding(block.place, "outside-area", message, _advice(block), "warning")


def _advice(block: ExpectedBlock) -> str:
    if block.in_table:
        return wording("Shorten the table's cells, or take out a column.")
    if block.tag == "pre":
        return wording("Break its lines, or set it smaller in a style.")
    return wording(
        "Shorten what cannot be parted, or give it a place to break (U+200B); or a style moves it there."
    )
