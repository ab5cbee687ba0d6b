import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from calls import add, die, fail, fail_oddly, leave_a_mark

from keben.build.workers import KilledError, workers


@pytest.mark.parametrize("count", [1, 2])
def test_calls_are_done_and_their_errors_kept(count):
    with workers(count) as pool:
        results = [pool.submit(add, 1, number) for number in range(3)]
        failed = pool.submit(fail)
        assert [future.result() for future in results] == [1, 2, 3]
        with pytest.raises(ValueError, match="no"):
            failed.result()


def test_processes_are_started_before_there_is_something_to_do(tmp_path):
    before = set(multiprocessing.active_children())
    with workers(2) as pool:
        pool.start(leave_a_mark, tmp_path)
        while len(list(tmp_path.iterdir())) < 2:
            time.sleep(0.01)
        started = {each.pid for each in set(multiprocessing.active_children()) - before}
        assert {int(mark.name) for mark in tmp_path.iterdir()} == started
        assert {pool.submit(os.getpid).result() for _ in range(4)} <= started
    with workers(1) as here:
        here.start(fail)


def test_a_process_that_fails_as_it_is_started_is_replaced():
    with workers(2) as pool:
        pool.start(die)
        assert [pool.submit(add, 1, number).result() for number in range(4)] == [1, 2, 3, 4]


def test_a_killed_process_fails_its_own_call_alone():
    with workers(2) as pool:
        calls = [pool.submit(die) if number % 3 == 0 else pool.submit(add, 1, number) for number in range(9)]
        said = [future.exception() or future.result() for future in calls]
    assert [number for number, answer in enumerate(said) if isinstance(answer, KilledError)] == [0, 3, 6]
    assert [answer for answer in said if isinstance(answer, int)] == [2, 3, 5, 6, 8, 9]


def test_processes_killed_while_others_start_leave_nobody_waiting():
    before = set(multiprocessing.active_children())
    for _ in range(5):
        with workers(4) as pool:
            calls = [pool.submit(die) for _ in range(4)]
            assert all(isinstance(future.exception(timeout=60), KilledError) for future in calls)
    assert set(multiprocessing.active_children()) <= before


def test_an_error_says_where_it_was_raised_and_one_that_cannot_travel_is_told_in_words():
    with workers(2) as pool:
        raised, odd = pool.submit(fail).exception(), pool.submit(fail_oddly).exception()
    assert "in fail\n" in "".join(raised.__notes__)
    assert (type(odd), str(odd)) == (RuntimeError, "OddError: 1 and 2")


def test_an_exception_ends_the_processes_at_once():
    before = set(multiprocessing.active_children())
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), workers(2) as pool:
        pool.submit(add, 1, 1).result()
        pool.submit(time.sleep, 60)
        pool.submit(time.sleep, 60)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 30
    assert set(multiprocessing.active_children()) <= before


def test_an_interrupt_while_the_processes_end_leaves_none(monkeypatch):
    before = set(multiprocessing.active_children())
    monkeypatch.setattr("keben.build.workers._Process.end", interrupt)
    with pytest.raises(KeyboardInterrupt), workers(2) as pool:
        assert [future.result() for future in [pool.submit(add, 1, number) for number in range(4)]] == [
            1,
            2,
            3,
            4,
        ]
    assert set(multiprocessing.active_children()) <= before


def interrupt(_process):
    raise KeyboardInterrupt


def test_processes_that_do_nothing_are_ended_and_others_take_their_places():
    before = set(multiprocessing.active_children())
    with workers(2) as pool:
        first = pool.submit(os.getpid).result()
        pool.drop_idle()
        assert set(multiprocessing.active_children()) <= before
        assert pool.submit(os.getpid).result() != first


COPIED = """
import os, signal, sys, threading
from keben.build.workers import workers
if __name__ == "__main__":
    os.environ["KEBEN_MARK"] = "parent"
    signal.signal(signal.SIGTERM, lambda *_: None)
    if "thread" in sys.argv:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    if "library" in sys.argv:
        sys.modules["weasyprint"] = None
    with workers(2, begun=True) as pool:
        print(len(pool._pool._all), end=" ")
        first = pool.submit(os.getpid).result()
        print(first != os.getpid(), pool.submit(os.getpid).result() == first, end=" ")
        print(pool.submit(signal.getsignal, signal.SIGTERM).result() == signal.SIG_DFL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is a copy")
@pytest.mark.parametrize(("others", "begun"), [([], 1), (["thread"], 0), (["library"], 0)])
def test_a_process_is_a_copy_only_where_nothing_can_be_held_for_ever(tmp_path, others, begun):
    script = tmp_path / "copied.py"
    script.write_text(COPIED)
    answer = subprocess.run(
        [sys.executable, "-W", "error", script, *others],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (answer.stdout, answer.stderr) == (f"{begun} True True True\n", "")


PARENT = """
import os, sys, time
from keben.build.workers import workers
if __name__ == "__main__":
    with workers(2, begun="begun" in sys.argv) as pool:
        for _ in range(2):
            print(pool.submit(os.getpid).result(), flush=True)
        pool.submit(time.sleep, 60)
        pool.submit(time.sleep, 60)
        time.sleep(60)
"""


def ended(pid):
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks at Linux's list of processes")
@pytest.mark.parametrize("begun", [[], ["begun"]])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_a_killed_parent(tmp_path, number, begun):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen([sys.executable, str(script), *begun], stdout=subprocess.PIPE, text=True) as parent:
        pids = {int(parent.stdout.readline()) for _ in range(2)}
        parent.send_signal(number)
        parent.wait()
    until = time.monotonic() + 20
    while not all(map(ended, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert all(map(ended, pids))


def test_a_killed_process_leaves_nothing_waiting_though_its_call_is_large(tmp_path):
    script = tmp_path / "large.py"
    script.write_text(LARGE)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    answer = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=60, env=environment, check=False
    )
    assert (answer.stdout, answer.returncode) == ("KilledError\n", 0)


LARGE = """
import os
from calls import die
from keben.build.workers import workers
if __name__ == "__main__":
    with workers(2) as pool:
        first = pool.submit(die)
        rest = [pool.submit(os.path.basename, "x" * 5_000_000) for _ in range(4)]
        print(type(first.exception()).__name__)
"""


@pytest.mark.parametrize("is_killed", [False, True])
def test_temporary_files_go_with_the_process_that_made_them(tmp_path, monkeypatch, is_killed):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with workers(2) as pool:
        made = Path(pool.submit(tempfile.mkdtemp).result())
        assert made.is_dir()
        assert made.is_relative_to(tmp_path)
        if is_killed:
            pool.submit(die).exception()
    assert list(tmp_path.iterdir()) == []
