"""The texts of a document without the variants that they carry: what is left to convert, and what of it is settled."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from keben.core.variants import OPEN, Variant, split
from keben.script.settled import Claim, SettledTerm


@dataclass(slots=True)
class Carried:
    """A document's texts, freed of their variants, and where those were."""

    language: str
    """The edition's."""
    claims: dict[int, list[Claim]] = field(default_factory=dict)
    """By text: claims at offsets of that text."""
    rules: list[tuple[int, int, SettledTerm]] = field(default_factory=list)
    """Text, offset, and the rule that holds from there on."""

    def clean(self, text: str, leaf: int) -> str:
        """A text of the document without its variants, which are remembered."""
        if OPEN not in text:
            return text
        parts: list[str] = []
        size = 0
        for piece in split(text):
            if isinstance(piece, str):
                plain = piece
            elif piece.kind == "rule":
                self.rules.append((leaf, size, SettledTerm(piece.text, piece.form(self.language))))
                continue
            else:
                plain = piece.text
                self.claims.setdefault(leaf, []).append(_claim(piece, size, self.language))
            parts.append(plain)
            size += len(plain)
        return "".join(parts)

    def claims_of(self, leaves: Sequence[str], run: Sequence[int]) -> list[Claim]:
        """The claims of variants in a run of texts, by offsets in the run."""
        found: list[Claim] = []
        start = 0
        for index in run:
            found += [
                Claim(claim.start + start, claim.end + start, claim.target, claim.by)
                for claim in self.claims.get(index, ())
            ]
            start += len(leaves[index])
        return found

    def rules_of(self, leaves: Sequence[str], run: Sequence[int]) -> list[tuple[int, SettledTerm]]:
        """The rules that hold in a run, each with the offset in the run from which on it does."""
        found: list[tuple[int, SettledTerm]] = []
        for leaf, offset, rule in self.rules:
            start = 0
            for index in run:
                if index >= leaf:
                    found.append((start + (offset if index == leaf else 0), rule))
                    break
                start += len(leaves[index])
        return found

    def rules_before(self, leaf: int) -> list[tuple[int, SettledTerm]]:
        """The rules that hold for what stands before a text: an attribute, say."""
        return [(0, rule) for at, _, rule in self.rules if at < leaf]


def _claim(variant: Variant, start: int, language: str) -> Claim:
    return Claim(start, start + len(variant.text), variant.form(language), "variant")
