import json
import runpy
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.release.reports import Checked, Verdict, misgivings, read_report, write_report

GOOD = Verdict("a.pdf", "0" * 64, against="PDF/A-2a")
BAD = Verdict("a.pdf", "0" * 64, "failed", "PDF/UA-1", ("7.1-1: No tag.", "7.2-1: No alt"))


def reported(*verdicts, marks=None):
    checked = Checked("veraPDF", "1.28", verdicts)
    return [str(each) for each in misgivings(checked, marks or {"a.pdf": "0" * 64}, "report-verapdf.json")]


texts = st.text(max_size=8)
verdicts = st.builds(
    Verdict,
    texts,
    texts,
    st.sampled_from(["passed", "failed", "measured"]),
    texts,
    st.lists(texts, max_size=3).map(tuple),
    st.dictionaries(texts, st.integers(), max_size=2),
)


@given(st.builds(Checked, texts, texts, st.lists(verdicts, max_size=3).map(tuple)))
def test_a_report_comes_back_as_it_was_written(checked):
    read, problems = read_report(write_report(checked), "x.json")
    assert problems == ()
    assert read is not None
    assert (read.check, read.version) == (checked.check, checked.version)
    assert sorted(map(repr, read.verdicts)) == sorted(map(repr, checked.verdicts))


def test_a_report_is_named_after_its_check():
    assert Checked("veraPDF", "1", ()).name == "report-verapdf.json"
    assert Checked("../Ace by DAISY", "1", ()).name == "report-ace-by-daisy.json"


def test_a_report_that_passed_has_nothing_in_the_way():
    assert reported(GOOD, Verdict("a.pdf", "0" * 64, "measured")) == []


def test_what_failed_is_told_by_file_and_finding():
    assert reported(GOOD, BAD) == [
        "a.pdf: veraPDF (PDF/UA-1): 7.1-1: No tag.",
        "a.pdf: veraPDF (PDF/UA-1): 7.2-1: No alt.",
    ]
    assert reported(Verdict("a.pdf", "0" * 64, "failed")) == ["a.pdf: veraPDF: It failed."]


def test_a_report_of_other_files_is_reported():
    assert reported(GOOD, marks={"a.pdf": "1" * 64}) == [
        "report-verapdf.json: It is of another “a.pdf” than the one made now. Build, and run the check again."
    ]
    assert reported(GOOD, marks={"b.pdf": "0" * 64})[0].startswith(
        "report-verapdf.json: It is of “a.pdf”, which this book does not have."
    )


@pytest.mark.parametrize(
    "change",
    [
        {"check": 1},
        {"files": None},
        {"files": [1]},
        {"files": [{"file": "a", "sha256": "b", "result": "good", "findings": []}]},
    ],
)
def test_what_is_no_report_is_reported(change):
    data = json.dumps({"check": "a", "version": "1", "files": [], **change}).encode()
    checked, (problem,) = read_report(data, "x.json")
    assert checked is None
    assert str(problem) == "x.json: This is not a report of a check. Its form is in docs/release.md."
    assert read_report(b"\xff", "x.json")[0] is None


def test_what_the_tools_write_is_a_report(tmp_path):
    tool = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "validation.py"))
    book = tmp_path / "a.pdf"
    book.write_bytes(b"%PDF")
    verdicts = [tool["verdict"](book, [], "PDF/A-2a"), tool["verdict"](book, ["No tag."], "PDF/UA-1")]
    tool["write"](str(tmp_path / "out.json"), "veraPDF", "1.28", verdicts)
    mark = sha256(b"%PDF").hexdigest()
    assert read_report((tmp_path / "out.json").read_bytes(), "out.json") == (
        Checked(
            "veraPDF",
            "1.28",
            (
                Verdict("a.pdf", mark, against="PDF/A-2a"),
                Verdict("a.pdf", mark, "failed", "PDF/UA-1", ("No tag.",)),
            ),
        ),
        (),
    )
