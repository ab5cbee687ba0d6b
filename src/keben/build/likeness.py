"""Whether another machine makes the same bytes as this one: the same Keben, packages, libraries and fonts."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from keben.build.machine import machine_facts
from keben.core.edition import Edition
from keben.core.errors import MachineError
from keben.core.saying import series, wording
from keben.core.values import dataclass

SHOWN = 3
"""How many differences are named before the rest is counted."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a machine an artifact's bytes depend on."""

    tools: Mapping[str, tuple[str, str]]
    """Each distribution's version, and a hash of its files; and the versions of libraries."""
    fonts: frozenset[tuple[object, ...]]
    """Each face that is installed: file name, index, families, and the size of its file."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """What an edition's fonts must be; see `keben.typeset.fonts.fontmarks`."""

    texts: tuple[str, ...]
    """Styles and templates, which may name fonts."""
    marks: tuple[object, ...]


def likeness() -> Likeness:
    """That of this machine."""
    # Only a cluster asks for it, and loading it takes a while.
    from keben.build.distributions import versions

    packages = {name: (version, mark) for name, version, mark in versions()}
    facts = {name: (version, "") for name, version in machine_facts().items()}
    return Likeness({**packages, **facts}, _fonts())


def _fonts() -> frozenset[tuple[object, ...]]:
    from keben.typeset.fonts.fontmarks import face_marks

    try:
        return frozenset(face_marks())
    except MachineError:
        # There are none, or no fontconfig that could say so.
        return frozenset()


def differences(ours: Likeness, theirs: Likeness) -> str:
    """What of a worker's machine is not as it is here, in words; empty where nothing is."""
    said = [*_tools(ours.tools, theirs.tools), *_files(ours.fonts, theirs.fonts)]
    more = wording(", and {count} more", count=len(said) - SHOWN) if len(said) > SHOWN else ""
    return series(said[:SHOWN]) + more


def _tools(ours: Mapping[str, tuple[str, str]], theirs: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    for name in sorted(ours.keys() | theirs.keys(), key=lambda name: (name != "keben", name)):
        here, there = ours.get(name), theirs.get(name)
        if here is None or there is None:
            yield wording(
                "{name} is only {there}",
                name=name,
                there=wording("there") if here is None else wording("here"),
            )
        elif here[0] != there[0]:
            yield wording("{name} is {there} there and {here} here", name=name, there=there[0], here=here[0])
        elif here != there:
            yield wording("{name} {here} has other files there", name=name, here=here[0])


def _files(ours: frozenset[tuple[object, ...]], theirs: frozenset[tuple[object, ...]]) -> Iterator[str]:
    here, there = ({str(face[0]) for face in faces} for faces in (ours, theirs))
    for name in sorted({str(face[0]) for face in ours ^ theirs}):
        if name in here and name in there:
            yield wording("the font {name} is another one there", name=name)
        else:
            yield wording(
                "the font {name} is only {here}",
                name=name,
                here=wording("here") if name in here else wording("there"),
            )


def require_fonts(edition: Edition, fonts: Fonts, cache: Path | None) -> None:
    """See that the contents of an edition's fonts are those of the machine that asks for it.

    Raises:
        MachineError: ``unlike-worker``: a font is another one here.
    """
    from keben.typeset.fonts.fontmarks import font_marks

    marks = font_marks(edition, fonts.texts, cache)
    if marks != fonts.marks:
        raise unlike(
            wording(
                "the fonts of {name} are not the same: {names}",
                name=edition.name,
                names=_names(fonts.marks, marks),
            )
        )


def _names(ours: Iterable[Any], theirs: Iterable[Any]) -> str:
    names = {str(each[0]) for one, other in zip(ours, theirs, strict=False) for each in {*one} ^ {*other}}
    return series(sorted(names)[:SHOWN])


def unlike(what: str, worker: str = "a worker") -> MachineError:
    """What is said of a worker whose machine makes other bytes."""
    return MachineError.at(
        worker,
        "unlike-worker",
        wording("This worker would not make the same files: {what}.", what=what),
        wording("Give it the same versions of everything, and the same fonts."),
    )
