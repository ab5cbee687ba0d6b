"""Settings of an edition's EPUB."""

from dataclasses import field
from typing import Literal

from keben.core.values import dataclass

EmbedFonts = Literal["none", "rare", "subset"]
"""Which characters an EPUB brings fonts for: those that readers' own fonts may lack, or all that it uses."""

EpubNotes = Literal["plain", "duokan"]
"""Whether notes carry the classes, too, that the mainland's readers look for."""

StoreName = Literal["apple", "kindle", "kobo", "google", "readmoo", "weread", "bookwalker"]
"""A store whose rules an EPUB can be held to."""


@dataclass(frozen=True, slots=True)
class EpubSettings:
    """``[epub]``, and what an edition's own table says over it."""

    page_list: bool = False
    """Whether it says where the pages of the edition's PDF begin, which must then be set for it."""
    embed_fonts: EmbedFonts = "none"
    sample: int = 2
    """How many chapters of the text a sample has."""
    notes: EpubNotes = "plain"
    lists: bool = False
    """Whether lists of figures and tables stand behind the contents; else only programs see them."""


USUAL_EPUB = EpubSettings()


@dataclass(frozen=True, slots=True)
class EbookFont:
    """A part of a font that an EPUB brings."""

    family: str
    """Of the font that it is a part of."""
    data: bytes = field(repr=False)
    media_type: str
    characters: frozenset[str]
    licence: str
    """What the font says of its makers and its licence."""
