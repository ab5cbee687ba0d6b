"""Where findings stand: the files and lines that a person has, whatever the stages read.

A chapter may be of several files. Its lines are counted on from one file to the next, and so stages know one path and
one line; here they become the file's own again.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from keben.core.book import Manuscript, Source, Span
from keben.core.errors import Finding, KebenError, Place
from keben.core.values import dataclass

SETTINGS = "book/book.toml"
_FOLDER = "book/"


@dataclass(frozen=True, slots=True)
class Origins:
    """Leads from the places that stages give to those that a person has. It is to be used once for each."""

    spans: Mapping[str, tuple[Span, ...]]
    settings: str = SETTINGS
    is_project: bool = True

    def place(self, place: Place) -> Place:
        """The place in the file that the person has."""
        if spans := self.spans.get(place.path):
            place = _in_file(place, spans)
        if place.path == SETTINGS:
            place = replace(place, path=self.settings)
        if not self.is_project and place.path.startswith(_FOLDER):
            place = replace(place, path=place.path.removeprefix(_FOLDER))
        return place

    def findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings with their places in the files that the person has."""
        return tuple(replace(finding, place=self.place(finding.place)) for finding in findings)

    @contextmanager
    def in_errors(self) -> Iterator[None]:
        """Names the same places in what is raised."""
        try:
            yield
        except KebenError as error:
            error.findings = self.findings(error.findings)
            error.args = ("\n".join(map(str, error.findings)),)
            raise


def _in_file(place: Place, spans: Sequence[Span]) -> Place:
    at = max(bisect_right([span.first for span in spans], place.line or 1) - 1, 0)
    span = spans[at]
    line = place.line and span.line + max(place.line - span.first, 0)
    return replace(place, path=span.path, line=line)


def origins_of(manuscript: Manuscript) -> Origins:
    """Where the lines of a manuscript's chapters and sections come from."""
    spans: dict[str, tuple[Span, ...]] = {}
    for source in manuscript.sources:
        if source.spans:
            spans[source.path] = source.spans
    for group in grouped(manuscript.sources):
        if len(group) > 1:
            spans[group[0].path] = tuple(_spans_of(group))
    return Origins(spans, manuscript.settings_path, manuscript.is_project)


def _spans_of(group: Sequence[Source]) -> Iterator[Span]:
    for source, lines_before in zip(group, lines_before_each(group), strict=True):
        for span in source.spans or (Span(1, source.path, 1),):
            yield replace(span, first=span.first + lines_before)


def grouped(sources: Iterable[Source]) -> list[list[Source]]:
    """Each chapter with the sections that belong to it."""
    groups: list[list[Source]] = []
    for source in sources:
        if source.depth and groups:
            groups[-1].append(source)
        else:
            groups.append([source])
    return groups


def lines_before_each(group: Iterable[Source]) -> list[int]:
    """How many lines of a chapter stand before each of its files."""
    before = [0]
    for source in group:
        before.append(before[-1] + source.text.count("\n") + 1)
    return before[:-1]


def joined(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The chapters as stages count their lines: with the texts of their sections behind them."""
    return tuple(
        replace(group[0], text="\n".join(source.text for source in group)) for group in grouped(sources)
    )
