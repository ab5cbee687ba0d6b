"""How long a build will go on, by what has ended."""

import pytest

from keben.build import estimates
from keben.build.estimates import Forecast, expected_of, expected_of_reading
from keben.build.graph import Task
from keben.formats import FORMATS


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(estimates, "monotonic", lambda: now[0])
    return now


def tasks(*seconds):
    return [Task(str(number), print, seconds=each) for number, each in enumerate(seconds)]


def test_nothing_is_said_before_anything_has_ended():
    assert Forecast(2).left(tasks(1, 2)) is None


@pytest.mark.parametrize(
    ("at_once", "left"),
    [(1, 12.0), (2, 6.0), (4, 4.0)],
    ids=["one by one", "two at once", "the longest alone"],
)
def test_what_ended_tells_how_fast_the_machine_is(clock, at_once, left):
    forecast = Forecast(at_once)
    first, *others = tasks(2, 2, 2, 2)
    forecast.begin(first)
    forecast.end(first, 4.0)
    assert forecast.left(others) == left


def test_what_a_task_took_already_counts(clock):
    forecast = Forecast(1)
    first, second, third = tasks(1, 5, 5)
    forecast.end(first, 1.0)
    forecast.begin(second)
    clock[0] = 3.0
    assert forecast.left([second, third]) == 7.0
    # One that takes longer than was expected is about to end.
    clock[0] = 100.0
    assert forecast.left([second, third]) == 5.0


def test_what_is_still_to_be_added_counts(clock):
    forecast = Forecast(2)
    first, second = tasks(1, 1)
    forecast.end(first, 2.0)
    assert forecast.left([second], further=9.0) == 10.0


def test_pages_take_most_and_more_of_a_long_book():
    pdf, booklet, epub = (expected_of(FORMATS[name], 500_000, 0) for name in ("pdf", "booklet", "epub"))
    assert pdf.seconds > booklet.seconds > epub.seconds
    assert pdf.memory > epub.memory
    short = expected_of(FORMATS["pdf"], 5_000, 0)
    assert (short.seconds < pdf.seconds, short.memory < pdf.memory) == (True, True)
    assert expected_of(FORMATS["epub"], 0, 1_000_000).memory > expected_of(FORMATS["epub"], 0, 0).memory
    columns = expected_of(FORMATS["pdf"], 500_000, 0, columns=True)
    assert columns.seconds > pdf.seconds
    assert expected_of(FORMATS["epub"], 500_000, 0, columns=True) == epub
    assert expected_of_reading(500_000, 0).seconds > expected_of_reading(0, 0).seconds > 0
