"""What is known of Windows without Windows: modules and functions that it lacks are hidden, and its code pages used."""

import os
import subprocess
import sys
from pathlib import Path

import keben

HIDDEN = """
import importlib.abc, os, signal, subprocess, sys, types

LACKING = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "readline", "crypt"}

class Hidden(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in LACKING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in LACKING:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Hidden())
for name in ("fork", "forkpty", "uname", "geteuid", "getuid", "getgid", "getpgid", "killpg", "setsid", "nice",
             "sysconf", "statvfs", "chown", "mkfifo", "sched_getaffinity", "getloadavg", "register_at_fork"):
    if hasattr(os, name) and name != "register_at_fork":
        delattr(os, name)
for name in ("SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGPIPE", "SIGCHLD", "pthread_sigmask",
             "alarm", "setitimer", "pause", "sigwait"):
    if hasattr(signal, name):
        delattr(signal, name)
# In the place of Windows' own: a lock that is always free. `subprocess`, which asks for it, is there already.
sys.modules["msvcrt"] = types.SimpleNamespace(LK_NBLCK=2, locking=lambda descriptor, mode, count: None)
"""
"""Run by every Python before anything else, the workers of a build too; SIGKILL stays, which `multiprocessing` uses here."""


def windows(folder, encoding):
    """The environment of a program on such a machine."""
    (folder / "site").mkdir()
    (folder / "site/sitecustomize.py").write_text(HIDDEN, encoding="utf-8", newline="\n")
    source = Path(keben.__file__).parents[1]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE_"))
    }
    return {
        **environment,
        "PYTHONPATH": os.pathsep.join((str(folder / "site"), str(source))),
        "PYTHONIOENCODING": encoding,
        "PYTHONUTF8": "0",
    }


def run(environment, folder, *arguments):
    command = [sys.executable, "-m", "keben", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=120)


def test_a_book_is_made_without_what_windows_lacks(tmp_path):
    environment = windows(tmp_path, "cp936")
    probe = "import signal, os, sys; print(hasattr(os, 'fork'), hasattr(signal, 'SIGHUP'), 'fcntl' in sys.modules)"
    hidden = subprocess.run(
        [sys.executable, "-c", probe], env=environment, capture_output=True, text=True, check=True
    )
    assert hidden.stdout.split() == ["False"] * 3
    assert run(environment, tmp_path, "new", "我的书", "-e", "zh-Hant-TW").returncode == 0
    built = run(environment, tmp_path, "build", "我的书", "-j", 2)
    assert (built.returncode, built.stderr) == (0, b"")
    assert "我的书" in built.stdout.decode("cp936")
    names = {path.suffix for path in (tmp_path / "我的书/build").glob("my-book-*")}
    assert {".epub", ".pdf"} <= names
    assert run(environment, tmp_path, "review", "我的书").returncode == 0
    assert run(environment, tmp_path, "clean", "我的书").returncode == 0


def test_errors_come_out_in_a_code_page_that_lacks_their_characters(tmp_path):
    environment = windows(tmp_path, "cp950")
    assert run(environment, tmp_path, "new", "demo", "-e", "zh-Hans").returncode == 0
    chapter = tmp_path / "demo/book/chapters/02-more.md"
    chapter.write_text("# 更多\n\n见[](#没有这个)。\n", encoding="utf-8", newline="\n")
    built = run(environment, tmp_path, "build", "demo", "-f", "epub")
    assert built.returncode == 1
    said = built.stderr.decode("cp950")
    assert "02-more.md:3:5: " in said
    assert "\\u8fd9" in said


def test_line_ends_and_the_mark_of_windows_make_the_same_book(tmp_path):
    environment = windows(tmp_path, "cp936")
    assert run(environment, tmp_path, "new", "demo", "-e", "zh-Hans").returncode == 0
    options = ("build", "demo", "-f", "epub", "-j", 1)
    assert run(environment, tmp_path, *options).returncode == 0
    (epub,) = (tmp_path / "demo/build").glob("*.epub")
    before = epub.read_bytes()
    for path in (tmp_path / "demo/book").rglob("*.*"):
        if path.suffix in (".md", ".toml"):
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    again = run(environment, tmp_path, *options)
    assert (again.returncode, again.stderr) == (0, b"")
    assert epub.read_bytes() == before
