"""load: a project on disk → `Manuscript` and `Theme`.

Comes in: the project's folder, and the environment for the time that artifacts carry.
Goes out: a `Manuscript`, a `Theme`, and findings about the files with their places.
Touches: the project's files, and no others. No other room reads them; what is read here is what is built and released.

1. `settings` makes `Settings` of ``book.toml``, a module for each kind of table.
2. Chapters, pictures, fonts, data, glossary and decisions are read; a link that leaves the project is refused.
3. `theme` puts the project's templates and styles over the default ones; `themestyles` settles what they name.

`scaffold` is what ``keben new`` copies; `importers` make a project of what people bring.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from keben.core.book import Asset, Manuscript, Source
from keben.core.edition import Settings
from keben.core.editorial.decisions import read_decisions
from keben.core.editorial.glossary import read_glossary
from keben.core.editorial.values import Editorial
from keben.core.errors import Finding, Place, SourceError, UsageError
from keben.core.profiles import problem_of
from keben.core.toml.places import places
from keben.pictures import font_type, media_type, sniff
from keben.project.filenames import is_utf_8, leads_out, strange_name
from keben.project.settings import read_settings
from keben.project.settings.places import said_in

__all__ = ["find_project", "load"]

FIXED_EPOCH = 1767225600
"""2026-01-01T00:00:00Z: the time that artifacts carry where nothing else says one."""

LAST_EPOCH = 4354819199
"""2107-12-31T23:59:59Z: the last time that a ZIP archive can hold (PKWARE's APPNOTE, 4.4.6), and so an EPUB."""

SOURCE_FOLDERS = ("book", "templates", "styles")

GLOSSARY = "glossary.tsv"
DECISIONS = "decisions.tsv"
SEEN = "seen.tsv"
"""The files of a book's editors, below its folder. All may be missing."""

CHANGELOG = "CHANGELOG.md"

_SUMMARY_LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)>\s]+\.md)>?\s*\)")


def find_project(folder: Path) -> Path:
    """The project's root: the folder that holds ``book/book.toml``, for that folder or the ``book`` in it.

    Raises:
        UsageError: there is no ``book.toml`` in either place.
        SourceError: it is in a folder of another name.
    """
    if (folder / "book" / "book.toml").is_file():
        return folder.resolve()
    if (folder / "book.toml").is_file():
        if folder.resolve().name == "book":
            return folder.resolve().parent
        message = "The folder that holds this file is not named “book”."
        advice = "Rename it, so that templates/, styles/ and build/ can stand beside it."
        raise SourceError.at(str(folder / "book.toml"), "no-project", message, advice)
    raise UsageError.at(
        str(folder / "book" / "book.toml"),
        "no-project",
        "There is no such file.",
        "Name the project's folder, or begin one with `keben new`.",
    )


def load(root: Path, environment: Mapping[str, str]) -> tuple[Manuscript, tuple[Finding, ...]]:
    """Read a project whole. Findings name paths relative to its root.

    Raises:
        SourceError: ``book.toml`` is so wrong that there is nothing to go on with.
    """
    book = root / "book"
    findings: list[Finding] = []
    prefix = book.name
    if problem := _outside(book, "book.toml"):
        raise SourceError.at(
            f"{prefix}/book.toml", "outside-path", problem, "A project reads its own files only."
        )
    text = _read_text(book / "book.toml", f"{prefix}/book.toml", findings)
    settings = None
    if text is not None:
        settings, problems = read_settings(text, f"{prefix}/book.toml")
        findings += problems
    if settings is None or text is None:
        raise SourceError(*findings)
    settings = replace(settings, said=said_in(text, f"{prefix}/book.toml"))
    names = _chapter_names(book, prefix, settings, text, findings)
    settings = _with_profiles(settings, book, f"{prefix}/book.toml", text, findings)
    sources = tuple(
        Source(f"{prefix}/{name}", chapter)
        for name in names
        if (chapter := _read_text(book / name, f"{prefix}/{name}", findings)) is not None
    )
    assets = {asset.path: asset for asset in _assets(book, prefix, findings)}
    findings += _check_covers(settings, assets, f"{prefix}/book.toml", text)
    editorial, files = _editorial(book, prefix, settings, names, findings)
    return (
        Manuscript(settings, sources, assets, epoch(root, environment), editorial, files),
        tuple(findings),
    )


