"""What ``keben review`` does: the doubts of every edition, on disk and in a browser, and the answers to them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keben.build.editions import (
    Project,
    conversion_facts,
    convert_editions,
    distinct,
    errors_first,
    is_converted,
    read_project,
)
from keben.build.locks import locked
from keben.build.output import MANIFEST, REVIEW, read_manifest, review_files, standing
from keben.build.ownership import require_keben_s
from keben.build.request import choose_editions
from keben.build.together import recover, write_together
from keben.core.composition import Conversion
from keben.core.editorial.decisions import read_lines, update_decisions
from keben.core.editorial.glossary import add_terms
from keben.core.editorial.seen import Seen, is_new, read_seen, write_seen
from keben.core.editorial.values import Decision, Doubt, DoubtKind
from keben.core.errors import Finding, SourceError, UsageError, errors_in
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project import DECISIONS, GLOSSARY, SEEN, is_project, read_optional_file
from keben.review import Answers, Reviewed, ReviewSheet, render_page, render_tsv

if TYPE_CHECKING:
    from keben.script.record import Change, Sentence

BOOK = "book"

ALWAYS: tuple[DoubtKind, ...] = ("credit",)
"""The kinds of doubts that must be decided whatever ``fail-on`` says: a wrong name is a wrong credit."""


@dataclass(frozen=True, slots=True)
class Review:
    """The editions of a book, and what is doubtful in them."""

    project: Project
    conversions: Mapping[str, Conversion]
    """By edition."""
    sheet: ReviewSheet
    findings: tuple[Finding, ...]

    @property
    def demanded(self) -> tuple[tuple[str, Doubt], ...]:
        """The undecided doubts that must be decided, each with its edition; a person's name once for a language."""
        kinds = {*self.sheet.fail_on, *ALWAYS}
        asked: set[tuple[str, str]] = set()
        found: list[tuple[str, Doubt]] = []
        for name, conversion in self.conversions.items():
            language = conversion.composition.edition.language
            for doubt in conversion.doubts:
                if doubt.kind not in kinds or (doubt.kind in ALWAYS and (language, doubt.phrase) in asked):
                    continue
                if doubt.kind in ALWAYS:
                    asked.add((language, doubt.phrase))
                found.append((name, doubt))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became other in an edition since an earlier build."""

    edition: str
    facts: tuple[str, ...]
    """In words: what it depends on and is another now."""
    changes: "tuple[Change, ...]"


def review(
    root: Path,
    environment: Mapping[str, str],
    editions: Sequence[str] = (),
    *,
    new_only: bool = False,
    project: Project | None = None,
) -> Review:
    """Convert the editions of a book, all if none is named, and find what is doubtful in them.

    ``project`` is the one at ``root`` where it was read already.

    Raises:
        SourceError: the project has errors.
        UsageError: the book has no edition of a name.
    """
    project = project or read_project(root, environment)
    with project.origins.in_errors():
        found = _review(root, project, editions, new_only=new_only)
    return replace(found, findings=tuple(sorted(project.origins.findings(found.findings))))


def _review(root: Path, project: Project, editions: Sequence[str], *, new_only: bool) -> Review:
    with errors_first(project):
        chosen = choose_editions(editions, project.manuscript)
    conversions, found = convert_editions(project, {edition.name: () for edition in chosen}, review=True)
    seen, problems = _seen(root)
    decisions, _ = read_optional_file(root, DECISIONS)
    findings = distinct((*project.findings, *found, *problems))
    if errors_in(findings):
        raise SourceError(*findings)
    first = chosen[0].metadata
    reviewed = tuple(
        Reviewed(edition.name, edition.language, doubts)
        for edition in chosen
        if (doubts := _shown(conversions[edition.name].doubts, seen, edition.language, new_only=new_only))
        or is_converted(edition)
    )
    sheet = ReviewSheet(
        first.title,
        first.slug,
        chosen[0].source_language,
        reviewed,
        project.manuscript.editorial.decisions,
        tuple(dict.fromkeys((*ALWAYS, *project.manuscript.settings.fail_on))),
        tuple((line.text, line.key) for line in read_lines(decisions or "")),
    )
    return Review(project, conversions, sheet, findings)


def write_review(result: Review, output: Path, language: str = "en") -> tuple[Path, ...]:
    """Write a page and a table for each edition into the output folder, and give their paths.

    Raises:
        BuildError: a file of another origin has the name of one that is to be written.
        MachineError: something could not be written; what was there before still stands.
    """
    files: dict[str, bytes] = {}
    for reviewed in result.sheet.editions:
        page, table = review_files([reviewed.edition])
        files[page] = render_page(result.sheet, reviewed.edition, language=language).encode()
        # With a byte order mark, without which Excel takes it for another encoding.
        files[table] = render_tsv(reviewed).encode("utf-8-sig")
    with locked(output):
        recover(output / REVIEW)
        require_keben_s(output / name for name in files)
        write_together(output, files)
    return tuple(output / name for name in files)


def require_project(root: Path) -> None:
    """See that there is a place for an editor's answers.

    Raises:
        UsageError: it is the folder or the file of another tool, into which nothing is written.
    """
    if not is_project(root):
        message = wording("Answers have no place here: nothing is written into what is built as it stands.")
        raise UsageError.at(
            str(root), "no-project", message, wording("Make a project of it: `keben import`.")
        )


def save_answers(root: Path, answers: Answers, editor: str = "", date: str = "") -> None:
    """Put answers into ``book/decisions.tsv``, beside those that stand there, its comments and its order included.

    Each new decision says who decided it, and when. Terms go into ``book/glossary.tsv``; one that it cannot take is a
    decision.

    One writer at a time (`keben.build.locks`), so that nobody's answers are lost.

    Raises:
        MachineError: the file cannot be written; what stood there before still does.
        UsageError: there is no project to write into.
        SourceError: what stands there now is wrong: nothing is written over it.
    """
    require_project(root)
    with locked(root / BOOK):
        project = read_project(root, {})
        if errors_in(project.findings):
            raise SourceError(*errors_in(project.findings))
        text, _ = read_optional_file(root, DECISIONS)
        glossary, refused = _with_terms(root, answers.terms)
        new = [replace(each, editor=editor, date=date) for each in (*answers.decisions, *refused)]
        _write(root, {DECISIONS: update_decisions(text or "", new, answers.withdrawn), **glossary})


def note_seen(root: Path, sheet: ReviewSheet) -> None:
    """Note in ``book/seen.tsv`` that these doubts were looked at.

    Raises:
        MachineError: the file cannot be written; what stood there before still does.
    """
    require_project(root)
    with locked(root / BOOK):
        seen, _ = _seen(root)
        _write(root, {SEEN: write_seen(((each.language, each.doubts) for each in sheet.editions), seen)})


def _with_terms(root: Path, terms: Sequence[Decision]) -> tuple[dict[str, str], tuple[Decision, ...]]:
    """The book's glossary with terms in it, by its name; and the terms that it cannot take."""
    if not terms:
        return {}, ()
    text, _ = read_optional_file(root, GLOSSARY)
    glossary, refused = add_terms(text or "", terms)
    return {GLOSSARY: glossary}, refused


