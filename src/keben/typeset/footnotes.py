"""Notes at the foot of the page that calls them: two lines of WeasyPrint's layout that are laid out otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import LayoutContext, block  # type: ignore[import-untyped]

from keben.errors import BuildError, Finding, Place
from keben.typeset.inside import replaced, rewritten

# Where a paragraph below the last line of a page cannot be broken, WeasyPrint 70 makes room by moving notes of lines
# above it to the next page, whatever their `footnote-policy` says.
_MOVES = "report = not context.in_column and can_break_now and not could_break_before", "report = False"

# Rounded numbers are compared: notes that just fill their area are said not to fit, and half a page stays empty.
_FULL = (
    "overflow = last_child_bottom > footnote_area_bottom",
    "overflow = last_child_bottom > footnote_area_bottom + .01",
)


def is_known() -> bool:
    """Whether the installed WeasyPrint has these two lines."""
    return None not in (rewritten(block._linebox_layout, *_MOVES), rewritten(_area(), *_FULL))


@contextmanager
def notes_that_stay() -> Iterator[None]:
    """Lay notes out so in the block, where the lines are the known ones. Not for several threads at once."""
    lines, area = block._linebox_layout, _area()
    others = (
        (block, "_linebox_layout", rewritten(lines, *_MOVES) or lines),
        (LayoutContext, "_update_footnote_area", rewritten(area, *_FULL) or area),
    )
    with replaced(*others):
        yield


def require_notes_in_place(rendering: Any, name: str) -> None:
    """Each note at the foot of the page that calls it.

    Raises:
        BuildError: one is not: the notes of one line do not fit on a page with it.
    """
    pages: dict[str, dict[Any, int]] = {"footnote-call": {}, "footnote-marker": {}}
    for number, page in enumerate(rendering.pages, 1):
        for box in page._page_box.descendants():
            _, _, part = (box.element_tag or "").partition("::")
            if part in pages:
                pages[part].setdefault(box.element, number)
    findings = []
    for element, called in pages["footnote-call"].items():
        printed = pages["footnote-marker"].get(element, called)
        if printed != called:
            begin = "".join(element.itertext()).strip()[:20]
            message = f"The note “{begin}…” is on page {printed}, its call on page {called}."
            advice = "Shorten the notes of that line, or put them into the text."
            findings.append(Finding(Place(name), "note-apart", message, advice))
    if findings:
        raise BuildError(*findings)


def _area() -> Any:
    return LayoutContext._update_footnote_area
