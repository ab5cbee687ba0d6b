"""字数 and 印张 of a book, which its pages say when they are all there.

版面字数 is what a type area holds, times pages: characters in a line × lines × pages. 印张 are pages over the pages of
one side of the sheet that they are cut from (`keben.core.leaves`); a leaf has two pages, so their number is even.

Both depend only on the number of pages, which styles know as ``counter(pages)``: here are the counter styles that print
it as these.
"""

from decimal import ROUND_HALF_UP, Decimal

from keben.core.composition import Composition
from keben.core.leaves import leaves_of
from keben.core.markup import walk
from keben.core.paper import TypeArea

MOST = 3000
"""Pages; of a longer book the number of pages itself is printed."""

SHEETS, WORDS = "counted-sheets", "counted-words"
"""The classes of the elements in which these are printed."""


def counted_css(composition: Composition) -> str:
    """The styles for what is counted; empty where nothing is."""
    names = {
        name
        for document in composition.texts
        if document.kind == "colophon"
        for node in walk(document.root)
        for name in node.classes & {SHEETS, WORDS}
    }
    area, words = composition.edition.area, composition.words.get("words_said", "{number}")
    said = {
        SHEETS: lambda pages: sheets(pages, area),
        WORDS: lambda pages: words.format(number=thousands(pages, area)),
    }
    return "".join(
        _style(name, [said[name](pages) for pages in range(1, MOST + 1)]) for name in sorted(names)
    )


def sheets(pages: int, area: TypeArea) -> str:
    """印张 of so many pages, to three decimals: 7.125."""
    leaves = leaves_of(area.width, area.height)
    count = leaves.count if leaves else 1
    exact = Decimal(pages + pages % 2) / count
    return f"{exact.quantize(Decimal('0.001'), ROUND_HALF_UP):f}".rstrip("0").rstrip(".")


def thousands(pages: int, area: TypeArea) -> int:
    """版面字数 of so many pages, in thousands."""
    return max(1, round(area.measure * area.lines * pages / 1000))


def _style(name: str, texts: list[str]) -> str:
    symbols = " ".join(f'"{text}"' for text in texts)
    return (
        f"@counter-style {name} {{ system: fixed 1; symbols: {symbols}; suffix: '' }}\n"
        f".{name}::before {{ content: counter(pages, {name}) }}\n"
    )
