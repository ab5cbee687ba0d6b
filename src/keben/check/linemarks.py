"""What a character is to a line, for measuring lines: a table of its own, so that a fault of the typesetter's shows.

Sources: CLREQ 5.1, 6.1 and 6.3.2; GB/T 15834—2011, 5.1; Taiwan's 重訂標點符號手冊 of 2008. Widths are in em.
"""

import re

OPENING = frozenset("“‘（《〈「『【〔〖｛［〝")
CLOSING = frozenset("”’）》〉」』】〕〗｝］〞")
STOPS = frozenset("。，、；：！？．")
TALL = frozenset("；：！？")
"""Stops that have no blank in a column."""
_CLOSED = CLOSING | STOPS
_DASHES = frozenset("—…⋯―⸺")

NO_START = (
    _CLOSED | frozenset("·‧・～〜–‐－∶／/%‰℃℉％々,;:!?)]}") | frozenset(map(chr, range(0x3380, 0x33E0)))
)
"""May not begin a line (CLREQ 6.1.1, the level of GB/T 15834: 5.1.6 for what connects, 5.1.9 for slashes)."""
NO_END = OPENING | frozenset("￥＄￡$£¥€／([{")
"""May not end one."""

FORMULA = "\ufffc"
"""What stands for a formula, which is a word of one letter to its line."""

HALF = 0.5
QUARTER = 0.25

_WIDE = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u3105-\u312f\u3190-\u31ef\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_HAN = re.compile("[\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Wide(dict[int, bool]):
    """Code point → whether it takes an em in every Chinese face; curly quotation marks, — and … need a look."""

    def __missing__(self, code: int) -> bool:
        self[code] = found = bool(_WIDE.match(chr(code)))
        return found


WIDE = Wide()


def is_han(character: str) -> bool:
    """Whether it is a Han character (not a mark, not kana)."""
    return bool(_HAN.match(character))


def is_mark(character: str) -> bool:
    """Whether it is a mark with a blank beside its ink."""
    return character in OPENING or character in _CLOSED


def is_pair(first: str, second: str, *, vertical: bool = False) -> bool:
    """Whether two adjacent full-width marks have a blank between them to give up (CLREQ 6.3.2.2)."""
    if vertical and first in TALL and second in _CLOSED:
        return False
    return (first in _CLOSED and is_mark(second)) or (first in OPENING and second in OPENING)


def pair_gives_up(first: str, second: str, *, centred: bool) -> float:
    """What a pair gives up: half an em; a stop that stands in its middle has a quarter to give to a closing mark."""
    return QUARTER if centred and first in STOPS and second in _CLOSED and second not in STOPS else HALF


def begins_badly(text: str, before: str) -> bool:
    """Whether a line may not begin with a text, by its first character and what stands next to that.

    A hyphen, or a dash by itself, connects what stands before it with what follows (GB/T 15834, 5.1.6); a dash of two
    begins a line well, and a hyphen behind a mark or a space is a sign of minus.
    """
    if text[:1] == "-":
        return is_han(before)
    if text[:1] == "—":
        return text[1:2] not in _DASHES and is_han(before)
    return text[:1] in NO_START


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if after in NO_START or before in NO_END:
        return False
    if before in _DASHES and after in _DASHES:
        return False
    narrow = not WIDE[ord(before)] and not WIDE[ord(after)]
    return not narrow or before == " " or after == " " or is_mark(before) or is_mark(after)
