"""Processes that help this one to make one artifact, where there is no other to make at the same time."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from keben.build.workers import workers
from keben.core.calls import Submit


@contextlib.contextmanager
def helpers(count: int) -> Iterator[Submit | None]:
    """What has calls made in up to ``count`` other processes, for as long as the block runs; None for none.

    They are started when they are asked for something. A future of a call that waits can be cancelled.
    """
    if count < 1:
        yield None
        return
    # A thread for each process: so many calls are on their way, and all others wait here.
    threads = ThreadPoolExecutor(count)
    with workers(count + 1) as pool:

        def call(*given: Any) -> Any:
            return pool.submit(*given).result()

        try:
            yield lambda *given: threads.submit(call, *given)
        except BaseException:
            # The processes are ended next; then those threads end that wait for them.
            threads.shutdown(wait=False, cancel_futures=True)
            raise
        threads.shutdown(cancel_futures=True)
