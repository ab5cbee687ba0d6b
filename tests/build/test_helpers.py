"""Processes for one artifact."""

import os
import time

import pytest
from callsapart import counted, ended_apart, helped

from keben.build.helpers import helpers, setter


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


def test_pages_are_set_in_another_process_which_has_further_ones():
    with setter(1) as apart:
        assert apart is None
    with setter(2) as apart:
        assert apart(helped, os.getpid())() == (True, True)
        # Where the system ends it, it is done here.
        assert apart(ended_apart, os.getpid())() == ("here", None)


def test_a_call_that_was_begun_is_taken_where_it_is_asked_for_and_made_again_for_other_values():
    with setter(2) as apart:
        apart.begin(counted, "book")
        assert apart(counted, "book")() == ("book", 1)
        assert apart(counted, "book")() == ("book", 2)
        apart.begin(counted, "one")
        assert apart(counted, "another")() == ("another", 4)
