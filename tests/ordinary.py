"""Small books of ordinary input, built by the command line, and what comes out of them."""

import html
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commands import run
from pdfs import Glyph, Pdf

HEAD, FOLIO = 50, 545
"""Between them stands the body of the default theme's pages, in points from the top."""
BOTH = '["epub", "pdf"]'


@dataclass(frozen=True, slots=True)
class Built:
    """What a build said, and the folder that it wrote into."""

    root: Path
    code: int
    said: tuple[str, ...]
    """The lines of standard error, without the project's own path."""

    def about(self, part: str) -> list[str]:
        """The lines that have a text in them."""
        return [line for line in self.said if part in line]

    def epub(self, edition: str = "zh-Hans") -> dict[str, bytes]:
        """The files of an EPUB by name, without ``EPUB/``."""
        with zipfile.ZipFile(self.root / "build" / f"trial-{edition}.epub") as archive:
            return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}

    def page(self, name: str, edition: str = "zh-Hans") -> str:
        """The text of a page of an EPUB, without markup."""
        markup = self.epub(edition)[f"text/{name}.xhtml"].decode().partition("<body")[2]
        return " ".join(html.unescape(re.sub("<[^>]+>", " ", markup.partition(">")[2])).split())

    def package(self, edition: str = "zh-Hans") -> str:
        """The package document of an EPUB."""
        return self.epub(edition)["content.opf"].decode()

    def pdf(self, edition: str = "zh-Hans") -> Pdf:
        """A PDF."""
        return Pdf((self.root / "build" / f"trial-{edition}.pdf").read_bytes())

    def glyphs(self, edition: str = "zh-Hans") -> tuple[tuple[Glyph, ...], ...]:
        """The characters of each page of a PDF."""
        return _glyphs((self.root / "build" / f"trial-{edition}.pdf").read_bytes())

    def printed(self, edition: str = "zh-Hans") -> str:
        """The text of a PDF without spaces."""
        return _whole("".join(glyph.text for page in self.glyphs(edition) for glyph in page))

    def body(self, edition: str = "zh-Hans") -> str:
        """The same without heads and folios."""
        glyphs = (glyph for page in self.glyphs(edition) for glyph in page)
        return _whole("".join(glyph.text for glyph in glyphs if HEAD < glyph.y < FOLIO))

    def rows(self, edition: str = "zh-Hans") -> list[str]:
        """What stands on one baseline, from left to right, on each page of a PDF."""
        found: dict[tuple[int, int], list[tuple[float, str]]] = {}
        for page, glyphs in enumerate(self.glyphs(edition), 1):
            for glyph in glyphs:
                found.setdefault((page, round(glyph.y)), []).append((glyph.x, glyph.text))
        return ["".join(text for _, text in sorted(row)) for _, row in sorted(found.items())]

    def check(self) -> tuple[int, str]:
        """What ``keben check`` says of it all: the exit code, and standard error."""
        result = run("check", self.root)
        return result.exit_code, result.stderr


def _whole(text: str) -> str:
    """A text whose characters beyond U+FFFF PDFium gave in halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


@cache
def _glyphs(data: bytes) -> tuple[tuple[Glyph, ...], ...]:
    pdf = Pdf(data)
    return tuple(tuple(pdf.glyphs(page)) for page in range(1, pdf.pages + 1))


def made(
    root: Path,
    chapters: Mapping[str, str] | str,
    editions: str = '[editions.zh-Hans]\nformats = ["epub"]\n',
    *,
    files: Mapping[str, bytes | str] | None = None,
    arguments: tuple[str, ...] = (),
    **fields: str,
) -> Built:
    """Write a book of some chapters and build it; ``fields`` are values of ``[book]``, as TOML writes them."""
    texts = {"one": chapters} if isinstance(chapters, str) else chapters
    values = {
        "title": '"试验"',
        "authors": '["林一"]',
        "language": '"zh-Hans"',
        "identifier": '"urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f12"',
        "slug": '"trial"',
        "version": '"1.0.0"',
        "date": "2026-01-01",
        "chapters": str([f"chapters/{name}.md" for name in texts]).replace("'", '"'),
        **fields,
    }
    book = "".join(f"{name} = {value}\n" for name, value in values.items())
    everything: dict[str, bytes | str] = {"book/book.toml": f"[book]\n{book}\n{editions}"}
    everything |= {f"book/chapters/{name}.md": text for name, text in texts.items()}
    for path, data in (everything | dict(files or {})).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data if isinstance(data, bytes) else data.encode())
    result = run("build", root, "-j", 1, *arguments)
    return Built(root, result.exit_code, tuple(result.stderr.replace(f"{root}/", "").splitlines()))
