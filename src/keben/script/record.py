"""The record of a conversion: every sentence of an edition in both scripts, as a table that any tool can compare.

``place``, ``source`` and ``output``, with tabs between them. It is written beside the artifacts by each build, so that
a later one can be held against it: what would another version of OpenCC, or another glossary, change?
"""

from collections.abc import Iterable, Iterator
from itertools import compress, repeat

from keben.core.editorial.values import Converted
from keben.core.patterns import later
from keben.core.values import dataclass

HEADER = "place\tsource\toutput"

_SENTENCE = later(r"[^。！？!?…\n]*[。！？!?…\n]+[”’」』）》〕】]*|[^。！？!?…\n]+")
_HAN = later("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in both scripts."""

    place: str
    source: str
    output: str


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that was converted otherwise before."""

    place: str
    source: str
    before: str
    now: str


def sentences(record: Iterable[Converted]) -> Iterator[Sentence]:
    """The sentences of converted paragraphs that have Chinese characters in them."""
    for row in _rows(record):
        yield Sentence(*row)


def _rows(record: Iterable[Converted]) -> Iterator[tuple[str, str, str]]:
    for each in record:
        sources, outputs = split(each.source), split(each.output)
        # A settled term may bring a full stop of its own: then the paragraph is not divided.
        is_parted = len(sources) == len(outputs)
        if not is_parted:
            sources, outputs = [each.source], [each.output]
        has_han = [*map(_HAN.search, sources)]
        # Most Chinese has no white space, and is a line as it is.
        if each.source.split() != [each.source] or each.output.split() != [each.output]:
            sources, outputs = [*map(_line, sources)], [*map(_line, outputs)]
        yield from compress(zip(repeat(str(each.place)), sources, outputs, strict=False), has_han)


def split(text: str) -> list[str]:
    """A text's sentences, together the text."""
    return _SENTENCE.findall(text)


def write_record(record: Iterable[Converted]) -> str:
    """The table of converted paragraphs."""
    return "\n".join([HEADER, *map("\t".join, _rows(record)), ""])


def read_record(text: str) -> tuple[Sentence, ...]:
    """The sentences of a table.

    Raises:
        ValueError: it is no such table.
    """
    lines = text.split("\n")
    if lines[0] != HEADER:
        message = "not a record of a conversion"
        raise ValueError(message)
    rows = [line.split("\t") for line in lines[1:] if line]
    if any(len(row) != 3 for row in rows):
        message = "a row of a record has not three cells"
        raise ValueError(message)
    return tuple(Sentence(place, source, output) for place, source, output in rows)


def changes(before: Iterable[Sentence], now: Iterable[Sentence]) -> Iterator[Change]:
    """The sentences that stood in the source before, and came out otherwise."""
    known: dict[str, list[str]] = {}
    for each in before:
        known.setdefault(each.source, []).append(each.output)
    for each in now:
        outputs = known.get(each.source)
        if outputs and each.output not in outputs:
            yield Change(each.place, each.source, outputs[0], each.output)


def _line(text: str) -> str:
    return " ".join(text.split())
