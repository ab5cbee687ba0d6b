"""Pages that are drawn already, among those that WeasyPrint finishes: they lack all but their margins.

A stand-in is a page's box with nothing in it. WeasyPrint lays out its margins, gathers its links and paints it as any
other page's; what it asks for then is answered from what was drawn.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from weasyprint import document, draw  # type: ignore[import-untyped]
from weasyprint.anchors import gather_anchors  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import background, page  # type: ignore[import-untyped]
from weasyprint.layout.percent import resolve_percentages  # type: ignore[import-untyped]
from weasyprint.stacking import StackingContext  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.weasy.drawn import DrawnChapter, DrawnMargin, DrawnPage

_DRAWN, _LINKS, _MARGINS = "_keben_drawn", "_keben_links", "_keben_margins"


@dataclass(frozen=True, slots=True, eq=False)
class StandsFor:
    """A page of a chapter that was drawn by itself."""

    chapter: DrawnChapter
    index: int
    """In the chapter."""

    @property
    def page(self) -> DrawnPage:
        """What is drawn on it."""
        return self.chapter.pages[self.index]


def placed(page_box: Any) -> StandsFor | None:
    """What a page's box stands for; None for a page that is laid out."""
    found: StandsFor | None = getattr(page_box, _DRAWN, None)
    return found


def emptied(page_box: Any, root_box: Any, stands_for: StandsFor) -> None:
    """Let a page's box stand for a page that is drawn: what is in it is let go."""
    drawn = stands_for.page
    root = root_box.copy_with_children([])
    root.bookmark_label, root.missing_link, root.string_set = "", None, list(drawn.strings)
    if drawn.first_strings:
        root.style = root.style.copy()
        root.style["string_set"] = [(name, "") for name in drawn.first_strings]
    # Where the notes at its foot were, and those in its text.
    area = boxes.BlockBox(None, page_box.style.anonymous_style, None, [])
    page_box.children = [root, area, area]
    page_box.fixed_boxes = []
    setattr(page_box, _DRAWN, stands_for)


def stand_in(context: Any, root_box: Any, page_type: Any, stands_for: StandsFor) -> Any:
    """A page's box for a page that is drawn. Its styles are known."""
    style = context.style_for(page_type)
    style["overflow"] = root_box.viewport_overflow
    made = boxes.PageBox(page_type, style)
    width, height = style["size"]
    resolve_percentages(made, (width, height))
    made.position_x = made.position_y = 0
    page.page_width(made, context, width)
    page.page_height(made, context, height)
    emptied(made, root_box, stands_for)
    return made


def put_margins(page_box: Any, margins: tuple[DrawnMargin, ...]) -> None:
    """Put what is drawn already into the margins of a stand-in."""
    setattr(page_box, _MARGINS, margins)


def drawn_margins(page_box: Any) -> tuple[DrawnMargin, ...] | None:
    """What stands in the margins of a stand-in; None where that is laid out."""
    found: tuple[DrawnMargin, ...] | None = getattr(page_box, _MARGINS, None)
    return found


def margins_of(page_box: Any) -> list[Any]:
    """The boxes that are laid out in a page's margins."""
    return [child for child in page_box.children if isinstance(child, boxes.MarginBox)]


def layout_backgrounds(inner: Any) -> Any:
    """A function that places backgrounds: of stand-ins, those of the margins."""

    @wraps(inner)
    def layout_backgrounds(page_box: Any, get_image_from_uri: Any) -> None:
        if placed(page_box) is None:
            inner(page_box, get_image_from_uri)
            return
        for box in margins_of(page_box):
            background.layout_box_backgrounds(page_box, box, get_image_from_uri)

    return layout_backgrounds


@dataclass(slots=True, eq=False)
class LinkStandIn:
    """The box of a link that is drawn."""

    text: str
    element_tag: str = "a"
    children: tuple[Any, ...] = ()
    link_annotation: Any = None


def links_of(page_box: Any) -> list[LinkStandIn]:
    """The boxes of the links of a stand-in, once it is a page."""
    found: list[LinkStandIn] = getattr(page_box, _LINKS)
    return found


def page_class(paint: Callable[[Any, Any], None]) -> type:
    """WeasyPrint's class of pages, for stand-ins too.

    ``paint`` is called with a stream and the box of one, before its margins are painted.
    """

    class BoundPage(document.Page):  # type: ignore[misc]
        """A page, laid out or drawn."""

        def __init__(self, page_box: Any) -> None:
            stands_for = placed(page_box)
            if stands_for is None:
                super().__init__(page_box)
                return
            super().__init__(page_box.copy_with_children([]))
            self._page_box = page_box
            drawn = stands_for.page
            self.anchors.update(drawn.anchors)
            boxes_of_links = [LinkStandIn(text) for *_, text in drawn.links]
            setattr(page_box, _LINKS, boxes_of_links)
            self.links += ((*link[:3], box) for link, box in zip(drawn.links, boxes_of_links, strict=True))
            self.bookmarks += drawn.bookmarks
            for box in margins_of(page_box):
                gather_anchors(box, self.anchors, self.links, self.bookmarks, self.forms)

        def paint(self, stream: Any, scale: float = 1) -> None:
            if placed(self._page_box) is None:
                super().paint(stream, scale)
                return
            paint(stream, self._page_box)
            if drawn_margins(self._page_box) is not None:
                return
            with stream.stacked():
                stream.transform(a=scale, d=scale)
                _draw_margins(self._page_box, stream)

    return BoundPage


def _draw_margins(page_box: Any, stream: Any) -> None:
    only = page_box.copy_with_children(margins_of(page_box))
    draw.draw_stacking_context(stream, StackingContext.from_page(only))
