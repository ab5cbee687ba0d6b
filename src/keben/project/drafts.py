"""Manuscripts as they are on the disk, to be corrected there: a project's chapters, single files, folders of Markdown.

What is read keeps its byte order mark and the ends of its lines, so that what is written differs in what was
corrected alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path

from keben.core.errors import Finding, Place, UsageError, errors_in
from keben.core.linting import LintSettings
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.chapters import chapter_names
from keben.project.designs import designs_of
from keben.project.files import read_bytes, read_text
from keben.project.settings import read_lint_settings, read_settings

_ENDS = re.compile(r"\r\n|\r|\n")
_MARK = b"\xef\xbb\xbf"
_MARKDOWN = (".md", ".markdown")
_PLAIN = (".txt", ".text")
_PASSED_OVER = frozenset(("node_modules", "build", "dist", "_book", "site", "target"))


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file of a manuscript."""

    path: Path
    shown: str
    """What messages call it."""
    below: str
    """Its path below the folder that was named, by which settings know it."""
    text: str
    """Its lines end with a newline alone."""
    ends: tuple[str, ...]
    """How its lines end."""
    has_mark: bool

    @property
    def is_plain(self) -> bool:
        """Whether it is plain text, and no Markdown."""
        return self.path.suffix.lower() in _PLAIN

    def data(self, text: str) -> bytes:
        """The file's bytes with another text of as many lines."""
        lines = text.split("\n")
        ends = (*self.ends, *["\n"] * (len(lines) - 1 - len(self.ends)), "")
        joined = "".join(line + end for line, end in zip(lines, ends, strict=False))
        return (_MARK if self.has_mark else b"") + joined.encode()


@dataclass(frozen=True, slots=True)
class Drafts:
    """Files of one book, and what it says of them."""

    files: tuple[DraftFile, ...]
    findings: tuple[Finding, ...] = ()
    language: str = ""
    """What they are written in, as a canonical tag; empty where nothing says it."""
    settings: LintSettings = field(default_factory=LintSettings)
    named_rules: tuple[tuple[str, Place], ...] = ()
    """The rules that the settings name, with the place of each."""


def read_drafts(path: Path) -> Drafts:
    """A project by its folder, one file, or a folder of Markdown. Paths in it are as seen from the current folder.

    Raises:
        UsageError: there is nothing at the path, or nothing in it that can be looked at.
    """
    if path.is_file() and path.name != "book.toml":
        return _single(path)
    if not path.exists():
        message = wording("There is no such file or folder.")
        raise UsageError.at(
            str(path), "no-manuscript", message, wording("Name a project, a file, or a folder of Markdown.")
        )
    folder = path.parent if path.name == "book.toml" else path
    book = folder / "book" if (folder / "book" / "book.toml").is_file() else folder
    if (book / "book.toml").is_file():
        found = _project(book)
        if found is not None:
            return found
    paths = sorted(_markdown_in(folder))
    if not paths:
        message = wording("There is no Markdown in this folder.")
        raise UsageError.at(
            str(path), "no-manuscript", message, wording("Name a file, or a folder that has .md files.")
        )
    return _read([(each, each.relative_to(folder).as_posix()) for each in paths])


def _single(path: Path) -> Drafts:
    """One file; that of a project is looked at as the project says."""
    if path.suffix.lower() not in (*_MARKDOWN, *_PLAIN):
        message = wording("Files that end with “{suffix}” are not looked at.", suffix=path.suffix)
        raise UsageError.at(
            str(path), "no-manuscript", message, wording("Name a file that ends with .md or .txt.")
        )
    for folder in list(path.resolve().parents)[:4]:
        if (folder / "book.toml").is_file():
            found = _project(folder, only=path.resolve())
            if found is not None and found.files:
                file = found.files[0]
                return Drafts(
                    (DraftFile(path, str(path), file.below, file.text, file.ends, file.has_mark),),
                    (),
                    found.language,
                    found.settings,
                    found.named_rules,
                )
            break
    return _read([(path, path.name)])


def _project(book: Path, only: Path | None = None) -> Drafts | None:
    """A project's chapters; None where ``book.toml`` is another tool's."""
    shown = str(book / "book.toml")
    text, problems = read_text(book / "book.toml", shown)
    if text is None:
        return Drafts((), problems)
    settings, problems = read_settings(text, shown, designs_of(book.parent)[0])
    if settings is None:
        is_own = re.search(r"^\s*language\s*=\s*[\"']zh", text, re.MULTILINE) is not None
        return Drafts((), problems) if is_own and book.name == "book" else None
    listed, wrong = chapter_names(book, settings, text)
    names = [each.name for each in listed if each.name]
    chosen = [(book / name, name) for name in names if only is None or (book / name).resolve() == only]
    read = _read(chosen)
    lint, named = read_lint_settings(text, shown)
    source = settings.editions[0].source_language if settings.editions else ""
    wrong = tuple(
        Finding(
            Place(str(book.parent / one.place.path), one.place.line, one.place.column),
            one.code,
            one.message,
            one.advice,
        )
        for one in errors_in(wrong)
    )
    return Drafts(read.files, (*errors_in(problems), *wrong, *read.findings), source, lint, named)


def _markdown_in(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name in _PASSED_OVER:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _markdown_in(path)
        elif path.suffix.lower() in _MARKDOWN and path.is_file():
            yield path


def _read(paths: Sequence[tuple[Path, str]]) -> Drafts:
    files: list[DraftFile] = []
    findings: list[Finding] = []
    for path, below in paths:
        data, problems = read_bytes(path, str(path))
        findings += problems
        if data is None:
            continue
        _, problems = read_text(path, str(path))
        findings += problems
        if not problems:
            text = data.removeprefix(_MARK).decode()
            files.append(
                DraftFile(
                    path,
                    str(path),
                    below,
                    _ENDS.sub("\n", text),
                    tuple(_ENDS.findall(text)),
                    data.startswith(_MARK),
                )
            )
    return Drafts(tuple(files), tuple(findings))