def _write(root: Path, files: Mapping[str, str]) -> None:
    recover(root / BOOK, tuple(files))
    write_together(root / BOOK, {name: text.encode() for name, text in files.items()})


def compare(result: Review, old: Path) -> tuple[Comparison, ...]:
    """Hold editions against an earlier build: a manifest, or the folder that it is in.

    Raises:
        UsageError: there is no manifest, or no record of an edition beside it.
    """
    from keben.script.record import changes, sentences

    folder = old if old.is_dir() else old.parent
    manifest = read_manifest(folder, MANIFEST if old.is_dir() else old.name)
    if not manifest["conversions"]:
        message = wording("There is no manifest that describes a conversion.")
        raise UsageError.at(
            str(old), "no-manifest", message, wording("Name an output folder, or a manifest in one.")
        )
    compared = []
    for name, conversion in result.conversions.items():
        entry = manifest["conversions"].get(name)
        if entry is None:
            continue
        if not standing(folder, entry):
            message = wording("This record is not there, or is not the one that the manifest names.")
            advice = wording("Put it beside the manifest: it is among the files of a build.")
            raise UsageError.at(str(folder / entry["name"]), "no-record", message, advice)
        edition = next(each for each in result.project.manuscript.settings.editions if each.name == name)
        before = _record(folder / entry["name"])
        facts = conversion_facts(result.project, edition)
        compared.append(
            Comparison(
                name,
                tuple(_other_facts(entry, facts)),
                tuple(changes(before, sentences(conversion.record))),
            )
        )
    return tuple(compared)


def _record(path: Path) -> "tuple[Sentence, ...]":
    from keben.script.record import read_record

    try:
        return read_record(path.read_text(encoding="utf-8"))
    except ValueError:
        message = wording("This is not a record of a conversion.")
        advice = wording("Name the output folder of a build by this Keben, or of an earlier one.")
        raise UsageError.at(str(path), "no-record", message, advice) from None


def _shown(doubts: Sequence[Doubt], seen: Seen, language: str, *, new_only: bool) -> tuple[Doubt, ...]:
    marked = (replace(doubt, is_new=is_new(seen, language, doubt)) for doubt in doubts)
    return tuple(doubt for doubt in marked if doubt.is_new or not new_only)


def _seen(root: Path) -> tuple[Seen, tuple[Finding, ...]]:
    text, problems = read_optional_file(root, SEEN)
    seen, found = read_seen(text or "", f"{BOOK}/{SEEN}")
    return seen, (*problems, *found)


def _other_facts(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    changes: list[str] = []
    for name in sorted({*now, *before} - {"name", "bytes", "sha256"}):
        old, new = before.get(name), now.get(name)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            changes += [
                wording(
                    "{each} is {new}",
                    each=each,
                    new=wording("new")
                    if each not in old
                    else wording("gone")
                    if each not in new
                    else wording("another"),
                )
                for each in sorted({*old, *new})
                if old.get(each) != new.get(each)
            ]
        elif old != new:
            changes.append(
                wording(
                    "{name}: {dumps}, now {dumps2}",
                    name=name,
                    dumps=json.dumps(old, ensure_ascii=False),
                    dumps2=json.dumps(new, ensure_ascii=False),
                )
            )
    return changes
