"""Formats that cost nothing: the text of a composition, for tests of what is done with any format."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from projects import bring_cover, change, write_project

from keben.core.composition import Artifact, Composition
from keben.core.errors import BuildError, Finding, Place
from keben.core.markup import text_of
from keben.core.media import MEDIA
from keben.formats import FORMATS, Format, Made, Material, Proof, ToProve, Validator


def text(composition: Composition) -> str:
    """Its documents' text, one a line."""
    return "".join(f"{''.join(text_of(each.root).split())}\n" for each in composition.texts)


def make_plain(material: Material) -> Made:
    """The text; of what is made from another artifact, that one's name and its number of bytes."""
    composition, base = material.composition, material.base
    said = f"{base.name}: {len(base.data)}\n" if base else text(composition)
    name = f"{composition.metadata.slug}-{composition.edition.name}.txt"
    return Made(Artifact(name, composition.edition.name, "pdf", said.encode(), {"lines": said.count("\n")}))


def check_plain(given: ToProve) -> tuple[Finding, ...]:
    """An error where a text of the composition is not in the artifact."""
    if text(given.composition) == given.artifact.data.decode():
        return ()
    return (Finding(Place(given.artifact.name), "lost", "Its text is not whole.", "Report it."),)


COMPLETE = Proof("Completeness", "nothing of the text is lost", check_plain)


def plain(name: str = "plain", make: Callable[[Material], Made] = make_plain, **changes: object) -> Format:
    """A format that is a text; its artifacts are called as their entry says."""

    def named(material: Material) -> Made:
        made = make(material)
        edition = material.composition.edition
        artifact = replace(made.artifact, name=form.file_of(edition), format=name)  # type: ignore[arg-type]
        return replace(made, artifact=artifact)

    fields = {"ending": ".txt", "reads": frozenset((name,)), "proofs": (COMPLETE,), "sets": "cover"}
    form = Format(name=name, summary="a text", make=named, **{**fields, **changes})  # type: ignore[arg-type]
    return form


def refuse(material: Material) -> Made:
    """Cannot be made."""
    place = Place(material.composition.edition.name)
    raise BuildError(Finding(place, "refused", "It cannot be made.", "Leave it."))


def install(monkeypatch: pytest.MonkeyPatch, *forms: Format) -> None:
    """Put entries into the table of formats, over those of their names."""
    for form in forms:
        monkeypatch.setitem(FORMATS, form.name, form)  # type: ignore[arg-type]
        if form.name not in MEDIA:
            monkeypatch.setitem(MEDIA, form.name, "epub")  # type: ignore[arg-type]


def write_plain_project(root: Path) -> Path:
    """The small project, whose editions come as ``pdf`` only, with a cover that needs no drawing."""
    write_project(root)
    bring_cover(root)
    for name in ("zh-Hans", "zh-Hant-TW"):
        change(root, "book/book.toml", f"[editions.{name}]\n", f'[editions.{name}]\nformats = ["pdf"]\n')
    return root


def validator(name: str, found: tuple[Finding, ...] = ()) -> tuple[Validator, list[tuple[str, ...]]]:
    """A validator that finds what it is reported to, and the names of the files that it was given."""
    seen: list[tuple[str, ...]] = []

    def check(paths: tuple[Path, ...]) -> tuple[Finding, ...]:
        assert all(path.is_file() for path in paths)
        seen.append(tuple(path.name for path in paths))
        return found

    return Validator(name, check, lambda: "1.0"), seen
