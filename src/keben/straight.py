"""Straight quotation marks that pair with a curly one: ``“你去哪里？"`` and ``"你去哪里？”``.

Texts from the web and from word processors close with the wrong key. Where exactly one of a pair is straight, it is
known which curly mark it stands for; two straight ones pair with each other, and are left as they are.
"""

_OPEN = {"“": "”", "‘": "’"}
_CLOSE = {"”": "“", "’": "‘"}
_MEANT = {'"': ("“", "”"), "'": ("‘", "’")}


def meant_marks(text: str) -> dict[int, str]:
    """The curly mark that a straight one stands for, by its offset in a paragraph's text."""
    if '"' not in text and "'" not in text:
        return {}
    meant: dict[int, str] = {}
    opened: list[str] = []
    waiting: dict[str, int] = {}
    """By straight mark: one that nothing has paired with yet."""
    for offset, mark in enumerate(text):
        if mark in _OPEN:
            opened.append(mark)
        elif mark in _CLOSE and not _is_apostrophe(text, offset):
            straight = '"' if mark == "”" else "'"
            if opened and opened[-1] == _CLOSE[mark]:
                opened.pop()
            elif not opened and straight in waiting:
                meant[waiting.pop(straight)] = _CLOSE[mark]
        elif mark in _MEANT and not _is_apostrophe(text, offset):
            opener, closer = _MEANT[mark]
            if opened and opened[-1] == opener and mark not in waiting:
                meant[offset] = closer
                opened.pop()
            elif mark in waiting:
                del waiting[mark]
            else:
                waiting[mark] = offset
    return meant


def _is_apostrophe(text: str, offset: int) -> bool:
    """Whether a mark stands inside or behind a Latin word: don't, the authors' names."""
    if text[offset] not in "'’":
        return False
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return before.isascii() and before.isalnum() and (not after or (after.isascii() and not after.isdigit()))
