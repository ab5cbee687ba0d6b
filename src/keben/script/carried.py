"""The texts of a document without the variants that they carry: what is left to convert, and what of it is settled."""

from collections.abc import Mapping, Sequence

from keben.core.values import dataclass
from keben.core.variants import OPEN, Variant, split
from keben.script.settled import Claim, SettledTerm


@dataclass(frozen=True, slots=True)
class Carried:
    """The variants of texts that were freed of them, and where they were."""

    claims: Mapping[int, Sequence[Claim]]
    """By text: claims at offsets of that text."""
    rules: Sequence[tuple[int, int, SettledTerm]]
    """Text, offset, and the rule that holds from there on."""

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


def freed(texts: Mapping[int, str], language: str) -> tuple[dict[int, str], Carried]:
    """Texts of a document by their number, in order, without their variants; and those, for an edition's language."""
    claims: dict[int, list[Claim]] = {}
    rules: list[tuple[int, int, SettledTerm]] = []
    clean: dict[int, str] = {}
    for leaf, text in texts.items():
        parts: list[str] = []
        size = 0
        for piece in split(text) if OPEN in text else (text,):
            if not isinstance(piece, str) and piece.kind == "rule":
                rules.append((leaf, size, SettledTerm(piece.text, piece.form(language))))
                continue
            if not isinstance(piece, str):
                claims.setdefault(leaf, []).append(_claim(piece, size, language))
            parts.append(piece if isinstance(piece, str) else piece.text)
            size += len(parts[-1])
        clean[leaf] = "".join(parts)
    return clean, Carried(claims, rules)


def _claim(variant: Variant, start: int, language: str) -> Claim:
    return Claim(start, start + len(variant.text), variant.form(language), "variant")
