"""Builds that are stopped or killed at random moments, and an oracle of what they may leave.

A book has two texts, and each build is of the other one than the build before, over what that left. While a build runs,
its output folder is watched: whatever stands there by its name must be whole, as a build that nobody disturbed wrote
it. After it, no process may be left, every entry of the store must match its digest, and the next build must give
what an undisturbed one does.

    python tests/interrupts.py 50        # so many moments; prints each, and ends with a count
    python tests/interrupts.py 50 7      # others: the seed
"""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from projects import bring_cover, write_project

from keben.typeset.fonts.files import mark_of

TEXTS = ("皇后走在后面", "皇后走在前头")
PAUSE = 0.005
"""Seconds between two looks at the output folder."""
PATIENCE = 120.0
"""Seconds that a build may go on after it was reported to stop, and that its processes may."""

Files = Mapping[str, bytes]


def _group(process: "subprocess.Popen[bytes]", number: int) -> None:
    os.killpg(process.pid, number)


def _worker(process: "subprocess.Popen[bytes]") -> None:
    """Kill one of the processes that make artifacts, if there is one."""
    pids = sorted(_children(process.pid))
    with suppress(ProcessLookupError, IndexError):
        os.kill(random.choice(pids), signal.SIGKILL)


KINDS: Mapping[str, Callable[["subprocess.Popen[bytes]"], None]] = {
    # As a terminal does it: all processes get it.
    "Ctrl-C": lambda process: _group(process, signal.SIGINT),
    "SIGKILL": lambda process: process.kill(),
    "SIGKILL of a worker": _worker,
    "SIGINT": lambda process: process.send_signal(signal.SIGINT),
    "SIGTERM": lambda process: process.send_signal(signal.SIGTERM),
    "SIGKILL of all": lambda process: _group(process, signal.SIGKILL),
}
STOPPED = {"Ctrl-C": 130, "SIGINT": 130, "SIGTERM": 143}
"""Those that a build answers, and its exit code then."""


@dataclass(slots=True)
class Trials:
    """A book, and what its builds must give."""

    folder: Path
    formats: Sequence[str]
    seed: int = 0
    right: list[Files] = field(default_factory=list)
    """What an undisturbed build writes, of each of the texts."""
    seconds: float = 0.0
    """How long one takes."""

    @property
    def root(self) -> Path:
        """The book's folder."""
        return self.folder / "book"

    @property
    def cache(self) -> Path:
        """The folder of the store."""
        return self.folder / "cache" / "keben"

    def prepare(self) -> None:
        """Write the book, and build each of its texts undisturbed."""
        write_project(self.root)
        bring_cover(self.root)
        for number, text in enumerate(TEXTS):
            self._write(number)
            output = self.folder / f"right-{number}"
            began = time.monotonic()
            process = self._run("--no-cache", "-o", str(output))
            said = process.communicate(timeout=PATIENCE)[1].decode()
            if process.returncode or said:
                raise RuntimeError(f"{text} cannot be built: {said}")
            self.seconds = time.monotonic() - began
            self.right.append(_files(output))

    def run(self, count: int) -> Iterator[tuple[str, list[str]]]:
        """Disturb so many builds; give of each what was done, and what was wrong."""
        chance = random.Random(self.seed)
        for number in range(count):
            kind = list(KINDS)[number % len(KINDS)]
            yield self._disturb(number, kind, chance.uniform(0, self.seconds))

    def _disturb(self, number: int, kind: str, after: float) -> tuple[str, list[str]]:
        self._write(number % 2)
        process = self._run()
        watcher = Watcher(self.root / "build", self.right)
        watcher.start()
        with suppress(subprocess.TimeoutExpired):
            process.wait(after)
        hit = process.poll() is None
        pids = {process.pid, *_children(process.pid)}
        if hit:
            KINDS[kind](process)
        try:
            said = process.communicate(timeout=PATIENCE)[1].decode()
        except subprocess.TimeoutExpired:
            _group(process, signal.SIGKILL)
            said = process.communicate()[1].decode()
            watcher.wrong.append("it went on")
        watcher.stop()
        wrong = [*watcher.wrong, *self._left(pids), *_unsound(self.cache)]
        if hit:
            wrong += _said(kind, process.returncode, said)
        wrong += self._next(number % 2)
        what = f"{kind} after {after:.2f} s: {'stopped' if hit else 'it was done'} ({process.returncode})"
        return what, [f"{each} ({said.strip()[-300:]})" if said else each for each in wrong]

    def _next(self, number: int) -> Iterator[str]:
        """What is wrong with what the next build gives."""
        process = self._run()
        said = process.communicate(timeout=PATIENCE)[1].decode()
        if process.returncode or said:
            yield f"the next build ends with {process.returncode}: {said[-500:]}"
        there = _files(self.root / "build")
        for name in sorted(there.keys() | self.right[number].keys()):
            if there.get(name) != self.right[number].get(name):
                yield f"the next build has another {name}"

    def _left(self, pids: set[int]) -> Iterator[str]:
        until = time.monotonic() + PATIENCE
        while alive := [pid for pid in pids if not _has_ended(pid)]:
            if time.monotonic() > until:
                yield f"{len(alive)} processes are left"
                return
            time.sleep(0.05)

    def _write(self, number: int) -> None:
        path = self.root / "book" / "chapters" / "two.md"
        text = path.read_text(encoding="utf-8")
        for each in TEXTS:
            text = text.replace(each, TEXTS[number])
        path.write_text(text, encoding="utf-8")

    def _run(self, *options: str) -> "subprocess.Popen[bytes]":
        formats = [part for name in self.formats for part in ("-f", name)]
        command = [sys.executable, "-m", "keben", "build", str(self.root), "-j", "2", *formats, *options]
        paths = os.pathsep.join(each for each in sys.path if each)
        more = {"XDG_CACHE_HOME": str(self.folder / "cache"), "SOURCE_DATE_EPOCH": "5", "PYTHONPATH": paths}
        environment = {**os.environ, **more}
        nowhere = subprocess.DEVNULL
        return subprocess.Popen(
            command, stdout=nowhere, stderr=subprocess.PIPE, env=environment, start_new_session=True
        )


