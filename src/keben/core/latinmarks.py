"""Which apostrophes and quotation marks are those of Latin text.

‘ ’ “ ” are the same characters in Chinese and in Latin text; the text around them tells which they are.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from unicodedata import east_asian_width

PAIRS = {"“": "”", "‘": "’"}
MARKS = frozenset("“”‘’")

_MARK = re.compile("[“”‘’]")
_OF_BOTH = MARKS | frozenset("—…·⋯―")

_MAYBE_LATIN = re.compile(r"[^\d\s\x00-@\[-`{-\x7f—…·⋯―‘’“”\u3000-\u303e\u4e00-\u9fff\uff01-\uff60]")
"""What may be a Latin letter. ASCII's signs and common Chinese text are passed over at the speed of a search."""


def latin_marks(block: str, *, alone: bool = True) -> frozenset[int]:
    """The places of a block's marks that are those of Latin text: apostrophes, and pairs with Latin inside and around.

    ``alone``: so is a pair with nothing around it, a block of its own.
    """
    if not _MARK.search(block) or not _MAYBE_LATIN.search(block):
        return frozenset()
    return frozenset(_found(block, alone=alone))


def _found(block: str, *, alone: bool) -> Iterator[int]:
    letters = _Letters(block)
    opened: list[int] = []
    for at, character in enumerate(block):
        if character in PAIRS:
            opened.append(at)
        elif character == "’" and letters.is_latin(at - 1, at + 1):
            yield at
        elif character in MARKS:
            before = next((place for place in reversed(opened) if PAIRS[block[place]] == character), None)
            if before is None:
                # As in “the authors’ book”: what belongs to several.
                if character == "’" and letters.before(at) is True and letters.after(at) is True:
                    yield at
                continue
            del opened[opened.index(before) :]
            around = (letters.before(before), letters.after(at))
            is_known = alone or True in around
            if letters.has_latin_only(before, at) and False not in around and is_known:
                yield from (before, at)


class _Letters:
    """Which characters of a block are letters of Latin or a like script, and which are Chinese."""

    def __init__(self, block: str) -> None:
        self.found = [_script(character) for character in block]
        self._before = [None, *accumulate(self.found, _latest)]
        self._after = [None, *accumulate(reversed(self.found), _latest)][::-1]
        self._latin = [0, *accumulate(each is True for each in self.found)]
        self._chinese = [0, *accumulate(each is False for each in self.found)]

    def is_latin(self, *places: int) -> bool:
        """Whether Latin letters stand at all of these places."""
        return all(0 <= at < len(self.found) and self.found[at] is True for at in places)

    def before(self, at: int) -> bool | None:
        """Whether the nearest letter before a place is Latin; None where the block begins."""
        return self._before[at]

    def after(self, at: int) -> bool | None:
        """Whether the nearest letter after a place is Latin; None where the block ends."""
        return self._after[at + 1]

    def has_latin_only(self, first: int, last: int) -> bool:
        """Whether between two places stand Latin letters and no Chinese ones."""
        return self._latin[last] > self._latin[first] and self._chinese[last] == self._chinese[first]


def _latest(before: bool | None, here: bool | None) -> bool | None:
    return before if here is None else here


@cache
def _script(character: str) -> bool | None:
    """True for a Latin letter or one of a like script, False for Chinese, None for what is of both."""
    if character in _OF_BOTH or character.isspace():
        return None
    if east_asian_width(character) in "WF":
        return False
    return True if character.isalpha() else None
