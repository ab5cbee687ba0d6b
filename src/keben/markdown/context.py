"""What parsing a chapter knows and finds, and where things stand in its source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from keben.core.characters import ADVICE, FORBIDDEN, describe, has_forbidden
from keben.core.errors import Finding, Place
from keben.core.markup import Element
from keben.core.values import dataclass
from keben.core.variants import Piece, VariantError, enclose, scan, unclosed
from keben.markdown.calls import Calls
from keben.markdown.dialects import Dialect
from keben.markdown.latex import Latex
from keben.markdown.notation import around as near
from keben.markdown.notation import in_one_line
from keben.markdown.paths import Problem
from keben.markdown.sightings import Sighting
from keben.markdown.tolerances import forbidden


@dataclass(frozen=True, slots=True)
class Noted:
    """What parsing a chapter found beside its tree; see `Context`."""

    findings: tuple[Finding, ...]
    sightings: tuple[Sighting, ...]
    aliases: Mapping[str, str]
    drawings: Mapping[str, Element]
    located: Mapping[tuple[int, str], Place]
    defined: frozenset[str]


@dataclass(slots=True)
class Context:
    """One chapter's source and the findings about it."""

    path: str
    """As messages show it."""
    name: str
    chapter_id: str
    lines: Sequence[str]
    """The source with its front matter, line by line."""
    picture: Callable[[str], str | Problem]
    """Gives the asset that a picture's path names."""
    link: Callable[[str], str | Problem]
    """Gives a link's ``href`` inside the book."""
    calls: Calls
    language: str
    """The source's."""
    is_generous: bool = False
    """Whether what loses no text is taken, with one warning a kind, rather than refused."""
    needs_alt: bool = True
    """Whether a picture without an alternative text is an error."""
    defined: frozenset[str] = frozenset()
    """The labels of the notes that the chapter defines."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Other names of ids of this chapter, for its links and those that name its file."""
    drawings: dict[str, Element] = field(default_factory=dict)
    """What was drawn from code, by path."""
    latex: Latex = field(default_factory=Latex)
    """Sets the chapter's formulas."""
    findings: list[Finding] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    _located: dict[tuple[int, str], Place] = field(default_factory=dict)
    """Where each text was found last, by the line that it was looked for from."""

    def noted(self) -> "Noted":
        """What parsing found, to be kept."""
        return Noted(
            tuple(self.findings),
            tuple(self.sightings),
            dict(self.aliases),
            dict(self.drawings),
            dict(self._located),
            self.defined,
        )

    def remember(self, noted: "Noted") -> None:
        """Go on as after the parsing that found it."""
        self.findings += noted.findings
        self.sightings += noted.sightings
        self.aliases |= noted.aliases
        self.drawings |= noted.drawings
        self._located |= noted.located
        self.defined = noted.defined

    def report(
        self, line: int, code: str, message: str, advice: str = "", needle: str = "", *, warning: bool = False
    ) -> None:
        """Add a finding; its column is where ``needle`` stands, at or after the line, within the same block.

        What is found a second time from the same line is looked for behind the first.
        """
        place = self._place(line, needle)
        self.findings.append(Finding(place, code, message, advice, "warning" if warning else "error"))

    def _place(self, line: int, needle: str, *, key: str = "") -> Place:
        """Where a text stands that was not found before, at or after a line within the same block."""
        last = self._located.get((line, key + needle))
        place = locate(self.path, self.lines, line, needle, last)
        if place.column:
            self._located[line, key + needle] = place
        return place if place.column or last is None else last

    def see(self, kind: Dialect, line: int, text: str) -> None:
        """Remember what is reported once a chapter."""
        self.sightings.append(Sighting(kind, line, text))

    def takes(self, kind: Dialect, line: int, text: str) -> bool:
        """Whether the reader is generous; then a slip is remembered, to be reported once a chapter.

        Its line is that in which ``text`` stands, within the same block.
        """
        if self.is_generous:
            self.see(kind, self._place(line, text, key="taken ").line, text)
        return self.is_generous

    def problem(self, line: int, problem: Problem, needle: str) -> None:
        """Add what `paths` found."""
        self.report(line, problem.code, problem.message, problem.advice, needle)

    def clean(self, text: str, line: int) -> str:
        """Text without forbidden characters. The source has none left: these were written as ``&#xE000;``."""
        if not has_forbidden(text):
            return text
        for character in FORBIDDEN.findall(text):
            if not self.takes(forbidden(character), line, "&#"):
                self.report(line, "forbidden-character", describe(character), ADVICE, "&#")
        return FORBIDDEN.sub("", text)

    def carry(
        self,
        text: str,
        line: int,
        *,
        rules: bool = False,
        resolve: Callable[[str], str] = str,
        around: tuple[str, str] = ("", ""),
    ) -> str:
        """Text as it was written, with its variants as trees carry them; forbidden characters go from the rest.

        ``rules`` may stand in the text of blocks only. ``resolve`` makes what is printed of a piece that is no
        variant. What stands ``around`` the text in its lines helps to tell where that is.
        """
        parts: list[str] = []
        for piece in scan(text, self.language, rules=rules):
            if piece.variant:
                parts.append(enclose(in_one_line(piece.variant)))
            elif piece.error:
                before, after = near(text, piece.offset, piece.offset + len(piece.text))
                if piece.offset == len(before):
                    before = around[0] + before
                if piece.offset + len(piece.text) + len(after) == len(text):
                    after += around[1]
                # A variant that is never closed is parsed as its first signs alone.
                error = unclosed(after, piece.offset) if piece.text == "-{" else piece.error
                self._report_variant(piece, error, line + text.count("\n", 0, piece.offset), before, after)
                parts.append(piece.text)
            else:
                parts.append(self.clean(resolve(piece.text), line))
        return "".join(parts)

    def _report_variant(self, piece: Piece, error: VariantError, line: int, before: str, after: str) -> None:
        """Add a finding about a variant, in the column where it goes wrong if that is in its first line."""
        before, rest = before.rpartition("\n")[2], (piece.text + after).partition("\n")[0]
        own, wrong = piece.text.partition("\n")[0], piece.text[: error.offset - piece.offset]
        place = Place(self.path, line)
        for needle, lead in ((before + rest, before), (rest, ""), (own, ""), ("-{", "")):
            for bar in ("|", "\\|"):  # in a cell of a table bars are escaped
                if place.column:
                    break
                written = needle.replace("|", bar)
                place = self._place(line, written, key=f"{len(lead)} ")
                if place.column:
                    inside = lead + wrong if "\n" not in wrong else lead
                    place = replace(place, column=place.column + len(inside.replace("|", bar)))
        self.findings.append(Finding(place, "variant", error.message, error.advice, error.severity))


def locate(path: str, lines: Sequence[str], line: int, needle: str, behind: Place | None = None) -> Place:
    """Where ``needle`` stands in a block: from ``line`` (1-based) to the next empty line; else the line alone.

    With ``behind`` it is looked for behind that place. Letters match whatever their case.
    """
    if not needle:
        return Place(path, line)
    first = max(behind.line if behind else line, 1)
    for number in range(first, len(lines) + 1):
        text = lines[number - 1]
        if number > line and not text.strip():
            break
        start = behind.column if behind and number == first else 0
        column = text.find(needle, start)
        if column < 0:
            column = text.lower().find(needle.lower(), start)
        if column >= 0:
            return Place(path, number, column + 1)
    return Place(path, line)
