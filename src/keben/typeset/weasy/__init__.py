"""WeasyPrint: a document in, a file out.

1. `jobs` has the types of the input and the result.
2. `document` passes the tree and its styles to WeasyPrint, which lays it out. Meanwhile, some of its functions are
   replaced: `setting` sets lines, `grid` and `footnotes` pages, `repairs` and `pagesize` prevent failures.
3. `finish` completes the file. While it is written, `shared` and `subsets` handle the fonts, `beside` and `apart` draw,
   `labels` marks what is not the book's text.
4. `reports` and `failures` say what went wrong.

Each replaced function is identified by its parameters and its source (`inside`, `tried`); `parts` says what a build
lacks if one is unknown. Hence also the narrow range of versions.

Raises on import:
    MachineError: Pango cannot be loaded, or WeasyPrint is of another version.
"""

import io
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import field, replace
from functools import wraps
from threading import RLock
from typing import Any, ParamSpec, TypeVar

from keben.core.errors import Finding, MachineError
from keben.core.libraries import late_modules, unsought_libraries
from keben.core.packages import install_advice
from keben.core.saying import wording
from keben.core.store import NO_STORE
from keben.core.values import dataclass

# As in `keben.typeset.fonts`: without it fonts have other names, and so files other bytes, on a Chinese machine.
os.environ["FC_LANG"] = "en"

try:
    from keben.typeset.weasy.ffitypes import parse_types_alone

    parse_types_alone()
    # Where Pango is not there, WeasyPrint prints a page about it before it raises: one line says it too.
    with redirect_stdout(io.StringIO()):
        try:
            # What cuts fonts down is loaded where one is cut, and a parser of HTML never: a book comes as a tree.
            with (
                unsought_libraries(),
                late_modules(
                    {
                        "fontTools.subset": (),
                        "fontTools.ttLib.woff2": (),
                        "fontTools.varLib.instancer": ("instantiateVariableFont",),
                        "tinyhtml5": (),
                    }
                ),
            ):
                import weasyprint  # type: ignore[import-untyped]
        except OSError:
            import weasyprint
except OSError as error:
    message = wording("WeasyPrint cannot load Pango, which sets the lines of a PDF.")
    raise MachineError.at("Pango", "no-pango", message, install_advice("pango")) from error

if not weasyprint.__version__.startswith("70."):
    raise MachineError.at(
        "WeasyPrint",
        "wrong-version",
        wording(
            "WeasyPrint {version} is installed, and Keben knows the inside of 70 only.",
            version=weasyprint.__version__,
        ),
        wording("Install that: python -m pip install 'weasyprint>=70,<71'"),
    )

from keben.typeset.moved import is_leftward, moved_elements
from keben.typeset.sheets import StyleSheet
from keben.typeset.weasy import (
    ahead,
    beside,
    binding,
    faded,
    folios,
    galleys,
    keptfonts,
    latefiles,
    leaders,
    lean,
    parts,
    shared,
    subsets,
)
from keben.typeset.weasy.apart import ends_apart
from keben.typeset.weasy.bookpages import book_pages
from keben.typeset.weasy.document import Bench, language_of_drawings, read_styles, render
from keben.typeset.weasy.drawing import ChapterDrawer
from keben.typeset.weasy.drawn import packed
from keben.typeset.weasy.failures import reported_failures
from keben.typeset.weasy.finish import describe, faces_of, finish
from keben.typeset.weasy.floatboxes import floated
from keben.typeset.weasy.footnotes import notes_apart
from keben.typeset.weasy.helping import Ask
from keben.typeset.weasy.hidden import by_kind, hidden_elements, styles_kept
from keben.typeset.weasy.jobs import Corners, Printed, PrintJob, Record
from keben.typeset.weasy.labels import Labelling, labelled
from keben.typeset.weasy.prose import drawings_set
from keben.typeset.weasy.repairs import repaired
from keben.typeset.weasy.reports import FONT_CODES, Log, heard
from keben.typeset.weasy.setting import PATCH as LINES
from keben.typeset.weasy.unfittables import unfit_tables

