"""How much memory is free, where the system says so."""

from contextlib import suppress
from pathlib import Path

_SHARE = 0.8
"""Of what is free: the rest is for this process and for what others take meanwhile."""
_ROOT = Path("/")


def memory_for_tasks(root: Path = _ROOT) -> int | None:
    """Bytes that tasks may take together now; None where the system does not say (Linux does).

    A container's bound counts where it is lower than what the machine has (cgroups, versions 1 and 2). ``root`` is
    where ``proc`` and ``sys`` are.
    """
    free = [each for each in (_of_machine(root), *_of_groups(root)) if each is not None]
    return int(min(free) * _SHARE) if free else None


def _of_machine(root: Path) -> int | None:
    """``MemAvailable``: what programs can get without swapping (proc(5))."""
    with suppress(OSError, ValueError, IndexError):
        for line in (root / "proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


def _of_groups(root: Path) -> list[int | None]:
    """What is left of the bound of this process's control group, or of the container's."""
    own = [""]
    with suppress(OSError):
        lines = (root / "proc/self/cgroup").read_text().splitlines()
        own += [
            path.strip("/") for _, kinds, path in (line.split(":", 2) for line in lines) if kinds in _KINDS
        ]
    return [
        _left(root / "sys/fs/cgroup" / folder / path, *names)
        for folder, *names in _FILES
        for path in set(own)
    ]


_KINDS = ("", "memory")
"""What ``/proc/self/cgroup`` calls the group that bounds memory: in version 2 there is one for all."""
_FILES = (
    ("", "memory.max", "memory.current", "inactive_file"),
    ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
)
"""Where the groups of versions 2 and 1 are, their bound, what is taken, and what of it could be given up at once."""


def _left(group: Path, most: str, taken: str, idle: str) -> int | None:
    """None where there is no bound: version 2 says ``max``."""
    with suppress(OSError, ValueError):
        left = int((group / most).read_text()) - int((group / taken).read_text())
        spare = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
        return max(left + int(spare.get(idle, 0)), 0)
    return None
