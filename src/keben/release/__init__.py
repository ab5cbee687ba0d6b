"""release: a project and its commit → files that may be published. Nothing is written until all checks have passed.

Comes in: a `Request` of everything, and reports of other programs' checks.
Goes out: the artifacts, with reports, notes, a bill of materials and the manifest that names them.
Touches: git, and the output folder through `build`.

1. `readiness` reads the project once, compares it with its `commit` and says what prevents a release.
2. `build` builds that same project; every proof, measure and validator of the table of formats is a report (`reports`).
3. `changelog` gives the notes, `sbom` the bill of materials.
"""

import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from keben.build import Product, produce
from keben.build.distributions import Installed, installed
from keben.build.machine import machine_facts
from keben.build.output import Release, release, sha256, strangers
from keben.build.request import Report, Request
from keben.core.composition import Artifact
from keben.core.edition import Edition
from keben.core.errors import Finding, MachineError, Place, ReleaseError, obstacles_in
from keben.core.fingerprint import fingerprint
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.core.version import __version__
from keben.formats import FORMATS, Validator
from keben.release.readiness import Readiness, assess
from keben.release.reports import Checked, Verdict, misgivings, read_report, write_report
from keben.release.sbom import write_sbom

NOTES = "RELEASE_NOTES.md"
SBOM = "sbom.cdx.json"

EXTRAS = frozenset(("check",))
"""Keben's own extras that a release is made with, where they are installed."""

VALIDATORS = ("EPUBCheck", "Ace", "veraPDF")
"""Checks that a manifest names also where they did not run."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The result of a release."""

    manifest: Mapping[str, Any]
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    """What did not stand in its way."""


def publish(
    request: Request,
    environment: Mapping[str, str],
    report: Report,
    say: Callable[[str], None],
    reports: Path | None = None,
) -> Publication:
    """Release a book; ``say`` is called for slow steps that ``report`` does not get.

    ``request`` is of everything, made again (`Request.alone`). ``reports`` is a folder with reports of other programs'
    checks (`keben.release.reports`), which must be about exactly the files that are made now.

    Raises:
        ReleaseError: something prevents the release; holds all reasons known by then.
        SourceError, BuildError, MachineError: as for a build.
    """
    say(wording("Checking what prevents a release …"))
    ready = assess(request.root, request.output, environment)
    given, found = _given(reports)
    _refuse((*ready.findings, *found))
    # What was looked at is what is made, whatever is saved meanwhile.
    product = produce(request, environment, report, ready.project)
    marks = {artifact.name: sha256(artifact.data) for artifact in product.artifacts}
    say(wording("Checking what was made …"))
    checks, found = _checks(product, marks)
    problems = [*product.findings, *(each for each in found if each.code != "not-run")]
    own = {checked.name for checked in checks}
    for checked in given:
        problems += misgivings(checked, marks, checked.name)
        if checked.name in own:
            message = wording("Keben runs {check} itself.", check=checked.check)
            problems.append(
                Finding(Place(checked.name), "double-report", message, wording("Take this report out."))
            )
    checks = (*checks, *given)
    distributions = installed(EXTRAS)
    extra = _files(product, ready, checks, distributions)
    manifest = _manifest(product, ready, checks, distributions, extra)
    names = (*marks, *product.records, *extra)
    for name in strangers(request.output, names):
        message = wording("This is not part of the release.")
        advice = wording("Move it elsewhere, or run `keben clean`.")
        problems.append(Finding(Place(str(request.output / name)), "stranger", message, advice))
    _refuse(problems)
    files = {**product.records, **extra}
    made = Release(product.artifacts, manifest, files, product.old, alone=True)
    _, paths = release(request.output, made, say)
    reported = (each for each in (*problems, *found) if each.code == "not-run" or each.severity == "notice")
    return Publication(manifest, paths, tuple(dict.fromkeys(reported)))


def _refuse(findings: Iterable[Finding]) -> None:
    reported = obstacles_in(findings)
    if not reported:
        return
    if all(finding.severity == "warning" for finding in reported):
        message = wording("A book is not released while there are warnings.")
        reported = (
            *reported,
            Finding(Place("release"), "warnings", message, wording("Fix what they name."), "notice"),
        )
    raise ReleaseError(*reported)


def _given(folder: Path | None) -> tuple[tuple[Checked, ...], tuple[Finding, ...]]:
    """The reports in a folder, each under the name of its check."""
    read: dict[str, Checked] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.json")) if folder else ():
        checked, problems = read_report(path.read_bytes(), str(path))
        findings += problems
        if checked and checked.name in read:
            message = wording("There is another report of {check}.", check=checked.check)
            findings.append(Finding(Place(str(path)), "double-report", message, wording("Take one out.")))
        elif checked:
            read[checked.name] = checked
    return tuple(read[name] for name in sorted(read)), tuple(findings)


