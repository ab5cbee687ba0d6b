"""A text whose glyphs stand where a line's spacing puts them: WeasyPrint's text layout, with its advances changed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from weasyprint.text import line_break  # type: ignore[import-untyped]
from weasyprint.text.ffi import TO_UNITS, ffi, pango  # type: ignore[import-untyped]

from keben.typeset.lines.bidi import clusters, turned

_NUDGE = 0.3
"""WeasyPrint cuts what it writes between glyphs down to whole parts: a little more makes it the part that is meant."""


_LEVEL = 0xFF
"""WeasyPrint declares an embedding level as a wider number than Pango's: what follows it in memory is in it too."""

_HYPHENATION_POINT = "\u2027"
_WORD_JOINER = "\u2060"

_SOFT_HYPHEN = "\u00ad"
"""What a hyphen that the setting of a line puts in is in the text of a file (ISO 32000-1, 14.8.2.2.3)."""

_LAST = "_keben_layout"
"""Pango's objects of the last line, at WeasyPrint's fonts, whose life they share."""

_ROOM = 1e5
"""Pixels: as much as any text takes."""


class SpacedLayout(line_break.Layout):  # type: ignore[misc]
    """A line's text. Pango is asked when it is drawn, and not before."""

    behind = ""
    """The text of what is drawn behind the text itself."""

    def __init__(self, text: str, style: Any) -> None:
        self.text = text
        self.before: Mapping[int, int] = {}
        """How far a character is moved to the left, in thousandths of an em."""
        self.after: Sequence[int] = ()
        """What follows each character beside its own width."""
        self.font_size = style["font_size"]
        self.justification_spacing = 0
        self.max_width = _ROOM
        """What it may take before it is cut where a style asks for an ellipsis."""
        self.first_line_direction = 0
        if style["text_decoration_line"] != "none":
            # How thick a line under the text is, is asked before it is drawn.
            self.setup(style)
            self.deactivate()

    def setup(self, style: Any) -> None:
        """Take Pango's objects for a style: those of the line before, where it has the same."""
        if style["text_decoration_line"] != "none" or style["overflow_wrap"] != "normal" or is_spaced(style):
            super().setup(style)
            return
        known: dict[str, Any] = style.font_config.__dict__.setdefault(_LAST, {})
        if known.get("style") is not style:
            super().setup(style)
            known |= {name: self.__dict__[name] for name in ("style", "layout", "language")}
            return
        self.__dict__ |= known
        # As they are at first: what cuts a line, and what draws it, set them.
        pango.pango_layout_set_width(self.layout, -1)
        pango.pango_layout_set_ellipsize(self.layout, pango.PANGO_ELLIPSIZE_NONE)
        pango.pango_layout_set_single_paragraph_mode(self.layout, False)

    def set_text(self, text: str, *rest: Any, **more: Any) -> None:
        """Another text, as where it is cut, has no spacing of its own."""
        if text.removesuffix(self._drawn_behind()) != self.text:
            self.before, self.after = {}, ()
        super().set_text(text, *rest, **more)

    def deactivate(self) -> None:
        """Let Pango's objects go."""
        for name in ("layout", "language", "style"):
            self.__dict__.pop(name, None)

    def reactivate(self, style: Any) -> None:
        """Lay the text out, to be drawn."""
        self.setup(style)
        text = self.text
        self.set_text(text + self._drawn_behind())
        self.text = text

    def _drawn_behind(self) -> str:
        # Pango draws a ‧ that ends a line as a hyphen. Behind this nothing is drawn, and nothing is said.
        return _WORD_JOINER if self.text.endswith(_HYPHENATION_POINT) else ""

    def get_first_line(self) -> Any:
        """Pango's line, with the glyphs moved."""
        line, index = super().get_first_line()
        if self.before or self.after:
            self._move(line)
        return line, index

    def _move(self, line: Any) -> None:
        """Move a line's glyphs. Pango counts in 1024ths of a pixel; `x_offset` is read as thousandths of an em."""
        at = _characters(self.text)
        runs = [
            (
                run,
                at[run.item.offset],
                # What is drawn behind a hyphenation point is none of the text.
                at.get(run.item.offset + run.item.length, len(self.text)),
                run.item.analysis.level & _LEVEL,
            )
            for run in _runs(line)
        ]
        size, before = self.font_size, self.before
        after = turned(
            self.after or (0,) * len(self.text), [(first, last, level) for _, first, last, level in runs]
        )
        for run, *_, level in runs:
            glyphs, offset = run.glyphs.glyphs, run.item.offset
            starts = run.glyphs.log_clusters[0 : run.glyphs.num_glyphs]
            for index, begin, end in clusters(starts, run.item.length, is_rtl=bool(level % 2)):
                first, last = at[offset + begin], at.get(offset + end, len(self.text))
                moved = before.get(first, 0) if before else 0
                change = (after[first] if last - first == 1 else sum(after[first:last])) - moved
                geometry = glyphs[index].geometry
                if moved:
                    geometry.x_offset -= round(moved * size)
                if change:
                    geometry.width += width_of(change, size)


class HyphenatedLayout(SpacedLayout):
    """A text whose last word goes on in the next line: a hyphen is drawn behind it, which is none of the text."""

    behind = _SOFT_HYPHEN

    def _drawn_behind(self) -> str:
        return "-"


class StackedLayout(SpacedLayout):
    """A reading whose letters have each a place of its own: no letter follows another."""

    def __init__(self, text: str, style: Any, places: Sequence[tuple[float, float]]) -> None:
        super().__init__(text, style)
        self.places = places
        """How far right and up of the box's left edge and its baseline each character begins, in pixels."""

    def get_first_line(self) -> Any:
        """Pango's line, with each glyph in its place. `y_offset` is read as thousandths of a pixel."""
        line, index = super().get_first_line()
        at = _characters(self.text)
        run = line.runs[0]
        while run != ffi.NULL:
            item, run = run.data, run.next
            glyphs, clusters = item.glyphs.glyphs, item.glyphs.log_clusters
            for index_of in range(item.glyphs.num_glyphs):
                right, up = self.places[at[item.item.offset + clusters[index_of]]]
                geometry = glyphs[index_of].geometry
                geometry.x_offset, geometry.y_offset, geometry.width = (
                    round(right * 1000),
                    -round(up * 1000),
                    0,
                )
        return line, index


def is_spaced(style: Any) -> bool:
    """Whether a style spaces letters or words."""
    return style["letter_spacing"] not in ("normal", 0) or style["word_spacing"] != 0


def width_of(change: int, size: float) -> int:
    """What thousandths of an em are in Pango's units, such that WeasyPrint writes them."""
    nudged = change and change + (_NUDGE if change > 0 else -_NUDGE)
    units: int = round(nudged * size * TO_UNITS / 1000)
    return units


def _runs(line: Any) -> Iterator[Any]:
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _characters(text: str) -> Mapping[int, int]:
    """Offset in bytes → offset in characters."""
    found: dict[int, int] = {}
    byte = 0
    for index, character in enumerate(text):
        found[byte] = index
        byte += len(character.encode())
    found[byte] = len(text)
    return found
