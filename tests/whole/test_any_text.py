"""Any text that Markdown lets through comes out whole, or a finding names its characters and their place."""

from pathlib import Path

import anytext
import pytest


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", [1, 2])
def test_any_text_comes_out_whole_or_its_characters_are_named(tmp_path: Path, seed: int) -> None:
    """100 inputs each; `nox -s anytext -- 10000` tries more."""
    verdict = anytext.judge(anytext.inputs(seed, 100), tmp_path)
    assert verdict.fault == ""
    assert verdict.failed == {}


def test_the_oracle_sees_a_lost_a_changed_and_a_doubled_character() -> None:
    assert list(anytext._compare(["甲乙", "丙"], [{0: "甲乙魍", 1: "丙魍"}], {})) == []
    for got in ("甲", "甲丙", "甲乙乙", "乙甲", ""):
        assert [number for number, _ in anytext._compare(["甲乙"], [{0: f"{got}魍"}], {})] == [0]
    # Of two readings one that is right is enough.
    assert list(anytext._compare(["甲"], [{0: "乙魍"}, {0: "甲魍"}], {})) == []
    # What a finding named may be there or not; what readers never show may go.
    assert list(anytext._compare(["甲\u200d☃乙"], [{0: "甲〓乙魍"}], {0: {"☃"}})) == []
