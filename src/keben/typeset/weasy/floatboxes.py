"""What floats ask of boxes: which figures move, and where they stand in a document."""

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]

from keben.typeset.properties import FLOAT, asked

AT_FOOT = "_keben_at_foot"
"""A figure that is put to the foot of its page when that is done."""

AT_TOP = "_keben_at_top"
"""One that came from the page before."""

HOW = "--float: …"
"""What moves a figure, as checks know it."""

Path = tuple[int, ...]
"""Where a block stands in a document: the index of each box that holds it, from the outermost in."""


def floated(rendering: Any, body: Any, names: Sequence[str]) -> Iterator[tuple[str, Any, str]]:
    """The figures of a document that stand behind text which comes after them: the name of their part, and how."""
    moved = {
        id(box.element)
        for made in rendering.pages
        for box in made._page_box.descendants()
        if getattr(box, AT_TOP, False)
    }
    for name, part in zip(names, body, strict=False):
        yield from ((name, element, HOW) for element in part.iter("figure") if id(element) in moved)


def holds_figures(box: Any) -> bool:
    """Whether a box is a chapter, or a section of one: what stands in a quotation stays there."""
    return box.element_tag in ("section", "article") and type(box) is boxes.BlockBox


def wish_of(child: Any) -> str:
    """``page``, ``turned``, or ``auto`` for a figure with a caption; empty for what does not move."""
    if child is None or child.element_tag != "figure" or type(child) is not boxes.BlockBox:
        return ""
    wish = asked(child.style, FLOAT)
    inside = list(child.descendants())
    if wish not in ("auto", "page", "turned") or any(each.footnote for each in inside):
        return ""
    if wish == "auto" and not any(each.element_tag == "figcaption" for each in inside):
        return ""
    return wish


def is_whole(figure: Any) -> bool:
    """Whether a figure is not parted between two pages."""
    inside = (figure, *(each for each in figure.descendants() if isinstance(each, boxes.TableBox)))
    return any(each.style["break_inside"] in ("avoid", "avoid-page") for each in inside)


def is_done(child: Any, skip_stack: Any) -> bool:
    """Whether a block stands whole on the pages before; only what waits after it comes still."""
    return bool(skip_stack) and next(iter(skip_stack)) >= len(child.children)


def last_in_flow(box: Any) -> int:
    """The index of the last block in a box's flow."""
    return max((at for at, child in enumerate(box.children) if child.is_in_normal_flow()), default=-1)


def path_of(resume_at: Any) -> Path:
    """Where a page ends, as WeasyPrint notes it."""
    path: list[int] = []
    while resume_at:
        ((index, resume_at),) = list(resume_at.items())[:1]
        path.append(index)
    return tuple(path)


def nested(path: Path, resume_at: Any) -> Any:
    """The place in a block at a path, as WeasyPrint notes it; None: its beginning."""
    for index in reversed(path):
        resume_at = {index: resume_at}
    return resume_at


def within(resume_at: Any, path: Path) -> Any:
    """Where a block goes on, if a page ends in it."""
    for index in path:
        if not resume_at or index not in resume_at:
            return None
        resume_at = resume_at[index]
    return resume_at


def is_over(box: Any, resume_at: Any, path: Path) -> bool:
    """Whether what begins there is behind the last block of the chapter that holds a figure."""
    for index in path[:-1]:
        box = box.children[index]
    stack = within(resume_at, path[:-1])
    if not stack:
        return False
    ((index, inside),) = stack.items()
    return index >= len(box.children) or is_done(box.children[index], inside)


def settle(made: Any, bottom: float) -> None:
    """Put figures to the foot of a page; in the order of reading, those at its top stand behind what goes on below."""
    feet = []
    for parent in list(made.descendants()):
        children = getattr(parent, "children", ())
        feet += [child for child in children if getattr(child, AT_FOOT, False)]
        tops = [child for child in children if getattr(child, AT_TOP, False)]
        if tops and len(children) > len(tops):
            others = [child for child in children if child not in tops]
            parent.children = [others[0], *tops, *others[1:]]
    for figure in feet:
        figure.translate(dy=bottom - figure.position_y)
        bottom += figure.margin_height()
