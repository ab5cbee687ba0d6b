"""Signatures of a plain text (落款): a name, a place, a date, pushed to the right edge by spaces.

Verse and centred titles are set in with spaces too. A signature is at most three short lines without a stop at their
end, and stands at the end of a chapter or before a break, or has a date, or follows the closing words of a letter.
"""

import re
from collections.abc import Iterator, Sequence

from keben.project.importers.headings import headings_in

_DEEP = re.compile(r"(?:\u3000|[ \u00a0]{2}){6,}[ \u00a0]?(?=\S)")
"""Six full-width spaces or more: a paragraph has two, a letter's closing words have four."""
_MOST, _LONGEST = 3, 24
_NAMED = re.compile(r"[\u3400-\u9fff]{2}|[A-Za-z]{3}")
_STOPPED = re.compile(r"[，,。．.！!？?；;：:、…—]$|[，。！？；]")
_DATE = re.compile(
    r"[\d〇零一二三四五六七八九十元]+\s*年|[\d一二三四五六七八九十廿卅]+\s*月|\d{4}\s*[-./]\s*\d"
)
_CLOSED = re.compile(
    r"\s*(?:此致|此上|敬上|顺颂|順頌|即颂|即頌|敬颂|敬頌|谨启|謹啟|敬礼|敬禮|祝|颂|頌|专此|專此).{0,12}\s*"
)
_SAYS = re.compile(r"\w")


def signature_lines(lines: Sequence[str]) -> frozenset[int]:
    """Which of the lines of a chapter, from 0, are those of a signature."""
    return frozenset(at for run in _runs(lines) if _is_signature(lines, run) for at in run)


def _runs(lines: Sequence[str]) -> Iterator[range]:
    """Lines far to the right that follow each other; blank ones do not part them."""
    start, end = -1, -1
    for at, line in enumerate([*lines, "."]):
        if _DEEP.match(line):
            start, end = (at if start < 0 else start), at + 1
        elif line.strip() and start >= 0:
            yield range(start, end)
            start = -1


def _is_signature(lines: Sequence[str], run: range) -> bool:
    texts = [text for at in run if (text := lines[at].strip())]
    if len(texts) > _MOST or not all(map(_is_short, texts)) or not any(map(_NAMED.search, texts)):
        return False
    if headings_in(texts)[0]:
        return False
    before = [line for line in lines[: run.start] if line.strip()]
    after = next((line for line in lines[run.stop :] if line.strip()), "")
    if not before:
        # What a chapter begins with is a title or a motto.
        return False
    return (
        not after
        or not _SAYS.search(after)
        or any(map(_DATE.search, texts))
        or bool(_CLOSED.fullmatch(before[-1]))
    )


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and not _STOPPED.search(text)
