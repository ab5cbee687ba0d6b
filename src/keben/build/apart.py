"""Editions that are made ready in other processes, where there are several to convert and nothing of them is kept."""

import contextlib
from collections.abc import Callable, Collection, Iterator
from typing import Any

from keben.build.interrupts import result_of
from keben.build.memory import memory_for_tasks
from keben.build.workers import KilledError, workers
from keben.core.book import Manuscript
from keben.core.edition import Edition
from keben.core.store import Store

ENOUGH = 300_000
"""Characters to be converted: a process takes half a second to load, and as long to read the dictionaries."""
_MEMORY = 350_000_000
"""Bytes that a process takes for it."""
_PICTURES = 30_000_000
"""Bytes of pictures that are sent to each process, at most."""

Call = Callable[..., Callable[[], Any]]
"""Has a function called with values that can be pickled; what it gives waits for the result."""


@contextlib.contextmanager
def calls(manuscript: Manuscript, editions: Collection[Edition], store: Store, count: int) -> Iterator[Call]:
    """What has calls made for these editions, for as long as the block runs: in up to ``count`` other processes.

    Where that does not pay, or there is no memory for it, a call is made in this process when its result is asked for.
    """
    number = min(count, _to_convert(manuscript, editions, store))
    memory = memory_for_tasks() if number > 1 else None
    if number < 2 or (memory is not None and memory < number * _MEMORY):
        yield _here
        return
    with workers(number) as pool:

        def call(function: Callable[..., Any], *values: Any) -> Callable[[], Any]:
            future = pool.submit(function, *values)

            def result() -> Any:
                try:
                    return result_of(future)
                except KilledError:
                    # There was no memory for several.
                    return function(*values)

            return result

        yield call


def _here(function: Callable[..., Any], *values: Any) -> Callable[[], Any]:
    return lambda: function(*values)


def _to_convert(manuscript: Manuscript, editions: Collection[Edition], store: Store) -> int:
    """How many editions are to be converted from their first to their last document; 0 where that is little."""
    from keben.script import has_documents

    wanted = [edition for edition in editions if edition.language != edition.source_language]
    characters = sum(len(source.text) for source in manuscript.sources)
    pictures = sum(asset.size for asset in manuscript.assets.values())
    if len(wanted) < 2 or characters * len(wanted) < ENOUGH or pictures > _PICTURES:
        return 0
    return sum(not has_documents(edition, store) for edition in wanted)
