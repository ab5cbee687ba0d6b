"""Calls of notes: they give notes their numbers and ids."""

from dataclasses import field

from keben.core.values import dataclass


@dataclass(slots=True)
class Calls:
    """The notes that a chapter calls, in the order of their first calls."""

    chapter_id: str
    numbers: dict[int, int] = field(default_factory=dict)
    """The number of each note, from 1, by markdown-it's number for it."""
    lines: dict[int, int] = field(default_factory=dict)
    """The line of each note's first call."""
    _counts: dict[int, int] = field(default_factory=dict)

    def call(self, note: int, line: int) -> dict[str, str]:
        """The attributes of one call. The first decides the note's number; a second has an id of its own."""
        number = self.numbers.setdefault(note, len(self.numbers) + 1)
        self.lines.setdefault(note, line)
        count = self._counts[note] = self._counts.get(note, 0) + 1
        again = "" if count == 1 else f"-{count}"
        return {
            "class": "noteref",
            "href": f"#{self.note_id(note)}",
            "id": f"{self.chapter_id}-r{number}{again}",
        }

    def note_id(self, note: int) -> str:
        """The id of a note that has been called."""
        return f"{self.chapter_id}-n{self.numbers[note]}"
