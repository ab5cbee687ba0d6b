"""A Dask scheduler on this machine, with workers that are processes of their own and can be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from distributed import Client


class LocalScheduler:
    """Its address, and its workers' processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self._file))
        self.address = str(json.loads(_written(self._file))["address"])

    def add_worker(self, name: str, environment: Mapping[str, str] | None = None) -> None:
        """Start a worker; nothing starts it again."""
        self._start("worker", self.address, "--name", name, "--no-nanny", "--nthreads", "1", more=environment)

    def wait_for(self, workers: int) -> None:
        """Wait until it has so many workers."""
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)

    def end(self) -> None:
        """End all of it."""
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def _start(self, kind: str, *arguments: str, more: Mapping[str, str] | None = None) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *arguments]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **(more or {})}
        log = self._folder / f"{len(self._processes)}.log"
        with log.open("wb") as stream:
            # In a folder of its own: a worker shares nothing with the build that it works for.
            folder = self._folder / f"at-{len(self._processes)}"
            folder.mkdir()
            process = subprocess.Popen(
                command, stdout=stream, stderr=stream, env=environment, cwd=folder, start_new_session=True
            )
        self._processes.append(process)


def kill(pid: int) -> None:
    """Kill a worker as a machine that fails does."""
    os.kill(pid, signal.SIGKILL)


@contextmanager
def local_scheduler(folder: Path) -> Iterator[LocalScheduler]:
    """A scheduler without workers, for as long as the block runs."""
    scheduler = LocalScheduler(folder)
    try:
        yield scheduler
    finally:
        scheduler.end()


def _written(path: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if path.is_file() and (text := path.read_text(encoding="utf-8")).strip().endswith("}"):
            return text
        time.sleep(0.05)
    raise TimeoutError(f"{path} was not written")
