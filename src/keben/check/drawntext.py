"""The pieces of text that a page draws, read from its content stream (ISO 32000-1, 9.4) with what its glyphs say.

It is what PDFium gives of the same page, without making an object for each glyph. A page with something rare in it is
not read here: PDFium reads it.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import field
from re import compile as pattern
from struct import unpack
from typing import NamedTuple

from keben.check.glyphtables import EM, GlyphTable
from keben.check.instructions import RareContentError, instructions, numbers_in, shown
from keben.core.values import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the page's own coordinates."""

Matrix = tuple[float, float, float, float, float, float]

NOWHERE = -1

_Span = tuple[float, tuple[int, ...]]

_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NUMBERED = pattern(rb"/MCID\s+(\d{1,9})\b")
_MOST_BACK = 850.0
"""Thousandths of an em that a glyph may go back over the one before it; more, and it may stand on top of it."""
_MOST_DEEP = 64


class DrawnText(NamedTuple):
    """What one instruction shows."""

    mcid: int
    """Its piece of marked content; −1: none."""
    text: str
    box: Box
    """Of its ink."""


PageFonts = Mapping[bytes, GlyphTable]
"""Fonts by the names that a page has for them, such as ``/F1``."""


class ShownCodes(NamedTuple):
    """The glyphs of one instruction."""

    mcid: int
    font: bytes
    """Its name on the page."""
    size: float
    """In units of ``matrix``."""
    matrix: Matrix
    """From these units to the page's."""
    along: float
    """Where it begins; its baseline is at ``rise``."""
    rise: float
    spans: tuple[tuple[float, tuple[int, ...]], ...]
    """Codes that stand side by side, and where each row of them begins behind ``along``, in thousandths of an em."""


class ReadContent(NamedTuple):
    """What was read of a page's instructions."""

    drawn: tuple[DrawnText, ...]
    """In the order that they are drawn."""
    used: Mapping[bytes, AbstractSet[int]]
    """The codes of glyphs that it shows, by the name of their font."""
    shown: tuple[ShownCodes, ...]


def read_drawn(content: bytes, fonts: PageFonts, rare: frozenset[bytes] = frozenset()) -> ReadContent:
    """The pieces of text of a page.

    Nothing of the fonts counts but the facts of the glyphs that are shown.

    Args:
        content: The page's instructions.
        fonts: Its fonts.
        rare: Its names of what draws, or says, more than is known here, such as forms.

    Raises:
        RareContentError: there is something on the page that only PDFium reads.
    """
    return _PageContent(fonts, rare).read(content)


@dataclass(slots=True)
class _State:
    """What ``q`` keeps and ``Q`` gives back."""

    matrix: Matrix = _SAME
    name: bytes = b""
    """The font's."""
    size: float = 0.0
    rise: float = 0.0

    def copy(self) -> "_State":
        return _State(self.matrix, self.name, self.size, self.rise)


@dataclass(slots=True)
class _PageContent:
    fonts: PageFonts
    rare: frozenset[bytes]
    state: _State = field(default_factory=_State)
    kept: list[_State] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    line: Matrix = _SAME
    """The matrix of the text that is shown next."""
    along: float = 0.0
    """How far the text has come since its matrix was set, in its own units."""
    found: list[DrawnText] = field(default_factory=list)

    used: dict[bytes, set[int]] = field(default_factory=dict)
    shown: list[ShownCodes] = field(default_factory=list)

    def read(self, content: bytes) -> ReadContent:
        does: dict[bytes, Callable[[bytes], None]] = {
            name: getattr(self, f"_{method}") for name, method in _METHODS.items()
        }
        for operands, operator in instructions(content):
            do = does.get(operator)
            if do is not None:
                do(operands)
            elif operator not in _NO_TEXT:
                raise RareContentError
        return ReadContent(tuple(self.found), self.used, tuple(self.shown))

    def _keep(self, _operands: bytes) -> None:
        if len(self.kept) > _MOST_DEEP:
            raise RareContentError
        self.kept.append(self.state.copy())

    def _give_back(self, _operands: bytes) -> None:
        if not self.kept:
            raise RareContentError
        self.state = self.kept.pop()

    def _transform(self, operands: bytes) -> None:
        self.state.matrix = _product(numbers_in(operands, 6), self.state.matrix)

    def _begin_text(self, _operands: bytes) -> None:
        self.line, self.along = _SAME, 0.0

    def _place(self, operands: bytes) -> None:
        first, second, third, fourth, fifth, sixth = numbers_in(operands, 6)
        self.line, self.along = (first, second, third, fourth, fifth, sixth), 0.0

    def _set_rise(self, operands: bytes) -> None:
        (self.state.rise,) = numbers_in(operands, 1)

    def _set_font(self, operands: bytes) -> None:
        self.state.name, _, size = operands.partition(b" ")
        (self.state.size,) = numbers_in(size, 1)
        if self.state.name not in self.fonts or self.state.size <= 0:
            raise RareContentError

    def _use(self, operands: bytes) -> None:
        """A name that stands for an object: a picture, a form, a state."""
        if operands.strip() in self.rare:
            raise RareContentError

    def _mark(self, operands: bytes) -> None:
        """A piece of marked content that has no number."""
        if b"<" in operands:
            raise RareContentError
        self.marks.append(NOWHERE)

    def _mark_numbered(self, operands: bytes) -> None:
        number = _NUMBERED.search(operands)
        if (
            number is None
            or operands.count(b"/MCID") > 1
            or b"/ActualText" in operands
            or any(mark != NOWHERE for mark in self.marks)
        ):
            raise RareContentError
        self.marks.append(int(number[1]))

    def _end_mark(self, _operands: bytes) -> None:
        if not self.marks:
            raise RareContentError
        self.marks.pop()

    def _show(self, operands: bytes) -> None:
        self._draw(shown(operands))

    def _show_one(self, operands: bytes) -> None:
        self._draw(shown(b"[" + operands.strip() + b"]"))

    def _draw(self, parts: list[tuple[bytes, bytes]]) -> None:
        font = self.fonts.get(self.state.name)
        if font is None:
            raise RareContentError
        text, spans, ink, end = _measured(font, parts)
        used = self.used.setdefault(self.state.name, set())
        for _, codes in spans:
            used.update(codes)
        scale = self.state.size / EM
        if text:
            left, bottom, right, top = ink
            own = (
                self.along + left * scale,
                bottom * scale + self.state.rise,
                self.along + right * scale,
                top * scale + self.state.rise,
            )
            matrix = _product(self.line, self.state.matrix)
            self._add(text, _boxed(own, matrix))
            state, mcid = self.state, self.found[-1].mcid
            self.shown.append(
                ShownCodes(mcid, state.name, state.size, matrix, self.along, state.rise, tuple(spans))
            )
        self.along += end * scale

    def _add(self, text: str, box: Box) -> None:
        # PDFium takes what is drawn over itself once.
        if any(_covers(box, other.box) for other in self.found[-3:]):
            raise RareContentError
        self.found.append(DrawnText(max(self.marks, default=NOWHERE), text, box))


