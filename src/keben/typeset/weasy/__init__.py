"""WeasyPrint: a document in, a file out.

What is private here: trees put in place of parsed HTML (`_Tree`), the initial language of text in drawings
(`_language_of_drawings`), the link annotations, the pages and the metadata stream of the finished file (`_finish`), and
the fonts that it used with their files (`_faces`). Hence the narrow range of versions. What it lays out otherwise for
Keben is in `lines.setting`, `lines.beside`, `grid` and `footnotes`.

Raises on import:
    MachineError: Pango cannot be loaded, or WeasyPrint is of another version.
"""

import io
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass, field
from functools import wraps
from threading import RLock
from typing import Any, ParamSpec, TypeVar
from xml.etree import ElementTree as ET

from keben.core.doctor import install_advice
from keben.core.errors import Finding, MachineError, Place
from keben.core.markup import Element
from keben.core.metadata import Metadata
from keben.core.paper import Kinsoku
from keben.typeset.fonts import OWN, Face, face_of
from keben.typeset.metadata import creators, timestamp, xmp_packet
from keben.typeset.resources import BASE, Resources

# As in `keben.typeset.fonts`: without it fonts have other names, and so files other bytes, on a Chinese machine.
os.environ["FC_LANG"] = "en"

try:
    # Where Pango is not there, WeasyPrint prints a page about it before it raises: one line says it too.
    with redirect_stdout(io.StringIO()):
        import weasyprint  # type: ignore[import-untyped]
except OSError as error:
    message = "WeasyPrint cannot load Pango, which sets the lines of a PDF."
    raise MachineError.at("Pango", "no-pango", message, install_advice("pango")) from error

if not weasyprint.__version__.startswith("70."):
    raise MachineError.at(
        "WeasyPrint",
        "wrong-version",
        f"WeasyPrint {weasyprint.__version__} is installed, and Keben knows the inside of 70 only.",
        "Install that: python -m pip install 'weasyprint>=70,<71'",
    )

from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]
from weasyprint.css.properties import INITIAL_VALUES  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from keben.typeset.moved import is_leftward, moved_elements
from keben.typeset.weasy import beside, footnotes, grid, shared, subsets
from keben.typeset.weasy.apart import ends_apart
from keben.typeset.weasy.emoji import name_emoji_fonts
from keben.typeset.weasy.failures import reported_failures
from keben.typeset.weasy.footnotes import notes_apart, notes_that_stay
from keben.typeset.weasy.hidden import SheetText, hidden_elements, styles_kept
from keben.typeset.weasy.labels import labelled
from keben.typeset.weasy.pagesize import bounded_pages
from keben.typeset.weasy.repairs import repaired
from keben.typeset.weasy.reports import FONT_CODES, heard
from keben.typeset.weasy.setting import chinese_lines, is_known

PRODUCER = f"WeasyPrint {weasyprint.__version__}"
VARIANT = "pdf/a-2a"

P = ParamSpec("P")
T = TypeVar("T")

_PRINTING = RLock()

_SVG = "http://www.w3.org/2000/svg"
Corners = tuple[float, float, float, float]
"""The x and y of two opposite corners, in CSS pixels from the upper left corner of the trimmed page."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet and the path that messages about it name."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What to print."""

    name: str
    """The artifact's: messages that are not about a style sheet name it."""
    root: Element
    sheets: tuple[StyleSheet, ...]
    resources: Resources
    kinsoku: Kinsoku = "gb"
    grid: tuple[tuple[float, float], float] | None = None
    """Where the first line of an odd and an even page begins, and how far the next one is, in points; None: no grid."""
    columns: tuple[float, float] | None = None
    """On pages that lie on their side, and are turned when they are done: where columns begin and the size of their
    text, in points."""
    parts: tuple[str, ...] = ()
    """The names of the documents that the body holds."""
    emoji: tuple[str, ...] = ()
    """The families that emoji are looked up in."""

    @property
    def vertical(self) -> bool:
        """Whether its lines are columns."""
        return self.columns is not None


@dataclass(frozen=True, slots=True)
class Record:
    """What the file says of itself."""

    metadata: Metadata
    language: str
    epoch: int
    creator: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF."""

    data: bytes = field(repr=False)
    pages: int
    faces: tuple[Face, ...]
    """Those that the text is set in."""
    lines: str
    """Whose lines they are: ``keben``, or ``weasyprint`` where its inside is not the one that is known."""
    findings: tuple[Finding, ...] = ()
    """Warnings and notices."""
    hidden: tuple[Mapping[str, object], ...] = ()
    """What a style hides; see `keben.typeset.weasy.hidden`."""
    moved: tuple[Mapping[str, object], ...] = ()
    """What a style moves; see `keben.typeset.moved`."""
    leftward: bool = False
    """Whether a style has the book's pages go from right to left: the first is a left one then."""


