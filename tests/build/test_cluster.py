"""A build on the workers of a Dask scheduler: the same bytes as here, also where a worker is lost."""

import os
import pickle
import sys
import threading
import time
from asyncio import CancelledError

import pytest
from calls import add
from clusters import kill, local_scheduler
from distributed import Client, KilledWorker
from projects import bring_cover, change, write_project

from keben.build import build, build_several
from keben.build.cluster import Cluster, serve
from keben.build.distributions import versions
from keben.build.likeness import Likeness, likeness
from keben.build.request import Request
from keben.build.workers import KilledError
from keben.core.errors import MachineError


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    write_project(folder)
    bring_cover(folder)
    # One printed book of few pages beside the e-books.
    for name, formats in (("zh-Hans", '["epub", "pdf"]'), ("zh-Hant-TW", '["epub"]')):
        change(folder, "book/book.toml", f"[editions.{name}]\n", f"[editions.{name}]\nformats = {formats}\n")
    return folder


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    with local_scheduler(tmp_path_factory.mktemp("cluster")) as started:
        yield started


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Killer(threading.Thread):
    """Kills the first worker that is at work."""

    def __init__(self, address):
        super().__init__()
        self.client = Client(address, set_as_default=False)
        self.pids = self.client.run(os.getpid)
        self.killed = None

    def run(self):
        until = time.monotonic() + 120
        while self.killed is None and time.monotonic() < until:
            for address, tasks in self.client.processing().items():
                if tasks and address in self.pids:
                    kill(self.pids[address])
                    self.killed = address
                    break
            time.sleep(0.02)
        self.client.close()


ENVIRONMENT = {"SOURCE_DATE_EPOCH": "5"}


@pytest.fixture(scope="module")
def here(root, tmp_path_factory):
    """What this machine makes by itself."""
    folder = tmp_path_factory.mktemp("here") / "build"
    build(Request(root, folder), ENVIRONMENT, lambda _: None)
    return files(folder)


def test_a_worker_that_is_lost_changes_no_byte(root, here, scheduler, tmp_path):
    for name in ("one", "two"):
        # Each has a home of its own: nothing that one keeps is there for the other, or for us.
        scheduler.add_worker(name, {"HOME": str(tmp_path / name)})
    scheduler.wait_for(2)
    killer = Killer(scheduler.address)
    killer.start()
    reported = []
    outcome = build(
        Request(root, tmp_path / "there", scheduler=scheduler.address), ENVIRONMENT, reported.append
    )
    killer.join()
    assert killer.killed is not None
    assert (outcome.findings, len(outcome.made)) == ((), len(here) - 3)
    assert files(tmp_path / "there") == here
    # That one is lost is Dask's to cope with: no task is begun twice for us.
    assert sorted(each.state for each in reported) == ["made"] * len(outcome.made) + ["started"] * len(
        outcome.made
    )


def test_several_books_are_read_there_too_and_errors_come_back(root, here, scheduler, tmp_path):
    other = write_project(tmp_path / "other")
    change(other, "book/chapters/two.md", "[](#grow)", "[](#nowhere)")
    requests = [
        Request(each, tmp_path / each.name / "out", formats=("epub",), scheduler=scheduler.address)
        for each in (root, other)
    ]
    good, bad = build_several(requests, ENVIRONMENT, lambda _: None)
    made = files(tmp_path / root.name / "out")
    assert {name: data for name, data in made.items() if name in good.outcome.made} == {
        name: data for name, data in here.items() if name.endswith(".epub")
    }
    assert [(each.code, each.place.path) for each in bad.error.findings] == [
        ("missing-reference", "book/chapters/two.md")
    ]