def _measured(font: GlyphTable, parts: list[tuple[bytes, bytes]]) -> tuple[str, list[_Span], Box, float]:
    """What strings and numbers between them show: text, codes, ink and length, in thousandths of an em."""
    place = back = 0.0
    spans: list[_Span] = []
    whole: tuple[int, ...] = ()
    try:
        for string, number in parts:
            if number:
                place -= float(number)
                back += float(number)
            elif string:
                if len(string) % 4 or (back > _MOST_BACK and spans):
                    raise RareContentError
                codes = unpack(f">{len(string) // 4}H", bytes.fromhex(string.decode()))
                spans.append((place, codes))
                whole += codes
                place += sum(map(font.widths.__getitem__, codes))
                back = 0.0
        text = "".join(map(font.texts.__getitem__, whole))
    except (KeyError, ValueError):
        raise RareContentError from None
    if not spans:
        return "", [], (0.0, 0.0, 0.0, 0.0), place
    bottom = min(map(font.bottoms.__getitem__, whole))
    top = max(map(font.tops.__getitem__, whole))
    return text, spans, (_left(font, spans), bottom, _right(font, spans), top), place


def _left(font: GlyphTable, spans: list[_Span]) -> float:
    """Where the ink of some glyphs begins; no more of them are looked at than may be it."""
    least = float("inf")
    for place, codes in spans:
        for code in codes:
            if place + font.leftmost >= least:
                break
            least = min(least, place + font.facts[code].left)
            place += font.widths[code]
    return least


def _right(font: GlyphTable, spans: list[_Span]) -> float:
    most = float("-inf")
    for place, codes in reversed(spans):
        end = place + sum(map(font.widths.__getitem__, codes))
        for code in reversed(codes):
            if end + font.overhang <= most:
                break
            end -= font.widths[code]
            most = max(most, end + font.facts[code].right)
    return most


def _covers(one: Box, other: Box) -> bool:
    """Whether a box covers more than half of another, or is covered so."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    if across <= 0:
        return False
    down = min(one[3], other[3]) - max(one[1], other[1])
    return down > 0 and 2 * across * down > min(_area(one), _area(other))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _product(one: tuple[float, ...], other: tuple[float, ...]) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _boxed(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    xs = (a * left, a * right), (c * bottom, c * top)
    ys = (b * left, b * right), (d * bottom, d * top)
    return (
        min(xs[0]) + min(xs[1]) + e,
        min(ys[0]) + min(ys[1]) + f,
        max(xs[0]) + max(xs[1]) + e,
        max(ys[0]) + max(ys[1]) + f,
    )


_METHODS = {
    b"q": "keep",
    b"Q": "give_back",
    b"cm": "transform",
    b"BT": "begin_text",
    b"Tm": "place",
    b"Ts": "set_rise",
    b"Tf": "set_font",
    b"TJ": "show",
    b"Tj": "show_one",
    b"gs": "use",
    b"Do": "use",
    b"BMC": "mark",
    b"BDC": "mark_numbered",
    b"EMC": "end_mark",
}
_NO_TEXT = frozenset(
    b"ET w J j M d ri i m l c v y h re S s f F f* B B* b b* n W W* CS cs SC SCN sc scn G g RG rg K k sh".split()
)
"""Operators that neither show a text nor change one (ISO 32000-1, annex A)."""