def _alone(function: Callable[P, T]) -> Callable[P, T]:
    """One document at a time: functions of WeasyPrint's are replaced while one is printed, for the whole process."""

    @wraps(function)
    def printed(*arguments: P.args, **named: P.kwargs) -> T:
        with _PRINTING:
            return function(*arguments, **named)

    return printed


@_alone
def print_book(job: PrintJob, record: Record) -> Printed:
    """A book as a tagged PDF that conforms to PDF/A-2a and PDF/UA-1.

    Raises:
        BuildError: text, a picture or a font was lost.
    """
    styles, told = _styles(job)
    with heard(job.name) as log, reported_failures(job.name):
        with styles_kept() as computed:
            rendering = _render(job, styles, record.language, pdf_variant=VARIANT)
        _describe(rendering.metadata, record)
        for page in rendering.pages:
            # A link is handed down to all that stands in it; one annotation for its own box is enough, and is the
            # only one that a Link element holds (ISO 14289-1, 7.18.5).
            page.links[:] = [link for link in page.links if link[3].element_tag == "a"]
        with (
            _text_of_file(record.language),
            ends_apart(*job.columns) if job.columns else nullcontext(),
            beside.marks_beside(vertical=job.vertical),
            labelled(),
            repaired(),
        ):
            data = rendering.write_pdf(
                pdf_variant=VARIANT,
                finisher=lambda document, pdf: _finish(document, pdf, record, vertical=job.vertical),
            )
    whose = "keben" if is_known() and beside.is_known() and grid.is_known() else "weasyprint"
    sheets = [SheetText(sheet.path, sheet.text) for sheet in job.sheets]
    root = rendering._html.etree_element
    hidden = hidden_elements(computed, root, job.parts, sheets)
    moved = moved_elements(computed, root, job.parts, sheets)
    findings = (*told, *log.findings, *notes_apart(rendering, job.name), *_unknown(job.name))
    faces = _faces(rendering, job.resources)
    return Printed(
        data, len(rendering.pages), faces, whose, findings, hidden, moved, is_leftward(computed, root)
    )


@_alone
def print_plain(job: PrintJob, language: str) -> tuple[bytes, tuple[Finding, ...]]:
    """A PDF without tags and metadata, to be made into a picture; with warnings of how it looks.

    Raises:
        BuildError: text, a picture or a font was lost.
    """
    styles, told = _styles(job)
    with heard(job.name) as log, reported_failures(job.name):
        rendering = _render(job, styles, language)
        with _language_of_drawings(language), subsets.never_failing():
            data = rendering.write_pdf()
    # How its fonts were cut down does not matter to a picture.
    return data, tuple(finding for finding in (*told, *log.findings) if finding.code not in FONT_CODES)


@_alone
def print_sheet(job: PrintJob, record: Record) -> tuple[Printed, Mapping[str, Corners]]:
    """A sheet for a printer: no tags, colours of the screen with the profile that says which they are.

    Gives beside it where on the first page the elements are that have an id.

    Raises:
        BuildError: text, a picture or a font was lost.
    """
    styles, told = _styles(job)
    with heard(job.name) as log, reported_failures(job.name):
        rendering = _render(job, styles, record.language, output_intent="srgb")
        _describe(rendering.metadata, record)
        with _text_of_file(record.language):
            data = rendering.write_pdf(output_intent="srgb")
    findings = (*told, *log.findings)
    printed = Printed(data, len(rendering.pages), _faces(rendering, job.resources), "keben", findings)
    return printed, dict(rendering.pages[0].anchors)


@dataclass(frozen=True, slots=True)
class _Styles:
    """A job's style sheets as WeasyPrint has them, and what they and its document load things with."""

    sheets: tuple[Any, ...]
    fonts: Any
    fetcher: Any
    counters: Any
    """The counter styles that the sheets define, beside those that CSS predefines."""


def _styles(job: PrintJob) -> tuple[_Styles, tuple[Finding, ...]]:
    """Read a job's style sheets; gives beside them what in them is to be told."""
    fonts, fetcher = FontConfiguration(), Fetcher(job.resources)
    name_emoji_fonts(fonts, job.emoji)
    counters = CounterStyle(weasyprint.UA_COUNTER_STYLE)
    load = {"url_fetcher": fetcher, "font_config": fonts, "counter_style": counters}
    sheets: list[Any] = []
    told: list[Finding] = []
    for sheet in job.sheets:
        with heard(sheet.path, "stylesheet", sheet.text) as log, reported_failures(sheet.path, sheet=True):
            sheets.append(weasyprint.CSS(string=sheet.text, base_url=BASE, **load))
        told += log.findings
    return _Styles(tuple(sheets), fonts, fetcher, counters), tuple(told)


