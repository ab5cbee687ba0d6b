"""Words of another script among Chinese: how wide they are, and where a line may end in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from unicodedata import combining

from keben.typeset.lines.addresses import Address, address
from keben.typeset.lines.code import code_word
from keben.typeset.lines.marks import BREAK, DASH, DOT, NARROW, SPACE, WIDE, classes

_INNER_BREAK = re.compile(
    r"(?<=[A-Za-z0-9])-(?=[A-Za-z])|(?<=[A-Za-z0-9])/(?=[A-Za-z0-9])|(?<=[\u200b\u0f0b\u1361])(?=.)"
)
"""Also behind a zero width space, a Tibetan tsheg and an Ethiopic word space (Unicode Standard Annex 14, ZW and BA)."""

HAN = "国"
"""What stands for any Chinese character where a text is measured."""

_FOREIGN = re.compile("[^\0-\u024f\u2000-\u206f\u3000-\u9fff\uff00-\uffef]")
"""What neither the Chinese families nor the Latin one are made for: another family may set it, with its own space."""

Measure = Callable[[str], float]
"""The width of a text."""


@dataclass(slots=True)
class Web:
    """What a paragraph's addresses have that other words do not, by characters of the paragraph."""

    free: set[int] = field(default_factory=set)
    """After which a line may end, whatever sign follows."""
    torn: set[int] = field(default_factory=set)
    kerns: dict[int, float] = field(default_factory=dict)
    letters: list[int] = field(default_factory=list)
    """After which something is put where a line has no other gaps."""


def measure_special(
    match: "re.Match[str]",
    text: str,
    measure_of: Measure,
    measure: float,
    own: dict[int, float],
    stuck: set[int],
    web: Web,
    *,
    is_code: bool = False,
) -> None:
    """Settle the widths of a run of characters of one class, by `measure_of`, and where no line may end in it.

    A word's first character has its whole width, if that is not wider than ``measure``; each of an address, or of code,
    has its own.
    """
    first, last = match.span()
    kind = match[0][0]
    if kind in (NARROW, DASH):
        _measure_word(text[first:last], first, kind, measure_of, measure, own, stuck, web, is_code=is_code)
    elif kind in (SPACE, DOT):
        own[first] = _space(text, first, measure_of) if kind == SPACE else measure_of(text[first])
    elif kind == BREAK:
        own[first] = 0.0


def _measure_word(
    word: str,
    first: int,
    kind: str,
    measure_of: Measure,
    measure: float,
    own: dict[int, float],
    stuck: set[int],
    web: Web,
    *,
    is_code: bool,
) -> None:
    inner = _inner_breaks(word) if kind == NARROW else set()
    found = address(word) if kind == NARROW else None
    is_address = found is not None
    if kind == NARROW and not found:
        found = code_word(word, is_code=is_code)
    if found:
        inner = {at for at in inner if not found.start < at < found.end}
    inside = {found.start, found.end, *found.breaks} if found else ()
    borders = sorted({0, *inner, *inside, len(word)})
    long: set[int] = set()
    for begin, end in pairwise(borders):
        width = measure_of(word[begin:end])
        is_wide = width > measure
        for at in range(begin, end):
            own[first + at] = measure_of(word[at]) if is_wide else 0.0
        if not is_wide:
            own[first + begin] = width
        stuck.update(range(first + begin, first + end - 1))
        if is_address or width > measure / 2:
            long.update(range(begin + 1, end))
    if found:
        _measure_letters(found, word, first, measure_of, own, web)
        if is_address:
            web.letters.extend(range(first + found.start, first + found.end - 1))
        # It is measured by itself, also where no line may end before or after it.
        edges = {found.start, found.end} - {0, len(word), *inner}
        stuck.update(first + at - 1 for at in edges)
        web.free.update(first + at - 1 for at in found.breaks)
        # Between its signs code is parted only where it is long.
        web.torn.update(first + at - 1 for at in found.letters if at in long)


def _space(text: str, at: int, measure: Measure) -> float:
    """The width of a space: that of the font which sets what stands beside it."""
    before, after = _letter(text[:at][::-1]), _letter(text[at + 1 :])
    if not any(map(_FOREIGN.match, (before, after))):
        return measure(text[at])
    return measure(f"{before} {after}") - measure(before) - measure(after)


def _letter(text: str) -> str:
    """The first character of a text that is no accent; Chinese characters are all one."""
    found = next((each for each in text[:8] if not combining(each)), HAN)
    return HAN if classes(found) == WIDE else found


def _measure_letters(
    found: Address, word: str, first: int, measure: Measure, own: dict[int, float], web: Web
) -> None:
    """Give each letter of an address a width, so that a line may end after it. Pairs are measured: they are kerned."""
    script = ""
    for at in range(found.start, found.end):
        own[first + at] = measure(word[at])
        # A sign is kerned among letters, and not where Chinese stands before it.
        script = script or ("x" if word[at].isalpha() else "")
        if at + 1 < found.end:
            pair = measure(script + word[at : at + 2]) - measure(script + word[at])
            kern = pair - measure(word[at + 1])
            own[first + at] += kern
            web.kerns[first + at] = kern


def _inner_breaks(word: str) -> set[int]:
    """What a line may begin with inside a word."""
    return {found.end() for found in _INNER_BREAK.finditer(word) if 0 < found.end() < len(word)}
