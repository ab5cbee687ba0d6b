"""What one way to part a clause makes of it, and what that way costs."""

from collections.abc import Sequence

from keben.script.choices import PreparedText
from keben.script.context import Segmenter
from keben.script.dictionaries import Recipe
from keben.script.marks import CHOSEN
from keben.script.offsets import Offsets
from keben.script.passages import through
from keben.script.regionforms import region_forms
from keben.script.telling import Around


def reading(chosen: Recipe, known: Segmenter | None, around: Around) -> tuple[str, Offsets]:
    """What a clause comes out as if it is divided in a given way, with offsets.

    ``known`` chooses forms; None: OpenCC's dictionaries alone.
    """
    parts = [around.clause[start:end] for start, end in around.segments]
    if known is None:
        return through(chosen.chain, parts)
    choices = tuple(known.chooser.choices(around))
    taken = {each.start for each in choices}
    pieces = [
        CHOSEN * len(part) if start in taken else part
        for part, (start, _) in zip(parts, around.segments, strict=True)
    ]
    output, offsets = through(chosen.chain, pieces)
    return region_forms(chosen.name).apply(PreparedText("", choices).filled(output)), offsets


def cost(known: Segmenter, clause: str, parts: Sequence[tuple[int, int]]) -> float:
    """What a way to part a clause costs, in nats (`keben.script.lattice`)."""
    return sum(known.lattice.cost_of_part(clause[start:end]) for start, end in parts)
