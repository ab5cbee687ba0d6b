"""Whole novels in each manner of quotation marks, for three editions: built, and nothing is lost or ill set."""

import os

import pytest
from novels import write_novel

from keben.build import build
from keben.build.inspection import inspect
from keben.build.request import Request


@pytest.mark.no_cover
@pytest.mark.parametrize("quotes", ["curly", "corner", "straight", "mixed"])
def test_a_novel_is_built_for_three_editions_and_passes_its_check(tmp_path, quotes):
    root = write_novel(tmp_path, 7, 2, quotes, size=30)
    outcome = build(Request(root, root / "build"), {"SOURCE_DATE_EPOCH": "1767225600"}, lambda _: None)
    assert {path.suffix for path in outcome.paths} == {".epub", ".pdf", ".tsv", ".json", ""}
    inspection = inspect(root, root / "build", {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"})
    assert [str(each) for each in inspection.findings if each.severity == "error"] == []
    assert [report.share for report in inspection.lines.values()] == [1.0] * 3
