"""A corrected Word document → a diff of the Markdown.

Comes in: a project, and a document that `keben.formats.docx` wrote and somebody edited.
Goes out: the sources' new texts, and what was not taken.
Touches: nothing; the project is read by `keben.build`, and `keben.cli` writes.

1. The document's paragraphs are read (`reading`), and those that a build of the source writes now (`baseline`).
2. They are paired by the keys that each carries as a bookmark, or by their texts (`pairing`).
3. For each paragraph that changed, edits of the Markdown are worked out, several ways (`mapping`, `proposals`).
4. The edits are tried: a build with them must have the document's text there, and the old text everywhere else
   (`settling`). What fails is reported and not made.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from keben.build.editions import Project
from keben.core.edition import Edition
from keben.core.errors import Place
from keben.core.saying import wording
from keben.formats.docx.keys import stamp_of
from keben.review.word.baseline import Built, build_words
from keben.review.word.formatting import formatting
from keben.review.word.pairing import Pairs, pair
from keben.review.word.proposals import Proposal, Sources
from keben.review.word.reading import read_corrected
from keben.review.word.settling import settle
from keben.review.word.values import Corrected, Given, Own, TakenBack, WordRemark, shown

__all__ = ["take_back"]


def take_back(project: Project, edition: Edition, data: bytes) -> TakenBack:
    """The changes that a corrected document of an edition makes to the sources.

    Raises:
        BrokenDocxError: the document cannot be read.
    """
    corrected = read_corrected(data)
    built = build_words(project, edition, {})
    pairs = pair(built.paragraphs, corrected.paragraphs)
    texts = {each.path: each.text for each in project.manuscript.sources}
    sources = Sources(texts, built.paragraphs)
    is_same = corrected.stamp == stamp_of(each.key for each in built.written)
    proposed = list(_proposed(sources, corrected, pairs, is_same=is_same))
    remarks = [each for each in proposed if isinstance(each, WordRemark)]
    proposals = [each for each in proposed if isinstance(each, Proposal)]
    remarks += _comments(corrected, built, pairs)
    parted = _parted(sources, corrected.paragraphs, pairs)
    remarks += formatting(built.paragraphs, corrected.paragraphs, pairs, parted)
    is_report = edition.language != edition.source_language
    if is_report:
        remarks += (
            _remark(each, built, wording("This edition is converted: make the change in the source."))
            for each in proposals
        )
        return TakenBack({}, 0, tuple(sorted(remarks, key=_order)), _notices(corrected), True)
    settled = settle(built, proposals, texts, partial(build_words, project, edition))
    remarks += (
        _remark(
            each, built, wording("No change of the Markdown was found that changes this and nothing else.")
        )
        for each in settled.refused
    )
    changed = {path: (texts[path], text) for path, text in settled.texts.items()}
    return TakenBack(changed, len(settled.made), tuple(sorted(remarks, key=_order)), _notices(corrected))


def _order(remark: WordRemark) -> tuple[Place, str]:
    return remark.place, remark.message


def _notices(corrected: Corrected) -> tuple[str, ...]:
    if not corrected.inserted and not corrected.deleted:
        return ()
    return (
        wording(
            "{inserted} insertions and {deleted} deletions are still tracked; they count as accepted.",
            inserted=corrected.inserted,
            deleted=corrected.deleted,
        ),
    )


def _proposed(
    sources: Sources, corrected: Corrected, pairs: Pairs, *, is_same: bool
) -> Iterator[Proposal | WordRemark]:
    """What each paragraph that is another one now asks for.

    ``is_same``: the chapters say what they said when the document was written, so that what is missing was taken out.
    """
    given = corrected.paragraphs
    parted = _parted(sources, given, pairs)
    for at, own in enumerate(sources.own):
        if at in parted:
            yield sources.parted(at, len(given[pairs.given_of[at]].tokens))
        elif at in pairs.given_of:
            other = given[pairs.given_of[at]]
            if other.tokens != own.tokens and not other.is_untouched and not own.style.startswith("TOC"):
                yield _changed(sources, at, other, pairs)
            if at in pairs.moved and own.is_written:
                yield _about(
                    own, wording("It stands in another place of the document: move it by hand."), other
                )
    for at, number in pairs.joined.items():
        yield _about(
            sources.own[at], wording("It was joined to another paragraph: join them by hand."), given[number]
        )
    for at in pairs.lost(sources.own):
        lost = (
            sources.lost(at)
            if is_same
            else wording("It is not in the document: it is new here, or was taken out there.")
        )
        yield lost if isinstance(lost, Proposal) else _about(sources.own[at], lost)
    yield from _new(sources, given, pairs, parted)


def _parted(sources: Sources, given: tuple[Given, ...], pairs: Pairs) -> dict[int, int]:
    """Paragraphs that were divided in two and say the same, with the second of the document's paragraphs."""
    return {
        at: number
        for number, at in pairs.new
        if at >= 0
        and pairs.given_of.get(at) == number - 1
        and sources.own[at].is_written
        and sources.own[at].tokens == given[number - 1].tokens + given[number].tokens
    }


