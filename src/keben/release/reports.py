"""What checks say of files, as JSON that stands beside a release: Keben's own checks and other programs' alike.

    {"check": "veraPDF", "version": "1.28.1", "files": [
      {"file": "a-zh-Hans.pdf", "sha256": "…", "against": "PDF/UA-1", "result": "passed", "findings": []}]}

Such a file says nothing of when, where and by whom it was made.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, Literal, get_args

from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.core.values import dataclass

Result = Literal["passed", "failed", "measured"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says of one file."""

    file: str
    sha256: str
    result: Result = "passed"
    against: str = ""
    """The profile or standard that it was held against, where the check knows several."""
    findings: tuple[str, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that ran, and what it says."""

    check: str
    version: str
    verdicts: tuple[Verdict, ...]

    @property
    def name(self) -> str:
        """The report's file name."""
        return f"report-{re.sub(r'[^a-z0-9]+', '-', self.check.lower()).strip('-')}.json"


def write_report(checked: Checked) -> bytes:
    """A report's JSON."""
    report = {
        "check": checked.check,
        "version": checked.version,
        "files": [
            {
                "file": verdict.file,
                "sha256": verdict.sha256,
                **({"against": verdict.against} if verdict.against else {}),
                "result": verdict.result,
                "findings": list(verdict.findings),
                **({"figures": verdict.figures} if verdict.figures else {}),
            }
            for verdict in sorted(checked.verdicts, key=lambda each: (each.file, each.against))
        ],
    }
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


def read_report(data: bytes, shown: str) -> tuple[Checked | None, tuple[Finding, ...]]:
    """Read a report; ``shown`` is what messages call it. None beside a finding where it is none."""
    try:
        report = json.loads(data)
        checked = Checked(
            _text(report["check"]),
            _text(report["version"]),
            tuple(_verdict(each) for each in report["files"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = wording("This is not a report of a check.")
        return None, (
            Finding(Place(shown), "no-report", message, wording("Its form is in docs/release.md.")),
        )
    return checked, ()


def _verdict(entry: Mapping[str, Any]) -> Verdict:
    result = entry["result"]
    if result not in get_args(Result):
        raise ValueError(result)
    findings = tuple(_text(each) for each in entry["findings"])
    return Verdict(
        _text(entry["file"]),
        _text(entry["sha256"]),
        result,
        _text(entry.get("against", "")),
        findings,
        dict(entry.get("figures", {})),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def misgivings(checked: Checked, marks: Mapping[str, str], shown: str) -> Iterable[Finding]:
    """Why a release cannot go out with a report; ``marks`` has the SHA-256 of each of its files, by name."""
    for verdict in checked.verdicts:
        if verdict.file not in marks:
            message = wording("It is of “{file}”, which this book does not have.", file=verdict.file)
            yield Finding(
                Place(shown), "other-report", message, wording("Run the check on this book's files.")
            )
        elif marks[verdict.file] != verdict.sha256:
            message = wording("It is of another “{file}” than the one made now.", file=verdict.file)
            yield Finding(Place(shown), "other-report", message, wording("Build, and run the check again."))
        elif verdict.result == "failed":
            against = wording(" against {against}", against=verdict.against) if verdict.against else ""
            for said in verdict.findings or (wording("It failed{against}", against=against),):
                message = wording(
                    "{check}{against}: {said}.",
                    check=checked.check,
                    against=f" ({verdict.against})" if verdict.against else "",
                    said=said.rstrip("."),
                )
                yield Finding(Place(verdict.file), "check-failed", message)
