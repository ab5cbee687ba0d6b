"""Ways to part a text, as spans in order."""

from collections.abc import Sequence

from keben.script.stages import Match


def clipped(parts: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """What of some parts lies in a span."""
    return [(max(first, start), min(last, end)) for first, last in parts if first < end and last > start]


def greedy_parts(phrases: Sequence[Match], size: int) -> list[tuple[int, int]]:
    """How OpenCC parts a text: its phrases, and what stands between them."""
    parts: list[tuple[int, int]] = []
    end = 0
    for phrase in phrases:
        if end < phrase.start:
            parts.append((end, phrase.start))
        parts.append((phrase.start, phrase.end))
        end = phrase.end
    if end < size:
        parts.append((end, size))
    return parts
