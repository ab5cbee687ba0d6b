"""Labels in a PDF's structure for what is not the book's text, so that a check can tell it apart.

The structure tree that WeasyPrint writes has one kind of element (``NonStruct``) for what a style sheet generates and
for much of what a book says. Here an element gets a title (``/T``; ISO 32000-1, 14.7.2) where it holds content that a
style generates (``before``, ``after``, ``marker``, ``footnote-call``, ``footnote-marker``), the notes at a page's foot
(``notes``), the foot of a table (``foot``), which each of the table's pages has, or once more what an earlier page has
(``repeated``: a table's head, a fixed element). A table's row that goes on from the page before is ``continued``.
A figure that was moved away from its place is ``float``. A later part of a formula that is divided is ``formula``. Each
part of a note that stands on several pages is ``note 1``, by a number of its own: others may stand between them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from functools import wraps
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.pdf import pydyf, tags  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.formulas import CLASS, PART
from keben.typeset.weasy.floatboxes import AT_TOP
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.noteparts import part_of

PATCH = Patch(
    "no-labels",
    wording("A check may take what a style generates, or a table's repeated head, for the book's text"),
    ((tags, "_build_box_tree", "box parent pdf page_number nums annotations tags"),),
)
_GENERATED = frozenset(("before", "after", "marker", "footnote-call", "footnote-marker"))


@contextmanager
def labelled() -> Iterator["Labelling"]:
    """Write labels into the structure of a PDF that is written in the block, if `PATCH` is known.

    Not for several threads at once.
    """
    labelling = Labelling()
    if not PATCH.is_known():
        yield labelling
        return
    build = tags._build_box_tree

    @wraps(build)
    def build_labelled(box: Any, *rest: Any, **named: Any) -> Iterator[Any]:
        label = labelling.labels.of(getattr(box, "_box", box))
        for element in build(box, *rest, **named):
            if label:
                element["T"] = pydyf.String(label)
            if element["S"] == "/Figure":
                _as_formula(element, getattr(box, "_box", box))
            yield element

    with replaced((tags, "_build_box_tree", build_labelled)):
        yield labelling


@dataclass(slots=True)
class _Labels:
    """Labels of boxes, page after page: what an earlier page has counts."""

    seen: set[Any] = field(default_factory=set)
    """Elements that may stand on more pages."""
    notes: dict[Any, int] = field(default_factory=dict)
    """The numbers of notes that stand on several."""

    def pass_over(self, count: int) -> int:
        """Leave numbers for notes that are labelled elsewhere; gives how many there were before."""
        before = len(self.notes)
        self.notes.update((object(), before + index + 1) for index in range(count))
        return before

    def of(self, box: Any) -> str:
        """The label of the next box; empty for one that is the book's text."""
        label = _label(box) or self._of_part(box)
        if not label and _stands_on_more_pages(box):
            again = "continued" if isinstance(box, boxes.TableRowBox) else "repeated"
            label = again if box.element in self.seen else ""
            self.seen.add(box.element)
        return label

    def _of_part(self, box: Any) -> str:
        part = part_of(box)
        if part is None or not (part.is_cut or part.skip is not None):
            return ""
        return f"note {self.notes.setdefault(box.element, len(self.notes) + 1)}"


def _as_formula(element: Any, box: Any) -> None:
    """Make a formula of the element of one that is drawn (ISO 32000-1, 14.8.4.5: with an alternative text).

    The later parts of one that is divided are said with its first.
    """
    names = box.element.get("class", "").split() if box.element is not None else ()
    if PART in names:
        element["S"] = "/Span"
        element["T"] = pydyf.String("formula")
        for key in ("Alt", "A"):
            element.pop(key, None)
    elif CLASS in names:
        element["S"] = "/Formula"


def _label(box: Any) -> str:
    if isinstance(box, boxes.FootnoteAreaBox):
        return "notes"
    if getattr(box, AT_TOP, False):
        return "float"
    if isinstance(box, boxes.TableRowGroupBox) and box.is_footer:
        return "foot"
    _, _, part = (box.element_tag or "").partition("::")
    return part if part in _GENERATED else ""


def _stands_on_more_pages(box: Any) -> bool:
    if box.element is None:
        return False
    if isinstance(box, boxes.TableRowGroupBox):
        return bool(box.is_header)
    if isinstance(box, boxes.TableRowBox):
        return bool(box.element_tag == "tr")
    return bool(box.style["position"] == "fixed")


@dataclass(slots=True)
class Labelling:
    """Whose labels are written."""

    labels: _Labels = field(default_factory=_Labels)

    @contextmanager
    def by_itself(self) -> Iterator[None]:
        """Label what is written in the block as if nothing stood before it."""
        before, self.labels = self.labels, _Labels()
        try:
            yield
        finally:
            self.labels = before
