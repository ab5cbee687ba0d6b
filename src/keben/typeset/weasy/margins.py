"""What stands in the margins of pages that are drawn: running heads and folios, each drawn once.

What is in the margins at a side of a page depends on the styles, on the kind of page, and on the texts and numbers that
its boxes print. So it is drawn once for all pages that have these alike, and kept from one build to the next. What
depends on more is laid out and drawn on each page by WeasyPrint: running elements, pictures, links, target counters.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import wraps
from typing import Any

from weasyprint.anchors import gather_anchors  # type: ignore[import-untyped]
from weasyprint.layout import background  # type: ignore[import-untyped]

from keben.core.store import Store
from keben.core.values import dataclass
from keben.typeset.weasy.drawing import ChapterDrawer
from keben.typeset.weasy.drawn import DrawnMargin, packed_margins, unpacked_margins
from keben.typeset.weasy.standins import placed, put_margins
from keben.typeset.weasy.usedfonts import UsedFonts

Key = tuple[object, ...]
Print = tuple[Any, Any, Any]
"""A margin box: its name, its content as the style has it, and its style."""


@dataclass(slots=True)
class PageMargins:
    """The margins of one document's drawn pages."""

    drawer: ChapterDrawer
    store: Store
    entry: str
    """The key of what the last build left."""
    place: Callable[[int], tuple[object, ...]]
    """What of a page's number its layout depends on."""
    counts_pages: bool
    """Whether a style counts pages."""
    kept: Mapping[Key, DrawnMargin] = field(default_factory=dict)
    """Those of the last build."""
    known: dict[Key, DrawnMargin | None] = field(default_factory=dict)
    """None: it cannot be drawn by itself."""
    sides: dict[Key, tuple[tuple[str, tuple[Print, ...]], ...]] = field(default_factory=dict)
    """By kinds of pages: sides and corners that have something, with their boxes."""

    @classmethod
    def of(
        cls,
        store: Store,
        mark: str,
        drawer: ChapterDrawer,
        fonts: UsedFonts,
        place: Callable[[int], tuple[object, ...]],
        *,
        counts_pages: bool,
    ) -> "PageMargins":
        """Those of a document whose pages depend on what ``mark`` stands for."""
        entry = store.key("margins", mark)
        data = store.get(entry)
        kept = {
            key: margin
            for key, margin in (unpacked_margins(data) if data else {}).items()
            if all(fonts.find(use) for use in margin.fonts)
        }
        return cls(drawer, store, entry, place, counts_pages, kept)

    def close(self) -> None:
        """Leave to the next build what this one used."""
        used = {key: margin for key, margin in self.known.items() if margin is not None}
        if used.keys() != self.kept.keys():
            self.store.put(self.entry, packed_margins(used))

    def of_page(self, context: Any, page_box: Any, state: Any, boxes: Any) -> tuple[DrawnMargin, ...] | None:
        """What stands in the margins of a page; None where some of it cannot be drawn by itself.

        ``boxes`` is WeasyPrint's function that lays out all margins of a page.
        """
        page_type = page_box.page_type
        groups = repr(page_type.groups) if self.counts_pages else ""
        kind = (page_type.side, page_type.blank, page_type.name, self.place(page_type.index), groups)
        if kind not in self.sides:
            self.sides[kind] = tuple(_sides(context, page_type))
        drawn = []
        for side, prints in self.sides[kind]:
            said = tuple(_said(each, context, page_box, state) for each in prints)
            if None in said:
                return None
            key = (kind, side, said)
            if key not in self.known:
                self.known[key] = self.kept.get(key) or self._drawn(side, context, page_box, state, boxes)
            margin = self.known[key]
            if margin is None:
                return None
            drawn.append(margin)
        return tuple(drawn)

    def _drawn(self, side: str, context: Any, page_box: Any, state: Any, boxes: Any) -> DrawnMargin | None:
        """Lay out and draw a side of a page."""
        before = self.drawer.heard()
        style_for = context.style_for
        context.style_for = _OneSide(style_for, side)
        try:
            laid_out = list(boxes(context, page_box, state))
        finally:
            context.style_for = style_for
        found: list[Any] = []
        for box in laid_out:
            background.layout_box_backgrounds(page_box, box, context.get_image_from_uri)
            anchors: dict[str, Any] = {}
            gather_anchors(box, anchors, found, found, {None: found})
            found += anchors
        margin = None if found else self.drawer.margin(page_box, laid_out)
        return margin if self.drawer.heard() == before else None


def drawn_once(inner: Any, margins_of: Callable[[], PageMargins | None]) -> Any:
    """A function that lays out the margins of a page: those of a stand-in are drawn already where they can be."""

    @wraps(inner)
    def make_margin_boxes(context: Any, page_box: Any, state: Any) -> Iterator[Any]:
        margins = margins_of() if placed(page_box) else None
        drawn = margins.of_page(context, page_box, state, inner) if margins else None
        if drawn is None:
            yield from inner(context, page_box, state)
        else:
            put_margins(page_box, drawn)

    return make_margin_boxes


@dataclass(slots=True)
class _OneSide:
    """WeasyPrint's styles, without those of margins at other sides."""

    style_for: Any
    side: str

    def __call__(self, element: Any, pseudo_type: Any = None) -> Any:
        if pseudo_type and pseudo_type.startswith("@") and _side_of(pseudo_type) != self.side:
            return None
        return self.style_for(element, pseudo_type)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.style_for, name)


def _side_of(name: str) -> str:
    """The side of a margin box, by whose others it is as wide; a corner is by itself."""
    return name if name.endswith("-corner") else name.partition("-")[0]


def _sides(context: Any, page_type: Any) -> Iterator[tuple[str, tuple[Print, ...]]]:
    found: dict[str, list[Print]] = {}
    for name in _NAMES:
        style = context.style_for(page_type, name)
        if style is not None and style["content"] not in ("normal", "inhibit", "none"):
            found.setdefault(_side_of(name), []).append((name, style["content"], style))
    for side, prints in found.items():
        yield side, tuple(prints)


_NAMES = (
    *(f"@{side}-{at}" for side in ("top", "bottom") for at in ("left", "center", "right")),
    *(f"@{side}-{at}" for side in ("left", "right") for at in ("top", "middle", "bottom")),
    *(f"@{at}-corner" for at in ("top-left", "top-right", "bottom-left", "bottom-right")),
)
"""In the order in which WeasyPrint lays them out."""


def _said(printed: Print, context: Any, page_box: Any, state: Any) -> tuple[object, ...] | None:
    """What a margin box prints; None where that depends on more than texts and numbers."""
    name, content, _ = printed
    said: list[object] = [name]
    for kind, value in content:
        if kind == "string()":
            said.append("".join(context.get_string_set_for(page_box, *value)))
        elif kind in ("counter()", "counters()"):
            said.append(tuple(state[1].get(value[0], ())))
        elif kind != "string":
            return None
    return tuple(said)
