"""Words of another script among Chinese: how wide they are, and where a line may end in them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise
from math import inf
from unicodedata import combining

from keben.core.patterns import later
from keben.core.values import dataclass
from keben.typeset.lines.addresses import Address, address
from keben.typeset.lines.code import code_word
from keben.typeset.lines.hyphens import LEAST, hyphen_points
from keben.typeset.lines.hyphens import parts as hyphen_parts
from keben.typeset.lines.marks import BREAK, DASH, DOT, NARROW, SPACE, WIDE, classes

_INNER_BREAK = later(
    r"(?<=[A-Za-z0-9\u00c0-\u024f])(?:-{1,3}|\u2013)(?=[A-Za-z\u00c0-\u024f])"
    r"|(?<=[A-Za-z0-9])/(?=[A-Za-z0-9])|(?<=[\u200b\u0f0b\u1361])(?=.)"
)
"""Behind a hyphen or an en dash between words, also where it is typed as two or three hyphens.

Also behind a zero width space, a Tibetan tsheg and an Ethiopic word space (Unicode Standard Annex 14, ZW and BA).
"""

_UNIT = later(
    r"(?<=[0-9])[ \u00a0](?=(?:[kMGTmcdµμnp]?(?:m|g|s|A|K|mol|cd|Hz|N|Pa|J|W|V|F|Ω|L|l|B|b|bit|eV|t|Wh|bps|cal)[²³]?"
    r"|[KMGT]iB|min|h|ha|dB|rpm|px|pt|°C|°F|℃|℉|[\u3371-\u337a\u3380-\u33df])(?![A-Za-z0-9]))"
)
"""A space between a number and the sign of a unit: those of the SI, and those used with them."""

HAN = "国"
"""What stands for any Chinese character where a text is measured."""

_FOREIGN = later("[^\0-\u024f\u2000-\u206f\u3000-\u9fff\uff00-\uffef]")
"""What neither the Chinese families nor the Latin one are made for: another family may set it, with its own space."""

Measure = Callable[[str], float]
"""The width of a text."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of addresses and of code, each of which has a width of its own; by characters of the paragraph."""

    free: Collection[int] = ()
    """After which a line may end, whatever sign follows."""
    torn: Collection[int] = ()
    """After which one may end where it must."""
    kerns: Mapping[int, float] = field(default_factory=dict)
    """How much nearer or farther the next one is by its form."""
    loose: Sequence[int] = ()
    """After which something is put where a line has no other gaps."""
    hyphens: Mapping[int, float] = field(default_factory=dict)
    """After which a line may end with a hyphen where it must, and how wide that is."""


_NO_LETTERS = Letters()


@dataclass(frozen=True, slots=True)
class WordRun:
    """What a run of characters of one class is among Chinese; by characters of the paragraph."""

    widths: Mapping[int, float] = field(default_factory=dict)
    stuck: Collection[int] = ()
    """After which no line may end."""
    letters: Letters = _NO_LETTERS
    """Those of an address in it, or of code."""


@dataclass(frozen=True, slots=True)
class WordKind:
    """What the words of a text are."""

    is_code: bool = False
    language: str = ""
    """By which they are hyphenated; empty: they are not."""
    is_marked: bool = False
    """The text says that it is in this language."""


PLAIN = WordKind()


def run_of(
    match: "re.Match[str]", text: str, measure_of: Measure, measure: float, words: WordKind = PLAIN
) -> WordRun:
    """The widths of a run of characters of one class, by `measure_of`, and where no line may end in it.

    A word's first character has its whole width, if that is not wider than ``measure``; each of an address, or of code,
    has its own. So has each part of a long word that can be hyphenated.
    """
    first, last = match.span()
    kind = match[0][0]
    if kind in (NARROW, DASH):
        found = _found_in(text[first:last], is_code=words.is_code) if kind == NARROW else _Found(set(), None)
        run = _word(text[first:last], first, found, measure_of, measure)
        return run if found.parts else _hyphenated(run, text[first:last], first, words, measure_of, measure)
    if kind in (SPACE, DOT):
        return WordRun({first: _space(text, first, measure_of) if kind == SPACE else measure_of(text[first])})
    return WordRun({first: 0.0} if kind == BREAK else {})


@dataclass(frozen=True, slots=True)
class _Found:
    """What is found in a word; by its characters."""

    inner: set[int]
    """What a line may begin with."""
    parts: Address | None
    is_address: bool = False
    """Whether the parts are those of an address; else of code."""


