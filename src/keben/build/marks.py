"""What an artifact is made from, as one hash: while that is the same, the artifact is what a build would make now."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from keben.build.editions import Project
from keben.build.known import known_versions
from keben.build.machine import machine_facts
from keben.build.request import Job
from keben.core.binding import Booklet
from keben.core.ebook import USUAL_EPUB
from keben.core.edition import Edition
from keben.core.fingerprint import fingerprint
from keben.core.pressing import Press
from keben.core.store import FONTS


def source_mark(project: Project, job: Job, caches: Path | None = None) -> str:
    """The mark of one artifact; see `source_marks`."""
    return source_marks(project, [job], caches)[job]


def source_marks(project: Project, jobs: Iterable[Job], caches: Path | None = None) -> dict[Job, str]:
    """For each artifact a hash of all that it is made from.

    That is the sources, theme, settings and time; Keben's code; every distribution that Keben requires; and of the
    machine its Python and, where something is set, the libraries and fonts that set it. ``caches`` keeps hashes of
    files from one build to the next.
    """
    settings = replace(project.manuscript.settings, editions=(), fail_on=(), said={}, designs=())
    manuscript = replace(project.manuscript, settings=settings)
    common = fingerprint(manuscript, known_versions(caches))
    themes = {"": project.theme, **project.designed}
    marks = {name: fingerprint(common, theme) for name, theme in themes.items()}
    machine = machine_facts()
    fonts = caches / FONTS if caches else None
    return {
        job: fingerprint(marks.get(job.edition.design, marks[""]), *_own(project, job, machine, fonts))
        for job in jobs
    }


def _own(project: Project, job: Job, machine: Mapping[str, str], fonts: Path | None) -> tuple[object, ...]:
    edition = replace(job.edition, formats=())
    if "booklet" not in job.form.counts:
        edition = replace(edition, booklet=Booklet())
    if "press" not in job.form.counts:
        edition = replace(edition, press=Press())
    if "epub" not in job.form.counts:
        edition = replace(edition, epub=USUAL_EPUB, stores=())
    if not job.form.sets_type(edition):
        return edition, job.format, {name: machine[name] for name in ("python", "zlib")}
    from keben.typeset.fonts.fontmarks import font_marks

    return edition, job.format, machine, font_marks(job.edition, theme_texts(project, job.edition), fonts)


def theme_texts(project: Project, edition: Edition) -> tuple[str, ...]:
    """The texts of an edition's theme that may name a font."""
    theme = project.theme_of(edition)
    return (*theme.styles.values(), *theme.templates.values())
