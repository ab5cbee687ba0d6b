"""Words of Taiwan that the mainland says too, and that stay in everyday vocabulary: 資料, 執行, 文件."""

from collections.abc import Iterable, Sequence
from functools import cache

from keben.core.saying import wording
from keben.script.choices import KNOWN, SAID, Choice
from keben.script.dictionaries import recipe
from keben.script.engine import converter
from keben.script.words import words


def said_at_home(name: str, text: str) -> tuple[Choice, ...]:
    """What of a text in Taiwan's script stays as it is but for its characters, in order."""
    shared = _shared(name)
    found = []
    for match in recipe(name).chain[0].phrases(text):
        word = text[match.start : match.end]
        if word in shared:
            reason = wording("The mainland says {shared} too.", shared=shared[word])
            found.append(Choice(match.start, match.end, shared[word], "counts", reason))
    return tuple(found)


def together(first: Iterable[Choice], second: Sequence[Choice]) -> tuple[Choice, ...]:
    """Choices of two kinds in order; of two that share a character the second kind's."""
    apart = (
        each for each in first if all(each.end <= other.start or other.end <= each.start for other in second)
    )
    return tuple(sorted((*apart, *second), key=lambda each: each.start))


@cache
def _shared(name: str) -> dict[str, str]:
    """Word of Taiwan → the same in Simplified, for each that the mainland's list counts about as often as its own."""
    if not name.endswith("p"):
        return {}
    plain, counts = converter((name.removesuffix("p"),)), words().counts
    found = {}
    for tier in recipe(name).chain[0].tiers:
        for _, entries in tier:
            for word, targets in entries.items():
                same, own = plain(word), plain(targets[0])
                often = int(counts.get(same, 0))
                is_said = often >= max(KNOWN, SAID * int(counts.get(own, 0)))
                if is_said and len(same) == len(word) > 1 and same != own:
                    found[word] = same
    return found
