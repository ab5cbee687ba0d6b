"""Notes that go on overleaf: how much of each stands at the foot of a page.

A note begins on the page that calls it. Where it does not fit there whole, it is divided between two of its lines; its
rest goes on at the foot of the next pages, below their text and before the notes that these call. A page has notes
alone only where the text ends, or begins a page again, before its notes do.

Lengths are in pixels.
"""

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from weasyprint.text import line_break  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.weasy.noteparts import NotePart, begin_part, bottom_of, part_of, rest_of

HOLE = 0.2
"""The share of a page that is left empty at most so that a line and its whole notes stand together on the next one."""

MOST = 1 / 3
"""The same where single lines of notes would be divided from the others."""

SHARE = 0.5
"""The share of a page that notes take where they are divided and the text can go on above them."""

COLUMNS_SHARE = 0.25
"""The same below columns, which are made shorter for notes even where the line that calls these then goes overleaf."""

LAST_SHARE = 0.6
"""The same where a note that goes on can end."""

BODY = 1 / 3
"""Where the text has this share of a page that a note goes on from, a line that calls another waits for the next."""

_LEAST = (2, 3, 4)
"""How many of its lines a note begins with: paragraphs in it may forbid the first of these."""

_HAIR = 0.1

_KEPT = 8
"""For how many lines room is left below a line in what is kept together."""