__all__ = [
    "Ask",
    "ChapterDesk",
    "Corners",
    "PrintJob",
    "Printed",
    "Record",
    "StyleSheet",
    "draw_chapter",
    "print_book",
    "print_plain",
    "print_sheet",
]

VARIANT = "pdf/a-2a"

P = ParamSpec("P")
T = TypeVar("T")

_PRINTING = RLock()


def _alone(function: Callable[P, T]) -> Callable[P, T]:
    """One document at a time: functions of WeasyPrint's are replaced while one is printed, for the whole process."""

    @wraps(function)
    def printed(*arguments: P.args, **named: P.kwargs) -> T:
        with _PRINTING:
            return function(*arguments, **named)

    return printed


@_alone
def print_book(job: PrintJob, record: Record, ask: Ask | None = None) -> Printed:
    """A book as a tagged PDF that conforms to PDF/A-2a and PDF/UA-1.

    ``ask``: what asks another process for a chapter (`draw_chapter`). The file is the same with it and without it.

    Raises:
        BuildError: text, a picture or a font was lost.
    """
    styles, styling = read_styles(job)
    # Asked before these functions are replaced.
    store = job.store if shared.PATCH.is_known() else NO_STORE
    needed = parts.of_book(is_vertical=job.vertical, has_grid=job.grid is not None)
    with (
        parts.said_where_off(needed, job.name) as off,
        heard(job.name) as log,
        reported_failures(job.name),
        _book_drawn(job, record.language) as (codes, labelling),
        _chapters_apart(job, record.language, codes, labelling, log) as known,
    ):
        with styles_kept() as computed:
            pages = book_pages(job, styles, record.language, known, log, ask, pdf_variant=VARIANT)
            rendering = pages.rendering
            if known:
                ahead.note(store, job.name, known.known)
        describe(rendering.metadata, record)
        for page in rendering.pages:
            # A link is handed down to all that stands in it; one annotation for its own box is enough, and is the
            # only one that a Link element holds (ISO 14289-1, 7.18.5).
            page.links[:] = [link for link in page.links if link[3].element_tag == "a"]
        with keptfonts.cut_fonts_kept(store, job.mark, codes, lambda: len(log.records)):
            data = rendering.write_pdf(
                pdf_variant=VARIANT,
                finisher=lambda document, pdf: _finish(document, pdf, record, job),
            )
    root = rendering._html.etree_element
    hidden = hidden_elements(computed, root, job.parts, job.sheets)
    moved = moved_elements(computed, root, job.parts, job.sheets)
    body = root.find("body")
    if body is not None:
        moved = (*moved, *by_kind(floated(rendering, body, job.parts), root, job.sheets))
    pages.keep(job.parts, hidden, moved)
    findings = (
        *styling,
        *log.findings,
        *pages.findings,
        *notes_apart(rendering, job.name),
        *unfit_tables(rendering, job.name),
        *off,
    )
    faces = faces_of(rendering, job.resources)
    return Printed(
        data,
        len(rendering.pages),
        faces,
        _whose_lines(),
        findings,
        hidden,
        moved,
        pages.marks,
        is_leftward(computed, root),
    )


@_alone
def draw_chapter(job: PrintJob, language: str, part: int, desk: "ChapterDesk | None") -> "ChapterDesk":
    """Draw a part of a book's body, for `print_book` in another process.

    ``desk`` is what the previous call returned for the same job, None at first. The result holds what was drawn.

    Raises:
        BuildError: text, a picture or a font was lost.
    """
    with (
        heard(job.name) as log,
        reported_failures(job.name),
        _book_drawn(job, language) as (codes, labelling),
        _chapters_apart(job, language, codes, labelling, log) as made,
    ):
        if desk is None:
            styles, _ = read_styles(job)
            desk = ChapterDesk(Bench.of(job, styles, language, pdf_variant=VARIANT))
        if made is None:
            return replace(desk, drawn={})
        drawer = made.drawer if desk.drawer is None else desk.drawer
        drawer.codes, drawer.labelling, drawer.heard = codes, labelling, made.drawer.heard
        made = replace(made, drawer=drawer)
        desk.bench.draw(part, job, language, made)
        drawn = {key: packed(chapter) for key, chapter in made.known.items() if key in made.quiet}
    return replace(desk, drawer=drawer, drawn=drawn)


