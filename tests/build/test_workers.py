import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from calls import add, die, fail

from keben.build.workers import workers


@pytest.mark.parametrize("count", [1, 2])
def test_calls_are_done_and_their_errors_kept(count):
    with workers(count) as pool:
        results = [pool.submit(add, 1, number) for number in range(3)]
        failed = pool.submit(fail)
        assert [future.result() for future in results] == [1, 2, 3]
        with pytest.raises(ValueError, match="no"):
            failed.result()


def test_a_killed_process_fails_its_call_and_all_that_follow():
    with workers(2) as pool:
        for _ in range(2):
            with pytest.raises(BrokenProcessPool):
                pool.submit(die).result()


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


PARENT = """
import os, sys, time
from keben.build.workers import workers
if __name__ == "__main__":
    with workers(2) as pool:
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
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_a_killed_parent(tmp_path, number):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
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
    assert (answer.stdout, answer.returncode) == ("BrokenProcessPool\n", 0)


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
