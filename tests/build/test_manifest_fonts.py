"""What ``manifest.json`` says of fonts, held against the fonts in the artifacts and the files on this machine."""

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import latinfonts
import pikepdf
import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont
from projects import change, write_project

from keben.cli import main
from keben.typeset import fonts

VERTICAL = """
[editions.zh-Hant-TW-vertical]
language = "zh-Hant-TW"
writing = "vertical"
formats = ["pdf"]

[print]
latin = "Probe"
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The output folder of a build: two horizontal editions and a vertical one, with a Latin family and a chart."""
    home = tmp_path_factory.mktemp("manifest")
    folder, environment = latinfonts.installed_in(home)
    latinfonts.install(folder)
    root = write_project(home / "demo")
    change(root, "book/book.toml", 'vocabulary = "regional"\n', f'vocabulary = "regional"\n{VERTICAL}')
    change(root, "book/chapters/one.md", "软件在", "**bold**与*italic*及plain。软件在")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        for each in (fonts.installed, fonts.covered):
            each.cache_clear()
        result = CliRunner().invoke(main, ["build", str(root), "-j", "1"])
        assert result.exit_code == 0, result.output
        yield root / "build"
    for each in (fonts.installed, fonts.covered):
        each.cache_clear()


def entries(output: Path, format_: str) -> list[dict[str, Any]]:
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    found = [entry for entry in manifest["artifacts"] if entry["format"] == format_]
    assert found
    return found


def installed_files() -> dict[str, list[Path]]:
    """Every font file that fontconfig knows, by its name: asked again, and not of Keben."""
    listing = subprocess.run(["fc-list", "--format=%{file}\n"], capture_output=True, text=True, check=True)
    files: dict[str, list[Path]] = {}
    for line in set(listing.stdout.splitlines()):
        files.setdefault(Path(line).name, []).append(Path(line))
    return files


def faces(path: Path) -> Iterator[TTFont]:
    """All faces of a file."""
    with TTFont(path, fontNumber=0, lazy=True) as first:
        count = first.reader.numFonts if hasattr(first.reader, "numFonts") else 1
    for index in range(count):
        with TTFont(path, fontNumber=index, lazy=True) as font:
            yield font


def embedded(pdf: Path) -> dict[str, str]:
    """The fonts in a PDF: their names without the subset's tag, and the PostScript names in their programs."""
    found: dict[str, str] = {}
    with pikepdf.open(pdf) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                program = thing.get("/FontFile3") or thing["/FontFile2"]
                with TTFont(io.BytesIO(program.read_bytes())) as font:
                    name = font["name"].getDebugName(6) if "name" in font else font["CFF "].cff.fontNames[0]
                found[str(thing.FontName).partition("+")[2]] = str(name)
    assert found
    return found


def test_each_font_has_the_version_and_the_hash_of_its_file(output: Path) -> None:
    files = installed_files()
    reported = [font for entry in entries(output, "pdf") for font in entry["fonts"]]
    assert {font["file"] for font in reported} >= {"NotoSerifCJK-Regular.ttc", "Probe-Regular.ttf"}
    for font in reported:
        assert set(font) == {"name", "style", "file", "version", "sha256"}
        (path,) = files[font["file"]]
        assert font["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        versions = {
            (
                face["name"].getDebugName(1),
                face["name"].getDebugName(5).removeprefix("Version ").split(";")[0].strip(),
            )
            for face in faces(path)
        }
        assert (font["name"], font["version"]) in versions, (font, versions)


def test_each_font_in_a_pdf_is_named_and_no_other(output: Path) -> None:
    files = installed_files()
    for entry in entries(output, "pdf"):
        own: set[str] = set()
        for font in entry["fonts"]:
            (path,) = files[font["file"]]
            own |= {
                str(face["name"].getDebugName(6))
                for face in faces(path)
                if face["name"].getDebugName(1) == font["name"]
            }
        inside = embedded(output / entry["name"])
        if entry["edition"].endswith("vertical"):
            # The fonts of columns are made again: their names say from which family.
            families = {
                name.replace("-", " ").partition(" Columns")[0].removesuffix(" Latin") for name in inside
            }
            assert families == {font["name"] for font in entry["fonts"]}
        else:
            assert set(inside.values()) == own, (inside, own)


def test_an_epub_has_no_fonts_and_names_none(output: Path) -> None:
    for entry in entries(output, "epub"):
        assert "fonts" not in entry
        with zipfile.ZipFile(output / entry["name"]) as archive:
            assert not [
                name for name in archive.namelist() if name.endswith((".ttf", ".otf", ".woff", ".woff2"))
            ]
