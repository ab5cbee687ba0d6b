import pytest
from projects import change, write_project

from keben.build import build
from keben.build.inspection import inspect
from keben.build.request import Request

ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1767225600"}
NAME = "hair-zh-Hans.pdf"


@pytest.fixture
def root(tmp_path):
    """A project whose only artifact is a PDF."""
    root = write_project(tmp_path / "demo")
    change(root, "book/book.toml", '[editions.zh-Hant-TW]\nvocabulary = "regional"\n', 'formats = ["pdf"]\n')
    return root


def looked(root):
    report = inspect(root, root / "build", ENVIRONMENT)
    return report, [(finding.place.path.rpartition("/")[2], finding.code) for finding in report.findings]


def test_what_is_not_built_is_made_for_a_trial(root):
    report, findings = looked(root)
    assert report.checked == ("source: 2 chapters, 1 editions", f"{NAME}: can be built")
    assert findings == [(NAME, "not-built")]
    assert report.lines == {}
    assert not (root / "build").exists()


def test_what_is_wrong_in_the_source_ends_the_inspection_of_artifacts(root):
    change(root, "book/chapters/two.md", "[](#grow)", "[](#gone)")
    report, findings = looked(root)
    assert report.checked == ("source: 2 chapters, 1 editions",)
    assert findings == [(NAME, "not-built"), ("two.md", "missing-reference")]


def test_what_stands_is_proved_and_what_is_old_or_damaged_is_made_again_for_a_trial(root):
    build(Request(root, root / "build"), ENVIRONMENT, lambda *_: None)
    report, findings = looked(root)
    lines = report.lines[NAME].summary()
    assert report.checked == (
        "source: 2 chapters, 1 editions",
        f"{NAME}: nothing of the text is lost",
        f"{NAME}: {lines}",
    )
    assert findings == []

    change(root, "book/chapters/two.md", "皇后", "太后")
    report, findings = looked(root)
    assert report.checked == ("source: 2 chapters, 1 editions", f"{NAME}: can be built")
    assert findings == [(NAME, "old-artifact")]

    path = root / "build" / NAME
    path.write_bytes(path.read_bytes() + b"\n")
    report, findings = looked(root)
    assert report.checked == ("source: 2 chapters, 1 editions", f"{NAME}: can be built")
    assert [name for name, _ in findings] == [NAME]
    assert report.findings[0].severity == "error"
    assert report.lines == {}
