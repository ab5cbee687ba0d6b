"""One document's tree, converted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from keben.core.composition import Document
from keben.core.edition import Edition
from keben.core.editorial.values import Converted
from keben.core.errors import Finding, Place
from keben.core.language import canonical
from keben.core.markup import Element, transform
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.core.variants import plain
from keben.script.carried import Carried, freed
from keben.script.dots import set_dots
from keben.script.editions import EditionConverter, Withheld, first_withheld
from keben.script.marks import unshield
from keben.script.offsets import INEXACT, around, cut
from keben.script.passages import Passage
from keben.script.quotes import Imbalance, set_quotes
from keben.script.runs import Texts, collect, rebuild, with_texts
from keben.script.settled import Claim, locks


@dataclass(frozen=True, slots=True)
class ConvertedParagraph:
    """A run of a document's texts before and after its conversion."""

    place: Place
    passage: Passage
    """Marks and dots are as they were in the source."""
    output: str
    """As it is printed, of the same length as the passage's output."""
    claims: tuple[Claim, ...]
    moved: tuple[tuple[int, int], ...]
    """Spans of the source inside of which markup began or ended, and was moved to an edge."""
    unbalanced: tuple[int, ...] = ()
    """Offsets in the output of unpaired quotation marks."""


@dataclass(frozen=True, slots=True)
class DocumentConversion:
    """A document in the edition's script, and what was noticed on the way."""

    document: Document
    findings: tuple[Finding, ...]
    record: tuple[Converted, ...]
    used: frozenset[Place]
    paragraphs: tuple[ConvertedParagraph, ...]
    """Where doubts are asked for."""
    withheld: Withheld


@dataclass(frozen=True, slots=True)
class _Run:
    """A run, converted; its marks and dots are as they were in the source."""

    line: int
    leaves: Sequence[int]
    source: str
    texts: Sequence[str]
    """What stands at each of the leaves."""
    claims: Sequence[Claim]
    withheld: Withheld
    passage: Passage | None = None
    moved: Sequence[tuple[int, int]] = ()


def convert_document(document: Document, converter: EditionConverter) -> DocumentConversion:
    """A document in the edition's script: the same elements, attributes and number of texts, with other texts."""
    edition = converter.edition
    texts = collect(document.root, edition.source_language)
    leaves, carried = _cleaned(texts, edition)
    runs = _convert_runs(texts.runs, leaves, carried, converter, document.path)
    leaves = with_texts(leaves, ((run.leaves, run.texts) for run in runs))
    leaves, imbalances = set_quotes(leaves, texts.blocks, edition.quotes)
    dotted = [set_dots([leaves[index] for index in run.leaves], edition.interpunct) for run in runs]
    leaves = with_texts(leaves, ((run.leaves, made) for run, made in zip(runs, dotted, strict=True)))
    leaves = _shared(map(unshield, leaves), texts.leaves)
    attributes = [
        (plain(value, edition.language), {})
        if keep
        else converter.text(value, document.path, carried.rules_before(leaf))
        for value, keep, _, leaf in texts.attributes
    ]
    title, from_title = converter.text(document.title, document.path)
    running = converter.text(document.running, document.path)[0] if document.running else ""
    root = _with_languages(rebuild(document.root, leaves, [value for value, _ in attributes]), edition)
    findings = [finding for run in runs for finding in _moved(document, run)]
    findings += [_unbalanced(document, imbalance) for imbalance in imbalances]
    return DocumentConversion(
        replace(document, root=root, title=title, running=running),
        tuple(findings),
        tuple(_record(document, runs, leaves)),
        frozenset(claim.place for run in runs for claim in run.claims if claim.place),
        tuple(_paragraphs(document, runs, leaves, imbalances)) if converter.examiner else (),
        first_withheld((*(run.withheld for run in runs), *(kept for _, kept in attributes), from_title)),
    )


def _shared(leaves: Iterable[str], sources: Sequence[str]) -> list[str]:
    """Texts, each in one copy with the source that it equals: a document that is kept holds both."""
    return [source if leaf == source else leaf for leaf, source in zip(leaves, sources, strict=True)]


def _cleaned(texts: Texts, edition: Edition) -> tuple[list[str], Carried]:
    """A document's texts without variants, and those of its prose."""
    prose = sorted(index for _, run in texts.runs for index in run)
    clean, carried = freed({index: texts.leaves[index] for index in prose}, edition.language)
    leaves = [
        clean[index] if index in clean else plain(text, edition.language)
        for index, text in enumerate(texts.leaves)
    ]
    return leaves, carried


