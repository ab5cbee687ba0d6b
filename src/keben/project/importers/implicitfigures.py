"""Pictures as Pandoc and Quarto have them → with a caption as Keben has it.

A picture alone in its paragraph has its alternative text for a caption (Pandoc's manual, “implicit_figures”).
"""

import re
from collections.abc import Sequence

from keben.project.importers.prose import prose_lines

_LONE = re.compile(
    r"(?P<before>[ \t]*!\[(?P<alt>(?:[^\[\]\n]|\[[^\[\]\n]*\])+)\]\((?:<[^<>\n]*>|[^()\s]+))\)"
    r"(?P<braces>[ \t]*\{[^{}\n]*\})?[ \t]*"
)


def with_captions(lines: Sequence[str]) -> list[str]:
    """The lines of a page with captions of lone pictures."""
    if not any("![" in line for line in lines):
        return list(lines)
    prose = prose_lines(lines)
    return [_captioned(line) if prose[at] and _is_alone(lines, at) else line for at, line in enumerate(lines)]


def _is_alone(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a paragraph, in a division or by itself."""
    around = (lines[at - 1] if at else "", lines[at + 1] if at + 1 < len(lines) else "")
    return all(not line.strip() or line.lstrip().startswith(":::") for line in around)


def _captioned(line: str) -> str:
    match = _LONE.fullmatch(line)
    if match is None:
        return line
    caption = " ".join(match["alt"].split()).replace('"', "”")
    return f'{match["before"]} "{caption}"){(match["braces"] or "").strip()}'
