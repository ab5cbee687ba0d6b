"""EPUBCheck on EPUBs, as stores run it: anything to report is a failure, down to notes on usage.

usage: python tools/run_epubcheck.py FILE.epub...
"""

import sys
from pathlib import Path

from keben.check import check_epubs
from keben.core.errors import KebenError


def main(names: list[str]) -> int:
    """Check each EPUB."""
    failed = not names
    for name in names:
        try:
            findings = check_epubs((Path(name),))
        except KebenError as error:
            raise SystemExit(str(error)) from None
        failed = failed or bool(findings)
        print(f"{'FAIL' if findings else 'ok  '}  EPUBCheck     {Path(name).name}")
        for finding in findings:
            print(f"      {finding}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
