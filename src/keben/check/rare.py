"""Rare characters: those of an edition that the common set of its region lacks.

They are no faults. They are where a font, an e-reader or a reader's dictionary gives out first, and where a wrong
character hides: an editor looks them over once before a book goes out.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection
from functools import cache

from keben.core.composition import Composition
from keben.core.errors import Place
from keben.core.printed import place_in, texts
from keben.core.regions import CharacterSet, region_of
from keben.core.saying import joined, wording
from keben.core.values import dataclass

MOST_SHOWN = 8
"""How many characters a summary names."""


@dataclass(frozen=True, slots=True)
class RareCharacter:
    """A letter or Chinese character that is not in the common set."""

    character: str
    count: int
    first: Place
    font: str
    """The family that sets it in running text; empty where no PDF is made."""

    def shown(self) -> str:
        """``䶮 U+4DAE, 3 times, first at book/chapters/one.md:12, set in Noto Serif CJK SC``."""
        times = wording("{count} times, first", count=self.count) if self.count > 1 else wording("once")
        font = wording(", set in {font}", font=self.font) if self.font else ""
        return wording(
            "{character} U+{character2:04X}, {times} at {first}{font}",
            character=self.character,
            character2=ord(self.character),
            times=times,
            first=self.first,
            font=font,
        )


@dataclass(frozen=True, slots=True)
class RareReport:
    """An edition's rare characters, in the order in which they come."""

    common: CharacterSet
    characters: tuple[RareCharacter, ...]

    def summary(self, edition: str) -> tuple[str, ...]:
        """What a screen shows: a line that says how many, and one for each of the first."""
        count = len(self.characters)
        if not count:
            return (
                wording("{edition}: no characters outside {name}", edition=edition, name=self.common.name),
            )
        head = wording(
            "{edition}: {count} character{s} outside {name}",
            edition=edition,
            count=count,
            s="s" if count > 1 else "",
            name=self.common.name,
        )
        lines = [joined("  ", each.shown()) for each in self.characters[:MOST_SHOWN]]
        if count > MOST_SHOWN:
            lines.append(wording("  and {count} more, which --json lists", count=count - MOST_SHOWN))
        return (head, *lines)


def rare_characters(
    composition: Composition, reads: Collection[str], font: Callable[[str], str]
) -> RareReport:
    """The rare characters of an edition's text.

    The contents are not counted: they say again what the chapters say. Marks, figures and signs are not either.

    Args:
        composition: in its edition's script.
        reads: what ``data-only`` can name in what is looked at.
        font: gives the family that sets a character.
    """
    common = region_of(composition.edition.language).common
    counts: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for document in composition.documents:
        if document.kind == "contents":
            continue
        for text, line in texts(document, reads):
            for character, count in Counter(text).items():
                if _is_rare(character, common.codec):
                    counts[character] += count
                    first.setdefault(character, place_in(document, line, character))
    return RareReport(
        common,
        tuple(
            RareCharacter(character, counts[character], place, font(character))
            for character, place in first.items()
        ),
    )


@cache
def _is_rare(character: str, codec: str) -> bool:
    if character.isascii() or not unicodedata.category(character).startswith("L"):
        return False
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return True
    return False
