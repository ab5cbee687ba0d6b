"""A graph runs each task after what it needs, whatever fails, is killed or is added meanwhile."""

from concurrent.futures import Future

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.build.graph import Graph, NeedFailedError, Task
from keben.build.workers import KilledError, workers


class OneByOne:
    """Processes that are none: each call is done when it is given."""

    is_shared = True

    def __init__(self, at_once=2):
        self.at_once = at_once
        self.dropped = 0

    def submit(self, function, *arguments):
        future = Future()
        try:
            future.set_result(function(*arguments))
        except (ValueError, KilledError) as error:
            future.set_exception(error)
        return future

    def drop_idle(self):
        self.dropped += 1


def joined(*values):
    return "".join(values)


def fail(*_values):
    raise ValueError("no")


def run(graph):
    return {ended.task.name: ended.error or ended.value for ended in graph.run()}


def test_results_go_where_they_are_needed_in_their_order():
    graph = Graph(OneByOne())
    graph.add(
        Task("c", joined, ("c",), ("b", "a")), Task("b", joined, ("b",), ("a",)), Task("a", joined, ("a",))
    )
    assert run(graph) == {"a": "a", "b": "ba", "c": "cbaa"}


def test_what_needs_one_that_failed_is_not_begun():
    heard = []
    graph = Graph(OneByOne(), listen=lambda task, what: heard.append((task.name, what)))
    graph.add(
        Task("a", fail),
        Task("b", joined, (), ("a",)),
        Task("c", joined, (), ("b",)),
        Task("d", joined, ("d",)),
    )
    ended = run(graph)
    assert {name: type(each).__name__ for name, each in ended.items()} == {
        "a": "ValueError",
        "b": "NeedFailedError",
        "c": "NeedFailedError",
        "d": "str",
    }
    assert heard == [("a", "started"), ("d", "started")]


def test_tasks_can_be_added_while_it_runs():
    graph = Graph(OneByOne())
    graph.add(Task("0", joined, ("x",)))
    found = []
    for ended in graph.run():
        found.append(ended.value)
        if len(found) < 4:
            graph.add(Task(str(len(found)), joined, (ended.value, "x")))
    assert found == ["x", "xx", "xxx", "xxxx"]


@pytest.mark.parametrize(
    "tasks",
    [(Task("a", fail), Task("a", fail)), (Task("a", fail, (), ("b",)),)],
    ids=["one name", "an unknown need"],
)
def test_what_cannot_be_run_is_refused(tasks):
    with pytest.raises(ValueError):
        Graph(OneByOne()).add(*tasks)


def test_tasks_that_need_each_other_are_no_endless_wait():
    graph = Graph(OneByOne())
    graph.add(Task("a", joined, (), ("b",)), Task("b", joined, (), ("a",)))
    with pytest.raises(ValueError, match="need each other"):
        run(graph)


@pytest.mark.parametrize(("memory", "most"), [(None, 4), (100, 4), (99, 3), (50, 2), (49, 1), (1, 1)])
def test_no_more_run_than_there_is_memory_for(memory, most):
    running, seen = set(), []

    def listen(task, _what):
        running.add(task.name)
        seen.append(len(running))

    graph = Graph(OneByOne(4), memory, listen)
    graph.add(*(Task(str(number), joined, memory=25) for number in range(8)))
    for ended in graph.run():
        running.remove(ended.task.name)
    assert max(seen) == most


def test_the_longest_begins_first_where_several_run():
    heard = []
    graph = Graph(OneByOne(3), listen=lambda task, _: heard.append(task.name))
    graph.add(*(Task(str(seconds), joined, seconds=seconds) for seconds in (1, 3, 2)))
    run(graph)
    assert heard == ["3", "2", "1"]


def killed_until(count):
    killed = []

    def call():
        if len(killed) < count:
            killed.append(1)
            raise KilledError
        return "made"

    return call


@pytest.mark.parametrize(("times", "result"), [(1, str), (2, KilledError)])
def test_a_killed_task_is_tried_once_more_when_nothing_else_runs(times, result):
    running, alone, processes = set(), [], OneByOne(2)

    def listen(task, what):
        running.add(task.name)
        if what == "again":
            alone.append(set(running))

    graph = Graph(processes, listen=listen)
    graph.add(Task("a", killed_until(times)), *(Task(name, joined) for name in "bcd"))
    ended = {}
    for each in graph.run():
        running.remove(each.task.name)
        ended[each.task.name] = each.error or each.value
    assert {type(ended.pop("a"))} == {result}
    assert ended == {"b": "", "c": "", "d": ""}
    assert (alone, processes.dropped) == ([{"a"}], 1)


def test_one_that_is_not_shared_tries_again_by_itself():
    processes = OneByOne()
    processes.is_shared = False
    graph = Graph(processes)
    graph.add(Task("a", killed_until(1)))
    assert isinstance(run(graph)["a"], KilledError)


shapes = st.lists(st.tuples(st.sets(st.integers(0, 9)), st.booleans(), st.integers(0, 3)), max_size=10)


@given(shapes)
def test_any_graph_ends_with_each_task_once(shape):
    tasks = []
    for number, (needs, wrong, memory) in enumerate(shape):
        names = tuple(str(need) for need in sorted(needs) if need < number)
        tasks.append(Task(str(number), fail if wrong else joined, (f"{number}.",), names, memory=memory))
    graph = Graph(OneByOne(3), memory=3)
    graph.add(*tasks)
    ended = tuple(graph.run())
    order = [each.task.name for each in ended]
    assert sorted(order) == sorted(task.name for task in tasks)
    failed = {each.task.name for each in ended if each.error}
    for each in ended:
        needs = {*each.task.needs}
        if not isinstance(each.error, NeedFailedError):
            assert all(order.index(need) < order.index(each.task.name) for need in needs)
        assert isinstance(each.error, NeedFailedError) == bool(failed & needs)
        assert isinstance(each.error, ValueError) == (each.task.function is fail and not failed & needs)


def test_the_room_that_is_left():
    graph = Graph(OneByOne(1))
    assert graph.has_room
    graph.add(Task("a", joined))
    assert not graph.has_room


def test_it_runs_on_processes():
    with workers(2) as pool:
        graph = Graph(pool)
        graph.add(Task("a", max, (1, 2)), Task("b", max, (1,), ("a",)))
        assert run(graph) == {"a": 2, "b": 2}
        assert [task.name for task in graph.unfinished] == []
