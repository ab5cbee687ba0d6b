"""``{{#include …}}`` and ``{% include … %}`` in a chapter, read into it, with the lines that the text comes from."""

import re
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
    spans = [Span(1, source.path, 1)]
    lines = one_by_one(with_files(source.text.split("\n")))
    for number, (line, is_prose) in enumerate(zip(lines, prose_lines(lines), strict=True), 1):
        is_call = _SIGN.search(line) and (is_prose or not any(sign in line for sign in SIGNS))
        rows = with_inclusions(line, path, folder).text.split("\n") if is_call else [line]
        made += rows
        first = len(made) - len(rows) + 1
        spans.extend(Span(first + more, source.path, number) for more in range(1, len(rows)))
        if len(rows) > 1:
            spans.append(Span(len(made) + 1, source.path, number + 1))
    if len(spans) == 1:
        return replace(source, text="\n".join(made))
    return replace(source, text="\n".join(made), spans=tuple(spans))
