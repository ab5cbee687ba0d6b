"""Sentences of the page that an import shows."""

from collections.abc import Iterable, Iterator, Sequence

from keben.core.saying import Wording, joined, series, wording


def listed(names: Iterable[str], most: int = 5) -> str:
    """Names in one line; of many the first, and how many more there are."""
    names = tuple(dict.fromkeys(names))
    more = wording(" and {count} more", count=len(names) - most) if len(names) > most else ""
    return joined(series(names[:most]), more)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    noun = one if number == 1 else many or f"{one}s"
    return wording("{number} {noun}", number=number, noun=Wording(noun, one, {}))


def classed(kinds: Sequence[str]) -> Iterator[str]:
    """What is said of paragraphs that got a class, by their kinds."""
    if signed := kinds.count("signature"):
        yield wording("{count} signatures at the right edge are marked `{{.signature}}`.", count=signed)
    if poems := kinds.count("verse"):
        yield wording("{count} pieces that are set in like verse are marked `{{.verse}}`.", count=poems)
