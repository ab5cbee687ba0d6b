"""Checks an EPUB against the rules of stores: what was examined, what is wrong, and what cannot be checked here.

1. `opened` reads the EPUB; `looking` has a function for each question.
2. `rules` is the table: which store asks which question, and the source of the rule.
"""

from collections.abc import Iterable, Iterator

from keben.check.container import BrokenEpubError
from keben.check.stores.opened import OpenedEpub
from keben.check.stores.rules import RULES, UNSEEN, StoreRule
from keben.core.composition import Artifact, Composition
from keben.core.ebook import StoreName
from keben.core.errors import Finding, Place
from keben.core.saying import series, wording
from keben.core.values import dataclass

__all__ = ["StoreReport", "check_stores", "look_for_store"]


@dataclass(frozen=True, slots=True)
class StoreReport:
    """The result of checking one EPUB against one store's rules."""

    store: StoreName
    file: str
    kept: tuple[StoreRule, ...]
    broken: tuple[StoreRule, ...]
    unseen: tuple[str, ...]
    findings: tuple[Finding, ...]

    def lines(self) -> tuple[str, ...]:
        """What a screen shows."""
        count = len(self.kept) + len(self.broken)
        kept = series((rule.says for rule in self.kept), "; ")
        return (
            wording(
                "{store}: {file}: {count} of {count2} rules kept{kept}",
                store=self.store,
                file=self.file,
                count=len(self.kept),
                count2=count,
                kept=wording(": {kept}", kept=kept) if kept else "",
            ),
            wording("{store}: not seen here: {unseen}", store=self.store, unseen=series(self.unseen, "; ")),
        )

    def figures(self) -> dict[str, object]:
        """The same for machines, with each rule's source."""
        return {
            "store": self.store,
            "file": self.file,
            "rules": [
                {
                    "code": rule.code,
                    "says": rule.says,
                    "kept": rule in self.kept,
                    "source": rule.source.title,
                    "url": rule.source.url,
                    "known": rule.source.known,
                }
                for rule in RULES[self.store]
            ],
            "unseen": list(self.unseen),
        }


def look_for_store(data: bytes, name: str, store: StoreName) -> StoreReport:
    """Check the EPUB with a name against a store's rules."""
    try:
        epub = OpenedEpub(data)
    except BrokenEpubError as error:
        broken = Finding(Place(name), "broken-epub", str(error), wording("Build it again."))
        return StoreReport(store, name, (), RULES[store], UNSEEN[store], (broken,))
    rules = [rule for rule in RULES[store] if _can_look(epub, rule)]
    found = {rule.code: tuple(_findings(epub, name, store, rule)) for rule in rules}
    return StoreReport(
        store,
        name,
        tuple(rule for rule in rules if not found[rule.code]),
        tuple(rule for rule in rules if found[rule.code]),
        UNSEEN[store],
        (*_unread(epub, name, store), *(each for rule in rules for each in found[rule.code])),
    )


def _can_look(epub: OpenedEpub, rule: StoreRule) -> bool:
    """Whether there is what a rule is about: of a cover that is not there none is kept."""
    return epub.cover_item is not None or not rule.code.startswith("cover-")


def check_stores(composition: Composition, artifact: Artifact) -> tuple[Finding, ...]:
    """What is wrong with an EPUB by the rules of the stores that its edition names."""
    return tuple(
        finding
        for store in composition.edition.stores
        for finding in look_for_store(artifact.data, artifact.name, store).findings
    )


def _unread(epub: OpenedEpub, name: str, store: StoreName) -> Iterator[Finding]:
    """What no rule could look at."""
    for path, kind in epub.unread:
        message = wording("{store}: This file cannot be read as {kind}.", store=store, kind=kind)
        yield Finding(Place(f"{name}!{path}"), "store-unread", message, wording("Replace it."))


def _findings(epub: OpenedEpub, name: str, store: StoreName, rule: StoreRule) -> Iterable[Finding]:
    for path, message in dict.fromkeys(rule.look(epub)):
        place = Place(f"{name}!{path}" if path else name)
        advice = wording("{advice} Source: {cited}.", advice=rule.advice, cited=rule.source.cited)
        yield Finding(
            place,
            f"store-{rule.code}",
            wording("{store}: {message}", store=store, message=message),
            advice,
            rule.severity,
        )