class Watcher(threading.Thread):
    """Looks at an output folder again and again, and says what stands there and is no whole file of a build."""

    def __init__(self, folder: Path, right: Sequence[Files]) -> None:
        super().__init__(daemon=True)
        self.wrong: list[str] = []
        self.looks = 0
        self._folder = folder
        self._known = {name: {files.get(name) for files in right} for files in right for name in files}
        self._ended = threading.Event()
        self._seen: dict[str, tuple[int, ...]] = {}

    def stop(self) -> None:
        """Look a last time, and stop."""
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.is_set():
            self._look()
            time.sleep(PAUSE)
        self._look()

    def _look(self) -> None:
        self.looks += 1
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.name.startswith("."):
                continue
            with suppress(FileNotFoundError):
                stat = path.stat()
                state = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
                if self._seen.get(path.name) != state:
                    if path.read_bytes() not in self._known.get(path.name, set()):
                        self.wrong.append(f"{path.name} was not whole")
                    self._seen[path.name] = state


def _said(kind: str, code: int, said: str) -> Iterator[str]:
    """What is wrong with how a build took it."""
    if kind in STOPPED:
        is_right = (code, said) in ((STOPPED[kind], "Stopped.\n"), (0, ""))
        # While Python itself starts there is no Keben yet that could answer.
        if not is_right and (code in (0, 130, 143) or "keben" in said):
            yield f"it ends with {code}"
    if kind == "SIGKILL of a worker" and (code, said) != (0, ""):
        yield f"it ends with {code}"


def _unsound(cache: Path) -> Iterator[str]:
    """Entries of the store, and of the fonts, that are not what their digest says; and lists that cannot be read."""
    for path in (*cache.glob("store/??/*.kept"), *cache.glob("fonts/*.font")):
        entry = path.read_bytes()
        if hashlib.sha256(entry[32:]).digest() != entry[:32]:
            yield f"{path.name} of the store is not whole"
    for path in cache.glob("fonts/*.sfnt"):
        if mark_of(str(path)) != path.stem.rpartition("-")[2]:
            yield f"{path.name} of the fonts is not whole"
    for path in (cache / "sums.json", cache / "fonts" / "marks.json"):
        try:
            json.loads(path.read_bytes())
        except FileNotFoundError:
            continue
        except ValueError:
            yield f"{path.name} cannot be read"


def _files(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def _children(pid: int) -> set[int]:
    """The processes that a process started, in whichever thread."""
    found: set[int] = set()
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found |= set(map(int, (thread / "children").read_text().split()))
    return found


def _has_ended(pid: int) -> bool:
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def main(arguments: Sequence[str]) -> int:
    """Disturb builds of EPUBs and PDFs; exits 1 if anything was wrong."""
    count, seed = (int(each) for each in (*arguments, "0")[:2])
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(Path(folder), ("epub", "pdf"), seed)
        trials.prepare()
        print(f"An undisturbed build takes {trials.seconds:.1f} s.")  # noqa: T201
        failed = 0
        for number, (what, wrong) in enumerate(trials.run(count), 1):
            failed += bool(wrong)
            lines = [f"{number:3} {what}", *(f"    {each}" for each in wrong)]
            print("\n".join(lines), flush=True)  # noqa: T201
    print(f"{count} builds were disturbed; {failed} left something wrong.")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
