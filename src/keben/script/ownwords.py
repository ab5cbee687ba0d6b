"""The words that a book alone has: names and terms that keep together in it and stand in no list.

A name with a character of several forms comes in a hundred places and is one question. A pair of characters is taken
for such a word where one of the two seldom stands without the other, and what is around them varies; it grows by what
always goes with it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice, product

from keben.core.values import dataclass
from keben.script.marks import CLAUSE, LOCKED

OFTEN = 4
"""How often a pair must stand in the book."""
TOGETHER = 0.3
"""The share of one of its characters that a pair must have."""
ALWAYS = 0.9
"""A word grows by a character that stands beside it in this share of its places."""
VARIED = 3
"""How many characters must stand before it, and how many after it."""
LONGEST = 4
MOST = 8
"""How many forms of a word are offered."""

_GRAMMAR = frozenset(
    "的了着过是在不也都就又还很我你他她它们这那哪个一二三四五六七八九十百千万两几和与及或而但且把被将让给向从到对于以为因所"
    "之其此者上下里中外前后来去出入起说道问答见有无没要会能可得地吗呢吧啊呀么什怎谁多少大小好再便却只才更最等等便已曾并"
)
"""Characters that stand beside many words and make none of their own with them."""


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word of a book, and where it stands."""

    text: str
    places: tuple[tuple[int, int], ...]
    """Paragraph, and offset in it."""


def own_words(
    texts: Sequence[str], open_to_change: Collection[str], is_listed: Callable[[str], bool]
) -> list[OwnWord]:
    """The words of a book's texts that have a character of several forms, the most frequent first.

    Args:
        texts: the paragraphs, with `LOCKED` for each character that is settled.
        open_to_change: the characters of several forms.
        is_listed: whether a list of words or a dictionary has a text.
    """
    singles = Counter("".join(texts))
    pairs = _pairs(texts, open_to_change)
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for pair, places in pairs.items():
        coheres = len(places) >= OFTEN and len(places) >= TOGETHER * min(singles[each] for each in pair)
        if coheres and not is_listed(pair) and _GRAMMAR.isdisjoint(pair):
            word, at = _grown(pair, places, texts)
            if not is_listed(word) and _varies(word, at, texts):
                found[word].update(at)
    words = [OwnWord(word, tuple(sorted(places))) for word, places in found.items()]
    return sorted(words, key=lambda word: (-len(word.places), word.text))


def forms_of(word: str, targets: Mapping[str, Sequence[str]], usual: str) -> list[str]:
    """What a word could come out as, each of its characters of several forms in each of them; ``usual`` first."""
    if len(usual) != len(word):
        return [usual]
    several = (targets.get(each, (form,)) for each, form in zip(word, usual, strict=True))
    made = ("".join(form) for form in product(*several))
    return list(dict.fromkeys([usual, *islice(made, MOST)]))


def _pairs(texts: Sequence[str], open_to_change: Collection[str]) -> Mapping[str, list[tuple[int, int]]]:
    """Every pair of characters inside a clause that has one of several forms, and where it stands."""
    pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, text in enumerate(texts):
        for clause in CLAUSE.finditer(text):
            start, end = clause.span()
            for at in range(start, end - 1):
                if (text[at] in open_to_change or text[at + 1] in open_to_change) and text[at + 1] != LOCKED:
                    pairs[text[at : at + 2]].append((index, at))
    return {pair: places for pair, places in pairs.items() if LOCKED not in pair}


def _grown(
    word: str, places: Sequence[tuple[int, int]], texts: Sequence[str]
) -> tuple[str, list[tuple[int, int]]]:
    """A word with what nearly always stands before or after it."""
    at = [*places]
    while len(word) < LONGEST:
        before = Counter(texts[index][start - 1] for index, start in at if start)
        after = Counter(texts[index][start + len(word) : start + len(word) + 1] for index, start in at)
        character, count = max(
            [*before.most_common(1), *after.most_common(1)], key=lambda pair: pair[1], default=("", 0)
        )
        if count < ALWAYS * len(at) or not CLAUSE.fullmatch(character) or character in (*_GRAMMAR, LOCKED):
            break
        if before[character] == count:
            word = character + word
            at = [(index, start - 1) for index, start in at if texts[index][start - 1 : start] == character]
        else:
            at = [each for each in at if texts[each[0]][each[1] + len(word) :][:1] == character]
            word += character
    return word, at


def _varies(word: str, places: Sequence[tuple[int, int]], texts: Sequence[str]) -> bool:
    before = {texts[index][start - 1 : start] if start else "" for index, start in places}
    after = {texts[index][start + len(word) : start + len(word) + 1] for index, start in places}
    return len(before) >= VARIED and len(after) >= VARIED
