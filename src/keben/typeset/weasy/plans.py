"""A paragraph's boxes as WeasyPrint has them → where its lines end."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import groupby
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]
from weasyprint.text.ffi import FROM_UNITS, pango  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.formulas import CLASS
from keben.typeset.lines.balance import even_lines
from keben.typeset.lines.breaking import Line, break_lines
from keben.typeset.lines.code import ELEMENTS
from keben.typeset.lines.hyphens import language_of
from keben.typeset.lines.marks import DRAWING, WIDE, RegionMarks, classes
from keben.typeset.lines.paragraph import LinePiece, Paragraph, paragraph
from keben.typeset.lines.sources import is_source, is_uneven
from keben.typeset.lines.words import HAN, Measure, WordKind
from keben.typeset.lines.zhuyin import ASIDE
from keben.typeset.properties import GLOSS, HYPHENS, READING_SIDE, UPRIGHT, asked

READING = "rt"
"""The element of a reading over a text (ruby). Print styles raise it; it takes no room in its line."""

READING_GAP = 0.3
"""What is left between two readings, in em of their size."""

_WORDS = re.compile(r"[^\W\d_]{2,}[,.;:]? \S")
_OTHER = re.compile(
    "[^\0-\u036f\u0370-\u052f\u1e00-\u1fff\u2000-\u22ff\u2c60-\u2c7f\ua720-\ua7ff\ufb00-\ufb06]"
)
"""What is no Latin, Greek or Cyrillic letter, and no sign that stands beside one."""

_MARKS = re.compile("[\u3001-\u3011\u3014-\u301f\uff01-\uff60]")
"""Marks of Chinese texts: a line may have no other character of theirs, as the answer （1）1.7；（2）3."""

_LATIN = "x "
"""What stands before a word of a text without Chinese; behind it the other way round."""

_KEPT = 500
"""Names of styles."""

_SPACED = ("normal", "nowrap", "pre-line")


class UnknownError(Exception):
    """A line has something in it that is left to WeasyPrint."""


@dataclass(slots=True)
class LinePlan:
    """The lines of one paragraph, as far as they are worked out."""

    text: Paragraph
    leaves: list[tuple[Any, int]]
    """Each text box, and where it begins in the paragraph."""
    readings: dict[int, Any] = field(default_factory=dict)
    """Ruby: the text box of each reading, by the identity of that of its base."""
    lines: dict[int, Line] = field(default_factory=dict)
    """By where they begin."""
    widths: tuple[float, float] = (0.0, 0.0)
    is_ragged: bool = False
    """Whether its lines end where they end, as an entry of a list of sources may."""

    def is_of(self, found: Sequence[Any]) -> bool:
        """Whether the paragraph has these texts."""
        leaves = [leaf for leaf in found if not is_reading(leaf)]
        if len(leaves) != len(self.leaves):
            return False
        ends = (*(start for _, start in self.leaves[1:]), len(self.text.text))
        return all(
            leaf is known and leaf.text == self.text.text[start:end]
            for leaf, (known, start), end in zip(leaves, self.leaves, ends, strict=True)
        )

    def leaf_at(self, start: int) -> Any:
        """The text box that begins at a character; None where none does."""
        return next((leaf for leaf, at in self.leaves if at == start), None)

    def line(
        self, start: int, first_width: float, width: float, align: str = "justify", *, even: bool = False
    ) -> Line:
        """The line from a character on; ``first_width`` is its own, ``width`` that of the ones after it.

        ``align``: as CSS has it. ``even``: lines are about as long as one another, as centred ones are.
        """
        known = self.lines.get(start)
        if (
            known is None
            or self.widths[1] != width
            or (self.widths[0] != first_width and start == min(self.lines))
        ):
            found = (
                even_lines(self.text, first_width, width, start)
                if align == "center" or (even and align != "justify")
                else self.broken(start, first_width, width, justified=align == "justify")
            )
            self.lines = {line.start: line for line in found}
            self.widths = first_width, width
        return self.lines[start]

    def broken(self, start: int, first_width: float, width: float, *, justified: bool) -> list[Line]:
        """The lines from a character on."""
        if not self.is_ragged:
            lines = break_lines(self.text, first_width, width, start, justified=justified)
            if not (justified and is_source(self.text) and is_uneven(self.text, lines, first_width, width)):
                return lines
            self.is_ragged = True
        return break_lines(self.text, first_width, width, start, justified=False)


@dataclass(slots=True)
class Widths:
    """Sizes of texts by style. A style's name is long to make, and is made once."""

    names: dict[int, tuple[Any, str]] = field(default_factory=dict)
    known: dict[tuple[str, str], tuple[float, float, float]] = field(default_factory=dict)

    def of(self, style: Any, text: str) -> tuple[float, float, float]:
        """Width, height and baseline of a text in a style, in pixels."""
        name = self.name(style)
        found = self.known.get((name, text))
        if found is None:
            layout = line_break.Layout(style)
            layout.set_text(text)
            line, _ = layout.get_first_line()
            width, height = line_break.line_size(line, style)
            baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
            found = self.known[name, text] = width, height, baseline
        return found

    def name(self, style: Any) -> str:
        """What WeasyPrint calls a style by all that the sizes of text hang on."""
        named = self.names.get(id(style))
        if named is None or named[0] is not style:
            if len(self.names) >= _KEPT:
                # They hold the styles of paragraphs that are set.
                self.names.clear()
            named = style, line_break._font_style_cache_key(style, include_size=True)
            self.names[id(style)] = named
        return named[1]

    def strut(self, style: Any) -> tuple[float, float]:
        """What `line_break.strut` finds: the height of a line, and its baseline."""
        known: tuple[float, float] | None = style.font_config.strut_layouts.get(self.name(style))
        if known is not None and style["font_size"]:
            return known
        found: tuple[float, float] = line_break.strut(style)
        return found

    def measure(self, style: Any, beside: str = HAN) -> Measure:
        """The widths of texts in a style, as they are among Chinese: a dash by itself has another form.

        ``beside``: what else they stand between, as a font may have other figures for text in a Latin language.
        """
        return lambda text: (
            self.of(style, f"{beside}{text}{beside[::-1]}")[0] - self.of(style, beside + beside[::-1])[0]
        )


