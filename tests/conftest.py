"""Options and fixtures of all tests."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from epubchecks import Checker, faults
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# A test does not fail for being slow: the machine may be busy. It tries the same inputs in each run, so that what
# fails here fails everywhere; KEBEN_TESTS=random looks for new ones (CONTRIBUTING.md).
settings.register_profile("keben", deadline=None, derandomize=True)
settings.register_profile("random", deadline=None)
settings.load_profile("random" if os.environ.get("KEBEN_TESTS") == "random" else "keben")

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# Tests read English, on a Chinese machine too.
os.environ["KEBEN_LANG"] = "en"

QUIET = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="write the golden files of tests/cases anew")


@pytest.fixture(scope="session")
def checker() -> Iterator[Checker]:
    """EPUBCheck, in one Java for all tests of a process."""
    checker = Checker()
    yield checker
    checker.close()


@pytest.fixture(scope="session", autouse=True)
def _every_epub_is_valid(checker: Checker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """EPUBCheck has nothing against any EPUB that a build in this process writes, in any test."""
    from keben import build as pipeline
    from keben import release as publishing

    folder = tmp_path_factory.mktemp("epubs")
    tests: dict[Path, str] = {}

    def collecting(release: Callable[..., Any]) -> Callable[..., Any]:
        def collect(output: Path, made: Any, *rest: Any) -> Any:
            for artifact in made.artifacts:
                if artifact.format == "epub":
                    path = folder / f"{hashlib.sha256(artifact.data).hexdigest()}.epub"
                    if path not in tests:
                        tests[path] = os.environ["PYTEST_CURRENT_TEST"]
                        path.write_bytes(artifact.data)
            return release(output, made, *rest)

        return collect

    with pytest.MonkeyPatch.context() as patch:
        for module in (pipeline, publishing):
            patch.setattr(module, "release", collecting(module.release))
        yield
    wrong = [
        f"{test}: {path.name}: {fault}"
        for path, test in tests.items()
        for fault in faults(checker.report(path))
    ]
    if wrong:
        pytest.fail("Builds wrote EPUBs that EPUBCheck refuses:\n" + "\n".join(wrong), pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def _one_java(checker: Checker) -> Iterator[Callable[..., Any]]:
    """`keben check` asks the tests' EPUBCheck; gives what it does elsewhere."""
    from keben.check import epubcheck

    def report_on(path: Path, _java: str, _jar: Path) -> Mapping[str, Any]:
        return checker.report(path)

    own = epubcheck.report_on
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(epubcheck, "report_on", report_on)
        yield own


@pytest.fixture
def own_java(monkeypatch: pytest.MonkeyPatch, _one_java: Callable[..., Any]) -> None:
    """EPUBCheck starts as it does for users, in a Java of its own for each file."""
    monkeypatch.setattr("keben.check.epubcheck.report_on", _one_java)


@pytest.fixture(scope="session", autouse=True)
def _fonts_stay_open() -> Iterator[None]:
    """Columns are set in fonts that each take a second to open: a build keeps four of them open, these tests all."""
    from keben.typeset.fonts import letters
    from keben.typeset.fonts.vertical import pairs, prepare, source

    opened = lru_cache(maxsize=16)(source.SourceFont)
    with pytest.MonkeyPatch.context() as patch:
        for module in (letters, pairs, prepare):
            patch.setattr(module, "opened", opened)
        yield


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser, for what only a browser can show."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail(f"No Chromium ({', '.join(NAMES)}). On Debian or Ubuntu: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET.split())
        yield browser
        browser.close()
