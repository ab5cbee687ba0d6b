"""What a character is to a line of Chinese: its class, the blank beside its ink, where a line may end beside it.

Sources: CLREQ 5.1, 6.1 and 6.3.2; GB/T 15834—2011, 5.1; Taiwan's 重訂標點符號手冊 of 2008. Widths are in em.
"""

from functools import cache

from keben.core.interpuncts import DOTS
from keben.core.paper import Kinsoku
from keben.core.ranges import consists_of
from keben.core.regions import region_of
from keben.core.values import dataclass

DRAWING = "\ufffc"
"""What stands for a formula in a paragraph's text: a word of one letter, as wide as it."""

STEP_BACK = 0.4
"""The most that a mark is moved to the left within a line, in em: from .45 on, extractors part text there."""

WIDE, SIGN, OPENING, CLOSING, STOP, TALL, DASH, DOT, NARROW, SPACE, BREAK = "wuocstdmn b"
"""Classes, each a letter, so that a text has them as a text; a sign is a wide character that kinsoku knows, and a tall
one a stop that has no blank in a column."""

MARKS = frozenset((OPENING, CLOSING, STOP, TALL))
"""The classes of marks."""

_OPENING = "“‘（《〈「『【〔〖｛［"
_CLOSING = "”’）》〉」』】〕〗｝］"
_STOPS = "。，、；：！？．"
_TALL = "；：！？"
_DASHES = "—…⋯―⸺"
_CONNECTORS = "～〜–－‐∶"
_SLASHES = "／/"
_UNITS = "%‰℃℉°′″％々〻ーぁぃぅぇぉっゃゅょァィゥェォッャュョ" + "".join(
    chr(code) for code in (*range(0x3371, 0x337B), *range(0x3380, 0x33E0))
)
"""Signs of units, which belong to the number before them, and what repeats or lengthens a character."""
_LATIN_CLOSING = ",.;:!?)]}"
_CURRENCY = "￥＄￡$£¥€№#"
_LATIN_OPENING = "([{"

_WIDE = (
    "\u2e80\u2fdf", "\u3000\u30ff", "\u3105\u312f", "\u3190\u31ef", "\u3200\u4dbf", "\u4e00\u9fff", "\uf900\ufaff",
    "\ufe30\ufe4f", "\uff01\uff60", "\uffe0\uffe6", "\U00020000\U0003ffff", "\u2460\u24ff",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegionMarks:
    """How a region's marks stand in their em, and what may not stand at a line's edge."""

    centred: bool
    """Stops stand in the middle of their em, as in Taiwan and Hong Kong, and not at its left."""
    no_start: frozenset[str]
    no_end: frozenset[str]
    vertical: bool = False
    """Lines are columns: ！ and ？ are as high as a character, and ： and ； stand in the upper part of their em."""

    def classes(self, text: str) -> str:
        """The class of each character, as a text of the same length."""
        found = classes(text)
        if not self.vertical or STOP not in found:
            return found
        return "".join(
            TALL if character in _TALL else kind for character, kind in zip(text, found, strict=True)
        )

    def blank(self, kind: str) -> tuple[float, float]:
        """The blank to the left and to the right of a mark's ink."""
        if kind == OPENING:
            return 0.5, 0.0
        if kind == CLOSING:
            return 0.0, 0.5
        if kind == STOP:
            return (0.25, 0.25) if self.centred else (0.0, 0.5)
        return 0.0, 0.0

    def given_up(self, first: str, second: str) -> tuple[float, float]:
        """What two adjacent marks give up between them: of the first's right blank, and of the second's left one.

        Together they take an em and a half (CLREQ 6.3.2.2); a centred stop and a bracket keep a quarter more.
        """
        right, left = self.blank(first)[1], self.blank(second)[0]
        if second not in MARKS or first not in MARKS:
            return 0.0, 0.0
        give = min(0.5, right + left)
        mine = min(right, give)
        return mine, min(give - mine, STEP_BACK)

    def may_end(self, before: str, after: str) -> bool:
        """Whether a line may end between two characters, as far as the marks go."""
        return after not in self.no_start and before not in self.no_end


@cache
def marks_of(language: str, kinsoku: Kinsoku = "gb", *, vertical: bool = False) -> RegionMarks:
    """The marks of a language tag, in lines or in columns."""
    no_start = _STOPS + _CLOSING + DOTS + _CONNECTORS + _UNITS + _LATIN_CLOSING
    no_end = _OPENING + _CURRENCY + _LATIN_OPENING
    if kinsoku in ("gb", "strict"):
        no_start += _SLASHES
        no_end += _SLASHES
    if kinsoku == "strict":
        no_start += _DASHES
    return RegionMarks(region_of(language).centred_stops, frozenset(no_start), frozenset(no_end), vertical)


class _Classes(dict[int, str]):
    """Character → class, worked out when it is first asked for."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        found = WIDE if consists_of(character, _WIDE) else NARROW
        if found == WIDE and character in _CONNECTORS + _SLASHES + _UNITS + _CURRENCY:
            found = SIGN
        for kind, members in (
            (OPENING, _OPENING),
            (CLOSING, _CLOSING),
            (STOP, _STOPS),
            (DASH, _DASHES),
            (DOT, DOTS),
            (SPACE, " "),
            (BREAK, "\n"),
        ):
            if character in members:
                found = kind
        self[code] = found
        return found


_CLASSES = _Classes()


def classes(text: str) -> str:
    """The class of each character, as a text of the same length."""
    return text.translate(_CLASSES)
