"""The names of persons and of the publisher, which are proper names: an edition has them as they are written.

余华 is 余華 in one Traditional edition and 餘華 in none. So a name is never converted by itself: the edition says it
again, or an editor does, by a decision or a term of the glossary that names the whole of it, or by a variant. One that
conversion would change and that nobody settled is a doubt that must be decided.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from keben.core.edition import Edition
from keben.core.editorial.values import Doubt, Editorial
from keben.core.errors import Place
from keben.core.saying import wording
from keben.core.store import NO_STORE, Store
from keben.core.values import dataclass
from keben.core.variants import OPEN, plain
from keben.script.dots import set_dots_alone
from keben.script.editions import EditionConverter
from keben.script.settled import EDGE, Claim
from keben.script.suspicions import RANKS

SETTINGS = "book/book.toml"
"""What messages about metadata name."""

FIELDS = frozenset(("authors", "publisher"))
"""The fields of `Metadata` that hold names."""

_SETTLING = ("decision", "glossary")


@dataclass(frozen=True, slots=True)
class Credits:
    """An edition whose names are settled, and what was noticed on the way."""

    edition: Edition
    doubts: tuple[Doubt, ...] = ()
    """A name each that nobody settled."""
    used: frozenset[Place] = frozenset()
    """The lines of the glossary and of the decisions that settled one."""


def settle_credits(edition: Edition, editorial: Editorial, store: Store = NO_STORE) -> Credits:
    """The edition with its names as it prints them; from then on they are its own. ``store`` keeps dictionaries ready.

    Raises:
        MachineError: OpenCC's code and dictionaries are of different versions.
    """
    data = edition.metadata
    if edition.language == edition.source_language:
        return Credits(edition)
    converter = EditionConverter.of(edition, editorial, store=store)
    persons = [] if "authors" in data.own else [*data.authors]
    publisher = [] if "publisher" in data.own else [data.publisher]
    names = [*(name for person in persons for name in (person.name, person.file_as)), *publisher]
    # A name that stands twice is asked once.
    settled = {name: _settle(name, converter) for name in dict.fromkeys(names)}
    changes: dict[str, Any] = {"own": data.own | FIELDS}
    if "authors" not in data.own:
        changes["authors"] = tuple(
            replace(person, name=settled[person.name].text, file_as=settled[person.file_as].text)
            for person in persons
        )
    if "publisher" not in data.own:
        changes["publisher"] = settled[data.publisher].text
    return Credits(
        replace(edition, metadata=replace(data, **changes)),
        tuple(each.doubt for each in settled.values() if each.doubt),
        frozenset(each.used for each in settled.values() if each.used),
    )


@dataclass(frozen=True, slots=True)
class _SettledName:
    """A name as the edition prints it."""

    text: str
    doubt: Doubt | None = None
    used: Place | None = None
    """The line that settled it."""


def _settle(name: str, converter: EditionConverter) -> _SettledName:
    edition = converter.edition
    if OPEN in name:
        return _SettledName(plain(name, edition.language))
    claim = _settling(name, converter.terms.claims(name, SETTINGS))
    if claim is not None:
        # The glossary may leave a name to the converter.
        text = converter.converter.convert(name) if claim.target is None else claim.target
        return _SettledName(text, used=claim.place)
    changed = converter.converter.convert(name)
    doubt = _doubt(name, changed) if changed != name else None
    return _SettledName(set_dots_alone(name, edition.interpunct), doubt)


def _settling(name: str, claims: Iterable[Claim]) -> Claim | None:
    """What settles the whole of a name: a decision before the glossary, and of two the one that says more."""
    whole = [
        claim for claim in claims if claim.by in _SETTLING and (claim.start, claim.end) == (0, len(name))
    ]
    return min(whole, key=lambda claim: (_SETTLING.index(claim.by), -claim.weight), default=None)


def _doubt(name: str, changed: str) -> Doubt:
    return Doubt(
        kind="credit",
        rank=RANKS["credit"],
        place=Place(SETTINGS),
        phrase=name,
        output=name,
        candidates=(name, changed),
        reason=wording(
            "This is the name of a person or a publisher: it stays as it is written unless you say otherwise."
        ),
        anchor=(EDGE, EDGE),
    )
