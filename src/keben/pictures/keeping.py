"""A picture that was made ready, as bytes to be kept, and back: a line of JSON, then what is not as it was brought."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from keben.core.book import Asset, Encoded
from keben.core.errors import Severity

Remarks = tuple[tuple[str, str, str, Severity, int, int], ...]
"""Code, message, advice, severity, line and column of each finding whose file is not named."""

_MOTIONS = frozenset(("none", "moving", "flashing"))


def packed(brought: Asset, ready: Asset, remarks: Iterable[tuple[object, ...]]) -> bytes:
    """What was made of a picture, without the bytes that are as they were brought."""
    is_same = ready.data == brought.data
    data = b"" if is_same else ready.data
    screen = ready.screen.data if ready.screen else b""
    head = {
        "type": ready.media_type,
        "data": None if is_same else len(data),
        "screen": [ready.screen.media_type, len(screen)] if ready.screen else None,
        "motion": ready.motion,
        "remarks": [list(each) for each in remarks],
    }
    return json.dumps(head).encode() + b"\n" + data + screen


def unpacked(brought: Asset, entry: bytes) -> tuple[Asset, Remarks] | None:
    """The picture that `packed` packed, and its remarks; None for what it did not write."""
    line, _, rest = entry.partition(b"\n")
    try:
        head: Mapping[str, Any] = json.loads(line)
        length, screen = head["data"], head["screen"]
        data = brought.data if length is None else rest[:length]
        rest = rest if length is None else rest[length:]
        remarks = tuple(
            (str(code), str(message), str(advice), severity, int(line), int(column))
            for code, message, advice, severity, line, column in head["remarks"]
        )
        if head["motion"] not in _MOTIONS or len(rest) != (screen[1] if screen else 0):
            return None
        made = replace(
            brought,
            media_type=str(head["type"]),
            data=data,
            screen=Encoded(str(screen[0]), rest) if screen else None,
            motion=head["motion"],
        )
    except (ValueError, KeyError, TypeError):
        return None
    return made, remarks