def _render(job: PrintJob, styles: _Styles, language: str, **options: Any) -> Any:
    """Lay a document out: a ``weasyprint.Document`` with its pages."""
    steps = grid.whole_lines(*job.grid) if job.grid else nullcontext()
    lines = chinese_lines(job.kinsoku, vertical=job.vertical)
    with _language_of_drawings(language), repaired(), bounded_pages(), notes_that_stay(), lines, steps:
        tree = _Tree(job.root, styles.fetcher, styles.counters)
        return tree.render(
            font_config=styles.fonts, counter_style=styles.counters, stylesheets=styles.sheets, **options
        )


@contextmanager
def _text_of_file(language: str) -> Iterator[None]:
    """What holds while a file is written that its readers copy text from."""
    with (
        _language_of_drawings(language),
        shared.each_as_itself(),
        subsets.never_failing(),
        warnings.catch_warnings(),
    ):
        # WeasyPrint leaves the file of its colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        yield


def _unknown(name: str) -> Iterator[Finding]:
    """Warnings of what Keben cannot do with this WeasyPrint, beside lines: whose those are `Printed.lines` says."""
    for is_that_known, code, what in (
        (footnotes.is_known, "notes-not-kept", "Notes may be moved to the page after their call"),
        (shared.is_known, "shared-glyphs", "Characters that look alike may be copied one for the other"),
        (subsets.is_known, "fonts-not-cut", "A font that HarfBuzz cannot cut down may be in the file whole"),
    ):
        if not is_that_known():
            message = f"{what}: this WeasyPrint has another inside than the one Keben knows."
            advice = "Install another one of version 70; see docs/dependencies.md."
            yield Finding(Place(name), code, message, advice, "warning")


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
        return URLFetcherResponse(url, body=data, headers={"Content-Type": media_type})


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
def _language_of_drawings(language: str) -> Iterator[None]:
    # Text in an SVG starts from the initial values, and with no language Pango takes the machine's: glyphs of another
    # region, and other bytes on another machine.
    before = INITIAL_VALUES["lang"]
    INITIAL_VALUES["lang"] = language
    try:
        yield
    finally:
        INITIAL_VALUES["lang"] = before


def _describe(data: Any, record: Record) -> None:
    book, when = record.metadata, timestamp(record.epoch)
    data.title = book.title
    data.authors = creators(book)
    data.description = book.description or None
    data.keywords = list(book.subjects)
    data.generator = record.creator
    data.created = data.modified = when
    data.lang = record.language


def _finish(document: Any, pdf: Any, record: Record, *, vertical: bool) -> None:
    """Say in words where links lead (ISO 14289-1, 7.18.5), and put our XMP in place of WeasyPrint's."""
    for page in document.pages:
        for kind, _target, _rectangle, box in page.links:
            text = _text_of_box(box).strip()
            if kind == "internal" and text and box.link_annotation:
                box.link_annotation["Contents"] = weasyprint.pdf.pydyf.String(text)
    if vertical:
        _turn_pages(pdf)
    number = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[number]
    stream.compress = False
    stream.stream = [xmp_packet(record.metadata, record.language, record.epoch, record.creator, PRODUCER)]


def _turn_pages(pdf: Any) -> None:
    """Stand the pages up, and bind them on the right (ISO 32000-1, 7.7.3.3 and 12.2)."""
    for thing in pdf.objects:
        if isinstance(thing, weasyprint.pdf.pydyf.Dictionary) and thing.get("Type") == "/Page":
            thing["Rotate"] = 90
    preferences = pdf.catalog.setdefault("ViewerPreferences", weasyprint.pdf.pydyf.Dictionary())
    preferences["Direction"] = "/R2L"
    # The first page stands alone, and then two face each other.
    pdf.catalog["PageLayout"] = "/TwoPageRight"


def _text_of_box(box: Any) -> str:
    text = getattr(box, "text", None)
    if isinstance(text, str):
        return text
    children = getattr(box, "children", ())
    return "".join(_text_of_box(child) for child in children if "::" not in (child.element_tag or ""))


def _faces(rendering: Any, resources: Resources) -> tuple[Face, ...]:
    faces = set()
    for font in rendering.fonts.values():
        face = None
        if font.family.endswith(OWN) or resources.own:
            # What a family lacks is set in another of its faces: only the file says in which.
            face = resources.face_of(get_hb_object_data(font.hb_face))
        face = face or face_of(font.family, int(font.weight))
        if face is not None:
            faces.add(face)
    return tuple(sorted(faces, key=lambda face: (face.families[0], face.weight, face.style)))
