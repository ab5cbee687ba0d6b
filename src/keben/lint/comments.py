"""Comments in a manuscript that keep rules from a part of it.

``<!-- keben-lint-ignore K203 -->`` before a block, or in it, keeps rules from that block;
``<!-- keben-lint-ignore-file K203 -->`` from the file; ``<!-- keben-lint-off K203 -->`` from what follows, up to
``<!-- keben-lint-on -->``. Without a rule each of them means all.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from keben.core.values import dataclass
from keben.lint.selection import EVERY, are_meant
from keben.lint.values import LintPage, Rule

_COMMENT = re.compile(r"<!--\s*keben-lint-(?P<kind>ignore-file|ignore|off|on)\b(?P<rules>[^>]*?)-->")


@dataclass(frozen=True, slots=True)
class Exemption:
    """Lines that rules do not look at."""

    first: int
    last: int
    names: tuple[str, ...]


def exempt_lines(page: LintPage) -> tuple[Exemption, ...]:
    """What the comments of a page keep from which rules; lines from 0, the last one counted."""
    return tuple(_exempt(page)) if not page.is_plain and "keben-lint-" in page.text else ()


def is_exempt(rule: Rule, line: int, exempt: tuple[Exemption, ...]) -> bool:
    """Whether a comment keeps a rule from a line."""
    return any(one.first <= line <= one.last and are_meant(rule, one.names) for one in exempt)


def _exempt(page: LintPage) -> Iterator[Exemption]:
    starts = [0, *(match.end() for match in re.finditer("\n", page.text))]
    last = len(starts)
    opened: list[tuple[int, tuple[str, ...]]] = []
    for match in _COMMENT.finditer(page.text):
        names = tuple(re.findall(r"[A-Za-z][A-Za-z0-9-]*", match["rules"])) or (EVERY,)
        line = bisect_right(starts, match.start()) - 1
        match match["kind"]:
            case "ignore-file":
                yield Exemption(0, last, names)
            case "off":
                opened.append((line, names))
            case "on":
                yield from (Exemption(first, line, which) for first, which in opened)
                opened = []
            case _:
                yield Exemption(*_block(page, line), names)
    yield from (Exemption(first, last, which) for first, which in opened)


def _block(page: LintPage, line: int) -> tuple[int, int]:
    """The lines of the block that a comment stands in, or of the next one where it stands alone."""
    for first, end in page.prose.blocks:
        is_alone = page.text.split("\n")[line].strip().startswith("<!--") and first <= line
        if first > line or (first <= line < end and not is_alone):
            return first, end - 1
    return line, line
