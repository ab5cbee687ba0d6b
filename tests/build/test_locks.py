import subprocess
import sys
import threading
import time

import pytest

from keben.build import locks
from keben.build.locks import locked
from keben.core.errors import MachineError

HOLD = """
import sys, time
from pathlib import Path
from keben.build.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=["folder", "file"])
def how(request, monkeypatch):
    if request.param == "file":
        monkeypatch.setattr(locks, "_can_be_locked", lambda _descriptor: False)
    return request.param


def test_only_one_is_inside_at_a_time(tmp_path, how):
    inside, most = 0, 0

    def work():
        nonlocal inside, most
        for _ in range(5):
            with locked(tmp_path):
                inside += 1
                most = max(most, inside)
                time.sleep(0.002)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most, how in ("folder", "file")) == (0, 1, True)


def test_who_waits_is_told_and_gives_up_in_the_end_and_a_killed_holder_holds_nothing(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    said = []
    try:
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(MachineError, match="Another Keben has been writing here"),
            locked(tmp_path, said.append, longest=1.3),
        ):
            pass
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    assert said == [f"Another Keben is writing into {tmp_path}: waiting …"]
    with locked(tmp_path, said.append, longest=1):
        assert len(said) == 1
    assert list(tmp_path.iterdir()) == []
