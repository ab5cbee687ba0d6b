"""Processes that help with one artifact."""

import time

import pytest

from keben.build.helpers import helpers


def test_without_other_processes_there_is_no_help():
    with helpers(0) as submit:
        assert submit is None


def test_calls_are_made_elsewhere_and_those_that_wait_can_be_taken_back():
    with helpers(1) as submit:
        first, failing, second, third = (
            submit(len, "一二三"),
            submit(int, "x"),
            submit(time.sleep, 0.3),
            submit(len, ""),
        )
        assert first.result() == 3
        with pytest.raises(ValueError, match="invalid literal"):
            failing.result()
        assert third.cancel()
        assert not first.cancel()
    assert second.done()


def test_who_interrupts_waits_for_nobody():
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), helpers(1) as submit:
        running, waiting = submit(time.sleep, 300), submit(len, "")
        while not running.running():
            time.sleep(0.01)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 120
    assert waiting.cancelled()
