"""load: a project on disk → `Manuscript` and `Theme`.

Comes in: the project's folder, and the environment for the time that artifacts carry.
Goes out: a `Manuscript`, a `Theme`, and findings about the files with their places.
Touches: the project's files, and no others. No other room reads them; what is read here is what is built and released.

1. `settings` turns ``book.toml`` into `Settings`, with a module for each kind of table; `keptsettings` keeps them.
2. Chapters (`chapters`), pictures, fonts and data (`assets`), glossary and decisions are read (`files`); a link that
   leads outside the project is refused.
3. `theme` puts the project's templates and styles over the default ones, with the design (`designs`) that an edition
   chooses between them; `themestyles` settles what they name.

A folder or a file of another tool is read as it is (`asis`); `finding` distinguishes them.

`scaffold` is what ``keben new`` copies; `importers` turn what people bring into a project.
"""

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from keben.core.book import Asset, Manuscript, Source
from keben.core.edition import Settings
from keben.core.editorial.decisions import read_decisions
from keben.core.editorial.glossary import read_glossary
from keben.core.editorial.values import Editorial
from keben.core.errors import Finding, Place, SourceError
from keben.core.profiles import problem_of
from keben.core.saying import wording
from keben.core.store import NO_STORE, Store, caches_folder
from keben.core.toml.places import places
from keben.project.assets import FileMarks, read_assets
from keben.project.chapters import chapter_names, title_source
from keben.project.files import check_inside, read_bytes, read_optional, read_text
from keben.project.finding import find_project, is_project
from keben.project.keptsettings import settings_of
from keben.project.shared import shared_glossaries

if TYPE_CHECKING:
    from keben.project.listing import ListedChapter

__all__ = ["find_project", "is_project", "load"]

FIXED_EPOCH = 1767225600
"""2026-01-01T00:00:00Z: the time that artifacts carry where nothing else says one."""

LAST_EPOCH = 4354819199
"""2107-12-31T23:59:59Z: the last time that a ZIP archive can hold (PKWARE's APPNOTE, 4.4.6), and so an EPUB."""

SOURCE_FOLDERS = ("book", "templates", "styles")

TEXTS = (".txt", ".text")
"""Suffixes of chapters that are plain text."""

GLOSSARY = "glossary.tsv"
DECISIONS = "decisions.tsv"
SEEN = "seen.tsv"
"""The files of a book's editors, below its folder. All may be missing."""

CHANGELOG = "CHANGELOG.md"


def load(
    root: Path, environment: Mapping[str, str], store: Store = NO_STORE
) -> tuple[Manuscript, tuple[Finding, ...]]:
    """Read a whole project, or a folder or a file of another tool as it is. Findings name paths below its root.

    ``store`` keeps the settings from one build to the next; with one, large pictures that have not changed are read
    when something asks for their bytes.

    Raises:
        SourceError: ``book.toml`` is too broken to continue.
    """
    if not is_project(root):
        from keben.project.asis import load_as_it_stands

        return load_as_it_stands(root, epoch(root, environment))
    book = root / "book"
    text, settings, problems = _settings(book, store)
    findings = [*problems]
    listed, problems = chapter_names(book, settings, text)
    findings += problems
    names = tuple(each.name for each in listed if each.name)
    settings, problems = _with_profiles(settings, book, text)
    findings += problems
    sources, problems = _sources(book, listed)
    findings += problems
    marks = FileMarks.read(caches_folder(environment) if store.folder else None)
    assets, problems = read_assets(book, marks)
    findings += problems
    findings += _check_covers(settings, assets, f"{book.name}/book.toml", text)
    editorial, files, problems = _editorial(book, settings, names)
    findings += problems
    manuscript = Manuscript(settings, sources, assets, epoch(root, environment), editorial, files)
    return manuscript, tuple(findings)


