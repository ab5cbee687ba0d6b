"""Styles that WeasyPrint 70 breaks down on, and that it need not: its functions are put right for a while.

- A floating first letter (a drop cap) is made again each time that its paragraph is laid out again.
- The text of a list's marker that has ``content`` is as absolutely positioned as the marker: they share one style.
- What a transformation leaves no room for is not drawn, and is looked for when the file's structure is made.
- The references to all pages are made again for each element of that structure; for a long book that takes long.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint.formatting_structure import build  # type: ignore[import-untyped]
from weasyprint.layout import inline  # type: ignore[import-untyped]
from weasyprint.pdf import pydyf, tags  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "styles-not-repaired",
    wording("A drop cap, a list's marker with `content` or a transformation may stop the build"),
    (
        (inline, "first_letter_to_box", "box skip_stack first_letter_style"),
        (
            build,
            "marker_to_box",
            "element state parent_style style_for get_image_from_uri target_collector counter_style",
        ),
        (tags, "_build_box_tree", "box parent pdf page_number nums annotations tags"),
    ),
)

REFERENCES = Patch(
    "slow-structure",
    wording("The structure of a long book takes long to write"),
    ((pydyf.PDF, "page_references", "self"),),
    "notice",
)


@contextmanager
def repaired() -> Iterator[None]:
    """Put these functions right in the block, those of each patch if it is known. Not for several threads at once."""
    put_right: list[tuple[Any, str, Any]] = []
    if PATCH.is_known():
        put_right += (
            (inline, "first_letter_to_box", _first_letter(inline.first_letter_to_box)),
            (build, "marker_to_box", _marker(build.marker_to_box)),
            (tags, "_build_box_tree", _box_tree(tags._build_box_tree)),
        )
    if REFERENCES.is_known():
        put_right.append((pydyf.PDF, "page_references", _references(pydyf.PDF.page_references.fget)))
    with replaced(*put_right):
        yield


def _first_letter(inner: Any) -> Any:
    @wraps(inner)
    def first_letter_to_box(box: Any, skip_stack: Any, first_letter_style: Any) -> Any:
        first = box.children[0] if box.children else None
        if first is not None and first.is_floated() and (first.element_tag or "").endswith("::first-letter"):
            return skip_stack
        return inner(box, skip_stack, first_letter_style)

    return first_letter_to_box


def _marker(inner: Any) -> Any:
    @wraps(inner)
    def marker_to_box(*arguments: Any) -> Iterator[Any]:
        for marker in inner(*arguments):
            shared = marker.style
            if any(child.style is shared for child in marker.children):
                marker.style = shared.copy()
                shared["position"] = "static"
            yield marker

    return marker_to_box


def _box_tree(inner: Any) -> Any:
    @wraps(inner)
    def _build_box_tree(box: Any, *rest: Any, **named: Any) -> Iterator[Any]:
        matrix = getattr(box, "transformation_matrix", None)
        if matrix is not None and not matrix.determinant:
            return
        yield from inner(box, *rest, **named)

    return _build_box_tree


def _references(inner: Any) -> Any:
    def page_references(pdf: Any) -> Any:
        count, references = getattr(pdf, "keben_references", (-1, ()))
        if count != len(pdf.pages["Kids"]):
            references = inner(pdf)
            pdf.keben_references = len(pdf.pages["Kids"]), references
        return references

    return property(page_references)
