"""impose: a PDF → a booklet, its pages put on sheets to be printed on both sides, folded and bound (拼版).

Comes in: any PDF, and a `Booklet`.
Goes out: a PDF, with the plan of where each page is.
Touches: nothing; bytes in, bytes out.

1. `reading` says how large the pages are and how the book reads.
2. `plan` works out where each page goes, from numbers alone: `folding` has the order of pages, `layout` the places,
   `marks` what helps to fold and cut.
3. `writing` makes the PDF, and `proof` a picture of how the sheets are folded.
"""

from dataclasses import field

from keben.core.binding import Booklet
from keben.core.composition import Artifact
from keben.core.edition import Edition
from keben.core.errors import BuildError, Finding, Place
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.impose.layout import lay_out
from keben.impose.plan import plan
from keben.impose.proof import draw_proof
from keben.impose.reading import binding_of, opened, read_pages
from keben.impose.values import Plan, points, shown
from keben.impose.writing import Report, write

__all__ = ["Imposition", "Plan", "draw_proof", "impose", "impose_artifact", "misfits", "shown"]


@dataclass(frozen=True, slots=True)
class Imposition:
    """A booklet: its PDF, and where each page is in it."""

    data: bytes = field(repr=False)
    plan: Plan


def impose(data: bytes, booklet: Booklet, name: str, report: Report = lambda _: None) -> Imposition:
    """Impose a PDF; ``name`` is its name in messages. The same PDF and booklet give the same bytes.

    Raises:
        BuildError: the PDF is encrypted or damaged, its pages are of several sizes or do not fit the sheet, or they
            cannot be folded as the booklet says.
    """
    with opened(data, name) as pdf:
        pages = read_pages(pdf, name)
        first = pages[0]
        bleed = min(page.bleed for page in pages)
        made = plan(len(pages), first.width, first.height, booklet, binding_of(pdf), bleed=bleed, name=name)
        return Imposition(write(pdf, pages, made, name, report), made)


def impose_artifact(printed: Artifact, edition: Edition) -> Artifact:
    """The booklet of an edition, from its PDF.

    The artifact's facts: ``pages`` (of the booklet's PDF: the sides of its sheets), ``sheets``, ``book-pages``,
    ``blanks``, ``signatures`` and ``binding``.

    Raises:
        BuildError: the pages do not fit the sheet, or cannot be folded as the booklet says.
    """
    name = booklet_name(printed.name)
    made = impose(printed.data, edition.booklet, name)
    return Artifact(name, edition.name, "booklet", made.data, facts(made.plan))


def booklet_name(name: str) -> str:
    """``book-zh-Hans-booklet.pdf`` for ``book-zh-Hans.pdf``."""
    return f"{name.removesuffix('.pdf')}-booklet.pdf"


def facts(made: Plan) -> dict[str, object]:
    """What a manifest says of a booklet."""
    return {
        "pages": 2 * len(made.sheets),
        "sheets": len(made.sheets),
        "book-pages": made.pages,
        "blanks": made.blanks,
        "signatures": len(made.signatures),
        "binding": made.binding,
    }


def misfits(edition: Edition) -> tuple[Finding, ...]:
    """What is wrong with an edition's booklet that can be known before its pages are set."""
    area = edition.area
    try:
        lay_out(points(area.width), points(area.height), points(0), edition.booklet, edition.name)
    except BuildError as error:
        return tuple(
            Finding(
                Place("book/book.toml"),
                found.code,
                wording("Booklet of {name}: {message}", name=edition.name, message=found.message),
                found.advice,
            )
            for found in error.findings
        )
    return ()
