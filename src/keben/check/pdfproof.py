"""Proof that a tagged PDF says what its composition says: every text, in order, with nothing more.

Read from the structure tree: running heads and folios belong to no element, and what a style generates is labelled.
Numbers of lists are computed again from the elements and held against the labels that are printed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from keben.check.area import held_by_none, outside_area
from keben.check.blame import FAULT, advice_for, cut
from keben.check.drawnformulas import read_formulas
from keben.check.expected import ExpectedBlock, ExpectedText, Label, expected_text
from keben.check.hidden import hidden_in
from keben.check.keptreadings import KeptReadings
from keben.check.matching import Alignment, Difference, align
from keben.check.moving import ComparedText, Moved, renumbered, settle
from keben.check.numbers import says
from keben.check.reading import Reading
from keben.check.structure import Run, TaggedPage, in_order, read_structure
from keben.core.calls import Apart
from keben.core.composition import Artifact, Composition
from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.core.values import dataclass

SHEETS = ("base.css", "print.css", "print-vertical.css", "press.css")
"""The theme's style sheets that a PDF is set with."""

_OWN_MARKS = re.compile(r"footnote-(?:call|marker)[^{}]*\{[^}]*\bcontent\s*:")
_CALLS = frozenset(("footnote-call", "footnote-marker"))


@dataclass(frozen=True, slots=True)
class Stream:
    """What a PDF says in order, and which run each part of it is from."""

    text: str
    starts: tuple[int, ...]
    runs: tuple[Run, ...]
    labels: Mapping[int, Sequence[str]]
    """Of lists, by their places in the text."""

    def page_at(self, at: int) -> int:
        """The page of a place."""
        number = 0
        for start, run in zip(self.starts, self.runs, strict=True):
            if start > at:
                break
            number = run.page
        return number or 1


def check_pdf(
    composition: Composition,
    artifact: Artifact,
    *,
    by_pdfium: bool = False,
    kept: KeptReadings | None = None,
    apart: Apart | None = None,
) -> tuple[Finding, ...]:
    """An error for each text of a composition that is not whole in a tagged PDF, or that is there without being in it.

    What a style hides, as the artifact's facts name it, may be missing. See `read_structure` for the rest.
    """
    pages = read_structure(artifact.data, by_pdfium=by_pdfium, kept=kept, apart=apart)
    if not any(page.is_tagged for page in pages):
        message = wording(
            "It has no structure, so its text cannot be separated from running heads and folios."
        )
        return (Finding(Place(artifact.name), "untagged-pdf", message, advice_for(composition)),)
    moved = Moved.of(artifact.facts)
    texts, reading, marks = _expected(composition, artifact.facts, moved)
    known = kept.texts_read(reading) if kept else {}
    streams = [_stream(pages, reading, known, in_notes, marks=marks) for in_notes in (False, True)]
    parts = [_part(text, moved, stream.text, reading) for text, stream in zip(texts, streams, strict=True)]
    settled = settle(parts, moved, _elsewhere(pages, marks=marks), reading, artifact.name)
    findings: list[Finding] = list(settled.findings)
    for part, alignment, stream in zip(parts, settled.alignments, streams, strict=True):
        findings += _reported(part.text, alignment, stream, composition, artifact.name)
        findings += _feet(part.text, pages, reading, artifact.name, advice_for(composition))
        findings += _numbers(part, stream.labels, moved, artifact)
        findings += outside_area(part.text, alignment, stream.starts, stream.runs, pages, artifact)
    findings += _formulas([each for text in texts for each in text.formulas], artifact)
    findings += held_by_none(pages, artifact, advice_for(composition))
    return tuple(dict.fromkeys(findings))


def expect(composition: Composition) -> Reading:
    """Read what a composition says before its PDF is there, and give how texts are read.

    Where the PDF hides or moves nothing, this is what counts.
    """
    texts, reading, _ = _expected(composition, {}, Moved.of({}))
    for text in texts:
        _read(reading, tuple(piece.text for piece in text.pieces))
    return reading


def _expected(
    composition: Composition, facts: Mapping[str, object], moved: Moved
) -> tuple[Sequence[ExpectedText], Reading, bool]:
    """The text of a book and that of its notes, how they are read, and whether marks of notes are the theme's."""
    styles = [composition.styles.get(name, "") for name in SHEETS]
    marks = not any(_OWN_MARKS.search(text) for text in styles)
    texts = expected_text(composition, hidden_in(facts), moved.by_element(), moved.floats(), marks=marks)
    said = (piece.text for text in texts for piece in text.pieces)
    return texts, Reading.of(styles, str(facts.get("marked", "")), said), marks


@lru_cache(maxsize=2)
def _read(reading: Reading, texts: tuple[str, ...]) -> Sequence[str]:
    return tuple(reading.each(texts))


def _part(text: ExpectedText, moved: Moved, found: str, reading: Reading) -> ComparedText:
    wanted = _read(reading, tuple(piece.text for piece in text.pieces))
    optional = [
        piece.optional or moved.is_free(text.moved.get(index, -1)) for index, piece in enumerate(text.pieces)
    ]
    return ComparedText(text, wanted, align(wanted, optional, found), found)


def _elsewhere(pages: Sequence[TaggedPage], *, marks: bool) -> str:
    """What the pages say beside the book's text and its notes, such as running heads."""
    kept = {"", *(_CALLS if marks else ())}
    return "".join(run.text for page in pages for run in page.runs if run.role not in kept)


