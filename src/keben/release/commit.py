"""The commit that a project's files are of, by git, and whether they are just that commit's."""

import os
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path

from keben.core.errors import MachineError
from keben.core.saying import wording
from keben.core.values import dataclass

_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, and what of the project is not in it."""

    id: str
    changed: tuple[str, ...] = ()
    """Paths below the project's root that were changed, added or deleted since."""
    shallow: bool = False
    """Whether the repository's history is cut off, so that it cannot tell when a file was changed last."""


def read_commit(root: Path, sources: Collection[str], apart: Path) -> Commit | None:
    """The commit of a project's root; None where it is in no repository.

    ``sources`` are folders below the root in which a file that git ignores counts as changed, for a build reads it.
    Nothing in the folder ``apart`` counts: a build writes there.

    Raises:
        MachineError: it is in a repository, and git is not installed, fails, or knows no commit.
    """
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return None
    head = _git(root, "rev-parse", "--verify", "HEAD").strip()
    shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == "true"
    root, apart = root.resolve(), apart.resolve()
    where = ["."]
    if apart.is_relative_to(root) and apart != root:
        where.append(f":(exclude,literal){apart.relative_to(root).as_posix()}")
    changed = {path for _, path in _status(root, "--untracked-files=all", "--", *where)}
    present = [name for name in sources if (root / name).is_dir()]
    if present:
        found = _status(root, "--untracked-files=all", "--ignored=matching", "--", *present)
        changed |= {path for state, path in found if state == "!!" and not _hidden(path)}
    return Commit(head, tuple(sorted(changed)), shallow)


def _hidden(path: str) -> bool:
    """Whether a build passes a file over, for its name or a folder's begins with a dot."""
    return any(part.startswith(".") for part in path.split("/"))


def _status(root: Path, *arguments: str) -> Iterator[tuple[str, str]]:
    """Two letters and a path below ``root`` for each file that git has something to say of."""
    top = _git(root, "rev-parse", "--show-prefix").strip()
    answer = _git(root, "status", "--porcelain=v1", "-z", "--no-renames", *arguments)
    for entry in filter(None, answer.split("\0")):
        yield entry[:2], entry[3:].removeprefix(top)


def _git(root: Path, *arguments: str) -> str:
    try:
        run = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), *arguments],  # noqa: S607
            env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        message = wording(
            "This is a git repository, and git cannot be run: it is not known which commit this is."
        )
        raise MachineError.at(str(root), "no-git", message, wording("Install git.")) from None
    if run.returncode:
        said = " ".join(run.stderr.decode("utf-8", "replace").split()).rstrip(".")
        message = wording("git cannot tell which commit this is: {said}.", said=said)
        raise MachineError.at(
            str(root), "no-commit", message, wording("Commit the project, or fix the repository.")
        )
    return run.stdout.decode("utf-8", "surrogateescape")
