"""Fonts that were cut down to a book's glyphs, kept from one build to the next, ready for the file.

An edit seldom brings a character that no other chapter has.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from weasyprint import pdf as writer  # type: ignore[import-untyped]
from weasyprint.pdf import fonts as pdf_fonts  # type: ignore[import-untyped]
from weasyprint.pdf import pydyf

from keben.core.fingerprint import fingerprint
from keben.core.store import Store
from keben.typeset.weasy.inside import replaced
from keben.typeset.weasy.shared import CodeTables

_LEVEL = 9
"""Of compression, as WeasyPrint's."""


@contextmanager
def cut_fonts_kept(
    store: Store, mark: tuple[object, ...], codes: CodeTables, heard: Callable[[], int]
) -> Iterator[None]:
    """Keep what fonts are cut down to in the block, by ``mark``, which stands for the fonts of the machine.

    ``heard`` counts the messages that WeasyPrint logged: where it has one, it must have it in each build. The functions
    must be as they were tried (`shared.PATCH`); who else replaces them does so before. Not for several threads at once.
    """
    if store.folder is None or not mark:
        yield
        return
    cut, build = pdf_fonts.Font.clean, writer.build_fonts_dictionary
    ready: dict[int, bytes] = {}
    """By the identity of a font's file: the same compressed."""
    of_fonts = fingerprint(mark)

    def clean(font: Any, to_unicode: Mapping[int, str], hinting: Any) -> None:
        if "fvar" in font.tables:
            # WeasyPrint notes in the font what it made of it.
            cut(font, to_unicode, hinting)
            return
        own = codes.of(font)
        key = store.key(
            "cut-font", of_fonts, _said_of(font), sorted(to_unicode), _pairs(own.copies), str(hinting)
        )
        kept = store.get(key)
        if kept:
            own.are_in_file, data = bool(kept[0]), kept[1:]
            font.file_content = zlib.decompress(data)
        else:
            before = heard()
            cut(font, to_unicode, hinting)
            data = zlib.compress(font.file_content, _LEVEL)
            if heard() == before:
                store.put(key, bytes((own.are_in_file,)) + data)
        ready[id(font.file_content)] = data

    def build_fonts_dictionary(pdf: Any, used: Any, compress: Any, subset: Any, options: Any) -> Any:
        made = build(pdf, used, compress, subset, options)
        for thing in pdf.objects if compress else ():
            if isinstance(thing, pydyf.Stream) and len(thing.stream) == 1 and id(thing.stream[0]) in ready:
                thing.stream, thing.compress = [ready[id(thing.stream[0])]], False
                thing.extra["Filter"] = "/FlateDecode"
        return made

    with replaced(
        (pdf_fonts.Font, "clean", clean), (writer, "build_fonts_dictionary", build_fonts_dictionary)
    ):
        yield


def _said_of(font: Any) -> tuple[object, ...]:
    """What tells a font, and a way to cut it down, from others."""
    kinds = font.bitmap, font.png, font.svg, font.colr, font.used_in_forms
    said = font.hash, font.family, int(font.style), int(font.weight), font.index, font.glyph_count
    return (
        *said,
        *map(bool, kinds),
        float(font.font_size),
        tuple(sorted(font.variations.items())),
        _pairs(font.missing),
    )


def _pairs(values: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(values.items()))
