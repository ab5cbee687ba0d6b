"""Pages before the text counted apart: i, ii, iii or 一、二、三, and the text from 1.

WeasyPrint counts pages in one run, which a style can only begin again by pages' names. Here the pages before the text
have numbers above `FRONT`, and every counter style writes those in the form of the front: so folios, contents and
references agree, whatever a theme asks for. Where the text begins the count does too.

The file's page labels (ISO 32000-1, 12.4.2) say the same.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]
from weasyprint.layout import page  # type: ignore[import-untyped]
from weasyprint.pdf import pydyf  # type: ignore[import-untyped]

from keben.core.paper import FrontFolios
from keben.core.saying import wording
from keben.typeset.folios import Folios, chinese, upright_roman
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "folios-in-one-run",
    wording("The pages before the text are counted with it"),
    (
        (page, "remake_page", "index context root_box html"),
        (page, "make_page", "context root_box page_type resume_at page_number page_state"),
        (CounterStyle, "render_value", "self counter_value counter_name counter previous_types"),
    ),
)

FRONT = 1_000_000
"""What the numbers of pages before the text begin after."""

_FORMS: Mapping[FrontFolios, str] = {"roman": "lower-roman", "chinese": "japanese-informal"}
"""The counter style of each form: Japanese writes 一 to 九十九 as Chinese does."""


@contextmanager
def counted_apart(folios: Folios) -> Iterator[None]:
    """Count the pages of what is laid out in the block. Not for several threads at once.

    `PATCH` must be known; who else replaces these functions does so before.
    """
    remake, make, render = page.remake_page, page.make_page, CounterStyle.render_value

    @wraps(remake)
    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        if index == 0:
            context.page_maker[0][3][1]["page"] = [FRONT]
        return remake(index, context, root_box, html)

    @wraps(make)
    def make_page(
        context: Any, root_box: Any, page_type: Any, resume_at: Any, page_number: int, page_state: Any
    ) -> Any:
        if not page_type.blank and _begins(root_box, resume_at, folios.text):
            page_state[1]["page"] = [0]
        return make(context, root_box, page_type, resume_at, page_number, page_state)

    @wraps(render)
    def render_value(
        self: Any,
        counter_value: int,
        counter_name: Any = None,
        counter: Any = None,
        previous_types: Any = None,
    ) -> Any:
        if counter_value > FRONT:
            if folios.vertical and folios.front == "roman" and (said := upright_roman(counter_value - FRONT)):
                return said
            return render(self, counter_value - FRONT, _FORMS[folios.front])
        return render(self, counter_value, counter_name, counter, previous_types)

    with replaced(
        (page, "remake_page", remake_page),
        (page, "make_page", make_page),
        (CounterStyle, "render_value", render_value),
    ):
        yield


def _begins(root_box: Any, resume_at: Any, name: str) -> bool:
    """Whether a page begins with the part of the body that has an id."""
    box, at = root_box, resume_at
    while at:
        if len(at) > 1:
            # A row of a table goes on.
            return False
        ((index, at),) = at.items()
        if index >= len(box.children):
            return False
        box = box.children[index]
    return box.element is not None and box.element_tag == box.element.tag and box.element.get("id") == name


def label_pages(pages: Any, catalog: Any, folios: Folios) -> None:
    """Put the labels of pages that are counted apart into a file's catalogue."""
    if not folios or not PATCH.is_known():
        return
    first = next((index for index, each in enumerate(pages) if folios.text in each.anchors), 0)
    if not first:
        return
    labels: list[Any] = []
    if folios.front == "roman":
        labels += [0, pydyf.Dictionary({"S": "/r"})]
    else:
        # No style of the format's own counts in Chinese.
        for index in range(first):
            labels += [index, pydyf.Dictionary({"P": pydyf.String(chinese(index + 1))})]
    labels += [first, pydyf.Dictionary({"S": "/D"})]
    catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(labels)})
