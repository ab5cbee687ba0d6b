"""What a process at work offers is made by those that have nothing to do."""

import os
from concurrent.futures import Future

import pytest
from callsapart import offering, offering_to_nobody, offering_what_fails

from keben.build.graph import Graph, Task
from keben.build.offers import Offers, numbered, offered
from keben.build.workers import answer, workers


def test_a_process_that_works_for_nobody_offers_nothing():
    assert offered() is None


def test_calls_are_taken_in_their_order_and_answered_in_any():
    offers = Offers()
    assert offers.take() == b""
    first, second, third = (offers.submit(len, text) for text in ("一", "一二", "一二三"))
    assert second.cancel()
    (one, call), (three, other) = numbered(offers.take()), numbered(offers.take())
    assert offers.take() == b""
    assert not first.cancel()
    offers.answer(three + answer(other))
    assert (third.result(), first.done()) == (3, False)
    offers.answer(one + answer(call))
    assert first.result() == 1


def test_what_fails_there_fails_here():
    offers = Offers()
    future, unsendable = offers.submit(int, "x"), offers.submit(lambda: None)
    number, call = numbered(offers.take())
    offers.answer(number + answer(call))
    with pytest.raises(ValueError, match="invalid literal"):
        future.result()
    assert offers.take() == b""
    assert unsendable.exception() is not None


def test_idle_processes_make_what_is_offered():
    with workers(3) as pool:
        pool.lend(2)
        others, own = pool.submit(offering, 20).result()
    assert len(others) == 20
    assert {own, os.getpid()}.isdisjoint(others)


def test_nobody_makes_it_unless_processes_are_lent():
    with workers(2) as pool:
        pool.lend(1)
        pool.lend(0)
        assert pool.submit(offering_to_nobody).result() == (True, True)


def test_a_process_that_is_killed_over_it_fails_this_call_alone():
    with workers(2) as pool:
        pool.lend(1)
        said = pool.submit(offering_what_fails).result()
    assert said[0] == "KilledError"
    assert said[1] == "ValueError"
    assert said[2] in ("PicklingError", "AttributeError")
    assert said[3] == "NoneType"


def test_a_graph_lends_what_it_does_not_need():
    with workers(2) as pool:
        graph = Graph(pool)
        graph.add(Task("one", offering, (3,)))
        ((others, own),) = (ended.value for ended in graph.run())
    assert own not in others


class Helpful:
    """Two processes: the call of a task ends when it is said so, and the last when the small one has begun."""

    at_once, is_shared = 2, True

    def __init__(self, *, lends=True):
        self.log, self.lends, self.pending = [], lends, {}

    def submit(self, name):
        self.log.append(name)
        self.pending[name] = future = Future()
        if name == "small":
            future.set_result(name)
            self.pending["long"].set_result("long")
        elif len(self.pending) == 2:
            self.pending["short"].set_result("short")
        return future

    def lend(self, count):
        self.log.append(count)
        if not (count and self.lends):
            return None
        nothing = Future()
        nothing.set_result(None)
        return nothing


@pytest.mark.parametrize(
    ("seconds", "lends", "log"),
    [
        (9, True, ["long", "short", 0, 1, "small", 0]),
        (9, False, ["long", "short", 0, 1, "small", 0]),
        (10, True, ["long", "short", 0, "small", 0]),
    ],
    ids=["first it helps", "nobody can help", "too much waits"],
)
def test_small_tasks_wait_while_a_large_one_can_be_helped(seconds, lends, log):
    processes = Helpful(lends=lends)
    graph = Graph(processes)
    graph.add(
        *(Task(name, name, seconds=each) for name, each in (("short", 20), ("long", 30))),
        Task("small", "small", (), ("short",), seconds=seconds),
    )
    submit = processes.submit
    processes.submit = lambda name, *_: submit(name)
    first, *_ = (ended.value for ended in graph.run())
    assert first == "short"
    assert processes.log == log


@pytest.mark.parametrize(("memory", "lent"), [(None, [1, 1]), (399, [0, 0]), (400, [1, 0])])
def test_a_graph_lends_only_what_there_is_memory_for(memory, lent):
    with workers(2) as pool:
        graph, said = Graph(pool, memory), []
        pool.lend = said.append
        graph.add(Task("one", len, ("一",), memory=200), Task("two", abs, (1,), ("one",), memory=300))
        for _ in graph.run():
            pass
    assert said == lent