def _convert_runs(
    runs: Iterable[tuple[int, Sequence[int]]],
    leaves: Sequence[str],
    carried: Carried,
    converter: EditionConverter,
    path: str,
) -> list[_Run]:
    """Runs of leaves, each with its line, converted."""
    found: list[_Run] = []
    for line, run in runs:
        source = "".join(leaves[index] for index in run)
        own = carried.claims_of(leaves, run), carried.rules_of(leaves, run)
        claims, withheld = converter.claims(source, path, *own)
        found.append(_Run(line, run, source, (), claims, withheld))
    # Most have no markup in them, and need no offsets.
    plain_ones = {at for at, run in enumerate(found) if len(run.leaves) == 1 and converter.examiner is None}
    texts = [(found[at].source, locks(found[at].claims)) for at in sorted(plain_ones)]
    converted = iter(converter.converter.convert_all(texts))
    return [
        replace(run, texts=(next(converted),)) if at in plain_ones else _traced(run, leaves, converter)
        for at, run in enumerate(found)
    ]


def _traced(run: _Run, leaves: Sequence[str], converter: EditionConverter) -> _Run:
    """A run converted with its offsets, and cut where its leaves were."""
    borders = list(accumulate(len(leaves[index]) for index in run.leaves[:-1]))
    passage = converter.converter.trace(run.source, locks(run.claims))
    pieces, _ = cut(run.source, passage.output, passage.offsets, borders)
    moved = [
        around(passage.offsets, border, border) for border in borders if passage.offsets[border] == INEXACT
    ]
    decided = {(claim.start, claim.end) for claim in run.claims if claim.by in ("decision", "variant")}
    outside = [span for span in dict.fromkeys(moved) if span not in decided]
    return replace(run, texts=pieces, passage=passage, moved=outside)


def _record(document: Document, runs: Sequence[_Run], leaves: Sequence[str]) -> Iterator[Converted]:
    for run in runs:
        if run.source.strip():
            place = Place(document.path, run.line)
            yield Converted(place, run.source, "".join(leaves[index] for index in run.leaves))


def _paragraphs(
    document: Document, runs: Sequence[_Run], leaves: Sequence[str], imbalances: Sequence[Imbalance]
) -> Iterator[ConvertedParagraph]:
    for run in runs:
        if run.passage is None:
            continue
        starts = dict(
            zip(run.leaves, accumulate((len(leaves[index]) for index in run.leaves), initial=0), strict=False)
        )
        yield ConvertedParagraph(
            Place(document.path, run.line),
            run.passage,
            "".join(leaves[index] for index in run.leaves),
            tuple(run.claims),
            tuple(run.moved),
            tuple(starts[each.leaf] + each.offset for each in imbalances if each.leaf in starts),
        )


def _with_languages(root: Element, edition: Edition) -> Element:
    def rename(node: Element) -> Element | None:
        # A paragraph that is only a variant, which says nothing in this edition.
        if node.tag == "p" and node.children and all(child == "" for child in node.children):
            return None
        names = {
            name for name in ("lang", "xml:lang") if canonical(node.get(name)) == edition.source_language
        }
        return node.with_mapping(dict.fromkeys(names, edition.language)) if names else node

    return transform(root, rename).with_mapping({"lang": edition.language, "xml:lang": edition.language})


def _moved(document: Document, run: _Run) -> Iterator[Finding]:
    for start, end in run.moved:
        assert run.passage is not None  # noqa: S101 - only a traced run tells what was moved
        first, last = run.passage.offsets[start], run.passage.offsets[end]
        phrase, converted = run.source[start:end], run.passage.output[first:last]
        message = wording(
            "Markup begins or ends inside “{phrase}”, which becomes “{converted}” as a whole.",
            phrase=phrase,
            converted=converted,
        )
        advice = wording("The markup was moved to the phrase's edge; look at it.")
        yield Finding(Place(document.path, run.line), "snapped-border", message, advice, "warning")


def _unbalanced(document: Document, imbalance: Imbalance) -> Finding:
    message = wording("The quotation marks here do not pair up.")
    advice = wording(
        "Close what is opened; a quotation over several paragraphs opens in each and closes in the last."
    )
    return Finding(Place(document.path, imbalance.line), "unbalanced-quotes", message, advice, "warning")
