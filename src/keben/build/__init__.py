"""build: a request → the artifacts of a project in its output folder. It calls the stages, and knows all of them.

Comes in: a `Request`, the environment, and whom to report progress to.
Goes out: an `Outcome`; the files, all of them or none; findings of every stage.
Touches: the output folder, the cache of fonts, processes, and the facts of the machine that go into keys.

1. `request` says what is to be built, as jobs; `editions` takes each edition to its own script.
2. `marks` makes each artifact's key (`distributions`, `machine`); `outputs` says which files can be reused.
3. `artifacts` makes tasks for the missing artifacts, and `graph` runs them: in `workers`, or on a `cluster`.
4. `output` writes all artifacts together (`together`), under a lock (`locks`).

`production` combines these steps for one book (`runner`), and `books` for several in one graph.

`inspection` is ``keben check``: it reads the files in the folder (`audit`) and proves them again.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from keben.build.artifacts import kept_of
from keben.build.books import make_books
from keben.build.editions import Project
from keben.build.helpers import load_for_pages, load_nothing, setter
from keben.build.output import Release, release
from keben.build.production import Planned, Product, finished, planned, prepared, ready
from keben.build.request import Job, Report, Request
from keben.build.runner import make_one
from keben.build.sums import Sums
from keben.build.workers import workers as processes
from keben.core.composition import Composition
from keben.core.errors import Finding, KebenError
from keben.core.store import caches_folder
from keben.core.values import dataclass
from keben.formats import make

__all__ = ["BookOutcome", "Outcome", "Product", "build", "build_several", "produce"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did."""

    manifest: Mapping[str, Any]
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    made: tuple[str, ...]
    kept: tuple[str, ...]
    missing: tuple[str, ...] = ()
    """What did not come out, with `Request.keep_going`; the findings say why."""


@dataclass(frozen=True, slots=True)
class BookOutcome:
    """What a build of several books did for one of them."""

    request: Request
    outcome: Outcome | None
    error: KebenError | None = None
    """Why nothing was written."""


def build(request: Request, environment: Mapping[str, str], report: Report) -> Outcome:
    """Build a project.

    With `Request.keep_going`, the artifacts that succeeded are written, and `Outcome.missing` names the rest; an
    exception is raised only if none succeeded.

    Raises:
        SourceError: the project has errors; nothing was written.
        BuildError: an artifact is wrong; nothing was written.
        MachineError: this machine lacks something; nothing was written.
        UsageError: the request names an edition or a format that the book does not have.
    """
    return _written(request, produce(request, environment, report), environment)


def build_several(
    requests: Sequence[Request], environment: Mapping[str, str], report: Report
) -> tuple[BookOutcome, ...]:
    """Build several projects at once, each as `build` does, and write each as soon as it is done.

    A fault in one project does not affect the others. The processes, or the scheduler, are those of the first request.

    Raises:
        MachineError: the scheduler cannot be reached, or its workers would not make the same files.
        UsageError: two of them would write into one folder.
    """

    def write(request: Request, product: Product) -> Outcome:
        return _written(request, product, environment)

    ended = make_books(requests, environment, report, write)
    return tuple(
        BookOutcome(request, *((None, each) if isinstance(each, KebenError) else (each, None)))
        for request, each in zip(requests, ended, strict=True)
    )


def produce(
    request: Request, environment: Mapping[str, str], report: Report, project: Project | None = None
) -> Product:
    """Everything that a build does except writing; raises what `build` raises.

    ``project`` is the one at the request's root, if it was already read.
    """
    plan = planned(request, environment, project)
    for progress in plan.announced():
        report(progress)
    return _by_several(plan, report) if plan.at_once > 1 else _by_one(plan, report)


def _by_one(plan: Planned, report: Report) -> Product:
    alone = plan.alone
    # It loads what sets pages while this process composes the book.
    with setter(plan.request.jobs if alone else 1, plan.keeps.store, alone.name if alone else "") as apart:
        book = ready(plan, prepared(plan, apart))
        return finished(book, make_one(book, report, apart))


def _by_several(plan: Planned, report: Report) -> Product:
    with processes(plan.at_once) as those:

        def start() -> None:
            # They load while the last edition is composed.
            those.start(load_for_pages if plan.sets_pages else load_nothing)

        book = ready(plan, prepared(plan, expect=start))
        return finished(book, make_one(book, report, those=those))


def _written(request: Request, product: Product, environment: Mapping[str, str]) -> Outcome:
    made = Release(product.artifacts, product.manifest, product.records, product.old)
    manifest, paths = release(request.output, made)
    sums = Sums.read(caches_folder(environment))
    for entry in product.manifest["artifacts"]:
        sums.note(request.output / entry["name"], entry["sha256"])
    sums.keep()
    names = tuple(sorted(artifact.name for artifact in product.artifacts))
    return Outcome(manifest, paths, product.findings, names, product.kept, product.missing)


def try_making(job: Job, composition: Composition, environment: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings of making an artifact, which is not kept.

    Raises:
        SourceError, BuildError: it cannot be made.
        MachineError: this machine lacks something.
    """
    return make(composition, job.format, cache=kept_of(environment, reuse=False).cache)[1]
