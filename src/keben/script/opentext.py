"""Where a text could come out in another way at all."""

import re
from collections.abc import Iterator
from functools import cache

from keben.script.ambiguity import ambiguity
from keben.script.choices import chooser
from keben.script.dictionaries import recipe
from keben.script.taiwan import taiwan
from keben.script.words import words


@cache
def open_text(name: str) -> re.Pattern[str]:
    """Finds a character that may come out in several ways by a configuration from Simplified.

    The characters are those of several forms, and of each word of several forms that has none of these the rarest. A
    clause that has none of them, and no phrase that changes something, can only come out in one way. Kept for the life
    of the process.
    """
    found, counts = set(ambiguity(name).targets), words().counts
    for word in _words(name):
        if found.isdisjoint(word):
            found.add(min(word, key=lambda character: (int(counts.get(character, 0)), character)))
    return re.compile(f"[{re.escape(''.join(sorted(found)))}]")


def _words(name: str) -> Iterator[str]:
    yield from sorted(taiwan().forms)
    yield from sorted(chooser(name).words)
    for tier in recipe(name).chain[0].tiers:
        for _, dictionary in tier:
            yield from (phrase for phrase, targets in dictionary.items() if len(targets) > 1)
