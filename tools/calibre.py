"""EPUBs through calibre to AZW3 and back, as many send them to a Kindle: are columns, notes and readings still there?

usage: python tools/calibre.py FILE.epub...

It needs calibre's ebook-convert; where that is not installed, nothing is tried, and it says so.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

LOOKED_FOR = {
    "columns": re.compile(r"(?<![-\w])writing-mode:\s*vertical-rl"),
    "pages from the right": re.compile(r'page-progression-direction="rtl"'),
    "upright numbers": re.compile(r"text-combine-upright:\s*all"),
    "calls of notes": re.compile(r"<a[^>]*noteref"),
    "notes": re.compile(r'<aside[^>]*type="footnote"'),
    "brackets of readings": re.compile(r"<rp>"),
    "dots of emphasis": re.compile(r"text-emphasis(?:-style)?:\s*dot"),
    "charts": re.compile(r"<svg|<img[^>]*svg"),
}

USED = {"dots of emphasis": re.compile(r"<em[ >]"), "upright numbers": re.compile(r'class="[^"]*\bupright\b')}
"""What a book must have for its styles to count: calibre drops those that nothing has."""


def text_of(epub: Path) -> str:
    """All that an EPUB's pages, styles and package say, as they say it."""
    with zipfile.ZipFile(epub) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".html", ".css", ".opf"))]
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in sorted(names))


def lost(epub: Path, folder: Path) -> list[str]:
    """What was in an EPUB and is no longer when it comes back."""
    there, back = folder / f"{epub.stem}.azw3", folder / f"{epub.stem}-back.epub"
    for source, target in ((epub, there), (there, back)):
        subprocess.run(
            ["ebook-convert", str(source), str(target)], check=True, capture_output=True, timeout=600
        )
    before, after = text_of(epub), text_of(back)
    there_before = (
        name
        for name, sign in LOOKED_FOR.items()
        if sign.search(before) and (name not in USED or USED[name].search(before))
    )
    return [name for name in there_before if not LOOKED_FOR[name].search(after)]


def main(names: list[str]) -> int:
    """Send each EPUB there and back."""
    if shutil.which("ebook-convert") is None:
        print("skip  calibre is not installed")
        return 0
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            missing = lost(Path(name), Path(folder))
            failed = failed or bool(missing)
            said = f": lost {', '.join(missing)}" if missing else ""
            print(f"{'FAIL' if missing else 'ok  '}  EPUB → AZW3 → EPUB  {Path(name).name}{said}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
