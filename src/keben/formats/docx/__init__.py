"""Composition → a Word document (WordprocessingML, ISO/IEC 29500), for editors who work in Word.

1. Documents become paragraphs of pieces, tables and notes (`flow`, `inlines`, `tables`); each paragraph gets a key
   that stays with it while it is edited (`keys`).
2. Those are written as a document, its notes, its lists and its styles (`document`, `runs`, `lists`, `styles`).
3. python-docx packs the finished parts (`package`).

The way back, from a corrected document to the Markdown, is in `keben.review.word`.
"""

import re
from collections.abc import Iterator, Mapping

from keben.core.book import Encoded
from keben.core.composition import Artifact, Composition
from keben.core.markup import MarkupError, parse, serialize
from keben.formats.docx.document import document_part, footer_part, footnotes_part
from keben.formats.docx.figures import PackedFile, Shown, shown_pictures, view_of
from keben.formats.docx.flow import wordbook_of
from keben.formats.docx.keys import stamp_of
from keben.formats.docx.lists import numbering_part
from keben.formats.docx.marking import bookmark_names
from keben.formats.docx.properties import app_part, core_part, settings_part
from keben.formats.docx.runs import RunWriting
from keben.formats.docx.styles import faces_of, fonts_part, styles_part
from keben.formats.docx.values import Anchor, Call, Picture, Piece, Wordbook, paragraphs_in

__all__ = ["drawings_of", "wordbook_of", "write_docx"]

_SVG = "image/svg+xml"


def drawings_of(composition: Composition) -> tuple[tuple[str, float, float], ...]:
    """The drawings that an edition shows, charts and pictures in SVG: their paths, widths and heights in pixels."""
    vectors = _vectors(composition)
    return tuple((path, *vectors[path][1]) for path in _wanted(wordbook_of(composition)) if path in vectors)


def write_docx(composition: Composition, drawn: Mapping[str, Encoded]) -> Artifact:
    """Write an edition; ``drawn`` has pictures of its drawings, for programs that do not show SVG.

    The artifact's facts: ``paragraphs`` and ``notes``.
    """
    book = wordbook_of(composition)
    encoded = {path: asset.electronic for path, asset in composition.assets.items()}
    shown, files = shown_pictures(_wanted(book), encoded, _vectors(composition), drawn)
    edition = composition.edition
    facts = {
        "paragraphs": sum(1 for section in book.sections for _ in paragraphs_in(section)),
        "notes": sum(len(section.notes) for section in book.sections),
    }
    data = _packed(composition, book, shown, files)
    name = f"{composition.metadata.slug}-{edition.name}.docx"
    return Artifact(name, edition.name, "docx", data, facts)


def _packed(
    composition: Composition, book: Wordbook, shown: Mapping[str, Shown], files: tuple[PackedFile, ...]
) -> bytes:
    from keben.formats.docx.package import PartRelation, Word, pack

    edition = composition.edition
    language = faces_of(edition.language).language
    pieces = list(_pieces(book))
    notes = [piece.note for piece in pieces if isinstance(piece, Call)]
    defined = {name for section in book.sections for name in section.notes}
    numbers = {
        name: number for number, name in enumerate((n for n in dict.fromkeys(notes) if n in defined), 1)
    }
    names = bookmark_names([*(piece.id for piece in pieces if isinstance(piece, Anchor)), *numbers])
    text = RunWriting(names, shown, numbers, language)
    keys = (each.key for section in book.sections for each in paragraphs_in(section))
    properties = core_part(composition, stamp_of(keys)), app_part()
    document = Word("document", document_part(book.sections, edition, text))
    below = RunWriting(names, shown, numbers, language, text.bookmarks, text.drawn)
    others = (
        Word("styles", styles_part(edition.language)),
        Word("numbering", numbering_part(book.lists)),
        Word("settings", settings_part(language)),
        Word("fontTable", fonts_part(edition.language)),
        Word("footnotes", footnotes_part(book.sections, below)),
        Word("footer", footer_part()),
    )
    relations = [
        (part, relation)
        for part, writing in (("document", text), ("footnotes", below))
        for relation in (
            *(PartRelation(name, address, is_address=True) for address, name in writing.links.items()),
            *(PartRelation(name, path) for path, name in writing.shapes.items()),
        )
    ]
    return pack(document, others, files, relations, properties, composition.epoch)


def _pieces(book: Wordbook) -> Iterator[Piece]:
    for section in book.sections:
        for paragraph in paragraphs_in(section):
            yield from paragraph.pieces


def _wanted(book: Wordbook) -> list[str]:
    """The paths of the pictures that a book shows, each once."""
    return list(dict.fromkeys(piece.path for piece in _pieces(book) if isinstance(piece, Picture)))


def _vectors(composition: Composition) -> dict[str, tuple[bytes, tuple[float, float]]]:
    """The SVG of each drawing, and its size in pixels."""
    found = {
        path: (f'<?xml version="1.0" encoding="utf-8"?>\n{serialize(each.root)}'.encode(), view_of(each.root))
        for path, each in composition.drawings.items()
    }
    for path, asset in composition.assets.items():
        if asset.electronic.media_type == _SVG:
            found[path] = (asset.electronic.data, _view(asset.electronic.data))
    return found


def _view(data: bytes) -> tuple[float, float]:
    try:
        return view_of(
            parse(re.sub(r"<!DOCTYPE[^>]*>", "", data.decode("utf-8", "replace").lstrip("\ufeff")))
        )
    except MarkupError:
        return 600, 400
