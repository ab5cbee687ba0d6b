"""The dot between the parts of a foreign name (间隔号), by edition.

GB/T 15834—2011, 4.13, has U+00B7; Taiwan's handbook of 2008 has U+2027, and much of what is printed there and in Hong
Kong has U+30FB.
"""

from collections.abc import Sequence

from keben.core.edition import Interpunct

DOTS = "·‧・"


def set_dots(leaves: list[str], run: Sequence[int], form: Interpunct) -> None:
    """Set the dots of a run of texts in place, where each stands between characters that are no Latin and no digits."""
    if form == "keep" or not any(dot in leaves[index] for index in run for dot in DOTS):
        return
    text = "".join(leaves[index] for index in run)
    changed = "".join(
        form if character in DOTS and _is_between(text[:at][-1:], text[at + 1 : at + 2]) else character
        for at, character in enumerate(text)
    )
    end = 0
    for index in run:
        start, end = end, end + len(leaves[index])
        leaves[index] = changed[start:end]


def set_dots_alone(text: str, form: Interpunct) -> str:
    """Set the dots of a text that stands by itself."""
    leaves = [text]
    set_dots(leaves, [0], form)
    return leaves[0]


def _is_between(left: str, right: str) -> bool:
    return bool(left and right) and not (left.isascii() or right.isascii())
