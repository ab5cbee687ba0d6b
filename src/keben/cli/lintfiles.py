"""What ``keben lint`` reads, shows as a difference, and writes."""

import difflib
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from keben.build.together import write_together
from keben.cli.lintlines import remark_lines
from keben.core import language as languages
from keben.core.errors import Finding, UsageError
from keben.core.saying import series, wording
from keben.core.values import dataclass
from keben.lint.fixing import fix, read_page
from keben.lint.running import look
from keben.lint.scripts import script_of
from keben.lint.selection import unknown
from keben.lint.values import LintPage, Remark
from keben.markdown.passages import Prose
from keben.project.drafts import DraftFile, Drafts, read_drafts

_NOTHING = Prose((), frozenset(), (), (), ())


@dataclass(frozen=True, slots=True)
class LintTarget:
    """What one argument names: its files, and each as a page."""

    files: tuple[DraftFile, ...]
    pages: tuple[LintPage, ...]
    findings: tuple[Finding, ...]


def read_targets(
    paths: Sequence[Path], *, select: tuple[str, ...], ignore: tuple[str, ...], language: str | None
) -> list[LintTarget]:
    """Read what was named on the command line. Files outside of projects are one book.

    Raises:
        UsageError: a path or a language is none.
    """
    tag = languages.canonical(language) if language else ""
    if tag is None:
        message = wording("“{language}” is not a language that Keben makes books in.", language=language)
        raise UsageError.at(
            "--language", "unknown-language", message, wording("Use zh-Hans, zh-Hant-TW or zh-Hant-HK.")
        )
    read = [read_drafts(path) for path in paths]
    return [_target(drafts, select, ignore, tag) for drafts in _joined(read)]


def _joined(read: Sequence[Drafts]) -> list[Drafts]:
    """Files with the same settings are one book."""
    books: list[Drafts] = []
    for drafts in read:
        same = next(
            (
                number
                for number, book in enumerate(books)
                if (book.settings, book.language) == (drafts.settings, drafts.language)
            ),
            None,
        )
        if same is None:
            books.append(drafts)
        else:
            book = books[same]
            known = {file.path.resolve() for file in book.files}
            more = tuple(file for file in drafts.files if file.path.resolve() not in known)
            books[same] = replace(
                book, files=(*book.files, *more), findings=(*book.findings, *drafts.findings)
            )
    return books


def _target(drafts: Drafts, select: tuple[str, ...], ignore: tuple[str, ...], tag: str) -> LintTarget:
    settings = replace(
        drafts.settings,
        select=select or drafts.settings.select,
        extend=() if select else drafts.settings.extend,
        ignore=(*drafts.settings.ignore, *ignore),
    )
    wrong = tuple(
        Finding(
            place,
            "unknown-rule",
            wording("There is no rule “{name}”.", name=name),
            wording("keben lint --rules lists them."),
        )
        for name, place in drafts.named_rules
        for _ in unknown([name])
    )
    usual = tag or drafts.language or script_of("".join(file.text[:20_000] for file in drafts.files))
    known = tag or drafts.language
    pages = tuple(
        read_page(
            LintPage(
                file.shown,
                "",
                known or script_of(file.text, usual),
                _NOTHING,
                settings,
                file.is_plain,
                file.below,
            ),
            file.text,
        )
        for file in drafts.files
    )
    return LintTarget(drafts.files, pages, (*wrong, *drafts.findings))


def look_at(target: LintTarget) -> tuple[Remark, ...]:
    """What the rules say of a target."""
    return look(target.pages)


def correct(target: LintTarget, *, offered: bool) -> LintTarget:
    """A target with its fixes applied."""
    return replace(target, pages=fix(target.pages, offered=offered).pages)


def differences(before: LintTarget, after: LintTarget) -> Iterator[str]:
    """A unified difference of two versions of a target, line by line."""
    for old, new in zip(before.pages, after.pages, strict=True):
        if old.text != new.text:
            name = old.path.removeprefix("./")
            yield from difflib.unified_diff(
                old.text.split("\n"), new.text.split("\n"), f"a/{name}", f"b/{name}", n=1, lineterm=""
            )


def text_lines(remarks: Sequence[Remark], *, each: bool) -> tuple[str, ...]:
    """Remarks as lines for people."""
    return tuple(remark_lines(remarks, each=each))


def write(before: Sequence[LintTarget], after: Sequence[LintTarget]) -> str:
    """Write what differs, all of it or nothing, and say what keeps the old texts.

    That is git where it has each of the files as it was; else a copy beside each file.

    Raises:
        MachineError: something could not be written; every file is as it was.
    """
    changed: dict[Path, bytes] = {}
    for old, new in zip(before, after, strict=True):
        for file, was, page in zip(old.files, old.pages, new.pages, strict=True):
            if was.text != page.text:
                changed[file.path.resolve()] = file.data(page.text)
    if not changed:
        return wording("Nothing to fix.")
    files = dict(changed)
    kept = wording("git has what was there before")
    if not all(_is_committed(path) for path in changed):
        copies = {_free_name(path): path.read_bytes() for path in changed}
        files |= copies
        kept = wording(
            "what was there before is in {copies}", copies=series(sorted(path.name for path in copies))
        )
    folder = Path(os.path.commonpath([path.parent for path in files]))
    modes = {path: path.stat().st_mode for path in changed}
    write_together(folder, {path.relative_to(folder).as_posix(): data for path, data in files.items()})
    for path, mode in modes.items():
        path.chmod(mode)
    return wording(
        "{count} {file} written; {kept}.",
        count=len(changed),
        file="file" if len(changed) == 1 else "files",
        kept=kept,
    )


def _free_name(path: Path) -> Path:
    """A name for a copy of a file that nothing has yet."""
    names = (path.with_name(f"{path.name}.bak{number or ''}") for number in range(1000))
    return next(name for name in names if not name.exists())


def _is_committed(path: Path) -> bool:
    """Whether git has a file as it is now."""
    git = ["git", "-C", str(path.parent)]
    try:
        known = subprocess.run(  # noqa: S603 - git by its name, as everywhere
            [*git, "ls-files", "--error-unmatch", "--", path.name],
            capture_output=True,
            check=False,
            timeout=30,
        )
        state = subprocess.run(  # noqa: S603
            [*git, "status", "--porcelain", "--", path.name], capture_output=True, check=False, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return known.returncode == 0 and state.returncode == 0 and not state.stdout.strip()
