"""Lines of text for drawings, where nothing breaks them but us: at a size at which all of them fit in a box."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from keben.core.credits import Credit, line_of, shortened
from keben.core.patterns import later
from keben.core.values import dataclass
from keben.core.variants import Variant, enclose, own, split, without_rules

LEADING = 1.5
"""From one line to the next, in sizes of the type."""

_ASCENT = 0.85
"""From a line's upper edge to its baseline, in sizes of the type."""

_MANY = 0.77
"""Of a title's size, where it has four lines or more."""

_NEVER_FIRST = "，、。：；！？”’」』）》〉】·‧・"
_NEVER_LAST = "（《〈【「『“‘"
_LATIN = 0x2E7F
"""What lies above is as wide as an em."""
_WORD = re.compile(
    r"[0-9A-Za-z\u00c0-\u024f](?:[0-9A-Za-z\u00c0-\u024f'’.&+#-]*[0-9A-Za-z\u00c0-\u024f+#])?|[\s\S]"
)
_LETTERS = later(r"[0-9]|" + _WORD.pattern)
"""What a line of a title is not broken in."""
_BEYOND = 1.5
"""How much longer than the others a line of a title may be for a word."""
_BREAKS_AFTER = ("、，；：", "·‧・ -/")
"""Between names, and inside of one that is too long for a line."""


@dataclass(frozen=True, slots=True)
class FittedText:
    """Lines, and the size of type in the box's units."""

    lines: tuple[str, ...]
    size: float

    def rows(
        self, middle: float, top: float = float("-inf"), bottom: float = float("inf")
    ) -> list[tuple[float, str]]:
        """Each line with the height of its baseline: about ``middle``, moved as far as ``top`` and ``bottom`` ask."""
        step = self.size * LEADING
        high = (len(self.lines) - 1) * step + self.size
        begins = max(top, min(middle - high / 2, bottom - high))
        return [
            (round(begins + _ASCENT * self.size + index * step, 2), line)
            for index, line in enumerate(self.lines)
        ]


def ems(text: str) -> float:
    """About how wide a text is, carried variants as in the source: full-width characters take an em, others less."""
    return sum(
        1.0 if ord(character) > _LATIN or character in "—…“”‘’·" else 0.72 if character.isupper() else 0.56
        for character in own(text)
    )


def fit(texts: Sequence[str], width: float, height: float, size: float, least: float) -> FittedText | None:
    """Texts, each in lines of its own, at the largest size up to ``size`` that keeps them in the box.

    None: not even the least size does.
    """
    while True:
        lines = [line for text in texts for line in wrapped(text, width / size)]
        if (len(lines) - 1) * size * LEADING + size <= height:
            return FittedText(tuple(lines), round(size, 2))
        if size <= least:
            return None
        size = max(least, size * 0.92)


def wrapped(text: str, width: float, *, prose: bool = False) -> list[str]:
    """A text in lines at most ``width`` ems wide: broken behind commas, dots and spaces, else where it must be.

    ``prose`` is broken between any two Chinese characters.
    """
    lines: list[str] = []
    line, room = "", width
    wanted = _tokens(list(_units(without_rules(text))), prose=prose, level=0)
    # What is too wide for a line is divided further, at the dots and spaces in a name.
    tokens = [
        part
        for token in wanted
        for part in (
            [token]
            if prose or sum(size for _, size, _ in token) <= width
            else _tokens([(unit, shown) for unit, _, shown in token], prose=False, level=1)
        )
    ]
    for token in tokens:
        wide = sum(size for _, size, _ in token)
        if wide > room and line:
            lines.append(line.rstrip(" "))
            line, room = "", width
        if wide <= room:
            line, room = line + "".join(unit for unit, _, _ in token), room - wide
            continue
        *full, line = _cut(token, width)
        lines += full
        room = width - ems(line)
    return [each for each in (*lines, line.rstrip(" ")) if own(each).strip()]


_Token = list[tuple[str, float, str]]
"""Units as they are written, with their widths in ems, and as they are shown."""


def _cut(token: _Token, width: float) -> list[str]:
    """A token that no line is wide enough for, cut between characters."""
    lines, line, used = [], "", 0.0
    for index, (unit, size, shown) in enumerate(token):
        following = token[index + 1][2] if index + 1 < len(token) else ""
        ahead = size + (token[index + 1][1] if following and following in _NEVER_FIRST else 0)
        if line and (used + size > width or (used + ahead > width and shown not in _NEVER_FIRST)):
            lines.append(line)
            line, used = "", 0.0
        line, used = line + unit, used + size
    return [*lines, line]


def _tokens(units: Sequence[tuple[str, str]], *, prose: bool, level: int) -> Iterator[_Token]:
    """Pieces that a line is not broken in if it can be helped."""
    token: _Token = []
    before = ""
    for unit, shown in units:
        if token and (_parts(before, shown) if prose else before in _BREAKS_AFTER[level]):
            yield token
            token = []
        token.append((unit, ems(shown), shown))
        before = shown[-1:] or before
    if token:
        yield token


