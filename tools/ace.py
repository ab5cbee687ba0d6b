"""DAISY's Ace on EPUBs: is anything in the way of readers with disabilities? Exits 1 if it finds something.

usage: python tools/ace.py [--report REPORT.json] FOLDER FILE.epub...

FOLDER is where Ace is kept between runs; npm installs it there from the lock beside this file. It drives Debian's
Chromium.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import validation

LOCK = Path(__file__).parent / "ace"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


CLAIMS = frozenset(
    ("a11y:certifiedBy", "a11y:certifierCredential", "a11y:certifierReport", "dcterms:conformsTo")
)
"""What only a person can claim who has looked at the book; Ace misses it, and Keben never makes it up."""


def install(folder: Path) -> Path:
    """Install Ace into a folder, unless it is there as the lock says; gives its program."""
    program = folder / "node_modules" / ".bin" / "ace-puppeteer"
    lock = (LOCK / "package-lock.json").read_bytes()
    done = folder / "installed-lock.json"
    if not program.exists() or not done.exists() or done.read_bytes() != lock:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(LOCK / name, folder / name)
        # No scripts: they would fetch a browser, and nothing else needs them.
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=folder, check=True, env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"})
        done.write_bytes(lock)
    return program


def check(program: Path, browser: str, epub: Path) -> list[str]:
    """What Ace finds in an EPUB. It exits 0 either way: the report tells."""
    answer = report(program, browser, epub) or report(program, browser, epub)
    if not answer:
        return ["Ace made no report, twice"]
    missing = answer.get("a11y-metadata", {}).get("missing", [])
    findings = [f"metadata missing: {name}" for name in missing if name not in CLAIMS]
    findings += [f"metadata empty: {name}" for name in answer.get("a11y-metadata", {}).get("empty", [])]
    for file in answer.get("assertions", []):
        for assertion in filter(is_true, file.get("assertions", [])):
            findings.append(f"{file['earl:testSubject']['url']}: {sentence(assertion)}")
    outcomes = [file.get("assertions", []) for file in answer.get("assertions", [])]
    if answer.get("earl:result", {}).get("earl:outcome") != "pass" and not any(outcomes):
        findings.append("Ace's result is not “pass”")
    return findings


def report(program: Path, browser: str, epub: Path) -> dict[str, Any]:
    """Ace's report on an EPUB; empty if there is none, as when Chromium is too slow to start the first time."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser}
        command = [str(program), "-f", "-s", "-o", folder, str(epub)]
        run = subprocess.run(
            command, env=environment, check=False, capture_output=True, text=True, timeout=600
        )
        path = Path(folder) / "report.json"
        if not path.exists():
            print(f"      {epub.name}: no report: {(run.stdout + run.stderr).strip()[-400:]}")
            return {}
        answer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return answer


def is_true(assertion: dict[str, Any]) -> bool:
    """False of a table's header that says what it heads by a formula: axe reads no MathML, and calls it empty."""
    named = assertion.get("earl:test", {}).get("dct:title") == "empty-table-header"
    html = str(assertion.get("earl:result", {}).get("html", ""))
    return not (named and "<math" in html and 'alttext="' in html)


def sentence(assertion: dict[str, Any]) -> str:
    """One assertion in a line."""
    test = assertion.get("earl:test", {})
    description = assertion.get("earl:result", {}).get("dct:description", "")
    return f"{test.get('dct:title')} ({test.get('earl:impact')}): {' '.join(str(description).split())[:160]}"


def main(arguments: list[str]) -> int:
    """Check each EPUB."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--report")
    parser.add_argument("folder", type=Path)
    parser.add_argument("epubs", type=Path, nargs="+")
    asked = parser.parse_args(arguments)
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise SystemExit("ace: there is no Chromium; apt-get install -y chromium")
    program = install(asked.folder)
    verdicts = []
    for epub in asked.epubs:
        findings = check(program, browser, epub)
        verdicts.append(validation.verdict(epub, findings))
        print(f"{'FAIL' if findings else 'ok  '}  Ace           {epub.name}")
        for finding in findings[:20]:
            print(f"      {finding}")
    if asked.report:
        about = json.loads(
            (asked.folder / "node_modules/@daisy/ace/package.json").read_text(encoding="utf-8")
        )
        validation.write(asked.report, "Ace", about["version"], verdicts)
    return 1 if any(verdict["findings"] for verdict in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
