"""What parsing a chapter knows and finds, and where things stand in its source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from keben.characters import FORBIDDEN
from keben.errors import Finding, Place
from keben.markdown.calls import Calls
from keben.markdown.characters import ADVICE, describe
from keben.markdown.dialects import Kind
from keben.markdown.notation import in_one_line
from keben.markdown.paths import Problem
from keben.markdown.sightings import Sighting
from keben.variants import Piece, VariantError, enclose, scan


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
    findings: list[Finding] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    _told: dict[tuple[int, str], int] = field(default_factory=dict)

    def report(
        self, line: int, code: str, message: str, advice: str = "", needle: str = "", *, warning: bool = False
    ) -> None:
        """Add a finding; its column is where ``needle`` stands, at or after the line, within the same block.

        What is found a second time from the same line is looked for behind the first.
        """
        count = self._told.get((line, needle), 0)
        self._told[line, needle] = count + 1
        place = locate(self.path, self.lines, line, needle, count)
        self.findings.append(Finding(place, code, message, advice, "warning" if warning else "error"))

    def see(self, kind: Kind, line: int, text: str) -> None:
        """Remember what is reported once a chapter."""
        self.sightings.append(Sighting(kind, line, text))

    def problem(self, line: int, problem: Problem, needle: str) -> None:
        """Add what `paths` found."""
        self.report(line, problem.code, problem.message, problem.advice, needle)

    def clean(self, text: str, line: int) -> str:
        """Text without forbidden characters. The source has none left: these were written as ``&#xE000;``."""
        if FORBIDDEN.search(text) is None:
            return text
        for character in FORBIDDEN.findall(text):
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
                before = around[0] + text[: piece.offset]
                after = text[piece.offset + len(piece.text) :] + around[1]
                self._report_variant(
                    piece, piece.error, line + text.count("\n", 0, piece.offset), before, after
                )
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
                told = (line, f"{len(lead)} {written}")
                place = locate(self.path, self.lines, line, written, self._told.get(told, 0))
                if place.column:
                    self._told[told] = self._told.get(told, 0) + 1
                    inside = lead + wrong if "\n" not in wrong else lead
                    place = replace(place, column=place.column + len(inside.replace("|", bar)))
        self.findings.append(Finding(place, "variant", error.message, error.advice))


def locate(path: str, lines: Sequence[str], line: int, needle: str, skip: int = 0) -> Place:
    """Where ``needle`` stands in a block: from ``line`` (1-based) to the next empty line; else the line alone.

    ``skip`` passes over that many of its occurrences, as far as there are more.
    """
    place = Place(path, line)
    if not needle:
        return place
    wanted = needle.lower()
    for number in range(max(line, 1), len(lines) + 1):
        text = lines[number - 1].lower()
        if number > line and not text.strip():
            break
        column = text.find(wanted)
        while column >= 0:
            place = Place(path, number, column + 1)
            if skip == 0:
                return place
            skip -= 1
            column = text.find(wanted, column + 1)
    return place
