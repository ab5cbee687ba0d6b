"""Ranges of characters, compared one by one.

For a title or a few lines that is quicker than a regular expression: to compile one that has the range of Chinese
characters takes Python 3.11 a millisecond or more.
"""

from collections.abc import Iterable


def consists_of(text: str, ranges: Iterable[str]) -> bool:
    """Whether each character of a text is in one of ``ranges``, each of which is its first and its last character."""
    pairs = [(each[0], each[-1]) for each in ranges]
    return all(any(first <= character <= last for first, last in pairs) for character in text)
