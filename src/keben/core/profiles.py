"""ICC profiles of printing conditions: what of one counts before it goes into a file (ICC.1:2022, 7.2)."""

from collections.abc import Mapping

from keben.core.saying import wording

CHANNELS: Mapping[bytes, int] = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
"""Of a profile's colour space."""

_HEADER = 128
"""Bytes."""


def channels(data: bytes) -> int:
    """How many inks the profile of a printing condition is for.

    Raises:
        KeyError: it is none that `problem_of` passes.
    """
    return CHANNELS[data[16:20]]


def problem_of(data: bytes) -> str:
    """Why a file cannot say how a book is printed, as a sentence without its full stop; empty where it can."""
    if len(data) < _HEADER or data[36:40] != b"acsp":
        return wording("This is not an ICC profile")
    if data[12:16] != b"prtr":
        return wording("This profile is of a screen, a camera or a colour space, not of a press")
    if data[16:20] not in CHANNELS:
        return wording("This profile is neither for CMYK, nor for RGB, nor for grey")
    return ""
