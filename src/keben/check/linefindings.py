"""What a reader would see of a PDF's lines: those that are left short, and those with gaps that are too wide.

CLREQ 6.2.2.4: a gap is stretched to half an em at most. Where that is not enough, a line does not end with the measure.
"""

from collections.abc import Iterator

from keben.check.linemarks import HALF
from keben.check.lines import LineFacts, LineReport
from keben.core.errors import Finding, Place
from keben.core.saying import wording

_HAIR = 0.01
_SHOWN = 16
"""Characters of a line that a message quotes."""


def line_findings(report: LineReport, name: str, em: float) -> Iterator[Finding]:
    """A notice for each line that is left short, and a warning for each that is stretched too far.

    Args:
        report: the lines of a PDF.
        name: the PDF's.
        em: the size of its text, in points.
    """
    for line in report.lines:
        if not line.full:
            continue
        if line.end - line.right > HALF * em:
            yield _short(line, name, em)
        if max(line.stretch, default=0.0) > HALF + _HAIR:
            yield _wide(line, name)


def _short(line: LineFacts, name: str, em: float) -> Finding:
    lacking = (line.end - line.right) / em
    message = wording(
        "A line on page {page} is left short by {lacking:.1f} em: “{line}”.",
        page=line.page,
        lacking=lacking,
        line=_quoted(line),
    )
    advice = wording(
        "What follows has no room there and cannot be parted; reword it, or give it a place to break (U+200B)."
    )
    return Finding(Place(name), "short-line", message, advice, "notice")


def _wide(line: LineFacts, name: str) -> Finding:
    widest = wording("wider by {stretch:.2f} em than they should be", stretch=max(line.stretch))
    message = wording(
        "A line on page {page} has gaps {widest}: “{line}”.",
        page=line.page,
        widest=widest,
        line=_quoted(line),
    )
    return Finding(Place(name), "wide-gaps", message, wording("Reword it."), "warning")


def _quoted(line: LineFacts) -> str:
    text = line.text.strip()
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
