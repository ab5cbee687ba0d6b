"""Labels in a PDF's structure for what is not the book's text, so that a check can tell it apart.

The structure tree that WeasyPrint writes has one kind of element (``NonStruct``) for what a style sheet generates and
for much of what a book says. Here an element gets a title (``/T``; ISO 32000-1, 14.7.2) where it holds content that a
style generates (``before``, ``after``, ``marker``, ``footnote-call``, ``footnote-marker``), the notes at a page's foot
(``notes``), the foot of a table (``foot``), which each of the table's pages has, or once more what an earlier page has
(``repeated``: a table's head, a fixed element). A table's row that goes on from the page before is ``continued``.
Each part of a note that stands on several pages is ``note 1``, by a number of its own: others may stand between them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.pdf import pydyf, tags  # type: ignore[import-untyped]

from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.noteparts import part_of

PATCH = Patch(
    "no-labels",
    "A check may take what a style generates, or a table's repeated head, for the book's text",
    ((tags, "_build_box_tree", "box parent pdf page_number nums annotations tags"),),
)
_GENERATED = frozenset(("before", "after", "marker", "footnote-call", "footnote-marker"))


@contextmanager
def labelled() -> Iterator[None]:
    """Write labels into the structure of a PDF that is written in the block, if `PATCH` is known.

    Not for several threads at once.
    """
    if not PATCH.is_known():
        yield
        return
    build, seen, notes = tags._build_box_tree, set(), dict[Any, int]()

    @wraps(build)
    def build_labelled(box: Any, *rest: Any, **named: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)
        label = _label(box) or _part_label(box, notes)
        if not label and _stands_on_more_pages(box):
            again = "continued" if isinstance(box, boxes.TableRowBox) else "repeated"
            label = again if box.element in seen else ""
            seen.add(box.element)
        for element in build(box, *rest, **named):
            if label:
                element["T"] = pydyf.String(label)
            yield element

    with replaced((tags, "_build_box_tree", build_labelled)):
        yield


def _label(box: Any) -> str:
    if isinstance(box, boxes.FootnoteAreaBox):
        return "notes"
    if isinstance(box, boxes.TableRowGroupBox) and box.is_footer:
        return "foot"
    _, _, part = (box.element_tag or "").partition("::")
    return part if part in _GENERATED else ""


def _part_label(box: Any, notes: dict[Any, int]) -> str:
    part = part_of(box)
    if part is None or not (part.is_cut or part.skip is not None):
        return ""
    return f"note {notes.setdefault(box.element, len(notes) + 1)}"


def _stands_on_more_pages(box: Any) -> bool:
    if box.element is None:
        return False
    if isinstance(box, boxes.TableRowGroupBox):
        return bool(box.is_header)
    if isinstance(box, boxes.TableRowBox):
        return bool(box.element_tag == "tr")
    return bool(box.style["position"] == "fixed")
