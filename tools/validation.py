"""Writes what a validator says as the report that `keben build --release --reports` takes (docs/release.md)."""

import hashlib
import json
from pathlib import Path


def verdict(path: Path, findings: list[str], against: str = "") -> dict[str, object]:
    """What a validator says of one file: that it passed, where it found nothing."""
    return {
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        **({"against": against} if against else {}),
        "result": "failed" if findings else "passed",
        "findings": findings,
    }


def write(report: str, check: str, version: str, verdicts: list[dict[str, object]]) -> None:
    """Write the report of one run."""
    results = {"check": check, "version": version, "files": verdicts}
    Path(report).write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
