"""Texts of the Kanseki Repository (Kanripo), in the form of Mandoku: old prints, line by line.

``<pb:…>`` begins a page and ``¶`` ends a line; ``(甲/乙)`` is a note in two rows (夹注), that goes on
in the next line; ``* 題`` is a heading, ``# …`` a remark, ``&KR0001;`` a character that has no code (Mandoku's manual).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.values import ChapterRank, TextBlock, TextChapter

_MODE = re.compile(r"#\s*-\*-.*\bmandoku", re.IGNORECASE)
_KEY = re.compile(r"#\+(TITLE|PROPERTY):\s*(.*?)\s*", re.IGNORECASE)
_PAGE = re.compile(r"<(?:pb|md):[^<>]*>")
_HEADING = re.compile(r"(\*+)\s+(?:[\d.]+\s+)?(.*)")
_NO_CODE = re.compile(r"&[A-Z]{1,3}-?[0-9A-F]+;")
_SEAM = re.compile(r"\)\s*\(")
_NOTE = re.compile(r"\(([^()]*)\)")
_USUAL = 0.4
"""How many of the lines must be of one length, for it to be that of the print."""
_DIGITS = "〇一二三四五六七八九"
UNKNOWN = "〓"


@dataclass(frozen=True, slots=True)
class MandokuText:
    """A file of the repository."""

    title: str
    """The book's."""
    chapters: tuple[TextChapter, ...]
    unknown: int
    """Characters without a code, which are `UNKNOWN` now."""


def is_mandoku(text: str) -> bool:
    """Whether a text says that it is in this form."""
    return any(_MODE.match(line) for line in text.lstrip("\ufeff").split("\n", 3)[:3])


def read_mandoku(text: str, name: str) -> MandokuText:
    """The chapters of a file; ``name`` is the title where it says none."""
    said: dict[str, str] = {}
    rows: list[tuple[int, str]] = []
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if match := _KEY.fullmatch(line.strip()):
            key, _, value = (match[2] if match[1].upper() == "PROPERTY" else f"title {match[2]}").partition(
                " "
            )
            said.setdefault(key.lower(), value.strip())
        elif not line.startswith("#"):
            rows.append((number, line.rstrip()))
    shown = [(number, _PAGE.sub("", row).replace("¶", "")) for number, row in rows]
    # A line of the print that has only the beginning of a page is no blank line.
    lines = [each for each, (_, row) in zip(shown, rows, strict=True) if each[1].strip() or not row.strip()]
    unknown = sum(len(_NO_CODE.findall(line)) for _, line in lines)
    chapters = tuple(_chapters([(number, _NO_CODE.sub(UNKNOWN, line)) for number, line in lines], said, name))
    return MandokuText(said.get("title", ""), chapters, unknown)


def mandoku_remarks(unknown: int) -> tuple[str, ...]:
    """What is said of texts in this form."""
    lost = wording("Characters that have no code, now 〓: {count}.", count=unknown)
    return (
        wording(
            "It is in the form of the Kanseki Repository: notes in brackets are notes between the words."
        ),
        *((lost,) if unknown else ()),
    )


def _chapters(lines: Sequence[tuple[int, str]], said: dict[str, str], name: str) -> Iterator[TextChapter]:
    headings = [at for at, (_, line) in enumerate(lines) if _HEADING.fullmatch(line)]
    tops = min((len(lines[at][1].partition(" ")[0]) for at in headings), default=0)
    starts = [at for at in headings if len(lines[at][1].partition(" ")[0]) == tops]
    width = _width([line for _, line in lines])
    first = starts[0] if starts else len(lines)
    if front := tuple(_blocks([line for _, line in lines[:first]], width)):
        title, rank = _roll(said, name)
        yield TextChapter(title, rank, front, 0)
    for at, end in zip(starts, [*starts[1:], len(lines)][: len(starts)], strict=True):
        number, line = lines[at]
        inner = tuple(_blocks([line for _, line in lines[at + 1 : end]], width))
        title = _titled(line) or name
        if inner and inner[0].kind == "heading":
            title, inner = f"{title}　{inner[0].text}", inner[1:]
        yield TextChapter(title, "chapter", inner, number)


def _titled(line: str) -> str:
    match = _HEADING.fullmatch(line)
    text = match[2].strip() if match else ""
    return text[1:-1].strip() if re.fullmatch(r"《[^《》]*》", text) else text


def _roll(said: dict[str, str], name: str) -> tuple[str, ChapterRank]:
    """What a roll (卷) is called, and whether it stands before the others."""
    roll = said.get("juan", "")
    if roll == "0":
        return "卷首", "preface"
    if roll.isdecimal() and int(roll) < 1000:
        return f"卷{_numeral(int(roll))}", "chapter"
    return roll or name, "chapter"


def _numeral(number: int) -> str:
    """A number below 1000 as books count rolls: 二十一, 一百〇三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        out += f"{_DIGITS[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        out += "〇"
    return out + (_DIGITS[ones] if ones or not number else "")


def _length(line: str) -> int:
    """How many characters a line of the print has room for: two rows of a note take the place of one."""
    notes = sum((len(note.replace("/", "")) + 1) // 2 for note in _NOTE.findall(line))
    return len(_NOTE.sub("", line)) + notes


def _width(lines: Sequence[str]) -> int:
    """The length of the print's lines; 0: they are not lines of a print."""
    lengths = Counter(_length(line) for line in lines if line.strip() and not _HEADING.fullmatch(line))
    if not lengths:
        return 0
    usual, count = lengths.most_common(1)[0]
    return usual if count >= lengths.total() * _USUAL else 0


def _blocks(lines: Sequence[str], width: int) -> Iterator[TextBlock]:
    """Paragraphs: a short line ends one, and a blank or indented line begins one."""
    held: list[str] = []
    for line in lines:
        heading = _HEADING.fullmatch(line)
        is_apart = heading is not None or not line.strip() or line.startswith("　")
        if held and is_apart:
            yield _paragraph(held)
            held = []
        if heading:
            yield TextBlock("heading", _titled(line))
        elif line.strip():
            held.append(line.strip())
        if held and (line.startswith("　") or (width and _length(line) < width - 1)):
            yield _paragraph(held)
            held = []
    if held:
        yield _paragraph(held)


def _paragraph(lines: Sequence[str]) -> TextBlock:
    text = _SEAM.sub("", "".join(lines))
    notes = _NOTE.sub(lambda match: f"({match[1].replace('/', '')})", text)
    return TextBlock("glossed", notes)
