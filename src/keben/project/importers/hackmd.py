"""Signs of HackMD and HedgeDoc: a line of tags, and who said a quotation (HackMD's features, “Blockquote Tags”)."""

import re
from collections.abc import Sequence

from keben.project.importers.prose import prose_lines

_TAGS = re.compile(r"#{1,6}[ \t]+tags[:：][ \t]*(?:`[^`\n]*`[,，、]?[ \t]*)+")
_QUOTED = re.compile(r"[ \t]*>")
_SAID = re.compile(r"\[name=([^\[\]\n]*)\]")
_LOOK = re.compile(r"[ \t]*\[color=[^\[\]\n]*\]")
_TIME = re.compile(r"\[time=([^\[\]\n]*)\]")


def without_hackmd(lines: Sequence[str]) -> list[str]:
    """Lines without tags of a page and colours of quotations; names and times are text."""
    if not any("tags" in line or "[name=" in line or "[color=" in line for line in lines):
        return list(lines)
    return [
        _line(line) if is_prose else line for line, is_prose in zip(lines, prose_lines(lines), strict=True)
    ]


def _line(line: str) -> str:
    if _TAGS.fullmatch(line.rstrip()):
        return ""
    if not _QUOTED.match(line):
        return line
    return _TIME.sub(r"\1", _SAID.sub(lambda match: f"——{match[1].strip()}", _LOOK.sub("", line)))
