"""The doubtful places of an edition: what an editor should look at before the conversion is signed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from keben.core.editorial.values import Doubt
from keben.core.saying import series, wording
from keben.script.documents import ConvertedParagraph
from keben.script.editions import EditionConverter
from keben.script.examine import Examiner
from keben.script.marks import LOCKED
from keben.script.offsets import INEXACT, around
from keben.script.opinion import with_opinions
from keben.script.overreach import overreaching
from keben.script.quotes import partners
from keben.script.settled import anchored
from keben.script.suspicions import RANKS, Suspicion, distinct

CONTEXT = 20
"""How many characters around a place are shown."""

REACH = 8
"""How many characters to each side a decision of one place names. So it survives edits elsewhere."""


def find_doubts(paragraphs: Sequence[ConvertedParagraph], converter: EditionConverter) -> tuple[Doubt, ...]:
    """The undecided doubtful places of paragraphs, in their order, each once."""
    examiner = converter.examiner
    if examiner is None:
        return ()
    suspicions = [distinct(list(_suspicions(paragraph, converter, examiner))) for paragraph in paragraphs]
    for more in (_inconsistent(paragraphs, examiner), _own(paragraphs, examiner)):
        for index, several in more.items():
            suspicions[index] = distinct([*suspicions[index], *several])
    suspicions = _quotes_once(paragraphs, suspicions)
    found = (
        _doubt(paragraph, suspicion)
        for paragraph, several in zip(paragraphs, suspicions, strict=True)
        for suspicion in several
    )
    # What the theme prints twice, a heading in the head of a page too, is one place.
    once = {(each.kind, each.place, each.phrase, each.anchor): each for each in found}
    return tuple(with_opinions(once.values(), converter.edition.language))


def _suspicions(
    paragraph: ConvertedParagraph, converter: EditionConverter, examiner: Examiner
) -> Iterator[Suspicion]:
    passage = paragraph.passage
    if converter.converter.configurations:
        yield from examiner.suspicions(passage, masked(paragraph))
        yield from overreaching(converter.converter, passage, paragraph.claims)
    for start, end in paragraph.moved:
        first, last = passage.offsets[start], passage.offsets[end]
        reason = wording("Markup begins or ends inside this word, which is converted as a whole.")
        yield Suspicion(start, end, "markup", (passage.output[first:last],), reason)
    for offset in paragraph.unbalanced:
        at = next(at for at, place in enumerate(passage.offsets) if place == offset)
        mark = paragraph.output[offset]
        candidates = (mark, *partners(passage.source[at], converter.edition.quotes))
        reason = wording("This quotation mark is not paired.")
        yield Suspicion(at, at + 1, "quotes", tuple(dict.fromkeys(candidates)), reason)


def _quotes_once(
    paragraphs: Sequence[ConvertedParagraph], suspicions: Sequence[list[Suspicion]]
) -> list[list[Suspicion]]:
    """The suspicions with one question for each unpaired quotation mark of a file, at its first place.

    A file that lacks one kind of mark throughout would fill a review with one fault.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for paragraph, several in zip(paragraphs, suspicions, strict=True):
        for each in several:
            if each.kind == "quotes":
                counts[paragraph.place.path, paragraph.passage.source[each.start : each.end]] += 1
    left: list[list[Suspicion]] = []
    asked: set[tuple[str, str]] = set()
    for paragraph, several in zip(paragraphs, suspicions, strict=True):
        kept = []
        for each in several:
            about = paragraph.place.path, paragraph.passage.source[each.start : each.end]
            if each.kind == "quotes":
                if about in asked:
                    continue
                asked.add(about)
                if counts[about] > 1:
                    more = wording(
                        "This file has {counts} such marks; this is the first.", counts=counts[about]
                    )
                    each = replace(each, reason=wording("{first} {second}", first=each.reason, second=more))
            kept.append(each)
        left.append(kept)
    return left


def masked(paragraph: ConvertedParagraph) -> str:
    """A paragraph's source with `LOCKED` for each character that is settled."""
    text = paragraph.passage.source
    for claim in paragraph.claims:
        # A term that the glossary leaves to the converter was looked at as well.
        if claim.target is not None or claim.by == "glossary":
            text = f"{text[: claim.start]}{LOCKED * (claim.end - claim.start)}{text[claim.end :]}"
    return text


def _inconsistent(paragraphs: Sequence[ConvertedParagraph], examiner: Examiner) -> dict[int, list[Suspicion]]:
    """Words that come out in several ways in one edition: where they come out in a rarer way."""
    outputs: dict[str, Counter[str]] = {}
    places: dict[str, list[tuple[int, int, int, str]]] = {}
    for index, paragraph in enumerate(paragraphs):
        for start, end, output in examiner.words(paragraph.passage, masked(paragraph)):
            word = paragraph.passage.source[start:end]
            outputs.setdefault(word, Counter())[output] += 1
            places.setdefault(word, []).append((index, start, end, output))
    found: dict[int, list[Suspicion]] = {}
    for word, counter in outputs.items():
        if len(counter) < 2:
            continue
        ordered = sorted(counter, key=lambda output: (-counter[output], output))
        said = series(f"{output} {counter[output]}" for output in ordered)
        for index, start, end, output in places[word]:
            if output != ordered[0]:
                candidates = (output, *(other for other in ordered if other != output))
                reason = wording(
                    "In this book {word} comes out in several ways: {said}.", word=word, said=said
                )
                found.setdefault(index, []).append(Suspicion(start, end, "inconsistent", candidates, reason))
    return found


def _own(paragraphs: Sequence[ConvertedParagraph], examiner: Examiner) -> dict[int, list[Suspicion]]:
    """The words that this book alone has, in all their places: one question each."""
    found: dict[int, list[Suspicion]] = {}
    for word, forms in examiner.own_words([masked(paragraph) for paragraph in paragraphs]):
        times = len(word.places)
        reason = wording(
            "{text} stands {times} times in this book and in no list: a name, or a term of its own.",
            text=word.text,
            times=times,
        )
        for index, start in word.places:
            end = start + len(word.text)
            passage = paragraphs[index].passage
            first, last = passage.offsets[start], passage.offsets[end]
            if INEXACT not in (first, last):
                candidates = tuple(dict.fromkeys((passage.output[first:last], *forms)))
                if len(candidates) == 1:
                    continue
                found.setdefault(index, []).append(Suspicion(start, end, "own", candidates, reason))
    return found


def _doubt(paragraph: ConvertedParagraph, suspicion: Suspicion) -> Doubt:
    passage, output = paragraph.passage, paragraph.output
    start, end = suspicion.start, suspicion.end
    if INEXACT in (passage.offsets[start], passage.offsets[end]):
        start, end = around(passage.offsets, start, end)
    first, last = passage.offsets[start], passage.offsets[end]
    present = output[first:last]
    return Doubt(
        kind=suspicion.kind,
        rank=RANKS[suspicion.kind],
        place=paragraph.place,
        phrase=passage.source[start:end],
        output=present,
        candidates=tuple(dict.fromkeys((present, *suspicion.candidates))),
        reason=suspicion.reason,
        before=passage.source[max(0, start - CONTEXT) : start],
        after=passage.source[end : end + CONTEXT],
        output_before=output[max(0, first - CONTEXT) : first],
        output_after=output[last : last + CONTEXT],
        anchor=anchored(passage.source, start, end, REACH),
    )
