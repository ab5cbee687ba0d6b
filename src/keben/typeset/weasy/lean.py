"""A file's structure with as few elements as it takes.

WeasyPrint makes an element of each line of text, in the element of its paragraph, and elements of what stands in
margins that belong to nothing. Here an element holds its text itself (ISO 32000-1, 14.7.4), and what stands in margins
is marked as no part of the text (14.8.2.2.2): a file is smaller for it, and is written and read faster.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.pdf import tags  # type: ignore[import-untyped]
from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.weasy.inside import Patch, replaced, rewritten

PATCH = Patch(
    "structure-by-line",
    wording("The structure of the file has an element for each line"),
    (
        (tags, "_build_box_tree", "box parent pdf page_number nums annotations tags"),
        (Stream, "marked", "self box tag"),
    ),
    "notice",
)

_HOLDING = (
    "Link",
    "P",
    *(f"H{level}" for level in range(1, 7)),
    *("Span", "Lbl", "LBody", "TD", "TH", "Caption", "NonStruct"),
)
"""The types of elements that hold text; others group elements (ISO 32000-1, 14.8.4)."""

_TEXT = (
    """                kid = tags.pop(child)
                assert kid['mcid'] not in nums
                if tag == 'Link':
""",
    f"""                if child.element is None:
                    continue
                kid = tags.pop(child)
                assert kid['mcid'] not in nums
                if tag in {_HOLDING!r}:
""",
)
_PICTURES = (
    """    if isinstance(box, boxes.ReplacedBox):
""",
    """    if isinstance(box, boxes.ReplacedBox) and box.element is not None:
""",
)
_MARGINS = (
    """        # Build tree for margin boxes but""",
    """        if not any(child in tags for child in box.descendants(placeholders=True)):
            return
        # Build tree for margin boxes but""",
)


@contextmanager
def few_elements() -> Iterator[None]:
    """Write such a structure in the block, if `PATCH` is known. Not for several threads at once.

    Who else replaces this function does so after.
    """
    if not PATCH.is_known():
        yield
        return
    marked = Stream.marked
    with replaced(
        (tags, "_build_box_tree", rewritten(tags._build_box_tree, _TEXT, _PICTURES, _MARGINS)),
        (Stream, "marked", lambda stream, box, tag: _marked(stream, box, tag, marked)),
    ):
        yield


def _marked(stream: Any, box: Any, tag: str, marked: Any) -> Any:
    """A block in which a box is drawn: what styles put into margins is of no element."""
    return stream.artifact() if box.element is None else marked(stream, box, tag)
