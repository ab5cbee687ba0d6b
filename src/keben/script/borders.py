"""Where the borders of inline elements fall in converted text.

A text is converted as one, so that a phrase under markup is still a phrase; this says where to cut the result. It takes
the converter for a black box: a border is exact where converting both sides apart gives the same as converting the
whole.
"""

from collections.abc import Sequence
from itertools import pairwise

from keben.script.engine import Convert


def cut(
    text: str, borders: Sequence[int], convert: Convert, *, same_length: bool
) -> tuple[list[str], tuple[str, ...]]:
    """Convert a text and cut the result where its borders (ascending offsets in the text) fall.

    Gives the pieces, one more than borders, and the source phrases inside of which a border had to be moved to an edge
    because the phrase changed its length.
    """
    whole = convert(text)
    if not borders:
        return [whole], ()
    moved: list[str] = []
    places: list[int] = []
    for border in borders:
        before = borders[len(places) - 1] if places else 0
        place, phrase = border, ""
        if not (same_length and len(whole) == len(text)):
            place, phrase = _place(
                text, whole, border, convert, after=places[-1] if border > before and places else -1
            )
        if phrase:
            moved.append(phrase)
        places.append(max(place, places[-1] if places else 0))
    edges = [0, *places, len(whole)]
    return [whole[start:end] for start, end in pairwise(edges)], tuple(moved)


def _place(text: str, whole: str, border: int, convert: Convert, *, after: int) -> tuple[int, str]:
    """Where a border falls, and the phrase it could not stay in; ``after`` keeps a piece from vanishing."""
    exact = _exact(text, whole, border, convert)
    if exact is not None:
        return exact, ""
    start, end = border - 1, border + 1
    while (first := _exact(text, whole, start, convert)) is None:
        start -= 1
    while (last := _exact(text, whole, end, convert)) is None:
        end += 1
    if last - first == end - start:
        return first + border - start, ""
    nearer_start = border - start <= end - border
    place = first if nearer_start and first > max(after, 0) else last
    return place, text[start:end]


def _exact(text: str, whole: str, border: int, convert: Convert) -> int | None:
    """The offset in ``whole`` that a border corresponds to exactly; None where a phrase crosses it."""
    if border <= 0:
        return 0
    if border >= len(text):
        return len(whole)
    left = convert(text[:border])
    return len(left) if left + convert(text[border:]) == whole else None
