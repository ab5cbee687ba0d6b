"""``book/decisions.tsv``: what the editors decided of doubtful conversions, one decision a row."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence

from keben.core.characters import ADVICE, FORBIDDEN, describe
from keben.core.editorial.cells import TableRow, leading_comments, read_table, row_text, write_table
from keben.core.editorial.values import Decision
from keben.core.errors import Finding
from keben.core.language import VARIANTS, variant
from keben.core.saying import series, wording
from keben.core.values import dataclass

COLUMNS = ("language", "phrase", "target", "before", "after", "note", "editor", "date")
"""The header's names. The first three must be filled in, and the last two may be missing from the header."""

ANSWERED = COLUMNS[:6]
"""What an answer says; who gave it and when is known to whoever saves it."""

_LANGUAGES = wording("Use one of {fromkeys}.", fromkeys=series(dict.fromkeys(VARIANTS.values())))

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell of a decision."""

    column: int
    """Index in `COLUMNS`."""
    code: str
    message: str
    advice: str


def key(decision: Decision) -> Key:
    """What a decision is about: language, phrase, before and after. No two decisions may be about the same."""
    return decision.language, decision.phrase, decision.before, decision.after


def faults(language: str, phrase: str, target: str) -> Iterator[CellFault]:
    """What is wrong with the cells that a decision must have."""
    if variant(language) is None:
        yield CellFault(
            0, "unknown-language", wording("Unknown language `{language}`.", language=language), _LANGUAGES
        )
    if not phrase.strip():
        yield CellFault(
            1,
            "empty-phrase",
            wording("The phrase is empty."),
            wording("Write the source's text that is decided."),
        )
    if not target.strip():
        message = wording("The target is empty: this decides nothing.")
        yield CellFault(
            2, "empty-target", message, wording("Write what the phrase is to be, or take the row out.")
        )


def forbidden_in(decision: Decision) -> Iterator[CellFault]:
    """Characters in a decision that cannot stand in a book."""
    texts = (decision.phrase, decision.target, decision.before, decision.after, decision.note)
    for column, text in enumerate(texts, 1):
        for match in FORBIDDEN.finditer(text):
            yield CellFault(column, "forbidden-character", describe(match[0]), ADVICE)


def read_decisions(text: str, path: str) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """The decisions of a file, in its order, and everything that is wrong with it; ``path`` is what messages call it.

    Languages come out as `keben.core.language.variant` has them. A row that has faults is left out.
    """
    rows, found = _read(text, path)
    findings = list(found)
    decisions: dict[Key, Decision] = {}
    for row in rows:
        language, phrase, target, before, after, note, editor, date = row.cells
        wrong = list(faults(language, phrase, target))
        findings += [
            Finding(row.place(fault.column), fault.code, fault.message, fault.advice) for fault in wrong
        ]
        if wrong:
            continue
        given = (phrase, target, before, after, note)
        decision = Decision(variant(language) or "", *given, row.place(), editor, date)
        earlier = decisions.setdefault(key(decision), decision)
        if earlier is not decision:
            findings.append(_second(earlier, decision))
    return tuple(decisions.values()), tuple(findings)


def write_decisions(decisions: Iterable[Decision], comments: Iterable[str] = ()) -> str:
    """The text of a file with these decisions, sorted by language, phrase and the text around it.

    ``comments`` are lines that begin with ``#`` (`leading_comments` of the file that is replaced); they go on top.
    """
    return write_table(COLUMNS, (_cells(key(each), each) for each in sorted(decisions, key=key)), comments)


def _cells(about: Key, decision: Decision) -> tuple[str, ...]:
    language, phrase, before, after = about
    return (
        *(language, phrase, decision.target, before, after),
        *(decision.note, decision.editor, decision.date),
    )


def _read(text: str, path: str) -> tuple[tuple[TableRow, ...], tuple[Finding, ...]]:
    return read_table(text, path, COLUMNS, required=3, named=len(ANSWERED))


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A line of a file: a decision's, or one that stands as it is (the header, a comment, an empty line)."""

    text: str
    key: Key | None = None


def read_lines(text: str) -> tuple[DecisionLine, ...]:
    """A file's lines, each with what its decision is about; none of an empty file. The file must have no faults."""
    rows, _ = _read(text, "")
    keys = {
        row.line: (variant(row.cells[0]) or row.cells[0], row.cells[1], row.cells[3], row.cells[4])
        for row in rows
    }
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return tuple(DecisionLine(line, keys.get(number)) for number, line in enumerate(lines, 1))


def update_decisions(text: str, new: Iterable[Decision], withdrawn: Collection[Key] = ()) -> str:
    """The text of a file with new decisions put in; comments, empty lines and the order of the rest stay.

    One about the same as an earlier decision takes its line. Others go after the last that sorts before them, where the
    file is sorted (`write_decisions`), and else to the end. Lines of decisions that are ``withdrawn`` go. A file
    without a header is written whole.
    """
    lines = tuple(line for line in read_lines(text) if line.key not in withdrawn)
    rows = {key(each): each for each in new}
    if not any(map(_is_header, lines)):
        return write_decisions(rows.values(), leading_comments(text))
    written = {
        about: DecisionLine(row_text(_cells(about, each)), about) for about, each in sorted(rows.items())
    }
    if any(each.editor or each.date for each in rows.values()):
        header = DecisionLine("\t".join(COLUMNS))
        lines = tuple(header if _is_header(line) else line for line in lines)
    lines = tuple(written.pop(line.key, line) if line.key else line for line in lines)
    fresh = list(written.values())
    keys = [line.key for line in lines if line.key]
    lines = tuple(_merged(lines, fresh)) if keys == sorted(keys) else (*lines, *fresh)
    return "".join(f"{line.text}\n" for line in lines)


def _merged(lines: Iterable[DecisionLine], fresh: Sequence[DecisionLine]) -> Iterator[DecisionLine]:
    """Sorted lines with fresh ones among them, each after the last that sorts before it, else after the header.

    So what stands above a line, such as a comment, stays above it.
    """
    lines = list(lines)
    following = deque(line.key for line in lines if line.key)
    waiting = [*reversed(fresh)]
    for line in lines:
        yield line
        if line.key:
            following.popleft()
        elif not _is_header(line):
            continue
        while waiting and (not following or (waiting[-1].key or ()) < following[0]):
            yield waiting.pop()


def _is_header(line: DecisionLine) -> bool:
    return line.key is None and bool(line.text.strip()) and not line.text.startswith("#")


def merge_decisions(old: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """Old and new decisions together; a new one takes the place of an old one about the same."""
    return tuple({key(each): each for each in (*old, *new)}.values())


def _second(earlier: Decision, later: Decision) -> Finding:
    if earlier.target == later.target:
        message = wording(
            "`{phrase}` was decided so in line {line} already.", phrase=later.phrase, line=earlier.place.line
        )
        return Finding(later.place, "duplicate-decision", message, wording("Take one of the two out."))
    message = wording(
        "`{phrase}` is `{target}` here and `{target2}` in line {line}.",
        phrase=later.phrase,
        target=later.target,
        target2=earlier.target,
        line=earlier.place.line,
    )
    advice = wording("Take one of the two out, or tell them apart by what stands before or after.")
    return Finding(later.place, "contradicting-decisions", message, advice)


__all__ = [
    "ANSWERED",
    "COLUMNS",
    "CellFault",
    "Key",
    "faults",
    "forbidden_in",
    "key",
    "leading_comments",
    "merge_decisions",
    "read_decisions",
    "read_lines",
    "update_decisions",
    "write_decisions",
]
