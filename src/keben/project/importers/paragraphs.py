"""The paragraphs of a plain text: by indents, by blank lines, or a line each; and breaks between scenes.

Lines that were wrapped by an editor are joined: nearly all of one length, and divided by blank lines or indents.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from keben.project.importers.signatures import signature_lines
from keben.project.importers.values import TextBlock
from keben.project.importers.verses import verse_lines

Way = Literal["lines", "indents", "blanks"]

_INDENT = re.compile(r"(?:\u3000+|[ \u00a0]{2,}|\t)\s*\S")
_BREAK = re.compile(
    r"(?:[*＊※◇◆■□★☆●○~～=＝#＃_＿·•]\s*){3,}|[-—―－]{3,}|(?:\*\s*){2,}|[※☆★◇◆○●◎□■△▲#＃]|[#＃]{2}"
)
_WRAPPED = 0.8
"""The share of the lines of paragraphs, the last ones aside, that have nearly one length where an editor wrapped
them."""
_FEWEST = 0.1
"""The share of all lines that go on in the next one, where an editor wrapped them."""
_NARROWEST = 20
"""Half-width columns: no editor wraps lines shorter than this."""
_NEARLY = 6
"""Half-width columns that wrapped lines may differ by."""


def is_break(text: str) -> bool:
    """Whether a paragraph is a break between scenes: ``***``, ``※※※``."""
    return bool(_BREAK.fullmatch(text.strip()))


def way_of(lines: Sequence[str]) -> Way:
    """How a text shows its paragraphs."""
    written = [line for line in lines if line.strip()]
    indented = sum(1 for line in written if _INDENT.match(line))
    if (
        written
        and indented >= 0.15 * len(written)
        and indented < len(written)
        and _is_wrapped(_by_indents(lines))
    ):
        return "indents"
    if _is_wrapped(_by_blanks(lines)):
        return "blanks"
    return "lines"


def blocks_of(lines: Sequence[str], way: Way) -> tuple[TextBlock, ...]:
    """The paragraphs, breaks, signatures and verse of a chapter's lines, indents left out."""
    signed, verse = signature_lines(lines), verse_lines(lines)

    def kind_of(numbered: tuple[int, str]) -> Literal["signature", "verse", ""]:
        at = numbered[0]
        return "signature" if at in signed else "verse" if at in verse else ""

    blocks: list[TextBlock] = []
    for kind, group in groupby(enumerate(lines), kind_of):
        part = [line for _, line in group]
        if kind:
            blocks.append(TextBlock(kind, "\n".join(line.strip() for line in part if line.strip())))
        else:
            blocks += _plain_blocks(part, way)
    return tuple(blocks)


def _plain_blocks(lines: Sequence[str], way: Way) -> tuple[TextBlock, ...]:
    parts = {"lines": _by_lines, "indents": _by_indents, "blanks": _by_blanks}[way](lines)
    return tuple(
        TextBlock("break")
        if len(part) == 1 and _BREAK.fullmatch(part[0].strip())
        else TextBlock("paragraph", join(part))
        for part in parts
    )


def join(lines: Sequence[str]) -> str:
    """Lines as one: with a space between them only where Latin meets Latin."""
    text = ""
    for line in (each.strip() for each in lines):
        apart = text and line and _is_narrow(text[-1]) and _is_narrow(line[0])
        text += f" {line}" if apart else line
    return text


def _is_narrow(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("Na", "N", "H")


def _by_lines(lines: Sequence[str]) -> list[list[str]]:
    return [[line] for line in lines if line.strip()]


def _by_blanks(lines: Sequence[str]) -> list[list[str]]:
    return list(_grouped(lines, starts_at_indent=False))


def _by_indents(lines: Sequence[str]) -> list[list[str]]:
    return list(_grouped(lines, starts_at_indent=True))


def _grouped(lines: Sequence[str], *, starts_at_indent: bool) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        text = line.strip()
        alone = bool(_BREAK.fullmatch(text))
        if group and (not text or alone or (starts_at_indent and _INDENT.match(line))):
            yield group
            group = []
        if alone:
            yield [line]
        elif text:
            group.append(line)
    if group:
        yield group


def _is_wrapped(parts: Sequence[Sequence[str]]) -> bool:
    inner = [_width(line) for part in parts for line in part[:-1]]
    if len(inner) < max(3, _FEWEST * sum(map(len, parts))):
        return False
    longest = sorted(inner)[-1 - len(inner) // 20]
    is_full = sum(width >= longest - _NEARLY for width in inner) >= _WRAPPED * len(inner)
    return is_full and longest >= _NARROWEST


def _width(line: str) -> int:
    """Columns of a terminal."""
    return sum(1 if _is_narrow(character) else 2 for character in line.rstrip())