def read_optional_file(root: Path, name: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of one of the editors' files, by its name; None where there is none."""
    return read_optional(root / "book", name)


def read_changelog(root: Path) -> tuple[str, str | None, tuple[Finding, ...]]:
    """A book's changelog, as messages show its path, and its text: ``book/CHANGELOG.md``, else the one beside ``book``.

    The text is None where there is none.
    """
    shown = f"book/{CHANGELOG}" if (root / "book" / CHANGELOG).exists() else CHANGELOG
    if not (root / shown).exists():
        return shown, None, ()
    if problems := check_inside(root, shown, Place(shown)):
        return shown, None, problems
    return shown, *read_text(root / shown, shown)


def _settings(book: Path, store: Store) -> tuple[str, Settings, tuple[Finding, ...]]:
    """The text of ``book.toml``, and what it says.

    Raises:
        SourceError: there is nothing to go on with.
    """
    shown = f"{book.name}/book.toml"
    if problems := check_inside(book, "book.toml", Place(shown)):
        raise SourceError(*problems)
    text, problems = read_text(book / "book.toml", shown)
    if text is None:
        raise SourceError(*problems)
    settings, problems = settings_of(text, shown, book.parent, store)
    if settings is None:
        raise SourceError(*problems)
    return text, settings, problems


def _sources(book: Path, listed: Iterable["ListedChapter"]) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """The texts of the chapters and sections that can be read."""
    sources: list[Source] = []
    findings: list[Finding] = []
    for each in listed:
        shown = f"{book.name}/{each.name}"
        if not each.name:
            sources.append(title_source(each))
        elif each.name.lower().endswith(TEXTS):
            read, problems = _plain_text(book / each.name, shown)
            sources += read
            findings += problems
        else:
            text, problems = read_text(book / each.name, shown)
            findings += problems
            sources += () if text is None else (Source(shown, text, each.title, each.kind, each.depth),)
    if any("{{#" in source.text or "{%" in source.text for source in sources):
        sources = _with_inclusions(book, sources)
    return tuple(sources), tuple(findings)


def _with_inclusions(book: Path, sources: Iterable[Source]) -> list[Source]:
    from keben.project.importers.sources import open_folder
    from keben.project.included import included

    folder = open_folder(book)
    return [included(source, source.path.removeprefix(f"{book.name}/"), folder) for source in sources]


def _plain_text(path: Path, shown: str) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """The chapters of a plain text in any of the encodings that such texts come in."""
    from keben.project.importers.decoding import decode
    from keben.project.plaintext import printed_lines, text_sources

    data, findings = read_bytes(path, shown)
    decoded = decode(data) if data is not None else None
    if data is not None and decoded is None:
        message = wording("It is not UTF-8, UTF-16, GB 18030 or Big5.")
        findings = (Finding(Place(shown), "encoding", message, wording("Save it as UTF-8.")),)
    if decoded is None:
        return (), findings
    return text_sources(decoded.text, shown), (*findings, *printed_lines(decoded.text, shown))


def _editorial(
    book: Path, settings: Settings, chapters: tuple[str, ...]
) -> tuple[Editorial, dict[str, bytes], tuple[Finding, ...]]:
    """Glossary and decisions, the files' bytes, and what is wrong with them."""
    files: dict[str, bytes] = {}
    glossary, wrong_glossary = read_optional(book, GLOSSARY)
    decisions, wrong_decisions = read_optional(book, DECISIONS)
    findings = [*wrong_glossary, *wrong_decisions]
    editorial = Editorial(segmentation=settings.segmentation)
    if glossary is not None:
        files[GLOSSARY] = glossary.encode()
        names = [edition.name for edition in settings.editions]
        read = read_glossary(glossary, f"{book.name}/{GLOSSARY}", names, chapters)
        findings += read.findings
        editorial = replace(editorial, glossary=read.entries)
    named = Place(f"{book.name}/book.toml")
    shared = shared_glossaries(book, settings.glossaries, editorial.glossary, named)
    files |= shared.files
    findings += shared.findings
    editorial = replace(editorial, glossary=(*editorial.glossary, *shared.entries))
    if decisions is not None:
        files[DECISIONS] = decisions.encode()
        decided, problems = read_decisions(decisions, f"{book.name}/{DECISIONS}")
        findings += problems
        editorial = replace(editorial, decisions=decided)
    return editorial, files, tuple(findings)


def epoch(root: Path, environment: Mapping[str, str]) -> int:
    """The one time that artifacts carry, in seconds since 1970 UTC.

    ``SOURCE_DATE_EPOCH`` where it is set (https://reproducible-builds.org/specs/source-date-epoch/), else the time
    of the newest commit that touched the sources, else `FIXED_EPOCH`.
    """
    given = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if given:
        is_number = given.isascii() and given.isdigit() and len(given) <= len(str(LAST_EPOCH))
        if not is_number or int(given) > LAST_EPOCH:
            shown = given if len(given) <= 30 else f"{given[:30]}…"
            message = wording(
                "SOURCE_DATE_EPOCH is {shown}, not a number of seconds that a file can carry.",
                shown=repr(shown),
            )
            advice = wording(
                "Set it to a number from 0 to {last_epoch} (the end of 2107), or unset it.",
                last_epoch=LAST_EPOCH,
            )
            raise SourceError.at("SOURCE_DATE_EPOCH", "source-date-epoch", message, advice)
        return int(given)
    folder, names = (root.parent, (root.name,)) if root.is_file() else (root, SOURCE_FOLDERS)
    if folder == root and not is_project(root):
        names = (".",)
    command = ["git", "-C", str(folder), "log", "-1", "--format=%ct", "--", *names]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return FIXED_EPOCH
    committed = answer.stdout.strip()
    known = answer.returncode == 0 and committed.isdigit() and len(committed) <= len(str(LAST_EPOCH))
    return min(int(committed), LAST_EPOCH) if known else FIXED_EPOCH


def _with_profiles(settings: Settings, book: Path, text: str) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings with the bytes of the printing conditions' profiles that they name."""
    where = places(text)
    named: dict[str, Place] = {}
    for edition in settings.editions:
        own = ("editions", edition.name, "press", "profile")
        at = where.get(own, where.get(("press", "profile"), (1, 0)))
        named.setdefault(edition.press.profile, Place(f"{book.name}/book.toml", *at))
    read = {name: _profile(book, name, place) for name, place in named.items() if name}
    editions = tuple(
        replace(
            edition, press=replace(edition.press, profile_data=read.get(edition.press.profile, (b"",))[0])
        )
        for edition in settings.editions
    )
    return replace(settings, editions=editions), tuple(each for _, found in read.values() for each in found)


def _profile(book: Path, name: str, place: Place) -> tuple[bytes, tuple[Finding, ...]]:
    """A profile's bytes, none if it cannot be used; ``place`` names it."""
    if problems := check_inside(book, name, place):
        return b"", problems
    if not (book / name).is_file():
        message = wording("There is no profile “{name}”.", name=name)
        return b"", (
            Finding(place, "missing-profile", message, wording("Its path begins at the book's folder.")),
        )
    data, findings = read_bytes(book / name, f"{book.name}/{name}")
    if problem := problem_of(data or b""):
        advice = wording("Ask the printer for the ICC profile of the printing condition.")
        return b"", (*findings, Finding(place, "bad-profile", f"“{name}”: {problem}.", advice))
    return data or b"", findings


def _check_covers(settings: Settings, assets: Mapping[str, Asset], path: str, text: str) -> Iterator[Finding]:
    where = places(text)
    for edition in settings.editions:
        if not edition.cover:
            continue
        own = ("editions", edition.name, "cover")
        place = Place(path, *where.get(own, where.get(("book", "cover"), (1, 0))))
        asset = assets.get(edition.cover)
        if asset is None:
            message = wording("There is no picture “{cover}” for the cover.", cover=edition.cover)
            yield Finding(place, "missing-picture", message, wording("Its path begins at the book's folder."))
        elif asset.media_type == "image/svg+xml" or not asset.media_type.startswith("image/"):
            message = wording("The cover “{cover}” is not a picture of pixels.", cover=edition.cover)
            advice = wording(
                "Save it as JPEG or PNG, as stores take covers; or draw it in templates/cover.svg."
            )
            yield Finding(place, "cover-format", message, advice)
