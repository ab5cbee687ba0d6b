"""Whether a book can be released: its commit, its version and notes, its conversions, and nothing left to fix."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from keben.build.editions import Project, distinct, read_project
from keben.build.output import sha256
from keben.core.edition import Settings
from keben.core.editorial.values import Doubt
from keben.core.errors import Finding, Place, SourceError
from keben.core.saying import series, wording
from keben.core.toml.places import places
from keben.core.values import dataclass
from keben.project import CHANGELOG, SOURCE_FOLDERS, read_changelog, read_optional_file
from keben.release.changelog import notes_of
from keben.release.commit import Commit, read_commit
from keben.review.page import KINDS
from keben.review.session import ALWAYS, Review, review

SHOWN = 20
"""How many files, or doubtful places, are named before the rest is only counted."""

TOML = "book.toml"


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a release says of its source, and what stands in its way."""

    commit: Commit | None
    """None outside of a repository."""
    notes: str | None
    """What the changelog says of the version; None where there is no changelog."""
    undecided: Mapping[str, Mapping[str, int]]
    """How many doubtful conversions of each kind are open, by edition; none of a kind that must be decided."""
    findings: tuple[Finding, ...]
    project: Project | None = None
    """What was read, and looked at: what the commit has, if there are no findings. None where it cannot be read."""


def assess(root: Path, output: Path, environment: Mapping[str, str]) -> Readiness:
    """Look at a project as it is; every finding, a warning too, stands in the way of a release.

    Raises:
        MachineError: the project is in a git repository, and git does not work.
    """
    findings: list[Finding] = []
    before = _on_disk(root)
    project: Project | None = None
    try:
        project = read_project(root, environment)
    except SourceError as error:
        findings += error.findings
    changelog = read_changelog(root)
    commit = read_commit(root, SOURCE_FOLDERS, output)
    if commit is not None:
        findings += _uncommitted(commit, environment)
    # git was asked after the project was read: only if nothing was saved meanwhile is its answer about what was read.
    findings += _saved_meanwhile(before, _on_disk(root))
    undecided: dict[str, Mapping[str, int]] = {}
    notes = None
    if project is not None:
        try:
            reviewed = review(root, environment, project=project)
        except SourceError as error:
            findings += error.findings
        else:
            findings += (*reviewed.findings, *_undecided(reviewed))
            undecided = {
                name: dict(sorted(Counter(str(doubt.kind) for doubt in conversion.doubts).items()))
                for name, conversion in reviewed.conversions.items()
            }
            notes, found = _notes(root, project.manuscript.settings, changelog)
            findings += found
    return Readiness(commit, notes, undecided, distinct(findings), project)


def _on_disk(root: Path) -> dict[str, str]:
    """The hash of each file that a project is read from, by its path below the root."""
    files = [root / CHANGELOG]
    for name in SOURCE_FOLDERS:
        files += (root / name).rglob("*")
    return {
        path.relative_to(root).as_posix(): sha256(path.read_bytes())
        for path in sorted(files)
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }


def _saved_meanwhile(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Finding]:
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            message = wording("This file was changed while the project was read.")
            yield Finding(Place(path), "uncommitted", message, wording("Commit it, and release again."))


def _uncommitted(commit: Commit, environment: Mapping[str, str]) -> Iterator[Finding]:
    for path in commit.changed[:SHOWN]:
        message = wording("This file differs from the commit.")
        yield Finding(Place(path), "uncommitted", message, wording("Commit it, or stash it."))
    if len(commit.changed) > SHOWN:
        message = wording("{count} more files differ from the commit.", count=len(commit.changed) - SHOWN)
        yield Finding(Place("git"), "uncommitted", message, wording("See `git status`."))
    if commit.shallow and not environment.get("SOURCE_DATE_EPOCH"):
        message = wording(
            "This clone's history is cut off: it cannot tell when the sources were changed last."
        )
        advice = wording("Run `git fetch --unshallow`, or set SOURCE_DATE_EPOCH.")
        yield Finding(Place("git"), "shallow-clone", message, advice)


def _undecided(reviewed: Review) -> Iterator[Finding]:
    # Editions of one language ask the same of one place; a name is asked for each language.
    open_: dict[tuple[object, ...], tuple[str, Doubt]] = {}
    for edition, doubt in reviewed.demanded:
        by = doubt.candidates if doubt.kind in ALWAYS else ()
        open_.setdefault((doubt.place, doubt.kind, doubt.phrase, by), (edition, doubt))
    for edition, doubt in list(open_.values())[:SHOWN]:
        choice = series(doubt.candidates[:4], " or ")
        message = wording(
            "Undecided in {edition} ({kind}): “{phrase}” is {choice}?",
            edition=edition,
            kind=KINDS[doubt.kind][0],
            phrase=doubt.phrase,
            choice=choice,
        )
        yield Finding(doubt.place, "undecided", message, wording("Decide it: `keben review --serve`."))
    if len(open_) > SHOWN:
        message = wording("{count} more places must be decided.", count=len(open_) - SHOWN)
        yield Finding(Place("book"), "undecided", message, wording("See `keben review`."))


def _notes(
    root: Path, settings: Settings, read: tuple[str, str | None, tuple[Finding, ...]]
) -> tuple[str | None, tuple[Finding, ...]]:
    """What the changelog says of the version of the first edition; the others' must be in it too."""
    text, _ = read_optional_file(root, TOML)
    where = places(text or "")
    shown, changelog, problems = read
    findings = [*problems]
    notes: dict[str, str | None] = {}
    for edition in settings.editions:
        version = edition.metadata.version
        own = ("editions", edition.name, "version")
        place = Place(f"book/{TOML}", *where.get(own, where.get(("book", "version"), (1, 0))))
        if not version:
            message = wording("A release needs a version, and [book] has none.")
            findings.append(Finding(place, "no-version", message, wording('Write one: version = "1.0.0".')))
        elif version not in notes and changelog is not None:
            notes[version] = notes_of(changelog, version)
            if notes[version] is None:
                message = wording("{shown} says nothing of version {version}.", shown=shown, version=version)
                advice = wording("Write what is new in it below “## [{version}]”.", version=version)
                findings.append(Finding(place, "unknown-version", message, advice))
    return next(iter(notes.values()), None), distinct(findings)
