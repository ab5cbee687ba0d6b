"""How much memory is free, by the machine and by its container."""

import pytest

from keben.build.memory import memory_for_tasks

MEMINFO = "MemTotal:  4000000 kB\nMemAvailable:  1000000 kB\n"


def write(root, files):
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


@pytest.mark.parametrize(
    ("files", "free"),
    [
        ({}, None),
        ({"proc/meminfo": "MemTotal: 4 kB\n"}, None),
        ({"proc/meminfo": MEMINFO}, 1_024_000_000),
        # Version 2 of control groups.
        (
            {
                "proc/meminfo": MEMINFO,
                "sys/fs/cgroup/memory.max": "500\n",
                "sys/fs/cgroup/memory.current": "200\n",
                "sys/fs/cgroup/memory.stat": "anon 1\ninactive_file 100\n",
            },
            400,
        ),
        (
            {
                "proc/meminfo": MEMINFO,
                "sys/fs/cgroup/memory.max": "max\n",
                "sys/fs/cgroup/memory.current": "200\n",
            },
            1_024_000_000,
        ),
        # Version 1, in a group of its own.
        (
            {
                "proc/meminfo": MEMINFO,
                "proc/self/cgroup": "9:name=systemd:/\n4:memory:/a/b\n0::/\n",
                "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "1000\n",
                "sys/fs/cgroup/memory/a/b/memory.usage_in_bytes": "2000\n",
                "sys/fs/cgroup/memory/a/b/memory.stat": "total_inactive_file 500\n",
            },
            0,
        ),
    ],
    ids=["not Linux", "an old kernel", "a machine", "a bound", "no bound", "a bound that is passed"],
)
def test_the_lowest_bound_counts(tmp_path, files, free):
    write(tmp_path, files)
    wanted = None if free is None else int(free * 0.8)
    assert memory_for_tasks(tmp_path) == wanted
