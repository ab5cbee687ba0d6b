"""What a style moves on purpose: elements whose text a page has in another place or order than the book.

A check that finds the text elsewhere can so name the rule that put it there.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from keben.core.counterstyles import COUNTER_STYLES
from keben.core.markup import BLOCKS
from keben.typeset.sheets import StyleSheet
from keben.typeset.weasy.hidden import Styles, by_kind, says

_GROUPS = {"thead": "header", "tfoot": "footer"}
_COUNTERS = ("counter_reset", "counter_set", "counter_increment")
_REVERSED = ("row-reverse", "column-reverse", "wrap-reverse")


def moved_elements(
    styles: Styles, root: Any, names: Sequence[str], sheets: Sequence[StyleSheet]
) -> tuple[Mapping[str, object], ...]:
    """The elements that have text and may be moved, by kind, as `keben.typeset.weasy.hidden.hidden_elements` has them.

    ``how`` is what moves them: ``float: none`` of a note, ``order: 2``, ``direction: rtl``; ``counter-reset:
    list-item`` of what renumbers a list; and ``content: …`` of what prints something else than a number.
    """
    body = root.find("body")
    if styles.style_for is None or body is None:
        return ()
    found = (
        (name, element, how)
        for name, part in zip(names, body, strict=False)
        for element, how in _moved(part, styles.style_for)
    )
    return by_kind(found, root, sheets)


def is_leftward(styles: Styles, root: Any) -> bool:
    """Whether a style has a document's pages go from right to left (CSS Paged Media 3, 4.4)."""
    style = styles.style_for(root) if styles.style_for is not None else None
    return style is not None and style["direction"] == "rtl"


def _moved(element: Any, style_for: Any, *, meant: bool = False) -> Iterator[tuple[Any, str]]:
    """``meant``: the book itself says in which direction the text runs."""
    style = style_for(element)
    if style is None:
        return
    how = _how(element, style, style_for)
    meant = meant or _is_meant(element)
    # What holds a chapter's notes is reported by its parts: in the book the notes stand elsewhere.
    if not how and style["direction"] == "rtl" and _holds_text(element) and not meant:
        how = "direction: rtl"
    if how and says(element):
        yield element, how
    for child in element:
        yield from _moved(child, style_for, meant=meant)


def _holds_text(element: Any) -> bool:
    """Whether text stands in an element itself, or in phrases of it."""
    return element.tag in BLOCKS and any(
        text and text.strip()
        for text in (element.text, *(child.tail for child in element), *_phrases(element))
    )


def _phrases(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag not in BLOCKS:
            yield "".join(child.itertext())


def _is_meant(element: Any) -> bool:
    """Whether the book itself, or Keben for its letters, has the lines run from right to left."""
    return "dir" in element.attrib or not {"leftward", "turned"}.isdisjoint(element.get("class", "").split())


def _how(element: Any, style: Any, style_for: Any) -> str:
    is_note = "data-mark" in element.attrib
    if is_note != (style["float"] == "footnote"):
        return f"float: {style['float']}"
    for group in ("header", "footer"):
        if style["display"] == (f"table-{group}-group",) and _GROUPS.get(element.tag) != group:
            return f"display: table-{group}-group"
    if style["order"]:
        return f"order: {style['order']}"
    if style["flex_direction"] in _REVERSED:
        return f"flex-direction: {style['flex_direction']}"
    if style["flex_wrap"] in _REVERSED:
        return f"flex-wrap: {style['flex_wrap']}"
    return "" if element.get("style") else _renumbering(element, style, style_for)


def _renumbering(element: Any, style: Any, style_for: Any) -> str:
    """What counts the items of lists otherwise than HTML does (its section 15.3.8)."""
    if element.tag not in ("ol", "ul", "li"):
        return ""
    for name in _COUNTERS:
        values = style[name] if isinstance(style[name], tuple | list) else ()
        usual = {"counter_reset": ("ol", "ul"), "counter_increment": ("li",)}.get(name, ())
        for counter, value in values:
            is_usual = element.tag in usual and value == (1 if name == "counter_increment" else 0)
            if counter == "list-item" and not is_usual:
                return f"{name.replace('_', '-')}: list-item {value}"
    return _written_otherwise(element, style, style_for)


def _written_otherwise(element: Any, style: Any, style_for: Any) -> str:
    """What prints something else than the number of an item."""
    marker = style_for(element, "marker") if element.tag == "li" else None
    if marker is not None and isinstance(marker["content"], tuple | list):
        return "content: …"
    form = style["list_style_type"] if element.tag == "li" else "decimal"
    if not isinstance(form, str):
        return "list-style-type: …"
    # A style of the theme's own may write the number 1 as it likes.
    return "" if form in COUNTER_STYLES or form == "none" else f"list-style-type: {form}"
