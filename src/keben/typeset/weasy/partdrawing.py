"""A part of the body that is drawn by itself, by a process that helps another one."""

from typing import Any

from weasyprint import layout  # type: ignore[import-untyped]
from weasyprint.layout import page  # type: ignore[import-untyped]

from keben.typeset.weasy.breaks import expected, path_of


def draw_part(part: int, context: Any, root_box: Any, html: Any) -> None:
    """Draw a part of the body by itself, within `chapters_apart`; it begins as is expected of one.

    Parts of a document may be drawn one after the other. Each has pages of its own, behind those of the ones before.
    """
    maker = getattr(context, "page_maker", None)
    if not maker:
        layout.initialize_page_maker(context, root_box)
        context.rendered_notes = []
        # Lengths may hang on the size of the first page.
        page.remake_page(0, context, root_box, html)
    item = expected(context, root_box, (0, part))
    if item is None:
        return
    # What goes on from one page to the next is noted by their numbers.
    index = len(context.page_maker) + 2
    index += (index % 2 == 0) != (item[2] == context.page_maker[0][2])
    fill = (*context.page_maker[0][:4], {"anchors": [], "content_lookups": []})
    context.page_maker += [fill] * (index - len(context.page_maker))
    context.page_maker.append(item)
    resume_at: Any = item[0]
    while path_of(resume_at)[:2] == (0, part):
        _, resume_at = page.remake_page(index, context, root_box, html)
        index += 1
