"""What was read of a PDF's pages and fonts, kept from one build to the next by what the file itself has.

A font's glyphs are found by every byte of the font. What a page says is found by its instructions, and counts only
where each glyph that it shows says, measures and covers today what it did then. Nothing is asked of who made the file.
"""

import hashlib
from collections.abc import Mapping
from struct import pack, unpack
from typing import Any

import pikepdf

from keben.check.drawntext import DrawnText, PageFonts, ReadContent
from keben.check.glyphtables import GlyphFacts, GlyphTable
from keben.check.reading import Reading
from keben.core.store import NO_STORE, Bundle, Store

_DEEPEST = 16
"""Dictionaries within a font; one with more is not kept."""


class KeptReadings:
    """The readings of one file; ``book`` tells it from others."""

    def __init__(self, store: Store = NO_STORE, *book: object) -> None:
        self._bundle = Bundle(store, "pdf-readings", *book)
        self._marks: dict[frozenset[bytes], bytes] = {}
        self._pages: dict[str, _Page] = {}
        """Those that were unpacked before they are asked for."""
        self._texts: tuple[Reading, Mapping[str, str]] | None = None

    def unpack(self) -> None:
        """Unpack now what will be asked for later."""
        for key, value in self._bundle.unpack():
            if _is_page(value):
                self._pages[key] = _page(*value[1:])

    def read_texts(self, reading: Reading) -> None:
        """Read now, in the form that is compared, the texts of the pages that were unpacked."""
        texts = list({each.text: None for _, _, drawn in self._pages.values() for each in drawn})
        self._texts = reading, dict(zip(texts, reading.each(texts), strict=True))

    def texts_read(self, reading: Reading) -> Mapping[str, str]:
        """Those that were read so, by what they are on the page."""
        return self._texts[1] if self._texts and self._texts[0] == reading else {}

    def close(self) -> None:
        """Leave what was used to the next build."""
        self._bundle.close()

    def key_of_font(self, font: Any) -> str | None:
        """What the glyphs of a font are found by; None: they are not kept."""
        digest = hashlib.sha256()
        is_whole = _digested(font, digest, 0)
        return self._bundle.key("font", digest.digest()) if is_whole else None

    def glyphs(self, key: str) -> GlyphTable | None:
        """The glyphs that were kept by a key."""
        found = self._bundle.get(key)
        if not isinstance(found, tuple):
            return None
        return GlyphTable.of({code: GlyphFacts(*facts) for code, facts in found})

    def keep_glyphs(self, key: str, table: GlyphTable) -> None:
        """Keep the glyphs of a font."""
        self._bundle.put(key, tuple((code, tuple(facts)) for code, facts in table.facts.items()))

    def key_of_page(self, content: bytes, rare: frozenset[bytes]) -> str:
        """What the reading of a page is found by: its instructions, and which of its names are not known."""
        if rare not in self._marks:
            self._marks[rare] = self._bundle.key("page", rare).encode()
        return hashlib.sha256(self._marks[rare] + content).hexdigest()

    def page(self, key: str, fonts: PageFonts) -> tuple[DrawnText, ...] | None:
        """What was kept by a key, if each of its glyphs is in today's fonts as it was in those of then."""
        found = self._bundle.get(key)
        if not _is_page(found):
            return None
        codes, digest, drawn = self._pages.get(key) or _page(*found[1:])
        return drawn if _digest_of(codes, fonts) == digest else None

    def keep_page(self, key: str, read: ReadContent, fonts: PageFonts) -> None:
        """Keep what was read of a page with some fonts."""
        codes = {name: tuple(sorted(read.used[name])) for name in sorted(read.used)}
        used = tuple((name, pack(f">{len(own)}H", *own)) for name, own in codes.items())
        drawn = tuple([tuple(each) for each in read.drawn])
        self._bundle.put(key, (_PAGE, used, _digest_of(codes, fonts), drawn))


_Page = tuple[Mapping[bytes, tuple[int, ...]], bytes | None, tuple[DrawnText, ...]]
"""The codes that a page shows in each font, a hash of what they say there, and what was read of it."""


_PAGE = "page"
"""The first part of what is kept of a page. What is kept of a font has a pair for each glyph."""


def _is_page(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 4 and value[0] == _PAGE


def _page(used: Any, digest: bytes | None, drawn: Any) -> _Page:
    codes = {name: unpack(f">{len(text) // 2}H", text) for name, text in used}
    return codes, digest, tuple([DrawnText(*each) for each in drawn])


def _digest_of(codes: Mapping[bytes, tuple[int, ...]], fonts: PageFonts) -> bytes | None:
    """A hash of what the glyphs of some codes say, measure and cover; None where one of them is not known."""
    digest = hashlib.sha256()
    for name, own in codes.items():
        table = fonts.get(name)
        if table is None:
            return None
        try:
            marks = b"".join(map(table.marks.__getitem__, own))
        except KeyError:
            return None
        digest.update(b"%d %d:%s" % (len(name), len(own), name))
        digest.update(marks)
    return digest.digest()


def _digested(thing: Any, digest: Any, depth: int) -> bool:
    """Add every byte of an object, and of what it refers to, to a hash; whether it can be done."""
    if depth > _DEEPEST:
        return False
    if isinstance(thing, pikepdf.Stream):
        data = thing.read_raw_bytes()
        digest.update(b"s%d:" % len(data))
        digest.update(data)
        return _digested_items(thing, digest, depth)
    if not isinstance(thing, pikepdf.Object):
        digest.update(f"{type(thing).__name__}{thing!r};".encode())
        return True
    text = thing.unparse(resolved=True)
    if b" R" not in text:
        digest.update(b"o%d:" % len(text))
        digest.update(text)
        return True
    if isinstance(thing, pikepdf.Array):
        digest.update(b"a%d:" % len(thing))
        return all(_digested(each, digest, depth + 1) for each in thing)
    return isinstance(thing, pikepdf.Dictionary) and _digested_items(thing, digest, depth)


def _digested_items(thing: Any, digest: Any, depth: int) -> bool:
    keys = sorted(thing.keys())
    digest.update(b"d%d:" % len(keys))
    for key in keys:
        name = key.encode("utf-8", "surrogateescape")
        digest.update(b"k%d:" % len(name))
        digest.update(name)
        if not _digested(thing[key], digest, depth + 1):
            return False
    return True
