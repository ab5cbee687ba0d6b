import signal
import subprocess
import sys

import pytest

from keben.build.interrupts import held_off

# Raises SIGINT in the main thread right after it entered a Condition for the n-th time, which is where Python may do
# so by itself. In the midst of one of `concurrent.futures`, its lock stayed locked.
PROGRAM = """
import os, signal, sys, threading
from keben.build.graph import Graph, Task
from keben.build.helpers import setter
from keben.build.workers import workers

left = [0]
enter = threading.Condition.__enter__

def interrupted(condition):
    entered = enter(condition)
    if threading.get_ident() == threading.main_thread().ident:
        left[0] -= 1
        if left[0] == 0:
            signal.raise_signal(signal.SIGINT)
    return entered

def tasks():
    with workers(2) as processes:
        graph = Graph(processes)
        graph.add(Task("a", os.getpid), Task("b", os.getpid), Task("c", os.getpid))
        return [ended.value for ended in graph.run()]

def pages():
    with setter(2) as apart:
        return apart(int, "1")()

def main():
    threading.Condition.__enter__ = interrupted
    for step in (tasks, pages):
        for number in range(1, 100):
            left[0] = number
            try:
                step()
            except KeyboardInterrupt:
                continue
            except TypeError:
                pass
            print(step.__name__, number > 3, flush=True)
            break

if __name__ == "__main__":
    main()
"""


def test_an_interrupt_at_any_moment_ends_a_build_and_leaves_nobody_waiting(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    made = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=120, check=False)
    assert (made.stdout.split("\n"), made.returncode) == (["tasks True", "pages True", ""], 0), made.stderr


def test_signals_wait_until_a_block_is_done():
    done = []
    with pytest.raises(KeyboardInterrupt), held_off():
        signal.raise_signal(signal.SIGINT)
        done.append(1)
    assert done == [1]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
