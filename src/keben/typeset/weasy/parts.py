"""The parts of the setting that hang on the inside of WeasyPrint, and what a build says where one is off."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from keben.core.errors import BuildError, Finding
from keben.typeset.weasy import (
    apart,
    beside,
    binding,
    chains,
    codelines,
    document,
    entries,
    faded,
    floats,
    folios,
    footnotes,
    galleys,
    grid,
    hidden,
    labels,
    latefiles,
    leaders,
    lean,
    pagesize,
    placeholders,
    prose,
    relief,
    repairs,
    runningheads,
    setting,
    shared,
    subsets,
    tablebreaks,
    tablewidths,
)
from keben.typeset.weasy.inside import Patch


def of_picture() -> tuple[Patch, ...]:
    """Those that take part when anything is laid out."""
    return document.PATCH, repairs.PATCH, pagesize.PATCH, relief.PATCH, prose.PATCH


def of_sheet() -> tuple[Patch, ...]:
    """Those that take part when a file is made that its readers copy text from."""
    return (*of_picture(), setting.PATCH, shared.PATCH, subsets.PATCH)


def of_book(*, is_vertical: bool, has_grid: bool) -> tuple[Patch, ...]:
    """Those that take part in a book: in columns, or on a grid of lines, a few more."""
    return (
        *of_sheet(),
        footnotes.PATCH,
        beside.PATCH,
        faded.PATCH,
        hidden.PATCH,
        labels.PATCH,
        repairs.REFERENCES,
        galleys.PATCH,
        placeholders.PATCH,
        binding.PATCH,
        folios.PATCH,
        floats.PATCH,
        chains.PATCH,
        codelines.PATCH,
        tablewidths.PATCH,
        tablebreaks.PATCH,
        latefiles.PATCH,
        leaders.PATCH,
        entries.PATCH,
        runningheads.PATCH,
        lean.PATCH,
        *((apart.PATCH,) if is_vertical else ()),
        *((grid.PATCH,) if has_grid else ()),
    )


@contextmanager
def said_where_off(parts: Iterable[Patch], artifact: str) -> Iterator[tuple[Finding, ...]]:
    """Give a finding for each part that is off, as the installed WeasyPrint is unsupported there.

    They are said also where the block fails: it may fail for that.
    """
    off = tuple(finding for part in parts for finding in part.findings(artifact))
    try:
        yield off
    except BuildError as error:
        if not off:
            raise
        raise BuildError(*off, *error.findings) from error
