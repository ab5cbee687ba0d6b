"""Pages no larger than PDF has: a slip in ``@page`` costs no gigabytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint.layout import page  # type: ignore[import-untyped]

from keben.core.errors import BuildError
from keben.core.saying import wording
from keben.typeset.weasy.inside import Patch, replaced

LEAST, MOST = 3.0, 14400.0
"""A page's sides in points (ISO 32000-1, annex C.2)."""

PATCH = Patch(
    "pages-not-bounded",
    wording("A slip in the size of `@page` may fill the memory"),
    ((page, "make_page", "context root_box page_type resume_at page_number page_state"),),
)


@contextmanager
def bounded_pages() -> Iterator[None]:
    """Let no page that is laid out in the block be smaller or larger, if `PATCH` is known.

    Not for several threads at once.

    The block raises:
        BuildError: one would be.
    """
    if not PATCH.is_known():
        yield
        return
    inner = page.make_page

    @wraps(inner)
    def make_page(context: Any, root_box: Any, page_type: Any, *rest: Any) -> Any:
        sides = [float(side) * 0.75 for side in context.style_for(page_type)["size"]]
        if not all(LEAST <= side <= MOST for side in sides):
            message = wording(
                "A style sets pages of {sides:g} × {sides2:g} pt.", sides=sides[0], sides2=sides[1]
            )
            advice = wording(
                "A PDF's pages have sides from {least:g} to {most:g} pt: change `size` in `@page`.",
                least=LEAST,
                most=MOST,
            )
            raise BuildError.at("styles/print.css", "page-size", message, advice)
        return inner(context, root_box, page_type, *rest)

    with replaced((page, "make_page", make_page)):
        yield
