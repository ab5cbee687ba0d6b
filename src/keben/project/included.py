"""``{{#include …}}`` and ``{% include … %}`` in a chapter, read into it, with the lines that the text comes from."""

import re
from collections.abc import Sequence
from dataclasses import replace

from keben.core.book import Source, Span
from keben.project.importers.gitbook import with_files
from keben.project.importers.inclusions import with_inclusions
from keben.project.importers.presscalls import SIGNS
from keben.project.importers.prose import prose_lines
from keben.project.importers.snippets import one_by_one
from keben.project.importers.sources import SourceFolder

_SIGN = re.compile(r"\{\{\s*#|\{\{<\s*include|\{%|8<-|<<<|@\[code|@include")


def is_asked(text: str) -> bool:
    """Whether a text may name files that are read into it, or linked."""
    return bool(_SIGN.search(text))


def included(source: Source, path: str, folder: SourceFolder) -> Source:
    """A source with what it includes from files of the folder; ``path`` is its own there.

    What is included stands in the line of its call. A call that names no file stays as it is.
    """
    if not is_asked(source.text):
        return source
    made: list[str] = []
    known = source.spans or (Span(1, source.path, 1),)
    spans: list[Span] = []
    lines = one_by_one(with_files(source.text.split("\n")))
    for number, (line, is_prose) in enumerate(zip(lines, prose_lines(lines), strict=True), 1):
        is_call = _SIGN.search(line) and (is_prose or not any(sign in line for sign in SIGNS))
        rows = with_inclusions(line, path, folder).text.split("\n") if is_call else [line]
        first = len(made) + 1
        made += rows
        spans += (replace(span, first=first) for span in known if span.first == number)
        if len(rows) > 1:
            called = _line_of(known, number)
            spans.extend(Span(first + more, source.path, called) for more in range(1, len(rows)))
            spans.append(Span(len(made) + 1, source.path, _line_of(known, number + 1)))
    is_same = len(spans) == 1 and not source.spans
    return replace(source, text="\n".join(made), spans=() if is_same else tuple(spans))


def _line_of(spans: Sequence[Span], number: int) -> int:
    """The line of the file that a line comes from."""
    span = next(span for span in reversed(spans) if span.first <= number)
    return span.line + number - span.first
