"""Two builds of one project, as unlike as a machine allows: are they the same bytes?

usage: python tools/reproduce.py PROJECT

Each build works on a copy of its own, in folders of different names and depths, in another time zone, locale and hash
seed, with another number of processes. Exits 1 if their SHA256SUMS differ.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCES = ("book", "templates", "styles")
BUILDS = (
    ("one", {"TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"}, "1"),
    ("two/levels/deeper", {"TZ": "Asia/Taipei", "PYTHONHASHSEED": "2", "LC_ALL": "C"}, "2"),
)


def build(project: Path, root: Path, setting: dict[str, str], jobs: str, epoch: str) -> str:
    """Build a copy of the project under ``root``; gives its SHA256SUMS."""
    for name in SOURCES:
        if (project / name).is_dir():
            shutil.copytree(project / name, root / name)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, **setting}
    command = [sys.executable, "-m", "keben", "build", str(root), "-j", jobs, "--no-cache"]
    subprocess.run(command, check=True, env=environment, cwd=root)
    return (root / "build" / "SHA256SUMS").read_text(encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Build twice and compare."""
    project = Path(arguments[0]).resolve()
    command = ["git", "-C", str(project), "log", "-1", "--format=%ct", "--", *SOURCES]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    epoch = answer.stdout.strip() or "1767225600"
    with tempfile.TemporaryDirectory() as folder:
        sums = []
        for name, setting, jobs in BUILDS:
            root = Path(folder) / name
            root.mkdir(parents=True)
            sums.append(build(project, root, setting, jobs, epoch))
            print(f"{name}: {' '.join(f'{key}={value}' for key, value in setting.items())}, {jobs} processes")
            print(sums[-1])
    same = sums[0] == sums[1]
    print("The two builds are the same, byte for byte." if same else "The two builds differ.")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