def _stream(
    pages: Sequence[TaggedPage], reading: Reading, known: Mapping[str, str], in_notes: bool, *, marks: bool
) -> Stream:
    kept = {"", *(_CALLS if marks else ())}
    texts: list[str] = []
    starts: list[int] = []
    runs: list[Run] = []
    labels: dict[int, list[str]] = {}
    length = 0
    ordered = [run for run in in_order(pages, in_notes) if run.role == "marker" or run.role in kept]
    for run, text in zip(ordered, reading.each([run.text for run in ordered], known), strict=True):
        if run.role == "marker":
            labels.setdefault(length, []).append(run.text)
        elif text:
            texts.append(text)
            starts.append(length)
            runs.append(run)
            length += len(text)
    # Once more as a whole: a word that is read from right to left may be in several runs.
    return Stream(reading.again(texts), tuple(starts), tuple(runs), labels)


def _reported(
    text: ExpectedText, alignment: Alignment, stream: Stream, composition: Composition, name: str
) -> Iterator[Finding]:
    """A finding for each block that has differences."""
    advice = advice_for(composition)

    def block_of(difference: Difference) -> int:
        if difference.piece >= len(text.pieces):
            return len(text.blocks)
        return text.pieces[difference.piece].block

    for number, group in groupby(alignment.differences, block_of):
        differences = list(group)
        page = stream.page_at(differences[0].at)
        if number >= len(text.blocks):
            yield _added(differences[0], Place(name), page, advice)
            continue
        block = text.blocks[number]
        whole = "".join(piece.text for piece in text.pieces if piece.block == number)
        yield _difference(block, whole, differences, page, name, advice)


def _difference(
    block: ExpectedBlock, whole: str, differences: Sequence[Difference], page: int, name: str, advice: str
) -> Finding:
    first = differences[0]
    begin = cut(" ".join(whole.split()))
    if first.kind == "moved":
        message = wording(
            "This text does not stand in its order in {name}: “{begin}” (page {page}).",
            name=name,
            begin=begin,
            page=page,
        )
        return Finding(block.place, "moved-text", message, advice)
    if all(each.kind == "added" for each in differences):
        return _added(first, block.place, page, advice, wording(" in {name}", name=name), begin)
    message = wording("This text is not whole in {name}: “{begin}”.", name=name, begin=begin)
    if first.found:
        message += wording(
            " Page {page} has {first} for {first2}.",
            page=page,
            first=_in_context(first, first.found),
            first2=_in_context(first, first.expected),
        )
    elif len(first.expected) < len("".join(whole.split())):
        message += wording(
            " “{expected}” is missing on page {page}.", expected=cut(first.expected), page=page
        )
    return Finding(block.place, "lost-text", message, advice)


def _in_context(difference: Difference, text: str) -> str:
    return f"“{difference.before}{cut(text, 30)}{difference.after}”"


def _added(
    difference: Difference, place: Place, page: int, advice: str, where: str = "", begin: str = ""
) -> Finding:
    at = wording(" at “{begin}”", begin=begin) if begin else ""
    message = wording(
        "Page {page}{where} says more than the book{at}: “{found}”.",
        page=page,
        where=where,
        at=at,
        found=cut(difference.found),
    )
    return Finding(place, "added-text", message, advice)


def _formulas(wanted: Sequence[tuple[str, Place]], artifact: Artifact) -> Iterator[Finding]:
    """An error for each formula that no element of the file draws and says."""
    if not wanted:
        return
    there = Counter(" ".join(each.alt.split()) for each in read_formulas(artifact.data) if each.box)
    for latex, place in wanted:
        said = " ".join(latex.split())
        if there[said]:
            there[said] -= 1
        else:
            message = wording("This formula is not in {name}: “{said}”.", name=artifact.name, said=cut(said))
            yield Finding(place, "lost-formula", message, FAULT)


def _feet(
    text: ExpectedText, pages: Sequence[TaggedPage], reading: Reading, name: str, advice: str
) -> Iterator[Finding]:
    """An error for each foot of a table that is on none of its pages."""
    if not text.feet:
        return
    there = reading("".join(run.text for page in pages for run in page.runs if run.role == "foot"))
    at = 0
    for said, place in text.feet:
        wanted = reading(said)
        found = there.find(wanted, at)
        if found < 0:
            message = wording("This text is not whole in {name}: “{wanted}”.", name=name, wanted=cut(wanted))
            yield Finding(place, "lost-text", message, advice)
        else:
            at = found + len(wanted)


def _numbers(
    part: ComparedText, labels: Mapping[int, Sequence[str]], moved: Moved, artifact: Artifact
) -> Iterator[Finding]:
    """An error for each list of which an item's printed number is not its own, or one item has none and another has.

    A warning where a style counts otherwise.
    """
    taken: dict[int, int] = {}
    answers: list[tuple[Label, str | None]] = []
    for label in part.text.labels:
        at = next(
            (
                part.alignment.places[index]
                for index in range(label.at, len(part.wanted))
                if part.wanted[index]
            ),
            -1,
        )
        if at < 0:
            continue
        there = labels.get(at, [])
        number = taken.get(at, 0)
        taken[at] = number + 1
        answers.append((label, there[number] if number < len(there) else None))
    printed = {label.of for label, said in answers if said is not None}
    reported: set[int] = set()
    for label, said in answers:
        is_right = label.of not in printed if said is None else says(said, label.number) is not False
        if is_right or label.of in reported:
            continue
        reported.add(label.of)
        prints = wording("prints “{said}”", said=said.strip()) if said else wording("prints none")
        message = wording(
            "This item has the number {number}; {name} {prints}.",
            number=label.number,
            name=artifact.name,
            prints=prints,
        )
        style = moved.renumbering(label.moved)
        if style:
            yield renumbered(label.place, message, style, artifact.name)
        else:
            yield Finding(label.place, "list-number", message, FAULT)