def _changed(sources: Sources, at: int, other: Given, pairs: Pairs) -> Proposal | WordRemark:
    own = sources.own[at]
    if not own.is_written:
        return _about(own, wording("Keben makes this page: change book.toml or the theme."), other)
    if at in pairs.conflicts:
        return _about(own, wording("The source and the document were both changed here."), other)
    if at in pairs.joined.values() or pairs.given_of[at] in pairs.joined.values():
        return _about(own, wording("Another paragraph was joined to it: join them by hand."), other)
    found = sources.changed(at, other)
    return found if isinstance(found, Proposal) else _about(own, found, other)


def _new(
    sources: Sources, given: tuple[Given, ...], pairs: Pairs, parted: Mapping[int, int]
) -> Iterator[Proposal | WordRemark]:
    by_given = {number: at for at, number in pairs.given_of.items()}
    last = (-2, -2)
    for number, after in pairs.new:
        if number in parted.values():
            continue
        own = sources.own[after] if after >= 0 else None
        if own is None or not own.is_written:
            if given[number].style.startswith("TOC") or given[number].is_untouched:
                continue  # Word renewed the contents.
            place = own.place if own else Place("book")
            yield WordRemark(
                place, wording("It is new, in a page that Keben makes."), "", shown(given[number].tokens)
            )
            continue
        if (number - 1, after) == last:
            yield _about(
                own,
                wording("It is new, and follows another new paragraph: take it over in a second run."),
                given[number],
            )
            last = (number, after)
            continue
        last = (number, after)
        following = next((by_given[at] for at in range(number + 1, len(given)) if at in by_given), -1)
        found = sources.new(after, following, given[number])
        yield (
            found
            if isinstance(found, Proposal)
            else _about(own, wording("{found} Write it by hand behind this.", found=found), given[number])
        )


def _comments(corrected: Corrected, built: Built, pairs: Pairs) -> Iterator[WordRemark]:
    by_given = {number: at for at, number in pairs.given_of.items()}
    for each in corrected.comments:
        at = next((by_given[number] for number in range(each.paragraph, -1, -1) if number in by_given), -1)
        place = built.paragraphs[at].place if at >= 0 else Place("book")
        yield WordRemark(
            place,
            wording(
                "{author} comments: “{text}”.", author=each.author or wording("Somebody"), text=each.text
            ),
        )


def _remark(proposal: Proposal, built: Built, message: str) -> WordRemark:
    own = built.paragraphs[proposal.at]
    before = "" if proposal.kind == "new" else shown(own.tokens)
    return WordRemark(own.place, message, before, shown(proposal.wanted))


def _about(own: Own, message: str, other: Given | None = None) -> WordRemark:
    return WordRemark(own.place, message, shown(own.tokens), shown(other.tokens) if other else "")
