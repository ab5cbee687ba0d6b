"""Characters that no book can hold, or that hide what it says."""

import re
from collections.abc import Iterator

from keben.errors import Finding, Place
from keben.model import Source

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    "\u2028\u2029\u202a-\u202e\u2066-\u2069"  # line separators and bidirectional overrides
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff\U000e0000-\U000e00ff\U000f0000-\U0010ffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff]"
)
_KINDS = (
    ("a private-use character", "\ue000", "\uf8ff"),
    ("a private-use character", "\U000f0000", "\U0010ffff"),
    ("a bidirectional override", "\u202a", "\u202e"),
    ("a bidirectional override", "\u2066", "\u2069"),
    ("a replacement character: something was lost when this text was converted", "\ufffd", "\ufffd"),
)


def forbidden_characters(source: Source) -> Iterator[Finding]:
    """Every control, private-use and other character that cannot stand in a book, with its place."""
    for number, line in enumerate(source.text.split("\n"), 1):
        for match in _FORBIDDEN.finditer(line):
            code = f"U+{ord(match[0]):04X}"
            kind = next(
                (kind for kind, first, last in _KINDS if first <= match[0] <= last), "a control character"
            )
            place = Place(source.path, number, match.start() + 1)
            yield Finding(
                place,
                "forbidden-character",
                f"{code} is {kind}.",
                "Take it out, or write what it stands for.",
            )
