"""A build that is stopped or killed leaves nothing half-written, and the next one is right (`tests/interrupts.py`)."""

from pathlib import Path

import pytest
from interrupts import Trials


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at Linux's list of processes")
def test_builds_that_are_disturbed_at_random_moments(tmp_path):
    # Three of the ways; all of them, at more moments and with PDFs: nox -s interrupts.
    trials = Trials(tmp_path, ("epub",))
    trials.prepare()
    assert [(what, wrong) for what, wrong in trials.run(3) if wrong] == []