def _parts(before: str, after: str) -> bool:
    """Whether a line of prose may end between two characters."""
    if before in _NEVER_LAST or after[:1] in _NEVER_FIRST:
        return False
    return before in " -/" or any(ord(each) > _LATIN for each in (before, after[:1]) if each)


def _units(text: str) -> Iterator[tuple[str, str]]:
    """The characters of a carried text, each with what it shows; a variant that chooses is one of them."""
    for piece in split(text):
        if isinstance(piece, str):
            yield from ((character, character) for character in piece)
        elif piece.kind == "keep":
            yield from ((enclose(Variant("keep", text=each)), each) for each in piece.text)
        else:
            yield enclose(piece), max(piece.text, *piece.forms.values(), key=len)


def fit_credits(
    several: Sequence[Credit],
    words: Mapping[str, str],
    width: float,
    height: float,
    size: float,
    least: float = 24,
) -> FittedText:
    """Credits in a box: in smaller type if they must be, and then with 等 for names that have no room."""
    for most in (10**6, 12, 6, 3, 2, 1):
        lines = [line_of(shortened(credit, most, words), words) for credit in several]
        if found := fit(lines, width, height, size, least):
            return found
    return _clipped(lines, width, height, least)


def fit_text(text: str, width: float, height: float, size: float, least: float = 20) -> FittedText:
    """One text in a box, in smaller type if it must be."""
    return fit([text], width, height, size, least) or _clipped([text], width, height, least)


def fit_title(text: str, width: float, height: float, size: float = 150, count: int = 8) -> FittedText:
    """A title in a box: lines of ``count`` characters where it is short, more and smaller ones where it is long."""
    for most in range(count, 61):
        lines = title_lines(text, most)
        fitting = min(size if len(lines) < 4 else size * _MANY, width / max(ems(line) for line in lines))
        if (len(lines) - 1) * fitting * LEADING + fitting <= height:
            return FittedText(tuple(lines), round(fitting, 2))
    return fit_text(text, width, height, 24, 20)


def _clipped(texts: Sequence[str], width: float, height: float, size: float) -> FittedText:
    """As many lines as the box has room for; the last ends with an ellipsis."""
    lines = [line for text in texts for line in wrapped(text, width / size - 1)]
    most = max(1, int((height - size) / (size * LEADING)) + 1)
    return FittedText(
        (*lines[: most - 1], f"{lines[most - 1]}…") if len(lines) > most else tuple(lines), size
    )


def title_lines(text: str, width: int) -> list[str]:
    """A title in lines of at most ``width`` characters: after a colon first, then evenly, never before a mark.

    A variant is never divided, and counts as long as it is in the source.
    """
    lines: list[str] = []
    for part in _parts_of_title(text, width):
        rest = part
        left = sum(size for _, size in rest)
        while rest:
            share = -(-left // max(-(-left // width), 1))
            taken = _taken(rest, share)
            lines.append("".join(unit for unit, _ in rest[:taken]).strip())
            left -= sum(size for _, size in rest[:taken])
            rest = rest[taken:]
    return [line for line in lines if line]


def _taken(units: Sequence[tuple[str, int]], share: int) -> int:
    """How many units a line of about ``share`` characters takes."""
    taken = size = 0
    while taken < len(units) and (size < share or units[taken][0] in _NEVER_FIRST):
        unit, more = units[taken]
        if taken and more > 1 and size + more > _BEYOND * share and _WORD.fullmatch(unit):
            # A word that has no room begins the next line.
            break
        size += more
        taken += 1
    return taken


def _parts_of_title(text: str, width: int) -> Iterator[list[tuple[str, int]]]:
    """A title up to each colon or new line: its characters, words and variants, each with its length.

    A word of Latin letters or a number is never divided; but the figures of a number that stands upright are.
    """
    words = _WORD if width > 1 else _LETTERS
    part: list[tuple[str, int]] = []
    for piece in (*split(without_rules(text)), "\n"):
        for unit, size in (
            [(unit, len(unit)) for unit in words.findall(piece)]
            if isinstance(piece, str)
            else [(enclose(piece), len(piece.text))]
        ):
            if unit != "\n" and (part or not unit.isspace()):
                part.append((unit, size))
            if unit in "：\n":
                while part and part[-1][0].isspace():
                    part.pop()
                if part:
                    yield part
                part = []


FITTING: Mapping[str, Callable[..., Any]] = {
    "credit_line": line_of,
    "title_lines": title_lines,
    "fit_credits": fit_credits,
    "fit_text": fit_text,
    "fit_title": fit_title,
}
"""The filters of templates."""
