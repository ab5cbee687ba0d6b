"""mdBook's ``{{#include …}}`` in a chapter, read into its text, with the lines that the text comes from."""

from dataclasses import replace

from keben.core.book import Source, Span
from keben.project.importers.inclusions import with_inclusions
from keben.project.importers.sources import SourceFolder

_SIGN = "{{"


def included(source: Source, path: str, folder: SourceFolder) -> Source:
    """A source with what it includes from files of the folder; ``path`` is its own there.

    What is included stands in the line of its call. A call that names no file stays as it is.
    """
    if _SIGN not in source.text or "#" not in source.text:
        return source
    made: list[str] = []
    spans = [Span(1, source.path, 1)]
    for number, line in enumerate(source.text.split("\n"), 1):
        rows = with_inclusions(line, path, folder).text.split("\n") if _SIGN in line else [line]
        made += rows
        first = len(made) - len(rows) + 1
        spans.extend(Span(first + more, source.path, number) for more in range(1, len(rows)))
        if len(rows) > 1:
            spans.append(Span(len(made) + 1, source.path, number + 1))
    if len(spans) == 1:
        return replace(source, text="\n".join(made))
    return replace(source, text="\n".join(made), spans=tuple(spans))
