"""Settings come from the store as they came from the file."""

from pathlib import Path

import pytest
from projects import write_project

from keben.core.store import Store
from keben.project import keptsettings, load
from keben.project.keptsettings import settings_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path / "demo")


def asked(root: Path, store: Store):  # type: ignore[no-untyped-def]
    return settings_of((root / "book" / "book.toml").read_text("utf-8"), "book/book.toml", root, store)


def test_they_are_the_same_and_no_schema_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(root / "store", "tools")
    cold = asked(root, Store())
    assert cold[0] is not None
    assert asked(root, store) == cold
    monkeypatch.setattr(keptsettings, "read_designs", lambda *_: 1 / 0)
    assert asked(root, store) == cold
    assert load(root, {}, store) == load(root, {}, store)
    with pytest.raises(ZeroDivisionError):
        asked(root, Store(root / "store", "other tools"))


def test_a_design_that_changed_counts(root: Path) -> None:
    store = Store(root / "store", "tools")
    folder = root / "styles" / "designs" / "own"
    folder.mkdir(parents=True)
    (folder / "design.toml").write_text("leading = 1.5", "utf-8")
    settings = root / "book" / "book.toml"
    text = settings.read_text("utf-8")
    settings.write_text(f'{text}\n[print]\ndesign = "own"\n', "utf-8")
    before = asked(root, store)
    assert before[0] is not None
    (folder / "design.toml").write_text("leading = 1.25", "utf-8")
    after = asked(root, store)
    assert after[0] is not None
    assert after == asked(root, Store())
    assert {edition.area.leading for edition in before[0].editions} == {1.5}
    assert {edition.area.leading for edition in after[0].editions} == {1.25}


def test_what_is_wrong_is_said_each_time(root: Path) -> None:
    store = Store(root / "store", "tools")
    settings = root / "book" / "book.toml"
    settings.write_text(settings.read_text("utf-8").replace("[book]", "[book]\nunknown = 1"), "utf-8")
    assert asked(root, store) == asked(root, store) == asked(root, Store())
    assert asked(root, store)[1]