def read_optional_file(root: Path, name: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of one of the editors' files, by its name; None where there is none."""
    findings: list[Finding] = []
    return _read_optional(root / "book", "book", name, findings), tuple(findings)


def read_changelog(root: Path) -> tuple[str, str | None, tuple[Finding, ...]]:
    """A book's changelog, as messages show its path, and its text: ``book/CHANGELOG.md``, else the one beside ``book``.

    The text is None where there is none.
    """
    shown = f"book/{CHANGELOG}" if (root / "book" / CHANGELOG).exists() else CHANGELOG
    findings: list[Finding] = []
    if not (root / shown).exists():
        return shown, None, ()
    if problem := _outside(root, shown):
        advice = "A project reads its own files only."
        return shown, None, (Finding(Place(shown), "outside-path", problem, advice),)
    return shown, _read_text(root / shown, shown, findings), tuple(findings)


def _editorial(
    book: Path, prefix: str, settings: Settings, chapters: tuple[str, ...], findings: list[Finding]
) -> tuple[Editorial, dict[str, bytes]]:
    """Glossary and decisions, and the files' bytes."""
    files: dict[str, bytes] = {}
    glossary = _read_optional(book, prefix, GLOSSARY, findings)
    decisions = _read_optional(book, prefix, DECISIONS, findings)
    editorial = Editorial(segmentation=settings.segmentation)
    if glossary is not None:
        files[GLOSSARY] = glossary.encode()
        names = [edition.name for edition in settings.editions]
        read = read_glossary(glossary, f"{prefix}/{GLOSSARY}", names, chapters)
        findings += read.findings
        editorial = replace(editorial, glossary=read.entries)
    if decisions is not None:
        files[DECISIONS] = decisions.encode()
        decided, problems = read_decisions(decisions, f"{prefix}/{DECISIONS}")
        findings += problems
        editorial = replace(editorial, decisions=decided)
    return editorial, files


def _read_optional(book: Path, prefix: str, name: str, findings: list[Finding]) -> str | None:
    if problem := _outside(book, name):
        advice = "A project reads its own files only."
        findings.append(Finding(Place(f"{prefix}/{name}"), "outside-path", problem, advice))
        return None
    return _read_text(book / name, f"{prefix}/{name}", findings) if os.path.lexists(book / name) else None


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
            message = f"SOURCE_DATE_EPOCH is {shown!r}, not a number of seconds that a file can carry."
            advice = f"Set it to a number from 0 to {LAST_EPOCH} (the end of 2107), or unset it."
            raise SourceError.at("SOURCE_DATE_EPOCH", "source-date-epoch", message, advice)
        return int(given)
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct", "--", *SOURCE_FOLDERS]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return FIXED_EPOCH
    committed = answer.stdout.strip()
    known = answer.returncode == 0 and committed.isdigit() and len(committed) <= len(str(LAST_EPOCH))
    return min(int(committed), LAST_EPOCH) if known else FIXED_EPOCH


def _chapter_names(
    book: Path, prefix: str, settings: Settings, toml: str, findings: list[Finding]
) -> tuple[str, ...]:
    """Chapters as ``book.toml`` lists them, else as SUMMARY.md links them, else ``chapters/*.md`` by name."""
    if settings.chapters:
        where = places(toml)
        listed = [
            (name, Place(f"{prefix}/book.toml", *where.get(("book", "chapters", index), (1, 0))))
            for index, name in enumerate(settings.chapters)
        ]
    elif problem := _outside(book, "SUMMARY.md"):
        place = Place(f"{prefix}/SUMMARY.md")
        findings.append(Finding(place, "outside-path", problem, "A project reads its own files only."))
        return ()
    elif (book / "SUMMARY.md").is_file():
        summary = _read_optional(book, prefix, "SUMMARY.md", findings) or ""
        listed = [
            (match[1], Place(f"{prefix}/SUMMARY.md", number, match.start(1) + 1))
            for number, line in enumerate(summary.splitlines(), 1)
            for match in _SUMMARY_LINK.finditer(line)
        ]
    else:
        found = sorted(path.name for path in (book / "chapters").glob("*.md"))
        # Which chapter it is cannot be said, so the book is not made without it.
        findings += [
            strange_name(prefix, f"chapters/{name}", "error") for name in found if not is_utf_8(name)
        ]
        listed = [
            (f"chapters/{name}", Place(f"{prefix}/chapters/{name}")) for name in found if is_utf_8(name)
        ]
    if not listed:
        place = Place(f"{prefix}/book.toml")
        message = "The book has no chapters."
        findings.append(Finding(place, "no-chapters", message, "Put Markdown files in book/chapters/."))
    names: list[str] = []
    for name, place in listed:
        if problem := _outside(book, name):
            findings.append(Finding(place, "outside-path", problem, "A project reads its own files only."))
        elif not (book / name).is_file():
            message = f"There is no chapter file “{prefix}/{name}”."
            findings.append(
                Finding(place, "missing-chapter", message, "Write it, or take it out of the list.")
            )
        elif name in names:
            findings.append(Finding(place, "double-chapter", f"“{name}” is listed twice.", "Take one out."))
        else:
            names.append(name)
    # A list that is itself at fault is mended first.
    if len(names) == len(listed) and (settings.chapters or (book / "SUMMARY.md").is_file()):
        findings += _unlisted(book, prefix, names)
    return tuple(names)


def _unlisted(book: Path, prefix: str, names: list[str]) -> Iterator[Finding]:
    """A warning for each Markdown file that stands among the chapters and is not one of them."""
    folders = dict.fromkeys([book / "chapters", *((book / name).parent for name in names)])
    for folder in folders:
        for path in sorted(folder.glob("*.md")):
            name = path.relative_to(book).as_posix()
            if not is_utf_8(name):
                yield strange_name(prefix, name, "warning")
            elif name not in names and path.name not in ("SUMMARY.md", "README.md", CHANGELOG):
                message = "This file is not in the list of chapters: the book is made without it."
                advice = "Add it to the list, or move it elsewhere."
                yield Finding(Place(f"{prefix}/{name}"), "unlisted-chapter", message, advice, "warning")


def _outside(book: Path, name: str) -> str:
    """Why a path of the project may not be read; empty if it may."""
    if PurePosixPath(name).is_absolute() or "://" in name or "\\" in name:
        return f"“{name}” is not a path inside the book's folder."
    if leads_out(book / name, book):
        return f"“{name}” leaves the book's folder."
    return ""


def _read_bytes(path: Path, shown: str, findings: list[Finding]) -> bytes | None:
    try:
        if not S_ISREG(path.stat().st_mode):
            # A pipe or a device may never end.
            message = "This is not a regular file."
            findings.append(Finding(Place(shown), "unreadable-file", message, "Put a file in its place."))
            return None
        return path.read_bytes()
    except OSError as error:
        message = f"This file cannot be read: {error.strerror}."
        findings.append(
            Finding(Place(shown), "unreadable-file", message, "Check the file and its permissions.")
        )
        return None


def _read_text(path: Path, shown: str, findings: list[Finding]) -> str | None:
    data = _read_bytes(path, shown, findings)
    if data is None:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")
        place = Place(shown, line, len(before.removeprefix("\ufeff")) + 1)
        message = f"The byte 0x{data[error.start]:02X} is not UTF-8."
        findings.append(Finding(place, "invalid-utf-8", message, "Save the file as UTF-8."))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _assets(book: Path, prefix: str, findings: list[Finding]) -> Iterator[Asset]:
    """Every picture, font and chart's data below the book's folder, in the order of their paths.

    They are looked at when something shows them (`keben.pictures`); here only their first bytes tell what they are.
    """
    for path in sorted(_files(book)):
        name = path.relative_to(book).as_posix()
        kind = media_type(name) or font_type(name)
        if kind is None and not (path.suffix == ".toml" and path.parent != book):
            continue
        if not is_utf_8(name):
            findings.append(strange_name(prefix, name, "warning"))
            continue
        shown = f"{prefix}/{name}"
        if leads_out(path, book):
            problem = f"“{name}” leaves the book's folder."
            findings.append(
                Finding(Place(shown), "outside-path", problem, "A project reads its own files only.")
            )
            # Known by its name, so that the text that shows it is not told that there is none.
            yield Asset(name, kind or "application/toml", b"")
            continue
        data = _read_bytes(path, shown, findings)
        if data is None:
            continue
        yield Asset(name, (kind and (sniff(data) or kind)) or "application/toml", data)


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith("."):
                yield Path(parent) / name


def _with_profiles(settings: Settings, book: Path, path: str, text: str, findings: list[Finding]) -> Settings:
    """The settings with the bytes of the printing conditions' profiles that they name."""
    where = places(text)
    read: dict[str, bytes] = {}
    editions = []
    for edition in settings.editions:
        name = edition.press.profile
        if name and name not in read:
            own = ("editions", edition.name, "press", "profile")
            place = Place(path, *where.get(own, where.get(("press", "profile"), (1, 0))))
            read[name] = _profile(book, name, place, findings)
        editions.append(replace(edition, press=replace(edition.press, profile_data=read.get(name, b""))))
    return replace(settings, editions=tuple(editions))


def _profile(book: Path, name: str, place: Place, findings: list[Finding]) -> bytes:
    if problem := _outside(book, name):
        findings.append(Finding(place, "outside-path", problem, "A project reads its own files only."))
        return b""
    if not (book / name).is_file():
        message = f"There is no profile “{name}”."
        findings.append(Finding(place, "missing-profile", message, "Its path begins at the book's folder."))
        return b""
    data = _read_bytes(book / name, f"{book.name}/{name}", findings) or b""
    if problem := problem_of(data):
        advice = "Ask the printer for the ICC profile of the printing condition."
        findings.append(Finding(place, "bad-profile", f"“{name}”: {problem}.", advice))
        return b""
    return data


def _check_covers(settings: Settings, assets: Mapping[str, Asset], path: str, text: str) -> Iterator[Finding]:
    where = places(text)
    for edition in settings.editions:
        if not edition.cover:
            continue
        own = ("editions", edition.name, "cover")
        place = Place(path, *where.get(own, where.get(("book", "cover"), (1, 0))))
        asset = assets.get(edition.cover)
        if asset is None:
            message = f"There is no picture “{edition.cover}” for the cover."
            yield Finding(place, "missing-picture", message, "Its path begins at the book's folder.")
        elif asset.media_type == "image/svg+xml" or not asset.media_type.startswith("image/"):
            message = f"The cover “{edition.cover}” is not a picture of pixels."
            advice = "Save it as JPEG or PNG, as stores take covers; or draw it in templates/cover.svg."
            yield Finding(place, "cover-format", message, advice)
