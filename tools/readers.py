"""EPUBs in two readers, foliate-js and epub.js, as people have them: at night, in sepia, in large type on a telephone.

usage: python tools/readers.py FOLDER PICTURES FILE.epub...

FOLDER is where the readers are kept between runs; npm installs them there from the lock beside this file. Each page is
measured (tools/readers/probe.js) and laid down in PICTURES, on a sheet for each chapter. Exits 1 if text has too little
contrast, or anything is cut or torn.
"""

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

HERE = Path(__file__).parent / "readers"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MOST_PAGES = 24
"""Of a chapter, on its sheet."""
ACROSS = 6
ORIGIN = "http://reader.invalid"


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody reads: colours, the size of type in per cent, and the screen in pixels."""

    name: str
    text: str
    ground: str
    link: str
    size: int
    width: int
    height: int


LOOKS = (
    Look("white", "#000000", "#ffffff", "#0055cc", 100, 600, 800),
    Look("sepia", "#5b4636", "#f1e8d0", "#005f66", 100, 420, 640),
    Look("night", "#e0e0e0", "#1c1c1c", "#77bbee", 100, 420, 640),
    Look("black", "#ffffff", "#000000", "#77bbee", 100, 420, 640),
    Look("large", "#000000", "#ffffff", "#0055cc", 200, 360, 640),
)
STYLE = """<meta charset="utf-8"><style>
html, body { height: 100%; margin: 0; overflow: hidden }
foliate-view { display: block; height: 100% }
</style>"""
PAGES = {
    "foliate-js": '<script type="module" src="/foliate.js"></script>',
    "epub.js": '<script src="/jszip/dist/jszip.min.js"></script><script src="/epubjs/dist/epub.min.js"></script>'
    '<script type="module" src="/epubjs.js"></script>',
}


def install(folder: Path) -> Path:
    """Install the readers into a folder, unless they are there as the lock says; gives where they are."""
    done = folder / "installed-lock.json"
    lock = (HERE / "package-lock.json").read_bytes()
    if not done.exists() or done.read_bytes() != lock:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=folder, check=True, env=dict(os.environ))
        done.write_bytes(lock)
    return folder / "node_modules"


def served(route: Route, epub: Path, reader: str, modules: Path) -> None:
    """Answer a request of the page: everything lies on this machine."""
    path = route.request.url.removeprefix(ORIGIN).partition("#")[0]
    if path == "/":
        route.fulfill(body=f"<!doctype html>{STYLE}<body>{PAGES[reader]}", content_type="text/html")
    elif path == "/book.epub":
        route.fulfill(body=epub.read_bytes(), content_type="application/epub+zip")
    elif path in ("/foliate.js", "/epubjs.js"):
        route.fulfill(path=HERE / path[1:], content_type="text/javascript")
    elif (modules / path[1:]).is_file():
        route.fulfill(
            path=modules / path[1:], content_type="text/javascript" if path.endswith("js") else None
        )
    else:
        route.abort()


def read(browser: Browser, epub: Path, reader: str, look: Look, modules: Path, pictures: Path) -> list[str]:
    """Read a book to its end; gives what is wrong with its pages."""
    context = browser.new_context(viewport={"width": look.width, "height": look.height})
    page = context.new_page()
    page.route(f"{ORIGIN}/**", lambda route: served(route, epub, reader, modules))
    page.goto(f"{ORIGIN}/#{quote(json.dumps(asdict(look)))}")
    page.wait_for_function("window.reader", timeout=20000)
    faults: list[str] = []
    for index in range(page.evaluate("reader.sections")):
        page.evaluate("index => reader.go(index)", index)
        page.wait_for_timeout(200)
        shown = page.evaluate("reader.page()")
        found = page.evaluate(
            f"({(HERE / 'probe.js').read_text(encoding='utf-8')})(reader.doc(), reader.page())"
        )
        title = page.evaluate("reader.doc().title")
        faults += [f"{title}: {fault}" for fault in found]
        lay_down(page, shown, pictures / f"{epub.stem}-{reader}-{look.name}-{index:02}.png")
    context.close()
    return faults


def lay_down(page: Page, shown: dict[str, Any], path: Path) -> None:
    """Pictures of a chapter's pages, on one sheet."""
    sheets = []
    for number in range(min(shown["pages"], MOST_PAGES)):
        if number:
            page.evaluate("reader.next()")
            page.wait_for_timeout(60)
        with Image.open(io.BytesIO(page.screenshot())) as picture:
            sheets.append(picture.convert("RGB"))
    if not sheets:
        return
    width, height = (side // 2 for side in sheets[0].size)
    rows = -(-len(sheets) // ACROSS)
    whole = Image.new("RGB", (min(ACROSS, len(sheets)) * (width + 8), rows * (height + 8)), "#c060c0")
    for number, sheet in enumerate(sheets):
        place = number % ACROSS * (width + 8), number // ACROSS * (height + 8)
        whole.paste(sheet.resize((width, height), Image.Resampling.LANCZOS), place)
    whole.save(path)


def main(arguments: list[str]) -> int:
    """Read each EPUB in each reader in each look."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("pictures", type=Path)
    parser.add_argument("epubs", type=Path, nargs="+")
    asked = parser.parse_args(arguments)
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit("readers: there is no Chromium; apt-get install -y chromium")
    modules = install(asked.folder)
    asked.pictures.mkdir(parents=True, exist_ok=True)
    failed = False
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for epub in asked.epubs:
            for reader in PAGES:
                for look in LOOKS:
                    faults = read(browser, epub, reader, look, modules, asked.pictures)
                    failed = failed or bool(faults)
                    print(f"{'FAIL' if faults else 'ok  '}  {reader:10}  {look.name:6}  {epub.name}")
                    for fault in faults[:20]:
                        print(f"      {fault}")
        browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
