"""Proof of files without structure: a printer's interior, a booklet.

Their pages are those of a tagged PDF, which has its own proof: each page must say the same, piece by piece, as it is
drawn. Where that PDF is not at hand, text is compared by how often each character occurs, which finds most losses.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from keben.check.blame import advice_for, cut
from keben.check.carried import are_carried
from keben.check.expected import ExpectedBlock, expected_text
from keben.check.hidden import hidden_in
from keben.check.keptreadings import KeptReadings
from keben.check.reading import Reading
from keben.check.structure import form_texts, page_texts
from keben.core.composition import Artifact, Composition
from keben.core.errors import Finding, Place
from keben.core.saying import wording

GRAM = 8
"""A lost block is looked for in pieces of so many characters: few enough to fit between a block's end and a page break,
enough to tell one sentence from another."""


def same_pages(
    printed: Artifact,
    artifact: Artifact,
    advice: str,
    *,
    on_sheets: bool,
    by_pdfium: bool = False,
    kept: tuple[KeptReadings | None, KeptReadings | None] = (None, None),
) -> tuple[Finding, ...]:
    """An error for each page of a tagged PDF whose text is not the same in what was made of it.

    A printer's interior has the pages in their order, a booklet on the sides of its sheets. ``kept`` is what
    was read of the two before.
    """
    if on_sheets and are_carried(printed.data, artifact.data):
        return ()
    reading = Reading()
    wanted = [reading(text) for text in page_texts(printed.data, by_pdfium=by_pdfium, kept=kept[0])]
    if not on_sheets:
        there = [reading(text) for text in page_texts(artifact.data, by_pdfium=by_pdfium, kept=kept[1])]
        return tuple(_in_order(wanted, there, artifact.name, advice))
    there = [reading(text) for text in form_texts(artifact.data, by_pdfium=by_pdfium, kept=kept[1])]
    missing = Counter(wanted) - Counter(there) - Counter([""])
    more = Counter(there) - Counter(wanted) - Counter([""])
    findings = []
    for texts, said in (
        (missing, wording("is not whole in it")),
        (more, wording("is in it and not in the book")),
    ):
        for text in texts:
            message = wording("The page that begins “{text}” {said}.", text=cut(text), said=said)
            findings.append(Finding(Place(artifact.name), "lost-text", message, advice))
    return tuple(findings)


def _in_order(wanted: Sequence[str], there: Sequence[str], name: str, advice: str) -> Iterator[Finding]:
    if len(wanted) != len(there):
        message = wording(
            "It has {count} pages, and the book {count2}.", count=len(there), count2=len(wanted)
        )
        yield Finding(Place(name), "lost-text", message, advice)
    for number, (text, found) in enumerate(zip(wanted, there, strict=False), 1):
        if text != found:
            message = wording(
                "Page {number} does not say what the book says there: “{text}”.",
                number=number,
                text=cut(text),
            )
            yield Finding(Place(name), "lost-text", message, advice)


def check_by_counting(composition: Composition, artifact: Artifact) -> tuple[Finding, ...]:
    """An error for each block of which a part is nowhere in the file, or for characters that are too few."""
    texts = expected_text(composition, hidden_in(artifact.facts), marks=False)
    said = (piece.text for text in texts for piece in text.pieces)
    reading = Reading.of(composition.styles.values(), str(artifact.facts.get("marked", "")), said)
    stream = reading("".join(page_texts(artifact.data)))
    wanted: list[tuple[ExpectedBlock, str]] = []
    for text in texts:
        parts: dict[int, str] = {}
        for piece in text.pieces:
            if not piece.optional:
                parts[piece.block] = parts.get(piece.block, "") + reading(piece.text)
        wanted += [(text.blocks[number], part) for number, part in parts.items()]
    deficit = Counter("".join(part for _, part in wanted)) - Counter(stream)
    advice = advice_for(composition)
    grams = {
        stream[index : index + size] for size in range(1, GRAM + 1) for index in range(len(stream) - size + 1)
    }
    lost = [
        Finding(
            block.place,
            "lost-text",
            wording("This text is not whole in {name}: “{part}”.", name=artifact.name, part=cut(part)),
            advice,
        )
        for block, part in wanted
        if not deficit.keys().isdisjoint(_uncovered(part, grams))
    ]
    if not deficit or lost:
        return tuple(lost)
    # Every piece is there, but not as often as it should be: a text that occurs twice is there once.
    characters = "".join(character for character, _ in deficit.most_common(20))
    message = wording(
        "{count} characters are missing in it, among them “{characters}”.",
        count=sum(deficit.values()),
        characters=characters,
    )
    return (Finding(Place(artifact.name), "lost-text", message, advice),)


def _uncovered(text: str, grams: set[str]) -> set[str]:
    """The characters of a text that are, at some place of it, in no piece that was found."""
    size = min(GRAM, len(text))
    found = [text[index : index + size] in grams for index in range(len(text) - size + 1)]
    return {text[index] for index in range(len(text)) if not any(found[max(0, index - size + 1) : index + 1])}
