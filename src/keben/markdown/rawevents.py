"""What a piece of raw HTML consists of, once each of its tags is judged."""

from typing import Literal

from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Start:
    """An opening tag with the attributes that may stay."""

    tag: str
    attributes: dict[str, str]
    line: int
    """Counted from 0 at the beginning of the piece of HTML."""
    refused: tuple[str, ...] = ()
    """The attributes that may not: ``onclick``, ``href=“javascript:…”``."""
    passed: tuple[str, ...] = ()
    """How something is to look that a book settles itself: ``float: left``."""
    dropped: tuple[str, ...] = ()
    """Attributes that a generous reader passes over with a warning."""


@dataclass(frozen=True, slots=True)
class End:
    """A closing tag."""

    tag: str
    line: int


@dataclass(frozen=True, slots=True)
class RawText:
    """Text between tags as it is written: character references and variants are not resolved."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot stand in a book at all: an element, a declaration, a tag that is never finished."""

    what: str
    """As the source writes it, shortened."""
    line: int
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a generous reader takes: text that looks like a tag, or an element of which the text alone stays."""

    kind: Literal["tag", "broken", "declaration", "look", "media", "dropped", "component"]
    what: str
    """As the source writes it."""
    line: int
    address: str = ""
    """What a video or the like shows."""


@dataclass(frozen=True, slots=True)
class RawMaths:
    """A formula in MathML, with its tags."""

    html: str
    line: int


@dataclass(frozen=True, slots=True)
class RawDrawing:
    """A drawing in SVG, with its tags."""

    html: str
    line: int


Event = Start | End | RawText | RawMaths | RawDrawing | Refused | Taken
