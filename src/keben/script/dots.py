"""The dot between the parts of a foreign name (间隔号), by edition.

GB/T 15834—2011, 4.13, has U+00B7; Taiwan's handbook of 2008 has U+2027, and much of what is printed there and in Hong
Kong has U+30FB.
"""

from collections.abc import Sequence
from itertools import accumulate

from keben.core.edition import Interpunct

DOTS = "·‧・"


def set_dots(texts: Sequence[str], form: Interpunct) -> list[str]:
    """The texts of a run with their dots set, where each stands between characters that are no Latin and no digits."""
    if form == "keep" or not any(dot in text for text in texts for dot in DOTS):
        return [*texts]
    text = "".join(texts)
    changed = "".join(
        form if character in DOTS and _is_between(text[:at][-1:], text[at + 1 : at + 2]) else character
        for at, character in enumerate(text)
    )
    ends = accumulate(len(text) for text in texts)
    return [changed[end - len(text) : end] for text, end in zip(texts, ends, strict=True)]


def set_dots_alone(text: str, form: Interpunct) -> str:
    """Set the dots of a text that stands by itself."""
    return set_dots([text], form)[0]


def _is_between(left: str, right: str) -> bool:
    return bool(left and right) and not (left.isascii() or right.isascii())