def test_a_worker_that_would_make_other_bytes_is_refused(root, scheduler, tmp_path, monkeypatch):
    own = versions()
    ours = tuple((name, "99.0" if name == "weasyprint" else version, mark) for name, version, mark in own)
    there = {name: version for name, version, _ in own}["weasyprint"]
    monkeypatch.setattr("keben.build.distributions.versions", lambda: ours)
    with pytest.raises(MachineError) as caught:
        build(Request(root, tmp_path / "there", scheduler=scheduler.address), ENVIRONMENT, lambda _: None)
    assert [each.message for each in caught.value.findings] == [
        f"This worker would not make the same files: weasyprint is {there} there and 99.0 here."
    ]
    assert caught.value.findings[0].place.path.startswith("tcp://127.0.0.1:")
    assert not (tmp_path / "there").exists()


def test_a_worker_that_comes_later_is_asked_by_each_call():
    ours = Likeness({"keben": ("0", "")}, frozenset())

    class Worker:
        address = "tcp://10.0.0.2:1"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("distributed.get_worker", Worker)
        answered = serve(pickle.dumps(ours), pickle.dumps((add, (1, 2))))
        assert "tcp://10.0.0.2:1: This worker would not make the same files: keben is " in str(
            pickle.loads(answered)[1]
        )
    assert pickle.loads(serve(pickle.dumps(likeness()), pickle.dumps((add, (1, 2))))) == (3, None)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:9", "No Dask scheduler answers here"),
        ("nowhere", "No Dask scheduler answers here"),
        ("telnet://127.0.0.1:9", "No Dask scheduler answers here"),
    ],
)
def test_what_is_no_scheduler_is_named(root, tmp_path, monkeypatch, address, said):
    monkeypatch.setattr("keben.build.cluster.PATIENCE", 0.5)
    with pytest.raises(MachineError) as caught:
        build(Request(root, tmp_path / "there", scheduler=address), ENVIRONMENT, lambda _: None)
    (finding,) = caught.value.findings
    assert (finding.place.path, finding.code, finding.message[: len(said)]) == (address, "no-scheduler", said)


def test_a_scheduler_without_workers_is_told_how_to_get_one(root, tmp_path, monkeypatch):
    monkeypatch.setattr("keben.build.cluster.PATIENCE", 3)
    with local_scheduler(tmp_path) as empty, pytest.raises(MachineError) as caught:
        build(Request(root, tmp_path / "there", scheduler=empty.address), ENVIRONMENT, lambda _: None)
    assert str(caught.value) == (
        f"{empty.address}: This Dask scheduler has no workers. Start one: dask worker --nthreads 1 {empty.address}"
    )


def test_without_dask_it_is_told_how_to_install_it(root, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MachineError, match=r"Dask is not installed\. Install it: pip install"):
        build(Request(root, tmp_path / "there", scheduler="tcp://127.0.0.1:9"), ENVIRONMENT, lambda _: None)


class Failing:
    """A client whose calls end as they are reported to."""

    def __init__(self, error):
        self.error = error

    def submit(self, *_arguments, **_options):
        return self

    def result(self):
        raise self.error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            CancelledError(),
            "tcp://a:1: The connection to this Dask scheduler is lost. Start it, and build again.",
        ),
        (
            OSError("closed"),
            "tcp://a:1: The connection to this Dask scheduler is lost. Start it, and build again.",
        ),
        (
            RuntimeError("No module\nnamed 'keben'."),
            "tcp://a:1: Dask could not have this made (RuntimeError: No module named 'keben'). "
            "See that its scheduler and its workers have this Keben, and what they print.",
        ),
    ],
)
def test_what_fails_between_the_machines_is_said(error, said):
    cluster = Cluster(Failing(error), "tcp://a:1", 1)
    assert str(cluster.submit(add, 1, 2).exception()) == said
    cluster.close()


def test_what_kills_several_workers_is_killed():
    cluster = Cluster(Failing(KilledWorker("task", None, 3)), "tcp://a:1", 1)
    assert isinstance(cluster.submit(add, 1, 2).exception(), KilledError)
    cluster.close()