def _checks(product: Product, marks: Mapping[str, str]) -> tuple[tuple[Checked, ...], tuple[Finding, ...]]:
    """Keben's own checks, EPUBCheck among them where it is installed, and what they found."""
    editions = {edition.name: edition for edition in product.project.manuscript.settings.editions}
    verdicts: dict[str, list[Verdict]] = {}
    for artifact in product.artifacts:
        form = FORMATS[artifact.format]
        for proof in form.proofs_of(editions[artifact.edition]):
            # An artifact that does not pass is no artifact: it was proved when it was made.
            verdicts.setdefault(proof.name, []).append(Verdict(artifact.name, marks[artifact.name]))
        for measure in form.measures:
            figures = measure.take(artifact, editions[artifact.edition]).figures()
            verdict = Verdict(artifact.name, marks[artifact.name], "measured", figures=figures)
            verdicts.setdefault(measure.name, []).append(verdict)
    checks = [Checked(name, f"Keben {__version__}", tuple(verdicts[name])) for name in sorted(verdicts)]
    findings: list[Finding] = []
    for validator in dict.fromkeys(each for form in FORMATS.values() for each in form.validators):
        artifacts = [each for each in product.artifacts if validator in FORMATS[each.format].validators]
        if not artifacts:
            continue
        try:
            findings += _validated(validator, artifacts)
        except MachineError as error:
            if error.findings[0].code not in ("no-epubcheck", "no-java"):
                raise
            message = wording(
                "{name} is not installed: it did not run, and the manifest says so.", name=validator.name
            )
            advice = wording("Install it: pip install 'keben[check]'")
            findings.append(Finding(Place(validator.name), "not-run", message, advice, "warning"))
            continue
        passed = tuple(Verdict(artifact.name, marks[artifact.name]) for artifact in artifacts)
        checks.append(Checked(validator.name, validator.version(), passed))
    return tuple(checks), tuple(findings)


def _validated(validator: Validator, artifacts: Collection[Artifact]) -> tuple[Finding, ...]:
    with tempfile.TemporaryDirectory() as folder:
        paths = tuple(Path(folder) / artifact.name for artifact in artifacts)
        for path, artifact in zip(paths, artifacts, strict=True):
            path.write_bytes(artifact.data)
        return validator.check(paths)


def _files(
    product: Product, ready: Readiness, checks: Iterable[Checked], distributions: tuple[Installed, ...]
) -> dict[str, bytes]:
    """What a release has beside a build's files, by name."""
    editions = product.project.manuscript.settings.editions
    files = {checked.name: write_report(checked) for checked in checks}
    for artifact in product.artifacts:
        files |= FORMATS[artifact.format].beside(artifact)
    if ready.notes is not None:
        files[NOTES] = ready.notes.encode()
    fonts = [font for artifact in product.artifacts for font in artifact.facts.get("fonts", ())]
    dictionaries: dict[str, str] = {}
    for conversion in product.manifest["conversions"].values():
        dictionaries |= conversion["dictionaries"]
    epoch = product.project.manuscript.epoch
    files[SBOM] = write_sbom(_title(editions[0]), epoch, distributions, fonts, dictionaries)
    return files


def _title(edition: Edition) -> dict[str, str]:
    metadata = edition.metadata
    return {"slug": metadata.slug, "version": metadata.version, "description": metadata.title}


def _manifest(
    product: Product,
    ready: Readiness,
    checks: Iterable[Checked],
    distributions: Iterable[Installed],
    files: Mapping[str, bytes],
) -> dict[str, Any]:
    made = dict(product.manifest)
    return {
        **{name: value for name, value in made.items() if name not in ("conversions", "artifacts")},
        "commit": ready.commit.id if ready.commit else None,
        "theme": fingerprint(product.project.theme, product.project.designed),
        # Facts of the machine that made the release: another one may have others.
        "machine": machine_facts(),
        "distributions": [
            {"name": each.name, "version": each.version, "sha256": each.sha256} for each in distributions
        ],
        "checks": list(_verdicts(checks)),
        "undecided": ready.undecided,
        "conversions": made["conversions"],
        "artifacts": made["artifacts"],
        "files": [
            {"name": name, "bytes": len(data), "sha256": sha256(data)} for name, data in sorted(files.items())
        ],
    }


def _verdicts(checks: Iterable[Checked]) -> Iterable[dict[str, str]]:
    ran = set()
    for checked in checks:
        ran.add(checked.check)
        for verdict in checked.verdicts:
            against = {"against": verdict.against} if verdict.against else {}
            about = {"check": checked.check, "version": checked.version, "file": verdict.file, **against}
            yield {**about, "result": verdict.result, "report": checked.name}
    for check in VALIDATORS:
        if check not in ran:
            yield {"check": check, "result": "not run"}
