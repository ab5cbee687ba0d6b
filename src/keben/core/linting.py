"""Settings of ``keben lint``: the table ``[lint]`` of ``book.toml``."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from keben.core.values import dataclass

HanLatin = Literal["keep", "add", "remove"]
QuoteStyle = Literal["auto", "curly", "corner"]


@dataclass(frozen=True, slots=True)
class LintSettings:
    """Which rules look at a manuscript, and what they take for right."""

    select: tuple[str, ...] = ()
    """Rules by number, name or the beginning of a number; empty: those that are on by default."""
    extend: tuple[str, ...] = ()
    """Rules that look too."""
    ignore: tuple[str, ...] = ()
    """Rules that do not look."""
    per_file: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Rules that do not look at some files, by a pattern of their paths below the book's folder."""
    han_latin: HanLatin = "keep"
    """What becomes of spaces between Chinese and Latin letters or digits."""
    quotes: QuoteStyle = "auto"
    """Which quotation marks the source has; by default those of its region, or which it has most."""
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Forms that the book does not use, by the one that it does."""