def plan_of(
    found: Sequence[Any],
    marks: RegionMarks,
    width: float,
    widths: Widths,
    margins: Mapping[int, float] | None = None,
) -> LinePlan | None:
    """The plan of a paragraph's texts on a measure, in pixels; None for one that is left to WeasyPrint.

    ``margins``: what stands after a text, by its box's identity.
    """
    is_chinese = any(WIDE in classes(leaf.text) or _MARKS.search(leaf.text) for leaf in found)
    if not is_chinese and not _are_words(found):
        return None
    beside = HAN if is_chinese else _LATIN
    leaves: list[tuple[Any, int]] = []
    pieces: list[LinePiece] = []
    readings: dict[int, Any] = {}
    start = 0
    for leaf in found:
        style = leaf.style
        if is_reading(leaf):
            if not leaves or id(leaves[-1][0]) in readings:
                return None
            base = leaves[-1][0]
            readings[id(base)] = leaf
            if side := side_of(leaf):
                # In a column it stands in the white to the right.
                aside = ASIDE * base.style["font_size"] if side == "beside" else 0.0
                pieces[-1] = replace(pieces[-1], unbroken=True, aside=aside)
                continue
            wide = widths.of(style, leaf.text)[0] + READING_GAP * style["font_size"]
            pad = max(0.0, wide - len(base.text) * base.style["font_size"])
            pieces[-1] = replace(pieces[-1], unbroken=True, pad=pad)
            continue
        leaves.append((leaf, start))
        unbroken = style["white_space"] == "nowrap" or _is_short_name(leaf)
        joined = _is_call(leaf)
        upright = asked(style, UPRIGHT) == "all"
        em = style["font_size"]
        aside = (margins or {}).get(id(leaf), 0.0)
        pieces.append(
            LinePiece(
                leaf.text,
                em,
                widths.measure(style, beside),
                unbroken,
                joined,
                aside=aside,
                leads=aside > 0,
                upright=upright,
                words=_words_of(leaf),
                is_latin=style["font_variant_east_asian"] != "normal"
                and "proportional-width" in style["font_variant_east_asian"],
                is_gloss=asked(style, GLOSS) == "double",
            )
        )
        if is_drawing(leaf):
            pieces[-1] = replace(pieces[-1], measure=_always(width_of_drawing(leaf, width)), unbroken=True)
        start += len(leaf.text)
    return LinePlan(paragraph([*_with_plain_glosses(pieces)], marks, width), leaves, readings)


_NAME = 4
"""Chinese characters of a name in code that no line ends in."""


def _is_short_name(leaf: Any) -> bool:
    """Whether a text is code in so few Chinese characters that it stands in one line, as a word does."""
    return leaf.element_tag in ELEMENTS and len(leaf.text) <= _NAME and set(classes(leaf.text)) == {WIDE}


def _is_call(leaf: Any) -> bool:
    """Whether a text calls a note: one that stands at the foot, at an end, or was called before."""
    if (leaf.element_tag or "").endswith("::footnote-call"):
        return True
    return leaf.element_tag == "a" and "noteref" in leaf.element.get("class", "").split()