@dataclass(frozen=True, slots=True)
class ChapterDesk:
    """What a process that draws chapters of a book keeps from one to the next."""

    bench: Bench
    drawer: ChapterDrawer | None = None
    drawn: Mapping[str, bytes] = field(default_factory=dict)
    """The chapters of the last call, by their keys."""


@_alone
def print_plain(job: PrintJob, language: str) -> tuple[bytes, tuple[Finding, ...]]:
    """A PDF without tags and metadata, to be made into a picture; with warnings about its look.

    Raises:
        BuildError: text, a picture or a font was lost.
    """
    styles, styling = read_styles(job)
    needed = parts.of_picture()
    with parts.said_where_off(needed, job.name) as off, heard(job.name) as log, reported_failures(job.name):
        rendering = render(job, styles, language)
        with language_of_drawings(language), drawings_set(), subsets.never_failing():
            data = rendering.write_pdf()
    # How its fonts were cut down does not matter to a picture.
    return data, tuple(
        finding for finding in (*styling, *log.findings, *off) if finding.code not in FONT_CODES
    )


@_alone
def print_sheet(job: PrintJob, record: Record) -> tuple[Printed, Mapping[str, Corners]]:
    """A sheet for a printer: no tags, colours of the screen with the profile that says which they are.

    Gives beside it where on the first page the elements are that have an id.

    Raises:
        BuildError: text, a picture or a font was lost.
    """
    styles, styling = read_styles(job)
    needed = parts.of_sheet()
    with parts.said_where_off(needed, job.name) as off, heard(job.name) as log, reported_failures(job.name):
        rendering = render(job, styles, record.language, output_intent="srgb")
        describe(rendering.metadata, record)
        with _text_of_file(record.language):
            data = rendering.write_pdf(output_intent="srgb")
    findings = (*styling, *log.findings, *off)
    faces = faces_of(rendering, job.resources)
    printed = Printed(data, len(rendering.pages), faces, _whose_lines(), findings)
    return printed, dict(rendering.pages[0].anchors)


def _whose_lines() -> str:
    return "keben" if LINES.is_known() else "weasyprint"


@contextmanager
def _book_drawn(job: PrintJob, language: str) -> Iterator[tuple[shared.CodeTables, Labelling]]:
    """What holds while a book's pages are drawn and its file is written: the codes of its glyphs, and its labels."""
    with (
        _text_of_file(language) as codes,
        latefiles.files_late(),
        lean.few_elements(),
        ends_apart(*job.columns) if job.columns else nullcontext(),
        beside.marks_beside(vertical=job.vertical),
        nullcontext() if job.columns else leaders.leaders_relieved(),
        faded.faint_in_place(),
        labelled() as labelling,
        repaired(),
    ):
        yield codes, labelling


def _finish(document: Any, pdf: Any, record: Record, job: PrintJob) -> None:
    finish(document, pdf, record, job.folios, vertical=job.vertical)
    latefiles.write_once(pdf)


@contextmanager
def _chapters_apart(
    job: PrintJob, language: str, codes: shared.CodeTables, labelling: Labelling, log: Log
) -> Iterator[galleys.Desk | None]:
    """A desk for the chapters of a book, which are bound in the block; None where WeasyPrint's inside is another."""
    if not (galleys.PATCH.is_known() and binding.PATCH.is_known()):
        yield None
        return
    mark = (job.mark, job.sheets, job.kinsoku, job.grid, job.columns, job.emoji, job.folios, language)
    drawer = ChapterDrawer(codes, labelling, lambda: len(log.records))
    with binding.bound(codes, labelling) as binder:
        begins = job.folios.text if job.folios and folios.PATCH.is_known() else ""
        yield galleys.Desk(job.store, mark, drawer, binder, job.resources, begins)


@contextmanager
def _text_of_file(language: str) -> Iterator[shared.CodeTables]:
    """What holds while a file is written that its readers copy text from; gives the codes of its glyphs."""
    with (
        language_of_drawings(language),
        drawings_set(),
        shared.each_as_itself() as codes,
        subsets.never_failing(),
        warnings.catch_warnings(),
    ):
        # WeasyPrint leaves the file of its colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        yield codes