@dataclass(slots=True)
class NotePlaces:
    """The notes of the page that is being laid out."""

    waiting: list[Any] = field(default_factory=list)
    """Rests that nothing of stands on this page."""
    before: tuple[Any, float] = (None, 0.0)
    """The last line that calls notes, and where the page's text would end without these."""
    kept: int = 0
    """In how many boxes, one in the other, the line stands that may not be divided, by themselves or from the next."""

    def begin_page(self) -> None:
        """Forget the page before."""
        self.waiting = []
        self.before = None, 0.0

    def go_on(self, context: Any, note: Any) -> None:
        """Put the rest of a note of an earlier page on this one, before any of its text."""
        part = begin_part(note)
        if self.waiting or self._cut(context):
            self._wait(context, note)
            return
        overflow = context._update_footnote_area()
        page = _page_height(context)
        total = context.current_footnote_area.margin_height()
        if not overflow and total <= LAST_SHARE * page:
            return
        others = total - part.height
        self._limit(context, part, min(SHARE * page - others, part.height - overflow))
        if part.is_empty and len(context.current_page_footnotes) == 1:
            # A table or a picture that is not divided.
            part.forced = True
            self._limit(context, part, page - others)
        if part.is_empty:
            self._wait(context, note)

    def begin(
        self,
        context: Any,
        note: Any,
        line: Any,
        bottom: float,
        space: float,
        *,
        may_move: bool,
        goes_on: bool,
    ) -> bool:
        """Put a note on the page of a line that calls it; whether there is no room for it.

        ``bottom`` is where the line ends and ``space`` what must be free below it. ``may_move``: it can stand on the
        next page. ``goes_on``: it is not the last of its paragraph.
        """
        if self.before[0] is not line:
            self.before = line, context.page_bottom
        part = begin_part(note, line)
        overflow = context._update_footnote_area()
        excess = self._excess(context, overflow, bottom + space)
        pending = [*self.waiting, *(other for other in self._cut(context) if other is not note)]
        page = _page_height(context)
        if pending and may_move and all(_line(other) is not line for other in pending):
            top = context.current_footnote_area.page.content_box_y()
            if line.position_y - top >= BODY * page:
                return True
        if excess <= 0:
            return False
        hole = self.before[1] - space - line.position_y
        if not pending and may_move and hole < HOLE * page:
            return True
        room = self.before[1] - space - bottom
        reserves = [0.0]
        if self.kept:
            reserves.insert(0, min(room / 2, _KEPT * line.height))
        elif goes_on:
            # As many lines as a paragraph's end has at least.
            reserves.insert(0, 2 * line.height)
        if any(self._part(context, note, part, bottom + space, reserve) for reserve in reserves):
            return False
        if may_move and hole < MOST * page:
            return True
        return not self._part(context, note, part, bottom + space, 0.0, forced=True)

    def fit_below_columns(self, context: Any, height: float) -> float:
        """Part notes so that they are no higher than columns leave room for; gives by how much they still are."""
        if not context.current_page_footnotes:
            return 0.0
        for note in reversed(context.current_page_footnotes):
            excess = context.current_footnote_area.margin_height() - height
            part = part_of(note)
            if excess <= _HAIR or part is None:
                break
            limit, part.forced = part.limit, True
            self._limit(context, part, max(part.height - excess, _line_height(note)) + _HAIR)
            if part.is_empty:
                self._limit(context, part, limit)
        return max(0.0, float(context.current_footnote_area.margin_height() - height))

    def end_page(self, context: Any, body: Any) -> list[Any]:
        """Give notes that go on the room that the text has left, and give what goes on on the next page, in order."""
        free = context.page_bottom - bottom_of(body, context.page_bottom)
        for note in [*self._cut(context), *self.waiting]:
            if free < 2 * _line_height(note):
                break
            if note in self.waiting:
                self.waiting.remove(note)
                context.current_page_footnotes.append(note)
                begin_part(note).forced = len(context.current_page_footnotes) == 1
            part = part_of(note)
            assert part is not None  # noqa: S101 - it is on the page
            before = context.page_bottom
            self._limit(context, part, (0.0 if part.is_empty else part.height) + free)
            free -= before - context.page_bottom
            if free < 0:
                # The area has a rule above it that was not counted.
                self._limit(context, part, part.height + free)
                free = 0.0
            if part.is_empty:
                # What follows it does not stand before it.
                break
        left = [rest_of(note) for note in self._cut(context)]
        for note in [note for note in context.current_page_footnotes if _is_empty(note)]:
            context.current_page_footnotes.remove(note)
        return [*left, *self.waiting, *context.reported_footnotes]

    def _part(
        self, context: Any, note: Any, part: NotePart, bottom: float, reserve: float, *, forced: bool = False
    ) -> bool:
        """Part a note, or others before it too, so that a line fits; whether that can be done.

        ``forced``: a single line of a note may stand by itself.
        """
        page, height = _page_height(context), _line_height(note)
        part.limit, part.forced = None, forced
        excess = self._excess(context, context._update_footnote_area(), bottom + reserve)
        others = context.current_footnote_area.margin_height() - part.height
        limit = part.height - max(0.0, excess)
        if limit > SHARE * page - others:
            limit = max(SHARE * page - others, min(limit, _LEAST[0] * height))
        if limit > 0:
            overflow = self._limit(context, part, limit)
            if not part.is_empty and self._excess(context, overflow, bottom + reserve) <= 0:
                return True
        for lines in (1,) if forced else _LEAST:
            overflow = self._limit(context, part, lines * height + _HAIR)
            if not part.is_empty:
                break
        else:
            return False
        return self._shrink(context, note, bottom + reserve, overflow, forced=forced)

    def _shrink(self, context: Any, note: Any, bottom: float, overflow: float, *, forced: bool) -> bool:
        """Make room by notes of the same line, and by those that go on anyhow; whether that is enough."""
        line = _line(note)
        for other in reversed(context.current_page_footnotes):
            excess = self._excess(context, overflow, bottom)
            if excess <= 0:
                break
            part = part_of(other)
            if part is None or other is note or not (part.line is line or part.is_cut):
                continue
            limit, part.forced = part.limit, part.forced or forced
            least = (1 if forced else _LEAST[0]) * _line_height(other) + _HAIR
            if part.height > least:
                overflow = self._limit(context, part, max(part.height - excess, least))
            if part.is_empty:
                overflow = self._limit(context, part, limit)
        return self._excess(context, overflow, bottom) <= 0

    def _excess(self, context: Any, overflow: float, bottom: float) -> float:
        """By how much the notes are too high for a line that ends at a place."""
        if context.in_column:
            # The columns are made as high as the notes let them be.
            below = context.current_footnote_area.margin_height() - COLUMNS_SHARE * _page_height(context)
            return max(float(overflow), float(below))
        if not context.overflows_page(0, bottom):
            return float(overflow)
        return max(float(overflow), float(bottom - context.page_bottom))

    @staticmethod
    def _limit(context: Any, part: NotePart, limit: float | None) -> float:
        part.limit = None if limit is None else max(0.0, limit)
        return float(context._update_footnote_area())

    def _wait(self, context: Any, note: Any) -> None:
        context.current_page_footnotes.remove(note)
        self.waiting.append(note)
        context._update_footnote_area()

    @staticmethod
    def _cut(context: Any) -> list[Any]:
        return [
            note
            for note in context.current_page_footnotes
            if (part := part_of(note)) is not None and part.is_cut
        ]


def _line(note: Any) -> Any:
    part = part_of(note)
    return part.line if part else None


def _is_empty(note: Any) -> bool:
    part = part_of(note)
    return part is not None and part.is_empty


def _line_height(note: Any) -> float:
    return float(line_break.strut(note.style)[0])


def _page_height(context: Any) -> float:
    return float(context.current_footnote_area.page.height)


def notes_of(left: list[Any]) -> Iterator[tuple[Any, Any]]:
    """What tells two lists of rests apart: each one's note and where it goes on."""
    for note in left:
        part = part_of(note)
        yield note.element, part.skip if part else None
