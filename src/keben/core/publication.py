"""What a copyright page says about a book's publication, in addition to the bibliographic data.

GB/T 12450—2001 (title leaves of books), 5.2: the record of an edition (版本记录).
"""

from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class CipData:
    """图书在版编目数据 (GB/T 12451): as it was issued, or what is needed beside the catalogue to write it."""

    text: str = ""
    """As it was issued, line by line."""
    number: str = ""
    """Of its record: 第2026012345号; before 2024 （2023）第012345号."""
    subjects: tuple[str, ...] = ()
    """Printed in records from before 2024."""
    classification: str = ""
    """By the Chinese Library Classification: I247.57."""


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """Texts may carry variants; names are in the order in which they are printed."""

    is_given: bool = False
    """Whether ``book.toml`` says anything of it; else the page is one for an e-book."""
    editors: tuple[str, ...] = ()
    proofreaders: tuple[str, ...] = ()
    designers: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    """Of printing (责任印制)."""
    issuer: str = ""
    """Taiwan's 發行人, Hong Kong's 出版人."""
    place: str = ""
    """Where it is published (出版地)."""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""
    distributor: str = ""
    printer: str = ""
    series: str = ""
    format: str = ""
    """开本; empty: made from the trim."""
    sheets: str = ""
    """印张; empty: counted."""
    words: str = ""
    """字数; empty: counted."""
    edition: int = 1
    printing: int = 0
    """0: not said, and the page names no printing."""
    note: str = ""
    """Of the edition: 修订版."""
    published: str = ""
    """When this edition came out, ISO 8601; empty: the book's date."""
    printed: str = ""
    """When it was printed, ISO 8601; empty: as ``published``."""
    copies: str = ""
    price: str = ""
    cip: CipData | None = None
    notice: str = ""
    more: tuple[tuple[str, str], ...] = ()
    """Other rows: label and text."""
    typeset_with: bool = False
    """Whether the page names the tools and fonts that made the book."""
    own: frozenset[str] = frozenset()
    """Names of the fields above that an edition overrides: they stand in its script already."""


NO_RECORD = EditionRecord()
