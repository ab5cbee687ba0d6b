"""Whether an animated picture flashes, as far as its frames tell (WCAG 2.1, 2.3.1)."""

from typing import Any, Literal

Motion = Literal["none", "moving", "flashing"]
"""``flashing``: more than three times a second. ``moving`` claims nothing about flashes."""

_MOST_FRAMES = 300
_SIDE = 16
"""Cells in a row: a flash is counted cell by cell."""
_SHARE = 0.25
"""Of the picture that must flash at once: it may be shown as large as the screen."""
_CHANGE, _DARK = 0.1, 0.8
"""Of relative luminance: how large a change is, and how dark its darker side."""
_USUAL = 100
"""Milliseconds that browsers give a frame that says none."""
_PER_SECOND = 7
"""Changes to and fro within a second that are more than three flashes."""


def motion_of(picture: Any, most_pixels: int) -> Motion:
    """What an animated GIF does. ``none`` where its later frames cannot be read: then it cannot be shown as it moves.

    No more than 300 frames and no more pixels than ``most_pixels`` are looked at.
    """
    count = picture.n_frames
    looked = min(count, _MOST_FRAMES, max(1, most_pixels // max(1, picture.width * picture.height)))
    cells: list[list[float]] = []
    durations: list[int] = []
    try:
        for index in range(looked):
            picture.seek(index)
            cells.append(_luminances(picture))
            durations.append(picture.info.get("duration") or _USUAL)
    except (EOFError, OSError, SyntaxError, ValueError):
        return "none"
    changes = _changes(cells, durations)
    flashes = any(
        changes[index + _PER_SECOND - 1] - changes[index] <= 1000
        for index in range(len(changes) - _PER_SECOND + 1)
    )
    return "flashing" if flashes else "moving"


def _luminances(picture: Any) -> list[float]:
    small = picture.convert("RGB").resize((_SIDE, _SIDE))
    return [
        0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)
        for red, green, blue in zip(*(small.getchannel(name).tobytes() for name in "RGB"), strict=True)
    ]


def _linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _changes(cells: list[list[float]], durations: list[int]) -> list[float]:
    """When a large part of the picture turned brighter or darker, in milliseconds, over at least two seconds."""
    rounds = max(2, -(-2000 // max(1, sum(durations))))
    times: list[float] = []
    now, last = 0.0, 0
    before: list[float] | None = None
    for frame, duration in [*zip(cells, durations, strict=True)] * min(rounds, _MOST_FRAMES):
        if before is not None:
            way = _way(before, frame)
            if way and way != last:
                times.append(now)
                last = way
        before = frame
        now += duration
    return times


def _way(before: list[float], after: list[float]) -> int:
    """1 where enough cells became brighter, -1 where darker, 0 else."""
    for way in (1, -1):
        count = sum(
            (new - old) * way >= _CHANGE and min(old, new) < _DARK
            for old, new in zip(before, after, strict=True)
        )
        if count >= _SHARE * len(before):
            return way
    return 0
