"""The contents for readers that know EPUB 2 alone: its NCX (OPF 2.0.1, 2.4.1; ANSI/NISO Z39.86-2005, section 8)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from keben.formats.epub.navigation import NavigationEntry, PageBreak


def ncx(
    identifier: str,
    title: str,
    language: str,
    contents: Sequence[NavigationEntry],
    pages: Sequence[PageBreak],
    order: Mapping[str, int],
) -> bytes:
    """The file's bytes.

    ``order`` has the place of each id in the order of reading: what stands at one place is played at once.
    """
    played = _played([*_hrefs(contents), *(page.href for page in pages)], order)
    numbers = [int(page.label) for page in pages if page.label.isascii() and page.label.isdigit()]
    head = {
        "dtb:uid": identifier,
        "dtb:depth": str(max(1, _depth(contents))),
        "dtb:totalPageCount": str(len(pages)),
        "dtb:maxPageNumber": str(max(numbers, default=0)),
    }
    metas = "".join(f'    <meta name="{name}" content="{escape(value)}"/>\n' for name, value in head.items())
    points = "".join(_points(contents, played, iter(range(1, len(played) + 1)), "    "))
    listed = f"  <pageList>\n{''.join(_targets(pages, played))}  </pageList>\n" if pages else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{language}">\n'
        f"  <head>\n{metas}  </head>\n"
        f"  <docTitle>\n    <text>{_text(title)}</text>\n  </docTitle>\n"
        f"  <navMap>\n{points}  </navMap>\n{listed}</ncx>\n"
    ).encode()


def _depth(entries: Iterable[NavigationEntry]) -> int:
    return max((1 + _depth(each.entries) for each in entries), default=0)


def _hrefs(entries: Iterable[NavigationEntry]) -> Iterator[str]:
    for each in entries:
        yield each.href
        yield from _hrefs(each.entries)


def _played(hrefs: Iterable[str], order: Mapping[str, int]) -> dict[str, int]:
    """The number of each target, as its place in the book has it."""
    last = len(order)
    ranked = sorted(dict.fromkeys(hrefs), key=lambda href: order.get(href.rpartition("#")[2], last))
    return {href: number for number, href in enumerate(ranked, 1)}


def _points(
    entries: Iterable[NavigationEntry], played: Mapping[str, int], names: Iterator[int], indent: str
) -> Iterator[str]:
    for each in entries:
        yield f'{indent}<navPoint id="nav-{next(names)}" playOrder="{played[each.href]}">\n'
        yield f"{indent}  <navLabel>\n{indent}    <text>{_text(each.title)}</text>\n{indent}  </navLabel>\n"
        yield f'{indent}  <content src="{escape(each.href)}"/>\n'
        yield from _points(each.entries, played, names, f"{indent}  ")
        yield f"{indent}</navPoint>\n"


def _targets(pages: Iterable[PageBreak], played: Mapping[str, int]) -> Iterator[str]:
    for number, page in enumerate(pages, 1):
        kind = "normal" if page.label.isascii() and page.label.isdigit() else "front"
        value = f' value="{page.label}"' if kind == "normal" else ""
        yield f'    <pageTarget id="page-target-{number}" type="{kind}"{value} playOrder="{played[page.href]}">\n'
        yield f"      <navLabel>\n        <text>{_text(page.label)}</text>\n      </navLabel>\n"
        yield f'      <content src="{escape(page.href)}"/>\n    </pageTarget>\n'


def _text(text: str) -> str:
    return escape(text, quote=False)
