"""What an artifact is made from, as one hash: while that is the same, the artifact is what a build would make now."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from keben.build.distributions import versions
from keben.build.editions import Project
from keben.build.machine import machine_facts
from keben.build.request import Job
from keben.core.binding import Booklet
from keben.core.fingerprint import fingerprint
from keben.core.pressing import Press


def source_mark(project: Project, job: Job, store: Path | None = None) -> str:
    """The mark of one artifact; see `source_marks`."""
    return source_marks(project, [job], store)[job]


def source_marks(project: Project, jobs: Iterable[Job], store: Path | None = None) -> dict[Job, str]:
    """For each artifact a hash of all that it is made from.

    That is the sources, theme, settings and time; Keben's code; every distribution that Keben requires; and of the
    machine its Python and, where something is set, the libraries and fonts that set it. ``store`` keeps the hashes of
    font files from one build to the next.
    """
    settings = replace(project.manuscript.settings, editions=(), fail_on=(), said={}, designs=())
    manuscript = replace(project.manuscript, settings=settings)
    common = fingerprint(manuscript, versions())
    themes = {"": project.theme, **project.designed}
    marks = {name: fingerprint(common, theme) for name, theme in themes.items()}
    machine = machine_facts()
    return {
        job: fingerprint(marks.get(job.edition.design, marks[""]), *_own(project, job, machine, store))
        for job in jobs
    }


def _own(project: Project, job: Job, machine: Mapping[str, str], store: Path | None) -> tuple[object, ...]:
    edition = replace(job.edition, formats=())
    if "booklet" not in job.form.counts:
        edition = replace(edition, booklet=Booklet())
    if "press" not in job.form.counts:
        edition = replace(edition, press=Press())
    if not job.form.sets_type(edition):
        return edition, job.format, {name: machine[name] for name in ("python", "zlib")}
    from keben.typeset.fonts.fontmarks import font_marks

    theme = project.theme_of(job.edition)
    texts = (*theme.styles.values(), *theme.templates.values())
    return edition, job.format, machine, font_marks(job.edition, texts, store)
