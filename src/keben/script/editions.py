"""What one edition's conversion needs: its converter, its terms, and where they are asked for its doubts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from keben.core.edition import Edition
from keben.core.editorial.values import Editorial
from keben.core.errors import Place
from keben.script.carried import Carried
from keben.script.dots import set_dots_alone
from keben.script.edges import parts_of_words
from keben.script.examine import Examiner
from keben.script.marks import unshield
from keben.script.passages import Converter, converter_for
from keben.script.plan import configurations
from keben.script.quotes import set_quotes_alone
from keben.script.settled import Claim, SettledTerm, Terms, locks, rule_claims, settle


@dataclass(frozen=True, slots=True)
class EditionConverter:
    """Converts the texts of one edition."""

    edition: Edition
    converter: Converter
    terms: Terms
    examiner: Examiner | None
    """Where doubts are asked for."""
    withheld: dict[Place, str] = field(default_factory=dict)
    """Decisions for every place that were kept from a part of a word, each with the first such word. It fills."""

    @classmethod
    def of(cls, edition: Edition, editorial: Editorial, *, review: bool = False) -> "EditionConverter":
        """The converter of an edition; with ``review`` it looks for doubts too.

        Raises:
            MachineError: OpenCC's code and dictionaries are of different versions.
        """
        chain = configurations(edition.source_language, edition.language, edition.vocabulary)
        converter = converter_for(chain, editorial.segmentation)
        examiner = Examiner(converter, edition.vocabulary) if review else None
        return cls(edition, converter, Terms(edition, editorial), examiner)

    def claims(
        self, text: str, path: str, variants: Sequence[Claim], rules: Sequence[tuple[int, SettledTerm]]
    ) -> list[Claim]:
        """What is settled of a text. A decision for every place of a phrase leaves longer words alone."""
        found = list(self.terms.claims(text, path))
        everywhere = [claim for claim in found if claim.is_everywhere]
        words = parts_of_words(self.converter, text, everywhere) if everywhere else {}
        for index, word in words.items():
            if place := everywhere[index].place:
                self.withheld.setdefault(place, word)
        found = [claim for claim in found if not claim.is_everywhere]
        found += [claim for index, claim in enumerate(everywhere) if index not in words]
        return settle((*variants, *found, *rule_claims(text, rules)))

    def text(self, text: str, path: str = "", rules: Sequence[tuple[int, SettledTerm]] = ()) -> str:
        """A text that stands by itself: a title, an attribute, a word of the theme."""
        carried = Carried(self.edition.language)
        leaves = [carried.clean(text, 0)]
        own = (*rules, *carried.rules_of(leaves, [0]))
        claims = self.claims(leaves[0], path, carried.claims_of(leaves, [0]), own)
        converted = self.converter.convert(leaves[0], locks(claims))
        return unshield(
            set_dots_alone(set_quotes_alone(converted, self.edition.quotes), self.edition.interpunct)
        )