def _with_plain_glosses(pieces: Sequence[LinePiece]) -> Iterator[LinePiece]:
    """Pieces: a gloss that has a formula in it stands in one row."""
    for is_gloss, group in groupby(pieces, key=lambda piece: piece.is_gloss):
        found = list(group)
        is_plain = is_gloss and any(each.text == DRAWING for each in found)
        yield from (replace(each, is_gloss=False) if is_plain else each for each in found)


def _always(width: float) -> Measure:
    return lambda _: width


def _are_words(found: Sequence[Any]) -> bool:
    """Whether texts without a Chinese character are words that Keben knows how to part, or a single number."""
    text = "".join(leaf.text for leaf in found)
    return _WORDS.search(text) is not None and _OTHER.search(text) is None


def _words_of(leaf: Any) -> WordKind:
    """What the words of a text are."""
    tag = leaf.style["lang"] or ""
    language = language_of(tag) if asked(leaf.style, HYPHENS) == "auto" else ""
    return WordKind(leaf.element_tag in ELEMENTS, language, is_marked=language == tag)


_ALONE = "_keben_alone"


def leave_alone(box: Any) -> None:
    """Leave a box of a line, and what is in it, to WeasyPrint: the number of an entry. Its copies are marked too."""
    for part in (box, *box.descendants()):
        setattr(part, _ALONE, True)


def is_alone(box: Any) -> bool:
    """Whether a box of a line is left to WeasyPrint."""
    return bool(getattr(box, _ALONE, False))


def leaves_of(box: Any) -> Iterator[Any]:
    """The texts of a line, in order, but those left alone; a formula is one of a single sign, `DRAWING`.

    Raises:
        UnknownError: there is something else in it.
    """
    for child in box.children:
        if is_alone(child):
            continue
        if isinstance(child, boxes.TextBox):
            if "\xad" in child.text or "\t" in child.text or is_odd(child.style):
                raise UnknownError
            if child.text:
                yield child
        elif is_drawing(child):
            child.text = DRAWING
            yield child
        elif isinstance(child, boxes.InlineBox):
            if child.is_leader or _is_spaced(child.style, of_mark=_is_mark(child)):
                raise UnknownError
            yield from leaves_of(child)
        elif child.is_in_normal_flow() or child.is_floated() or child.is_absolutely_positioned():
            raise UnknownError


def is_reading(leaf: Any) -> bool:
    """Whether a text stands over another one or beside it."""
    return leaf.element_tag == READING and asked(leaf.style, READING_SIDE) != "behind"


def is_drawing(box: Any) -> bool:
    """Whether a box is a formula in a line."""
    # A picture in a margin is of no element.
    is_shown = isinstance(box, boxes.InlineReplacedBox) and box.element is not None
    return is_shown and CLASS in box.element.get("class", "").split()


def width_of_drawing(box: Any, measure: float) -> float:
    """How wide a formula stands on a measure, in pixels."""
    return min(_pixels(box.style["width"]), measure)


def margins_of(box: Any) -> Iterator[tuple[int, float]]:
    """What stands after the mark that begins a note: the identity of the mark's last text, and a width in pixels."""
    for child in box.children:
        if isinstance(child, boxes.InlineBox):
            if _is_mark(child) and child.children and isinstance(child.children[-1], boxes.TextBox):
                yield id(child.children[-1]), _pixels(child.style["margin_right"])
            else:
                yield from margins_of(child)


def _is_mark(box: Any) -> bool:
    """Whether a box is what a note or a heading begins with.

    The mark at a page's foot, the link back of a note that is text, the number of a section.
    """
    tag = box.element_tag or ""
    names = (box.element.get("class") or "").split() if box.element is not None else ()
    is_link = tag == "a" and "backlink" in names
    return is_link or "section-number" in names or tag.endswith("::footnote-marker")


def side_of(leaf: Any) -> str:
    """``beside`` or ``column`` for a reading whose letters stand beside its base; else nothing."""
    side = asked(leaf.style, READING_SIDE) if is_reading(leaf) else ""
    return side if side in ("beside", "column") else ""


def is_odd(style: Any) -> bool:
    """Whether a text's style spaces it in a way of its own."""
    return (
        style["letter_spacing"] not in ("normal", 0)
        or style["word_spacing"] != 0
        or style["white_space"] not in _SPACED
        or not style["font_size"]
    )


def _is_spaced(style: Any, *, of_mark: bool = False) -> bool:
    """Whether an inline element has a margin, a border or a padding on its sides; a note's mark may have one margin."""
    for side in ("left", "right"):
        if style[f"border_{side}_width"]:
            return True
        for name in ("margin", "padding"):
            may_be = of_mark and (name, side) == ("margin", "right")
            if not may_be and _pixels(style[f"{name}_{side}"]):
                return True
    return False


def _pixels(value: Any) -> float:
    """A computed margin or padding, where it is a length."""
    return 0.0 if value == "auto" else float(getattr(value, "value", value))
