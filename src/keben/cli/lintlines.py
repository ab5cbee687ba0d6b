"""Remarks as lines for people: one for each rule, with its count and first places; with ``--all`` each of them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from keben.core.errors import KINDS
from keben.core.saying import joined, series, wording
from keben.lint.reports import sentence
from keben.lint.values import Remark

_SHOWN = 4
_RANKS = ("error", "warning", "notice")


def remark_lines(remarks: Sequence[Remark], *, each: bool) -> Iterator[str]:
    """Lines for remarks, the gravest first, and a last line that counts them."""
    if each:
        yield from (_line(one) for one in remarks)
    else:
        ordered = sorted(remarks, key=lambda one: (_RANKS.index(one.rule.severity), one.rule.number))
        for _, same in groupby(ordered, key=lambda one: one.rule.number):
            yield from _of_rule(list(same))
    yield _count(remarks)


def _line(one: Remark) -> str:
    kind = KINDS[one.rule.severity]
    return joined(str(one.place), ": ", kind, str(one.rule.number), " ", sentence(one))


def _of_rule(remarks: list[Remark]) -> Iterator[str]:
    """The first remark of a rule, and where the others are."""
    yield _line(remarks[0])
    others = remarks[1:]
    if not others:
        return
    shown = others if len(others) == _SHOWN + 1 else others[:_SHOWN]
    places = []
    path = remarks[0].place.path
    for one in shown:
        name = str(one.place) if one.place.path != path else str(one.place).removeprefix(f"{path}:")
        path = one.place.path
        places.append(f"{name} “{_short(one.text)}”" if one.text.strip() else name)
    left = len(others) - len(shown)
    more = wording(" and {left} more places (--all shows each)", left=left) if left else ""
    yield wording(
        "  {count} of this kind: also at {places}{more}", count=len(remarks), places=series(places), more=more
    )


def _short(text: str) -> str:
    line = text.replace("\n", "⏎")
    return line if len(line) <= 12 else f"{line[:12]}…"


def _count(remarks: Sequence[Remark]) -> str:
    if not remarks:
        return wording("Nothing to correct.")
    certain = sum(one.is_certain for one in remarks)
    fixable = sum(bool(one.edits) for one in remarks) - certain
    counted = wording("1 remark") if len(remarks) == 1 else wording("{count} remarks", count=len(remarks))
    if not fixable:
        return wording("{counted}: --fix corrects {certain}.", counted=counted, certain=certain)
    return wording(
        "{counted}: --fix corrects {certain}; --offered {fixable} more, which you should look at.",
        counted=counted,
        certain=certain,
        fixable=fixable,
    )
