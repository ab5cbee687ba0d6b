"""What one edition's conversion needs: its converter, its terms, and where they are asked for its doubts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from keben.core.edition import Edition
from keben.core.editorial.values import Editorial
from keben.core.errors import Place
from keben.core.store import NO_STORE, Store
from keben.core.values import dataclass
from keben.script.carried import freed
from keben.script.dots import set_dots_alone
from keben.script.edges import parts_of_words
from keben.script.marks import unshield
from keben.script.passages import Converter, converter_for
from keben.script.plan import configurations
from keben.script.quotes import set_quotes_alone
from keben.script.settled import Claim, SettledTerm, Terms, locks, rule_claims, settle

if TYPE_CHECKING:
    from keben.script.examine import Examiner

Withheld: TypeAlias = Mapping[Place, str]
"""Decisions for every place that were kept from a part of a word, each by its place, with the first such word."""


@dataclass(frozen=True, slots=True)
class EditionConverter:
    """Converts the texts of one edition."""

    edition: Edition
    converter: Converter
    terms: Terms
    examiner: "Examiner | None"
    """Where doubts are asked for."""

    @classmethod
    def of(
        cls, edition: Edition, editorial: Editorial, *, review: bool = False, store: Store = NO_STORE
    ) -> "EditionConverter":
        """The converter of an edition; with ``review`` it looks for doubts too. ``store`` keeps dictionaries ready.

        Raises:
            MachineError: OpenCC's code and dictionaries are of different versions.
        """
        chain = configurations(edition.source_language, edition.language, edition.vocabulary)
        if chain and editorial.segmentation == "context":
            from keben.script.context import make_ready

            make_ready(chain[0], store)
        converter = converter_for(chain, editorial.segmentation, everyday=edition.vocabulary == "everyday")
        examiner = None
        if review:
            from keben.script.examine import Examiner

            examiner = Examiner(converter, edition.vocabulary)
        return cls(edition, converter, Terms(edition, editorial), examiner)

    def claims(
        self, text: str, path: str, variants: Sequence[Claim], rules: Sequence[tuple[int, SettledTerm]]
    ) -> tuple[list[Claim], Withheld]:
        """What is settled of a text, and what was withheld.

        A decision for every place of a phrase leaves longer words alone.
        """
        found = list(self.terms.claims(text, path))
        if not (found or variants or rules):
            return [], {}
        everywhere = [claim for claim in found if claim.is_everywhere]
        words = parts_of_words(self.converter, text, everywhere) if everywhere else {}
        withheld = first_withheld(
            {place: word} for index, word in words.items() if (place := everywhere[index].place)
        )
        found = [claim for claim in found if not claim.is_everywhere]
        found += [claim for index, claim in enumerate(everywhere) if index not in words]
        return settle((*variants, *found, *rule_claims(text, rules))), withheld

    def text(
        self, text: str, path: str = "", rules: Sequence[tuple[int, SettledTerm]] = ()
    ) -> tuple[str, Withheld]:
        """A text that stands by itself (a title, an attribute, a word of the theme), and what was withheld from it."""
        clean, carried = freed({0: text}, self.edition.language)
        leaves = [clean[0]]
        own = (*rules, *carried.rules_of(leaves, [0]))
        claims, withheld = self.claims(leaves[0], path, carried.claims_of(leaves, [0]), own)
        converted = self.converter.convert(leaves[0], locks(claims))
        quoted = set_quotes_alone(converted, self.edition.quotes)
        return unshield(set_dots_alone(quoted, self.edition.interpunct)), withheld


def first_withheld(several: Iterable[Withheld]) -> dict[Place, str]:
    """What was withheld from texts that follow one another: each decision with the first word."""
    found: dict[Place, str] = {}
    for each in several:
        for place, word in each.items():
            found.setdefault(place, word)
    return found
