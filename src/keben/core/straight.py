"""Straight quotation marks that pair with a curly one: ``“你去哪里？"`` and ``"你去哪里？”``.

Texts from the web and from word processors close with the wrong key. Where exactly one of a pair is straight, it is
known which curly mark it stands for; two straight ones pair with each other, and are left as they are.
"""

from collections.abc import Sequence

_KINDS = (("“", "”", '"'), ("「", "」", '"'), ("‘", "’", "'"))


def meant_marks(text: str) -> dict[int, str]:
    """The curly mark that a straight one stands for, by its offset in a paragraph's text."""
    meant: dict[int, str] = {}
    for opener, closer, straight in _KINDS:
        if straight in text and (opener in text or closer in text):
            marks = [
                (offset, mark)
                for offset, mark in enumerate(text)
                if mark in (opener, closer, straight) and not _is_apostrophe(text, offset)
            ]
            meant |= _paired(marks, opener, closer)
    return meant


def _paired(marks: Sequence[tuple[int, str]], opener: str, closer: str) -> dict[int, str]:
    """Partners of curly marks among straight ones. Where the count of straight ones leaves a choice, there is none."""
    meant: dict[int, str] = {}
    opened = 0
    between: list[int] = []
    for offset, mark in [*marks, (-1, opener)]:
        if mark not in (opener, closer):
            between.append(offset)
            continue
        if len(between) % 2:
            if mark == opener and opened:
                meant[between[0]] = closer
                opened -= 1
            elif mark == closer and not opened:
                meant[between[-1]] = opener
                opened += 1
        opened = opened + 1 if mark == opener else max(opened - 1, 0)
        between = []
    return meant


def _is_apostrophe(text: str, offset: int) -> bool:
    """Whether a mark stands inside or behind a Latin word: don't, the authors' names."""
    if text[offset] not in "'’":
        return False
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return before.isascii() and before.isalnum() and (not after or (after.isascii() and not after.isdigit()))
