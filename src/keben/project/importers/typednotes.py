"""Notes that somebody typed by hand: ① in the text, and below it a paragraph ① … → notes of Markdown.

A run of paragraphs (or lines) that begin with such signs is taken for notes where the text before it, back to the run
before, calls each of them exactly once. Anything else, as points that are counted ① ② ③, stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.prose import prose_lines
from keben.project.importers.values import Draft

_SIGN = (
    r"(?:[①-⑳㉑-㉟㊱-㊿]|〔(?:\d{1,3}|[一二三四五六七八九十]{1,3})〕|\\?\[\d{1,3}\\?\](?![(\[:])|【\d{1,3}】)"
)
_CALL = re.compile(_SIGN)
_NOTE = re.compile(rf"\s*(?P<sign>{_SIGN})[ \t\u3000]*(?P<text>\S.*)")
_LABEL = re.compile(r"\[\^([^\]\s]+)\]")
_FEWEST = 1


@dataclass(frozen=True, slots=True)
class Typed:
    """A text with its notes, and how many there are."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class _TextRun:
    """Blocks that belong together: the lines of each, from ``start`` on."""

    start: int
    end: int
    is_notes: bool


def with_typed_notes(draft: Draft) -> Draft:
    """A draft whose typed notes are notes."""
    found = _found(draft)
    files = {**draft.files, **{path: typed.text.encode() for path, typed in found.items()}}
    count = sum(typed.count for typed in found.values())
    remark = (wording("Notes that were typed by hand are notes now: {count}.", count=count),) if count else ()
    return replace(draft, files=files, remarks=(*draft.remarks, *remark))


def with_offer(draft: Draft) -> Draft:
    """A draft that says how many typed notes it has."""
    found = _found(draft)
    if not found:
        return draft
    remark = wording(
        "Notes are typed by hand (① …): {count} in {chapters} chapters. --notes makes notes of them.",
        count=sum(typed.count for typed in found.values()),
        chapters=len(found),
    )
    return replace(draft, remarks=(*draft.remarks, remark))


def _found(draft: Draft) -> dict[str, Typed]:
    chapters = {
        path: data.decode()
        for path, data in draft.files.items()
        if path.startswith("book/chapters/") and path.endswith(".md")
    }
    made = {path: typed_notes(text) for path, text in chapters.items()}
    return {path: typed for path, typed in made.items() if typed.count >= _FEWEST}


def typed_notes(text: str) -> Typed:
    """A chapter's Markdown with the notes that are typed in it."""
    if not _CALL.search(text):
        return Typed(text, 0)
    lines = text.split("\n")
    labels = set(_LABEL.findall(text))
    count = 0
    segment = 0
    for run in _runs(lines, prose_lines(lines)):
        if not run.is_notes:
            continue
        notes = _notes(lines[run.start : run.end])
        calls = _calls(lines, segment, run.start, [sign for sign, _ in notes])
        segment = run.end
        if calls is None:
            continue
        named = []
        for _ in notes:
            count += 1
            label = str(count) if str(count) not in labels else f"note-{count}"
            named.append(label)
        for (at, sign), label in zip(calls, named, strict=True):
            lines[at] = lines[at].replace(sign, f"[^{label}]", 1)
        made = [row for (_, rows), label in zip(notes, named, strict=True) for row in _defined(label, rows)]
        # In as many lines, so that what follows keeps its place; a line more for each note that shared a paragraph.
        lines[run.start : run.end] = ["\n".join(made), *[""] * (run.end - run.start - 1)]
    return Typed(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) if count else text, count)


def _runs(lines: Sequence[str], prose: Sequence[bool]) -> Iterator[_TextRun]:
    """The blocks of a text, those with notes apart: one begins with a sign, and each of its lines may."""
    at = 0
    while at < len(lines):
        if not lines[at].strip() or not prose[at]:
            at += 1
            continue
        start, is_notes = at, bool(_NOTE.match(lines[at]))
        while at < len(lines):
            end = next((n for n in range(at, len(lines)) if not lines[n].strip() or not prose[n]), len(lines))
            after = next((n for n in range(end, len(lines)) if lines[n].strip()), len(lines))
            at = end
            if after >= len(lines) or not prose[after] or bool(_NOTE.match(lines[after])) != is_notes:
                break
            at = after
        yield _TextRun(start, at, is_notes)


def _notes(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The sign of each note, and its lines; a line without a sign goes on with the note before."""
    notes: list[tuple[str, list[str]]] = []
    for line in lines:
        if match := _NOTE.match(line):
            notes.append((match["sign"], [match["text"]]))
        elif line.strip() and notes:
            notes[-1][1].append(line.strip())
    return notes


def _calls(lines: Sequence[str], start: int, end: int, signs: Sequence[str]) -> list[tuple[int, str]] | None:
    """Where each of the signs is called, by its line; None where one is not called exactly once, or two are alike."""
    found: list[tuple[int, str]] = []
    for sign in signs:
        places = [n for n in range(start, end) for _ in range(lines[n].count(sign))]
        if len(places) != 1 or signs.count(sign) > 1 or lines[places[0]].lstrip().startswith(("#", sign)):
            return None
        found.append((places[0], sign))
    return found


def _defined(label: str, rows: Sequence[str]) -> Iterator[str]:
    yield f"[^{label}]: {rows[0]}"
    yield from (f"    {row}" for row in rows[1:])
    yield ""
