"""Text in drawings: what stands between its characters where it is prose."""

from keben.typeset.lines.marks import WIDE, classes, marks_of

PROSE = "prose"
"""The class of a drawing whose text is prose."""


def shifts_of(text: str, em: float, language: str) -> list[float]:
    """How much further each character of a line stands than where the one before it ends; in the unit of ``em``."""
    if WIDE not in classes(text):
        return []
    # Most drawings have no such character, and a cover is drawn without what sets lines.
    from keben.typeset.lines.lengths import trimmed_start
    from keben.typeset.lines.paragraph import LinePiece, paragraph

    placed = paragraph([LinePiece(text, em, lambda piece: len(piece) * em / 2)], marks_of(language, "gb"))
    shifts = [
        placed.after.get(at - 1, 0.0) - placed.before.get(at, 0.0) if at else 0.0 for at in range(len(text))
    ]
    return [-trimmed_start(placed, 0), *shifts[1:]] if shifts else []
