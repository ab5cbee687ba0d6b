"""What is to be built: a request, the jobs that it comes to, and what is reported of their progress."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from keben.core.book import Manuscript
from keben.core.edition import Edition
from keben.core.errors import SourceError, UsageError
from keben.core.media import FormatName
from keben.core.saying import series, wording
from keben.core.values import dataclass
from keben.formats import FORMATS, Format


@dataclass(frozen=True, slots=True)
class Request:
    """What to build. Empty editions or formats mean all that the book has."""

    root: Path
    output: Path
    editions: tuple[str, ...] = ()
    formats: tuple[FormatName, ...] = ()
    jobs: int = 1
    reuse: bool = True
    """Keep an artifact that was made from the same sources by the same tools."""
    alone: bool = False
    """Know nothing of what stands in the output folder: neither keep it nor list it."""
    keep_going: bool = False
    """Write what came out right also where something did not."""
    scheduler: str = ""
    """The address of a Dask scheduler whose workers make the artifacts; empty: this machine does."""


@dataclass(frozen=True, slots=True)
class Job:
    """One artifact to make."""

    edition: Edition
    format: FormatName

    @property
    def name(self) -> str:
        """The artifact's file name."""
        return self.form.file_of(self.edition)

    @property
    def form(self) -> Format:
        """Its entry in the table of formats."""
        return FORMATS[self.format]

    @property
    def base(self) -> "Job | None":
        """The artifact that this one is made from, or has its number of pages from."""
        name = self.form.base_of(self.edition)
        return Job(self.edition, name) if name else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Something that happened in a build: an artifact ``started``, was ``made`` or ``kept``, or ``failed``.

    It is started ``again`` where the process that made it was killed. In a build of several books, a book is ``read``
    first.
    """

    job: Job | None
    """None: a book is read."""
    state: str
    seconds: float = 0.0
    facts: Mapping[str, Any] | None = None
    book: str = ""
    """Which book it is of, in a build of several."""
    steps: tuple[int, int] = (0, 0)
    """Of one that was made: how many results of single steps were looked for in the store, and how many were there."""
    left: float | None = None
    """How many seconds the whole build will go on, as far as that is known."""


Report = Callable[[Progress], None]


def choose_editions(names: Sequence[str], manuscript: Manuscript) -> tuple[Edition, ...]:
    """The editions of some names, in the book's order; all of them where no name is given.

    Raises:
        UsageError: the book has no edition of a name.
    """
    editions = {edition.name: edition for edition in manuscript.settings.editions}
    for name in names:
        if name not in editions:
            known = series(editions)
            message = wording("The book has no such edition.")
            raise UsageError.at(name, "unknown-edition", message, wording("It has {known}.", known=known))
    return tuple(edition for name, edition in editions.items() if not names or name in names)


def plan(request: Request, manuscript: Manuscript) -> tuple[Job, ...]:
    """The artifacts that a request asks for.

    Raises:
        UsageError: it names an edition or a format that the book does not have.
    """
    jobs = _jobs(choose_editions(request.editions, manuscript), request.formats)
    if not jobs:
        raise _nothing_to_do(request, manuscript)
    names = [job.name for job in jobs]
    for job in jobs:
        if names.count(job.name) > 1:
            raise SourceError.at(
                job.name,
                "same-name",
                wording("Two editions would write this file."),
                wording("Change a slug."),
            )
    return jobs


def _nothing_to_do(request: Request, manuscript: Manuscript) -> UsageError:
    if not request.formats:
        message = wording("No edition has any format.")
        return UsageError.at("book/book.toml", "no-format", message, wording("See `formats`."))
    had = dict.fromkeys(name for edition in manuscript.settings.editions for name in edition.formats)
    message = wording("No edition asked for has this format.")
    advice = wording("The book has {had}: see `formats` in book.toml.", had=series(had))
    return UsageError.at(", ".join(request.formats), "unknown-format", message, advice)


def possible_names(manuscript: Manuscript) -> frozenset[str]:
    """The file names of all artifacts that the book has."""
    unlisted = tuple(name for name, form in FORMATS.items() if form.is_for_all)
    editions = manuscript.settings.editions
    return frozenset(job.name for job in (*_jobs(editions), *_jobs(editions, unlisted)))


def _jobs(editions: Sequence[Edition], formats: Sequence[FormatName] = ()) -> tuple[Job, ...]:
    return tuple(
        Job(edition, format_)
        for edition in editions
        for asked in (*edition.formats, *_unlisted(edition, formats))
        if not formats or asked in formats
        for format_ in (asked, *FORMATS[asked].brings)
    )


def _unlisted(edition: Edition, formats: Sequence[FormatName]) -> tuple[FormatName, ...]:
    """Formats that are made of an edition because they were asked for, though it does not list them."""
    return tuple(name for name in formats if FORMATS[name].is_for_all and name not in edition.formats)