def _found_in(word: str, *, is_code: bool) -> _Found:
    inner, parts = inner_breaks(word), address(word)
    is_address = parts is not None
    if not parts:
        parts = code_word(word, is_code=is_code)
    if parts:
        inner = {at for at in inner if not parts.start < at < parts.end}
    return _Found(inner, parts, is_address)


def _word(word: str, first: int, found: _Found, measure_of: Measure, measure: float) -> WordRun:
    parts = found.parts
    inside = {parts.start, parts.end, *parts.breaks} if parts else ()
    widths: dict[int, float] = {}
    stuck: set[int] = set()
    long: set[int] = set()
    for begin, end in pairwise(sorted({0, *found.inner, *inside, len(word)})):
        width = measure_of(word[begin:end])
        is_wide = width > measure
        for at in range(begin, end):
            widths[first + at] = measure_of(word[at]) if is_wide else 0.0
        if not is_wide:
            widths[first + begin] = width
        stuck.update(range(first + begin, first + end - 1))
        if found.is_address or width > measure / 2:
            long.update(range(begin + 1, end))
    if not parts:
        return WordRun(widths, stuck)
    own, kerns = _letter_widths(parts, word, first, measure_of)
    # It is measured by itself, also where no line may end before or after it.
    edges = {parts.start, parts.end} - {0, len(word), *found.inner}
    return WordRun(
        {**widths, **own},
        stuck | {first + at - 1 for at in edges},
        Letters(
            free={first + at - 1 for at in parts.breaks},
            # Between its signs code is divided only where it is long.
            torn={first + at - 1 for at in parts.letters if at in long},
            kerns=kerns,
            loose=range(first + parts.start, first + parts.end - 1) if found.is_address else (),
        ),
    )


def _hyphenated(
    run: WordRun, word: str, first: int, words: WordKind, measure_of: Measure, measure: float
) -> WordRun:
    """A run whose long words can be divided with a hyphen."""
    if not words.language or len(word) < LEAST or measure == inf:
        return run
    widths = dict(run.widths)
    kerns: dict[int, float] = {}
    hyphens: dict[int, float] = {}
    points = tuple(hyphen_points(word, words.language, marked=words.is_marked))
    for begin, end in _unparted(run, len(word), first):
        inside = tuple(at - begin for at in points if begin < at < end)
        width = sum(run.widths[first + at] for at in range(begin, end))
        # Where a word is short, what it leaves of a line when it goes down is shared out unseen.
        if not inside or width * _SHORT <= measure:
            continue
        if any(run.widths[first + at] for at in range(begin + 1, end)):
            # Wider than the measure: each letter has a width already.
            hyphens.update((first + begin + at - 1, measure_of("-")) for at in inside)
            continue
        for start, stop, wide, kern, hyphen in hyphen_parts(word[begin:end], inside, measure_of):
            widths[first + begin + start] = wide
            if hyphen:
                kerns[first + begin + stop - 1] = kern
                hyphens[first + begin + stop - 1] = hyphen
    return replace(run, widths=widths, letters=Letters(kerns=kerns, hyphens=hyphens)) if hyphens else run


_SHORT = 8
"""A word of less than this part of the measure is not hyphenated."""


def _unparted(run: WordRun, size: int, first: int) -> Iterator[tuple[int, int]]:
    """The parts of a word that no line may end in."""
    begin = 0
    for at in range(size):
        if at == size - 1 or first + at not in run.stuck:
            yield begin, at + 1
            begin = at + 1


def spaces_of_units(text: str) -> Iterator[int]:
    """The spaces between a number and its unit: no line ends there (SI Brochure, 5.4.3)."""
    return (match.start() for match in _UNIT.finditer(text)) if " " in text else iter(())


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


def _letter_widths(
    found: Address, word: str, first: int, measure: Measure
) -> tuple[dict[int, float], dict[int, float]]:
    """A width for each letter of an address, so that a line may end after it, and by how much pairs are kerned."""
    widths: dict[int, float] = {}
    kerns: dict[int, float] = {}
    script = ""
    for at in range(found.start, found.end):
        widths[first + at] = measure(word[at])
        # A sign is kerned among letters, and not where Chinese stands before it.
        script = script or ("x" if word[at].isalpha() else "")
        if at + 1 < found.end:
            pair = measure(script + word[at : at + 2]) - measure(script + word[at])
            kern = pair - measure(word[at + 1])
            widths[first + at] += kern
            kerns[first + at] = kern
    return widths, kerns


def inner_breaks(word: str) -> set[int]:
    """What a line may begin with inside a word."""
    return {found.end() for found in _INNER_BREAK.finditer(word) if 0 < found.end() < len(word)}
