"""Lines of about one length: a title or a caption that is centred does not end with a word alone."""

from keben.typeset.lines.breaking import Line, break_lines
from keben.typeset.lines.marks import BREAK
from keben.typeset.lines.paragraph import Paragraph

_MOST = 4
"""Lines of what is balanced: a longer text is read as a paragraph."""
_STEPS = 7
"""How often the width is halved in which the shortest line is looked for."""


def even_lines(text: Paragraph, first_width: float, width: float, start: int = 0) -> list[Line]:
    """The lines of a paragraph as `break_lines` has them, or as many in the least width that has room for them."""
    lines = break_lines(text, first_width, width, start, justified=False)
    if not 1 < len(lines) <= _MOST or BREAK in text.kinds[start:]:
        return lines
    least, most = width * (len(lines) - 1) / len(lines), width
    for _ in range(_STEPS):
        middle = (least + most) / 2
        tried = break_lines(text, min(first_width, middle), middle, start, justified=False)
        if len(tried) == len(lines) and _is_filled(text, tried, middle):
            lines, most = tried, middle
        else:
            least = middle
    return lines


def _is_filled(text: Paragraph, lines: list[Line], width: float) -> bool:
    """Whether no word of the lines is longer than they may be."""
    return all(text.at[line.last] - text.at[line.first] <= width + text.ems[line.first] for line in lines)
