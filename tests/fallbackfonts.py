"""A machine with the fonts of the default theme and those that a test makes, and no others."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import latinfonts
import pytest

from keben.typeset import fonts
from keben.typeset.fonts import charts, glyphs, letters

BASE = ("Noto Serif CJK SC", "Noto Serif CJK TC", "Noto Sans CJK SC", "Noto Sans Mono CJK SC", "LXGW WenKai")
"""Families; ``Noto Serif CJK SC`` has all regions in its file."""

ARABIC = [*range(0x600, 0x700), *range(0xFE70, 0xFEFD)]
HEBREW = [*range(0x590, 0x5F5)]

_CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@contextmanager
def bare_machine(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for the fonts of a test."""
    folder = home / "fonts"
    folder.mkdir()
    for file in {face.file for face in fonts.installed() if not set(BASE).isdisjoint(face.families)}:
        (folder / Path(file).name).symlink_to(file)
    config = home / "fonts.conf"
    config.write_text(_CONFIG.format(folder=folder, cache=home / "cache"), "utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    forget()
    yield folder
    monkeypatch.undo()
    forget()


def forget() -> None:
    """Ask fontconfig again."""
    for each in (
        fonts.installed,
        fonts.covered,
        charts.charts,
        charts.pictures,
        glyphs.forms_in,
        letters._cut,
        letters._space_of,
    ):
        each.cache_clear()


def add(folder: Path, family: str, *letters_: int | range | list[int]) -> None:
    """Install a family whose letters are boxes."""
    codes = [0x20]
    for each in letters_:
        codes += [each] if isinstance(each, int) else list(each)
    latinfonts.install(folder, ("Regular",), family, sorted(set(codes)))
    forget()
