"""Terms that take a part of a word: 制造 in 控制造成.

A glossary is matched as text, and cannot know where words begin. Where the words of a clause (`lattice`) do not part at
a term's edges, an editor should look.
"""

from collections.abc import Iterator, Sequence

from keben.core.saying import wording
from keben.script.edges import grown, words_of
from keben.script.marks import CLAUSE
from keben.script.passages import Converter, Passage
from keben.script.settled import Claim
from keben.script.suspicions import Suspicion


def overreaching(converter: Converter, passage: Passage, claims: Sequence[Claim]) -> Iterator[Suspicion]:
    """The terms of glossary and rules whose edges are inside words, each grown to those words' edges."""
    asked = [claim for claim in claims if claim.by in ("glossary", "rule") and claim.target is not None]
    if not asked or not converter.configurations:
        return
    for clause in CLAUSE.finditer(passage.source):
        inside = [claim for claim in asked if clause.start() <= claim.start and claim.end <= clause.end()]
        if not inside:
            continue
        words = [
            (start + clause.start(), end + clause.start()) for start, end in words_of(converter, clause[0])
        ]
        for claim in inside:
            start, end = grown(claim.start, claim.end, words)
            if (start, end) == (claim.start, claim.end):
                continue
            first, last = passage.offsets[start], passage.offsets[end]
            present, phrase = passage.output[first:last], passage.source[start:end]
            alone = converter.convert(phrase)
            if min(first, last) >= 0 and present != alone:
                term = passage.source[claim.start : claim.end]
                said = f" ({claim.place})" if claim.place else ""
                reason = wording(
                    "The term {term}{said} takes a part of another word here.", term=term, said=said
                )
                yield Suspicion(start, end, "glossary", (present, alone), reason)
