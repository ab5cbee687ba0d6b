"""Pages of an EPUB as a reader of Chromium's family shows them: side by side, in columns as wide as the screen."""

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from books import ROOT
from playwright.sync_api import Browser, Page

PROBE = (ROOT / "tools" / "readers" / "probe.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody reads: colours, the size of type in per cent, and the screen in pixels."""

    name: str
    text: str
    ground: str
    size: int = 100
    width: int = 420
    height: int = 640


WHITE = Look("white", "#000000", "#ffffff", width=600, height=800)
SEPIA = Look("sepia", "#5b4636", "#f1e8d0")
NIGHT = Look("night", "#e0e0e0", "#1c1c1c")
BLACK = Look("black", "#ffffff", "#000000")
LARGE = Look("large", "#000000", "#ffffff", 200, 360)
LOOKS = (WHITE, SEPIA, NIGHT, BLACK, LARGE)

_MARGIN = 20
_PAGED = """([look, margin]) => {
    const root = document.documentElement, { style } = root
    const vertical = getComputedStyle(root).writingMode !== "horizontal-tb"
    const set = (name, value) => style.setProperty(name, value, "important")
    const [size, across] = vertical ? [look.height, look.width] : [look.width, look.height]
    set("box-sizing", "border-box"); set("margin", "0"); set("overflow", "hidden")
    set(vertical ? "height" : "width", `${size}px`); set(vertical ? "width" : "height", `${across}px`)
    set("padding", `${margin}px`)
    set("column-width", `${size - 2 * margin}px`); set("column-gap", `${2 * margin}px`); set("column-fill", "auto")
    set("color", look.text); set("background", look.ground); set("font-size", `${look.size}%`)
    // Readers limit each picture to the page, over what the book says.
    for (const picture of document.querySelectorAll("img")) {
        picture.style.setProperty(vertical ? "max-width" : "max-height", `${across - 2 * margin}px`, "important")
    }
    document.body.style.setProperty("margin", "0", "important")
    document.body.style.setProperty("color", look.text)
    return { axis: vertical ? "y" : "x", size, across: [0, across], ground: look.ground }
}"""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An EPUB in a folder."""

    root: Path
    pages: tuple[Path, ...]
    """Its XHTML files."""

    def page(self, name: str) -> Path:
        """The page of a file name."""
        return next(each for each in self.pages if each.name == name)

    def copied(self, root: Path, sheets: Mapping[str, str]) -> "Unpacked":
        """The same in another folder, with other style sheets."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        for path in (root / "EPUB" / "styles").glob("*.css"):
            path.write_text(sheets[path.name], encoding="utf-8")
        return Unpacked(root, tuple(root / page.relative_to(self.root) for page in self.pages))


def unpack(epub: Path, folder: Path) -> Unpacked:
    """An EPUB's files, written down."""
    with zipfile.ZipFile(epub) as archive:
        archive.extractall(folder)
        names = sorted(name for name in archive.namelist() if name.endswith(".xhtml"))
    return Unpacked(folder, tuple(folder / name for name in names))


@contextmanager
def screen(browser: Browser, look: Look) -> Iterator[Page]:
    """A screen of the look's size."""
    context = browser.new_context(viewport={"width": look.width, "height": look.height})
    yield context.new_page()
    context.close()


def shown(page: Page, path: Path, look: Look) -> dict[str, object]:
    """Show a file in pages; gives how they stand, as the probe takes it."""
    page.goto(path.as_uri())
    values = {name: getattr(look, name) for name in ("text", "ground", "size", "width", "height")}
    reported: dict[str, object] = page.evaluate(_PAGED, [values, _MARGIN])
    return reported


def measured(page: Page, reported: dict[str, object]) -> list[str]:
    """What is wrong with the pages that are shown: too little contrast, what is cut, titles that are torn."""
    found: list[str] = page.evaluate(f"page => ({PROBE})(document, page)", reported)
    return found


def faults(page: Page, path: Path, look: Look) -> list[str]:
    """What is wrong with a file's pages."""
    return [f"{look.name}: {path.name}: {each}" for each in measured(page, shown(page, path, look))]
