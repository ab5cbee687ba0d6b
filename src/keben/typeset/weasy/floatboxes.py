"""What floats ask of boxes: which figures move, and where they stand in a document."""

from collections.abc import Iterator, Sequence
from math import inf
from typing import Any

from weasyprint.css.properties import Dimension  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]

from keben.typeset.properties import FLOAT, asked

AT_FOOT = "_keben_at_foot"
"""A figure that is put to the foot of its page when that is done."""

AT_TOP = "_keben_at_top"
"""One that came from the page before."""

HOW = "--float: …"
"""What moves a figure, as checks know it."""

LEAST_SCALE = 3 / 4
"""The share of its size that a picture keeps where it is set smaller to stand below another one."""

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


def may_be_smaller(child: Any) -> bool:
    """Whether a block is a picture without a caption, which may be set smaller where it stands."""
    if (
        child.element_tag != "figure"
        or type(child) is not boxes.BlockBox
        or asked(child.style, FLOAT) != "auto"
    ):
        return False
    return not any(
        each.footnote or each.element_tag in ("figcaption", "table") for each in child.descendants()
    )


def is_whole(figure: Any) -> bool:
    """Whether a figure is not divided between two pages."""
    inside = (figure, *(each for each in figure.descendants() if isinstance(each, boxes.TableBox)))
    return any(each.style["break_inside"] in ("avoid", "avoid-page") for each in inside)


def picture_in(figure: Any) -> Any:
    """The only picture of a figure that was laid out, or what turns it upright in columns; else None."""
    inside = list(figure.descendants())
    pictures = [each for each in inside if isinstance(each, boxes.ReplacedBox)]
    return next((each for each in inside if _turns(each)), pictures[0]) if len(pictures) == 1 else None


def scaled(box: Any, picture: Any, scale: float) -> Any:
    """A copy of a figure with one picture, which was laid out and is set smaller."""
    if isinstance(box, boxes.ReplacedBox):
        small = box.copy()
        used = next((each for each in picture.descendants() if isinstance(each, boxes.ReplacedBox)), picture)
    elif isinstance(box, boxes.ParentBox):
        small = box.copy_with_children([scaled(each, picture, scale) for each in box.children])
        if not _turns(box):
            return small
        used = picture
    else:
        return box
    small.style = box.style.copy()
    for name in ("width", "height"):
        small.style[name] = Dimension(getattr(used, name) * scale, "px")
        small.style[f"max_{name}"] = Dimension(inf, "px")
    small.style["transform"] = tuple(
        (name, tuple(Dimension(each.value * scale, each.unit) for each in values))
        if name == "translate"
        else (name, values)
        for name, values in box.style["transform"]
    )
    return small


def _turns(box: Any) -> bool:
    """Whether a box holds a picture that stands upright in columns."""
    return box.element is not None and box.element_tag == "span" and box.element.get("class") == "turned"


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
