"""A document as WeasyPrint has it: its style sheets, its tree, and its pages once they are laid out.

Private here are the tree put in place of parsed HTML (`_Tree`), the folder of a document's fonts, and the
initial language of text in drawings (`language_of_drawings`).
"""

import shutil
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any
from xml.etree import ElementTree as ET

import weasyprint  # type: ignore[import-untyped]
from weasyprint import document
from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]
from weasyprint.css.properties import INITIAL_VALUES  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from keben.core.errors import Finding
from keben.core.frugal import give_back
from keben.core.markup import Element
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.fonts.keptfiles import FontFile
from keben.typeset.lines.marks import RegionMarks, marks_of
from keben.typeset.resources import BASE, Resources
from keben.typeset.sheets import StyleSheet
from keben.typeset.weasy import folios, galleys, grid
from keben.typeset.weasy.chains import chains_that_part
from keben.typeset.weasy.codelines import whole_code_lines
from keben.typeset.weasy.emoji import name_emoji_fonts
from keben.typeset.weasy.entries import leaders_of_turned_lines
from keben.typeset.weasy.failures import reported_failures
from keben.typeset.weasy.floats import figures_that_move
from keben.typeset.weasy.fontfolder import OpenedFile, folder_of_fonts
from keben.typeset.weasy.footnotes import notes_that_stay
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.jobs import PrintJob
from keben.typeset.weasy.pagesize import bounded_pages
from keben.typeset.weasy.partdrawing import draw_part
from keben.typeset.weasy.placeholders import PATCH as PLACEHOLDERS
from keben.typeset.weasy.placeholders import left_empty
from keben.typeset.weasy.relief import pages_relieved
from keben.typeset.weasy.repairs import repaired
from keben.typeset.weasy.reports import heard
from keben.typeset.weasy.runningheads import heads_of_halves
from keben.typeset.weasy.setting import chinese_lines
from keben.typeset.weasy.tablebreaks import tables_parted_well
from keben.typeset.weasy.tablewidths import measured_columns

PATCH = Patch(
    "document-not-tried",
    wording("The book may not be laid out as its styles ask"),
    (
        (
            weasyprint.HTML,
            "__init__",
            "self guess filename url file_obj string encoding base_url url_fetcher media_type",
        ),
        (weasyprint.HTML, "_ua_counter_style", "self"),
    ),
)
"""`_Tree` sets what this sets. There is no other way to hand a tree over."""

_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class RenderStyles:
    """A job's style sheets as WeasyPrint has them, and what they and its document load things with."""

    sheets: tuple[Any, ...]
    fonts: Any
    fetcher: Any
    counters: Any
    """The counter styles that the sheets define, beside those that CSS predefines."""


def read_styles(job: PrintJob) -> tuple[RenderStyles, tuple[Finding, ...]]:
    """Read a job's style sheets; gives beside them the findings about them."""
    fonts, fetcher = FontConfiguration(), Fetcher(job.resources)
    fonts._folder = folder_of_fonts()
    name_emoji_fonts(fonts, job.emoji)
    counters = CounterStyle(weasyprint.UA_COUNTER_STYLE)
    load = {"url_fetcher": fetcher, "font_config": fonts, "counter_style": counters}
    sheets: list[Any] = []
    findings: list[Finding] = []
    of_fonts = StyleSheet("the fonts for columns", job.fonts)
    for sheet in (*job.sheets, *([of_fonts] if job.fonts else [])):
        with heard(sheet.path, "stylesheet", sheet.text) as log, reported_failures(sheet.path, sheet=True):
            sheets.append(weasyprint.CSS(string=sheet.text, base_url=BASE, **load))
        findings += log.findings
    # Python calls no __del__ of what is left at its end, and each copy of a font would stay.
    weakref.finalize(fonts, shutil.rmtree, fonts._folder, ignore_errors=True)
    if job.vertical:
        # The fonts of columns are made.
        give_back()
    return RenderStyles(tuple(sheets), fonts, fetcher, counters), tuple(findings)


def render(
    job: PrintJob, styles: RenderStyles, language: str, desk: galleys.Desk | None = None, **options: Any
) -> Any:
    """Lay a document out: a ``weasyprint.Document`` with its pages, its chapters drawn by themselves at a desk."""
    with _laid_out(job, language, desk):
        return _rendered(job, styles, options)


