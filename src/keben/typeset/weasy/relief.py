"""What WeasyPrint does in vain, or again for each page of a book: its functions are relieved for a while.

- The styles of a page and of its margin boxes are worked out once for all pages that the same rules match, and only
  those of that page are looked for: WeasyPrint goes through the styles of all pages before it.
- Margins in which no rule puts anything are not laid out.
- Pages are searched for fixed boxes of others only where there are such boxes.
- Only notes have styles for the parts of a note (`::footnote-call` and the like). WeasyPrint's own style sheet has
  rules for those of every element: five styles each, which nobody asks for.

Nothing on a page stands elsewhere for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import css, document, layout  # type: ignore[import-untyped]
from weasyprint.layout import page  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.weasy.inside import Patch, replaced, rewritten

PATCH = Patch(
    "slow-pages",
    wording("The pages of a long book take long to lay out"),
    (
        (page, "set_page_type_computed_styles", "page_type html style_for"),
        (layout, "make_margin_boxes", "context page state"),
        (document, "layout_document", "html root_box context max_loops"),
        (css.StyleFor, "__init__", "self html sheets presentational_hints font_config target_collector"),
    ),
    "notice",
)

_SIDES = (
    """        side_boxes = [
            make_box(""",
    """        if all(
                context.style_for(page.page_type, f'@{prefix}-{suffix}') is None
                for suffix in suffixes):
            continue
        side_boxes = [
            make_box(""",
)
_CORNERS = (
    """        box = make_box(at_keyword, (cb_width, cb_height))
""",
    """        if context.style_for(page.page_type, at_keyword) is None:
            continue
        box = make_box(at_keyword, (cb_width, cb_height))
""",
)
_SEARCHED = (
    """    # Add margin boxes
""",
    """    # Add margin boxes
    has_fixed = any(page.fixed_boxes for page in pages)
""",
)
_BEFORE, _AFTER = (
    (
        f"        root_children.extend(layout_fixed_boxes(context, {pages}, page))\n",
        f"        if has_fixed:\n"
        f"            root_children.extend(layout_fixed_boxes(context, {pages}, page))\n",
    )
    for pages in ("pages[:i]", "pages[i + 1:]")
)
_MATCHED = (
    """                    specificity = sheet_specificity or specificity
                    style = cascaded_styles.setdefault((etree_element, pseudo_type), {})
""",
    """                    if pseudo_type in {
                            'footnote-call', 'footnote-marker',
                            'note-call', 'note-marker', 'note-callback'}:
                        of_notes.append((origin, sheet_specificity, layer_order, selector))
                        continue
                    specificity = sheet_specificity or specificity
                    style = cascaded_styles.setdefault((etree_element, pseudo_type), {})
""",
)
_BEGUN = (
    """            selectors_keys = []
""",
    """            selectors_keys = []
            of_notes = []
""",
)
_COMPUTED = (
    """                computed_cache[key] = computed_styles[etree_element, None]

""",
    """                computed_cache[key] = computed_styles[etree_element, None]

            computed = computed_styles[etree_element, None]
            if computed['float'] != 'footnote' and computed['position'][0] != 'note()':
                continue
            for origin, sheet_specificity, layer_order, selector in of_notes:
                specificity, order, pseudo_type, (declarations, layer) = selector
                specificity = sheet_specificity or specificity
                style = cascaded_styles.setdefault((etree_element, pseudo_type), {})
                for name, values, importance in declarations:
                    precedence = declaration_precedence(origin, importance)
                    weight = (precedence, layer_order, specificity)
                    old_weight = style.get(name, (None, None))[1]
                    if old_weight is None or old_weight <= weight:
                        style[name] = values, weight

""",
)


@contextmanager
def pages_relieved() -> Iterator[None]:
    """Do these things once in what is laid out in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    with replaced(
        (page, "set_page_type_computed_styles", _page_styles()),
        (layout, "make_margin_boxes", rewritten(layout.make_margin_boxes, _SIDES, _CORNERS)),
        (document, "layout_document", rewritten(document.layout_document, _SEARCHED, _BEFORE, _AFTER)),
        (css.StyleFor, "__init__", rewritten(css.StyleFor.__init__, _BEGUN, _MATCHED, _COMPUTED)),
    ):
        yield


def _page_styles() -> Any:
    """A function that gives a page type its styles: those of an earlier one that the same declarations are for."""
    known: dict[tuple[object, ...], dict[str | None, Any]] = {}
    by_kind: dict[tuple[object, ...], dict[str | None, Any]] = {}
    is_counting: bool | None = None

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        # Lengths that depend on the size of the first page are known after that one only.
        is_first = style_for.initial_page_sizes["box"] is None
        nonlocal is_counting
        is_counting = _counts_pages(style_for) if is_counting is None else is_counting
        # What of a page rules can ask for.
        asked = page_type.side, page_type.blank, page_type.name, page_type.index == 0
        kind = is_first, tuple(page_type) if is_counting else asked
        styles = by_kind.get(kind)
        if styles is None:
            styles = by_kind[kind] = of_declarations(page_type, html, style_for, is_first)
        style_for.get_computed_styles().update({(page_type, part): style for part, style in styles.items()})

    def of_declarations(page_type: Any, html: Any, style_for: Any, is_first: bool) -> dict[str | None, Any]:
        style_for.add_page_declarations(page_type)
        cascaded, computed = style_for.get_cascaded_styles(), style_for.get_computed_styles()
        parts = [
            part
            for part in _parts(style_for)
            # A page has styles of its own also where no rule is for it.
            if part is None or (page_type, part) in cascaded
        ]
        key = (is_first, *((part, _declarations(cascaded.get((page_type, part), {}))) for part in parts))
        styles = known.get(key)
        if styles is None:
            root = html.etree_element
            style_for.set_computed_styles(page_type, root=root, parent=root, base_url=html.base_url)
            for part in parts[1:]:
                style_for.set_computed_styles(
                    page_type, pseudo_type=part, root=root, parent=page_type, base_url=html.base_url
                )
            styles = known[key] = {part: computed[page_type, part] for part in parts}
        return styles

    return set_page_type_computed_styles


def _counts_pages(style_for: Any) -> bool:
    """Whether a style counts pages (``:nth()``)."""
    return any(
        selector.index is not None
        for sheet, _, _ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for _, _, selector in selectors
    )


def _parts(style_for: Any) -> tuple[str | None, ...]:
    """The page itself, which is None, and the margin boxes that any rule of the sheets is for."""
    found = {
        part: None
        for sheet, _, _ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for _, part, _ in selectors
        if part is not None
    }
    return None, *found


def _declarations(style: Any) -> tuple[object, ...]:
    """What cascaded to a page or a margin box, by the identity of its values, which the sheets keep."""
    return tuple((name, id(value), str(weight)) for name, (value, weight) in style.items())
