"""What a document is set in, and its source is not: it is reported, and not taken back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import groupby

from keben.core.errors import Place
from keben.core.saying import series, wording
from keben.formats.docx.keys import CALL, FORMULA, PICTURE, RUBY, Token
from keben.review.word.marks import NAMES, Marks
from keben.review.word.pairing import Pairs
from keben.review.word.values import Given, Own, WordRemark, shown

_SHOWN, _BRIEF = 4, 16
"""Places that a remark names, and characters of each."""
_Kind = tuple[str, bool]
"""A mark, and whether it came."""


def formatting(
    own: tuple[Own, ...], given: tuple[Given, ...], pairs: Pairs, parted: Mapping[int, int]
) -> Iterator[WordRemark]:
    """One remark for each kind of formatting that came or went, and for each style that is another one.

    ``parted``: paragraphs of the source that are two in the document, with the second of these.
    """
    found: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for at, number in sorted(pairs.given_of.items()):
        # A paragraph that changed in the source meanwhile says nothing of what was done to the document.
        if not own[at].is_written or own[at].key not in given[number].keys or at in pairs.joined.values():
            continue
        other = _whole(given, number, parted.get(at))
        if other.style.casefold() != own[at].style.casefold():
            words = wording(
                "The style {style} stands where the source has {style2}",
                style=other.style,
                style2=own[at].style,
            )
            found[words].append((own[at].place, shown(own[at].tokens)))
        elif other.style == "Code":
            continue
        for kind, text in _differences(own[at], other):
            found[_words(kind)].append((own[at].place, text))
    for number, after in pairs.new:
        if after >= 0 and own[after].is_written and number not in parted.values():
            for kind, text in _stretches(given[number].tokens, [_came(each) for each in given[number].marks]):
                found[_words(kind)].append((own[after].place, text))
    yield from (_remark(words, places) for words, places in found.items())


def _whole(given: tuple[Given, ...], number: int, second: int | None) -> Given:
    one = given[number]
    if second is None:
        return one
    return Given(
        one.tokens + given[second].tokens, one.keys, one.style, one.is_note, one.marks + given[second].marks
    )


def _words(kind: _Kind) -> str:
    mark, is_new = kind
    return (
        wording("The document has {names}, and the source has not", names=NAMES[mark])
        if is_new
        else (wording("The source has {names}, and the document has not", names=NAMES[mark]))
    )


def _remark(words: str, places: list[tuple[Place, str]]) -> WordRemark:
    listed = [f"“{_cut(places[0][1])}”"]
    listed += (f"“{_cut(text)}” ({place})" for place, text in places[1:_SHOWN])
    more = wording(" and {count} more", count=len(places) - _SHOWN) if len(places) > _SHOWN else ""
    many = wording(" in {count} places", count=len(places)) if len(places) > 1 else ""
    return WordRemark(
        places[0][0],
        wording(
            "{words}{many}: {listed}{more}. Formatting is not taken back: change the Markdown.",
            words=words,
            many=many,
            listed=series(listed),
            more=more,
        ),
    )


def _cut(text: str) -> str:
    text = text.replace("\n", "⏎")
    return text if len(text) <= _BRIEF else f"{text[:_BRIEF]}…"


def _differences(own: Own, given: Given) -> Iterator[tuple[_Kind, str]]:
    """The stretches of a paragraph whose marks are others, and those of new text that its neighbours have not."""
    if own.tokens == given.tokens:
        yield from _stretches(given.tokens, list(map(_between, own.made, own.marks, given.marks)))
        return
    kinds: list[frozenset[_Kind]] = []
    matcher = SequenceMatcher(None, own.tokens, given.tokens, autojunk=False)
    for what, first, last, begin, end in matcher.get_opcodes():
        if what == "equal":
            kinds += map(_between, own.made[first:last], own.marks[first:last], given.marks[begin:end])
        elif end > begin:
            around = frozenset[str]().union(*own.marks[max(first - 1, 0) : last + 1])
            kinds += (_came(each - around) for each in given.marks[begin:end])
    yield from _stretches(given.tokens, kinds)


def _between(made: bool, before: Marks, after: Marks) -> frozenset[_Kind]:
    if made:
        return frozenset()
    return _came(after - before) | frozenset((mark, False) for mark in before - after)


def _came(marks: Marks) -> frozenset[_Kind]:
    return frozenset((mark, True) for mark in marks)


def _stretches(tokens: tuple[Token, ...], kinds: list[frozenset[_Kind]]) -> Iterator[tuple[_Kind, str]]:
    """Each stretch of text of a kind. What is no text, and blanks, do not count: their looks are Word's own."""
    solid = [
        (token, found)
        for token, found in zip(tokens, kinds, strict=True)
        if token not in (CALL, PICTURE) and not token.startswith((RUBY, FORMULA)) and not token.isspace()
    ]
    for kind in sorted(frozenset[_Kind]().union(*(found for _, found in solid))):
        for has, group in groupby(solid, lambda pair, kind=kind: kind in pair[1]):  # type: ignore[misc]
            if has:
                yield kind, shown([token for token, _ in group])
