"""Differences between the book's text and that of a file, in words: the same for every format of text."""

from collections.abc import Sequence

from keben.check.blame import cut
from keben.check.matching import Difference
from keben.core.errors import Finding, Place
from keben.core.saying import wording


def difference_finding(
    difference: Difference, texts: Sequence[str], place: Place, name: str, advice: str
) -> Finding:
    """What is said of a difference between the book's texts and those of the file ``name``."""
    if difference.kind == "moved":
        message = wording(
            "This text does not stand in its order in {name}: “{expected}”.",
            name=name,
            expected=cut(difference.expected),
        )
        return Finding(place, "moved-text", message, advice)
    if difference.kind == "added":
        message = wording(
            "{name} says more than the book behind “{before}”: “{found}”.",
            name=name,
            before=difference.before,
            found=cut(difference.found),
        )
        return Finding(place, "added-text", message, advice)
    whole = texts[difference.piece] if difference.piece < len(texts) else difference.expected
    message = wording("This text is not whole in {name}: “{whole}”.", name=name, whole=cut(whole))
    if difference.found:
        there, wanted = (cut(text, 30) for text in (difference.found, difference.expected))
        message += wording(
            " It has “{before}{there}” for “{before}{wanted}”.",
            before=difference.before,
            there=there,
            wanted=wanted,
        )
    return Finding(place, "lost-text", message, advice)
