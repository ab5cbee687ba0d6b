"""The dot between the parts of a foreign name (间隔号), by edition."""

from collections.abc import Sequence
from itertools import accumulate

from keben.core.edition import Interpunct
from keben.core.interpuncts import dots


def set_dots(texts: Sequence[str], form: Interpunct) -> list[str]:
    """The texts of a run with their dots set, where each stands between characters that are no Latin and no digits."""
    if form == "keep":
        return [*texts]
    text = "".join(texts)
    found = dots(text)
    if not found:
        return [*texts]
    changed = "".join(form if at in found else character for at, character in enumerate(text))
    ends = accumulate(len(text) for text in texts)
    return [changed[end - len(text) : end] for text, end in zip(texts, ends, strict=True)]


def set_dots_alone(text: str, form: Interpunct) -> str:
    """Set the dots of a text that stands by itself."""
    return set_dots([text], form)[0]
