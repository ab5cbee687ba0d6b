"""Where an address of the web may be divided at a line's end.

As the Chicago Manual of Style has it ("URLs and email addresses in text"): after what opens a part, that is ``://``,
``/``, ``:``, ``@``, ``?``, ``&`` and ``=``; and before other signs: ``.``, ``-``, ``_``, ``~``, ``#``, ``%`` and ``+``.
A line that ended with a full stop would read as the end of a sentence, and one with a hyphen as a divided word;
for that reason no hyphen is added. Only where all this would leave a hole in a line, it ends between two letters.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from keben.core.values import dataclass

_DOMAINS = "com|org|net|edu|gov|int|mil|info|io|dev|app|ai|cn|tw|hk|mo|sg|jp|kr|uk|de|fr|eu|us|ca|au|ru"

_HEAD = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"[a-z][a-z0-9+.-]{1,15}://"
    r"|www\.(?=[a-z0-9])"
    rf"|(?:[a-z0-9-]{{1,63}}\.){{1,8}}(?:{_DOMAINS})(?::\d{{1,5}})?/"
    r"|10\.\d{4,9}/"
    r"|[a-z0-9._%+-]{1,64}@(?=[a-z0-9-]{1,63}\.)"
    r")",
    re.IGNORECASE,
)
"""How an address begins: a scheme, ``www.``, a domain with a path, a DOI, or somebody's name and @."""

_BREAK = re.compile(r"(?<=[/:@?&=])(?![/:@?&=])|(?<![._~#%+-])(?=[._~#%+-])")

_AROUND = ".,;:!?)]}'\""

_LEAST = 2
"""How many letters stay together at either side, where an address is divided between letters."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a word: offsets of its characters in it."""

    start: int
    end: int
    breaks: tuple[int, ...]
    """What a line may begin with."""
    letters: tuple[int, ...]
    """What a line may begin with where it must."""


def address(word: str) -> Address | None:
    """The address in a text without spaces; None for an ordinary word."""
    if not ("/" in word or "@" in word or "." in word):
        return None
    head = _HEAD.search(word)
    # The marks of the sentence that stands around it are none of it.
    end = len(word.rstrip(_AROUND))
    if head is None or end <= head.end():
        return None
    start = head.start()
    breaks = tuple(found.start() for found in _BREAK.finditer(word, start + 1, end) if found.start() < end)
    return Address(start, end, breaks, tuple(letters_between(word, (start, *breaks, end))))


def letters_between(word: str, borders: tuple[int, ...]) -> Iterator[int]:
    """What a line may begin with where it must: letters with some of their part at either side."""
    for begin, end in pairwise(borders):
        # %E4 is one character; another sign is none of the letters beside it.
        first = begin + (3 if word[begin] == "%" else _LEAST + (not word[begin].isalnum()))
        if begin == borders[0] and word.endswith("://", begin, end):
            continue
        last = end - _LEAST - (not word[end - 1].isalnum())
        for at in range(first, last + 1):
            if word[at - 1 : at + 1].isalnum() and word[at - 1 : at + 1].isascii():
                yield at
