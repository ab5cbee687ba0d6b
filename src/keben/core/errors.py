"""Findings and exceptions, and the messages that they show.

A stage reports what it found as `Finding` values beside its result, so that one run shows all of them.
Exceptions are for what ends a run at once:

    KebenError            exit 1; carries findings
    ├── SourceError       the project has errors: nothing was built
    ├── BuildError        an artifact could not be made, or came out wrong
    ├── ReleaseError      the book is not ready to be released
    ├── MachineError      this machine lacks something (Pango, a font, Java, space on the disk)
    └── UsageError        exit 2; the command was called wrongly
"""

from collections.abc import Iterable
from typing import Literal, Self

from keben.core.saying import wording
from keben.core.values import dataclass

Severity = Literal["error", "warning", "notice"]
"""An ``error`` stops a build, a ``warning`` stops a release, a ``notice`` stops nothing: what Keben settled by itself,
and what a person may want to know of."""

KINDS: dict[Severity, str] = {"error": "", "warning": wording("warning: "), "notice": wording("notice: ")}
"""What a line of a finding says of its severity."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is: a path as the reader knows it, and a line and column from 1 (0: not known)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong, where, and what to do about it."""

    place: Place
    code: str
    """The kind of finding in kebab-case, such as ``missing-picture``."""
    message: str
    """What is wrong: one sentence with its full stop."""
    advice: str = ""
    """What to do: one sentence with its full stop."""
    severity: Severity = "error"

    def __str__(self) -> str:
        place, kind = str(self.place), KINDS[self.severity]
        if not self.advice:
            return wording("{place}: {kind}{message}", place=place, kind=kind, message=self.message)
        return wording(
            "{place}: {kind}{message} {advice}",
            place=place,
            kind=kind,
            message=self.message,
            advice=self.advice,
        )


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that fail a build, each once, in the order of path, line and column."""
    return tuple(sorted({finding for finding in findings if finding.severity == "error"}))


def obstacles_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop a release: errors and warnings, each once, in the order of path, line and column."""
    return tuple(sorted({finding for finding in findings if finding.severity != "notice"}))


class KebenError(Exception):
    """Ends a run; the command line turns it into messages and an exit code, in one place."""

    exit_code = 1

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings
        self.others = 0
        """Of a build: how many artifacts nothing is wrong with, so that `Request.keep_going` would write them."""

    def __reduce__(self) -> tuple[type["KebenError"], tuple[Finding, ...]]:
        """Pickle by findings, so that the error crosses from a worker process."""
        return type(self), self.findings

    @classmethod
    def at(cls, path: str, code: str, message: str, advice: str = "") -> Self:
        """An error of one finding that has a path (or the name of a thing) and no line."""
        return cls(Finding(Place(path), code, message, advice))


class SourceError(KebenError):
    """The project has errors; nothing was built."""


class BuildError(KebenError):
    """An artifact could not be made, or came out wrong; what was there before still stands."""


class ReleaseError(KebenError):
    """The book is not ready to be released; nothing was written. Warnings count here as errors do."""


class MachineError(KebenError):
    """This machine lacks something that the build needs."""


class UsageError(KebenError):
    """The command was called wrongly."""

    exit_code = 2