@dataclass(frozen=True, slots=True)
class Bench:
    """A document whose parts are drawn one by one: its tree and its boxes, before they are laid out."""

    html: Any
    root_box: Any
    context: Any

    @classmethod
    def of(cls, job: PrintJob, styles: RenderStyles, language: str, **options: Any) -> "Bench":
        """That of a document that is laid out with these options."""
        found: list[Bench] = []

        def layout_document(html: Any, root_box: Any, context: Any) -> list[Any]:
            found.append(cls(html, root_box, context))
            return []

        with _laid_out(job, language, None), replaced((document, "layout_document", layout_document)):
            _rendered(job, styles, options)
        return found[0]

    def draw(self, part: int, job: PrintJob, language: str, desk: galleys.Desk) -> None:
        """Draw a part of the body at a desk."""
        with _laid_out(job, language, desk):
            draw_part(part, self.context, self.root_box, self.html)


@contextmanager
def _laid_out(job: PrintJob, language: str, desk: galleys.Desk | None) -> Iterator[None]:
    """What holds while a document is laid out."""
    steps = grid.whole_lines(*job.grid) if job.grid else nullcontext()
    lines = chinese_lines(job.kinsoku, vertical=job.vertical)

    def marks(style: Any) -> RegionMarks:
        return marks_of(style["lang"] or "", job.kinsoku, vertical=job.vertical)

    is_apart = bool(job.folios) and folios.PATCH.is_known()
    counting = folios.counted_apart(job.folios) if is_apart else nullcontext()
    # It looks whether it knows what notes replace.
    moving = figures_that_move()
    with (
        language_of_drawings(language),
        repaired(),
        bounded_pages(),
        pages_relieved(),
        notes_that_stay() as end_notes,
        measured_columns(marks, vertical=job.vertical),
        tables_parted_well(),
        chains_that_part(),
        leaders_of_turned_lines(),
        heads_of_halves(),
        whole_code_lines(),
        moving,
        counting,
        left_empty(desk.parts) if desk and PLACEHOLDERS.is_known() else nullcontext(),
        galleys.chapters_apart(desk, end_notes) if desk else nullcontext(),
        lines,
        steps,
    ):
        yield


def _rendered(job: PrintJob, styles: RenderStyles, options: Mapping[str, Any]) -> Any:
    tree = _Tree(job.root, styles.fetcher, styles.counters)
    return tree.render(
        font_config=styles.fonts, counter_style=styles.counters, stylesheets=styles.sheets, **options
    )


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives what the book holds; asks neither the disk nor the network."""

    def __init__(self, resources: Resources) -> None:
        super().__init__(allowed_protocols=())
        self._resources = resources

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002
        """The response for a URL.

        Raises:
            RefusedError: the URL is none of the book's.
        """
        data, media_type = self._resources.find(url)
        body = OpenedFile(data) if isinstance(data, FontFile) else data
        return URLFetcherResponse(url, body=body, headers={"Content-Type": media_type})


class _Tree(weasyprint.HTML):  # type: ignore[misc]
    """A document from a tree, not from text: no parser's rules (a block in a note in a paragraph), and faster."""

    def __init__(self, root: Element, fetcher: Fetcher, counters: Any) -> None:
        self.base_url = BASE
        self._counters = counters.copy()
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(
            _etree(root), content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element

    def _ua_counter_style(self) -> list[Any]:
        # WeasyPrint puts these over the style sheets' own of the same name.
        return [self._counters]


def _etree(node: Element, namespace: str = "") -> ET.Element:
    if node.tag == "svg":
        namespace = f"{{{_SVG}}}"
    attributes = {name: value for name, value in node.attributes.items() if name != "xmlns"}
    made = ET.Element(f"{namespace}{node.tag}", attributes)
    last: ET.Element | None = None
    for child in node.children:
        if isinstance(child, Element):
            last = _etree(child, namespace)
            made.append(last)
        elif last is None:
            made.text = (made.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return made


@contextmanager
def language_of_drawings(language: str) -> Iterator[None]:
    """Let text in drawings be in a language, in the block. Not for several threads at once."""
    # Text in an SVG starts from the initial values, and with no language Pango takes the machine's: glyphs of another
    # region, and other bytes on another machine.
    before = INITIAL_VALUES["lang"]
    INITIAL_VALUES["lang"] = language
    try:
        yield
    finally:
        INITIAL_VALUES["lang"] = before
