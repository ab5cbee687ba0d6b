"""Reads the Containerfile, and runs its steps without a container.

    python tools/containerfile.py ROOT [COMMAND …]

ROOT is an empty Debian, as `debootstrap --variant=minbase bookworm ROOT` makes it; one is enough, since both stages
begin with the same. The steps of both are run in it by chroot (as root), then COMMAND as the image's user.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Step:
    """An instruction of a Containerfile."""

    line: int
    name: str
    """In capitals."""
    text: str
    """What follows it, continued lines joined."""


def read_steps(text: str) -> tuple[Step, ...]:
    """The instructions of a Containerfile.

    Raises:
        ValueError: a line is none.
    """
    steps: list[Step] = []
    first, held = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        first = first or number
        if line.endswith("\\"):
            held += line[:-1]
            continue
        match = re.fullmatch(r"\s*([A-Za-z]+)\s+(.+)", held + line)
        if match is None:
            message = f"line {first} is no instruction: {line}"
            raise ValueError(message)
        steps.append(Step(first, match[1].upper(), " ".join(match[2].split())))
        first, held = 0, ""
    if held:
        message = f"line {first} is not finished"
        raise ValueError(message)
    return tuple(steps)


def settings(text: str) -> dict[str, str]:
    """The names and values of ENV and LABEL."""
    return dict(part.split("=", 1) for part in shlex.split(text))


@contextmanager
def _mounted(root: Path) -> Iterator[None]:
    done: list[Path] = []
    try:
        for name in ("proc", "dev"):
            subprocess.run(["mount", "--bind", f"/{name}", str(root / name)], check=True)
            done.append(root / name)
        yield
    finally:
        for path in done:
            subprocess.run(["umount", str(path)], check=True)


def _copy(root: Path, text: str) -> None:
    *sources, target = [word for word in text.split() if not word.startswith("--")]
    if "--from=" in text and sources == [target]:
        return
    for source in sources:
        origin = root / source.lstrip("/") if "--from=" in text else CHECKOUT / source
        at = root / target.lstrip("/")
        at = at / origin.name if target.endswith("/") else at
        at.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            shutil.copytree(origin, at, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(origin, at)


def _chroot(root: Path, command: list[str], environment: Mapping[str, str], user: str, folder: str) -> int:
    as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
    moved = ["sh", "-c", 'cd "$0" && exec "$@"', folder, *as_user, *command]
    return subprocess.run(["chroot", str(root), *moved], env=dict(environment), check=False).returncode


def main(root: Path, command: list[str]) -> int:
    """Run every step, and a command after them."""
    passed = (
        "http_proxy",
        "https_proxy",
        "no_proxy",
        "SSL_CERT_FILE",
        "PIP_INDEX_URL",
        "PIP_CERT",
        "PIP_TRUSTED_HOST",
    )
    base = {name: os.environ[name] for name in passed if name in os.environ}
    base |= {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    environment, user, folder, entry = dict(base), "", "/", ["sh"]
    with _mounted(root):
        for step in read_steps((CHECKOUT / "Containerfile").read_text(encoding="utf-8")):
            print(f"Containerfile:{step.line}: {step.name} {step.text}", flush=True)
            if step.name == "FROM":
                environment = dict(base)
            elif step.name == "ENV":
                environment |= settings(step.text)
            elif step.name == "COPY":
                _copy(root, step.text)
            elif step.name == "USER":
                user = step.text
            elif step.name == "WORKDIR":
                folder = step.text
            elif step.name == "ENTRYPOINT":
                entry = json.loads(step.text)
            elif step.name == "RUN" and _chroot(root, ["sh", "-c", step.text], environment, user, folder):
                print(f"Containerfile:{step.line}: This step failed.", file=sys.stderr)
                return 1
        return _chroot(root, [*entry, *command], environment, user, folder) if command else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
