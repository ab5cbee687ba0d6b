"""``[epub]`` of ``book.toml``: its schema, and its values as `EpubSettings`."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from keben.core.ebook import EmbedFonts, EpubNotes, EpubSettings
from keben.core.toml.schema import Table


class EpubTable(Table):
    """``[epub]``, or an edition's own. What is left out stays as it was."""

    page_list: bool = False
    embed_fonts: EmbedFonts = "none"
    sample: Annotated[int, Field(ge=1, le=1000)] = 2
    notes: EpubNotes = "plain"
    lists: bool = False


def read_epub(table: EpubTable, base: EpubSettings) -> EpubSettings:
    """The settings with what a table overrides."""
    return replace(base, **{name: getattr(table, name) for name in sorted(table.model_fields_set)})
