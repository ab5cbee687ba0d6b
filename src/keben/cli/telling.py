"""Findings as lines for a reader: the worst first, and many of one kind as one."""

from collections.abc import Iterable, Sequence
from itertools import chain, groupby

from keben.core.errors import Finding, Place, Severity
from keben.core.saying import joined, series, wording

SHOWN = 5
"""How many places of one message, and how many messages of one kind, are named before the rest is counted."""
FEWER = (SHOWN, 3, 2, 1)
"""How many messages of one kind are named where more would not go on a page."""
PAGE = 30
"""How many lines a terminal shows of findings, if they fit."""

_RANKS: tuple[Severity, ...] = ("error", "warning", "notice")


def by_severity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with errors before warnings before notices, and each of these in the order of their places."""
    return tuple(sorted(findings, key=lambda finding: (_RANKS.index(finding.severity), finding)))


def lines(findings: Iterable[Finding], *, each: bool = False) -> tuple[str, ...]:
    """What a terminal shows of findings.

    One message that stands at more than two places is one line with the first place, and one below it with up to four
    more and the count of the rest. Of a kind (code and severity) with several messages up to five are shown. A kind
    stands where its first finding does. Where all of it would take more than a page, fewer messages of each kind are
    shown, and last only the first kinds. ``each``: every finding has a line of its own.
    """
    ordered = by_severity(findings)
    if each:
        return tuple(map(str, ordered))
    kinds: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in ordered:
        kinds.setdefault((finding.severity, finding.code), []).append(finding)
    for most in FEWER:
        fuller = [tuple(_kind(kind, most)) for kind in kinds.values()]
        if sum(map(len, fuller)) <= PAGE:
            return tuple(chain.from_iterable(fuller))
    short = [_in_one_line(kind) for kind in kinds.values()]
    if len(short) <= PAGE:
        return tuple(short)
    left = list(kinds.values())[PAGE - 1 :]
    last = wording(
        "  and {count} more of {count2} other kinds (--all shows each)",
        count=sum(map(len, left)),
        count2=len(left),
    )
    return (*short[: PAGE - 1], last)


def _in_one_line(findings: Sequence[Finding]) -> str:
    more = (
        wording(" ({count} more like this; --all shows each)", count=len(findings) - 1)
        if len(findings) > 1
        else ""
    )
    return joined(str(findings[0]), more)


def _kind(findings: Sequence[Finding], most: int) -> Iterable[str]:
    said: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        said.setdefault((finding.message, finding.advice), []).append(finding)
    messages = list(said.values())
    # One more line is no longer than the line that would count it.
    shown = messages if len(messages) == most + 1 else messages[:most]
    for same in shown:
        yield str(same[0])
        if len(same) == 2:
            yield str(same[1])
        elif len(same) > 2:
            yield joined("  ", _also([finding.place for finding in same[1:]]))
    left = sum(map(len, messages[len(shown) :]))
    if left:
        yield wording("  and {left} more like these (--all shows each)", left=left)


def _also(places: Sequence[Place]) -> str:
    """Further places of a message: ``also at a.md:3, 9:2, b.md:1 and 12 more places``."""
    shown = places if len(places) == SHOWN else places[: SHOWN - 1]
    others = []
    for path, same in groupby(shown, key=lambda place: place.path):
        first, *rest = same
        others += [str(first), *(str(place).removeprefix(f"{path}:") for place in rest)]
    left = len(places) - len(shown)
    more = wording(" and {left} more places (--all shows each)", left=left) if left else ""
    return wording("also at {others}{more}", others=series(others), more=more)
