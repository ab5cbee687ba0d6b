"""How long a line stands as it is: nothing squeezed and nothing stretched."""

from keben.typeset.lines.marks import CLOSING, OPENING, STOP
from keben.typeset.lines.paragraph import Paragraph


def natural(text: Paragraph, first: int, last: int) -> float:
    """The length of a line of the characters from ``first`` to before ``last``, of which there is one at least.

    A closing mark at a line's end takes half an em (GB/T 15834, 5.1.10), and so does an opening one at its start.
    """
    end = last - 1
    # The first character stands as it does alone, and then without its left blank; so does the last one.
    begin = text.at[first] - text.before.get(first, 0.0) + trimmed_start(text, first)
    length = text.at[end] - begin + text.widths[end] - text.after.get(end, 0.0) - trimmed_end(text, end)
    if text.pads:
        length -= text.pads.get(first, (0.0, 0.0))[0] + text.pads.get(end, (0.0, 0.0))[1]
    return length - text.kerns.get(end, 0.0) if text.kerns else length


def trimmed_start(text: Paragraph, at: int) -> float:
    """What an opening mark at the start of a line gives up of its left blank: all of it."""
    return text.ems[at] / 2 if text.kinds[at] == OPENING else 0.0


def trimmed_end(text: Paragraph, at: int) -> float:
    """What a mark at the end of a line gives up of its right blank: half an em, if it stands at the left of its em.

    GB/T 15834—2011, 5.1.10, for the mainland's marks; brackets stand at an edge of their em everywhere.
    """
    kind = text.kinds[at]
    half = kind == CLOSING or (kind == STOP and not text.marks.centred)
    return text.ems[at] / 2 if half else 0.0
