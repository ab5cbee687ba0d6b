"""The formats of a book: their names, and the publication that each of them belongs to."""

from collections.abc import Mapping
from typing import Literal

FormatName = Literal["epub", "pdf", "booklet", "press", "cover", "docx", "onix", "sample"]
"""``press`` is the interior that a printer gets; ``cover`` comes with it and is not asked for by name. ``docx`` is a
manuscript for editors, and no publication; neither are ``onix``, which says what the others are, and ``sample``, the
beginning of an EPUB."""

Medium = Literal["epub", "pdf", "print"]
"""A publication of its own, which can have an ISBN of its own (ISO 2108; ISBN Users' Manual, 7th edition, section
5)."""

MEDIA: Mapping[FormatName, Medium] = {
    "epub": "epub",
    "pdf": "pdf",
    "booklet": "pdf",
    "press": "print",
    "cover": "print",
}
"""The publication that a format is a form of; one that is none is not named."""

PAGES = frozenset(("pdf", "screen", "print"))
"""What ``data-only`` can name of pages."""
