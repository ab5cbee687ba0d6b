"""Proof that a Word document says what its composition says: the text, its notes, and what goes with it.

The text is read from ``document.xml`` and ``footnotes.xml``, not from what wrote them. Beside it: where notes are
called, readings, alternative texts, links, the numbers of lists, and the bytes of pictures.
"""

from collections.abc import Iterator, Sequence

from keben.check.blame import FAULT, advice_for, cut
from keben.check.docxexpected import Expected, expected_of
from keben.check.docxfile import BrokenDocxError, read_package
from keben.check.docxtext import Said, read_said
from keben.check.matching import align
from keben.check.textfindings import difference_finding
from keben.core.composition import Artifact, Composition
from keben.core.errors import Finding, Place
from keben.core.saying import wording


def check_docx(composition: Composition, artifact: Artifact) -> tuple[Finding, ...]:
    """An error for each thing that is not in a Word document as the composition has it."""
    name = artifact.name
    try:
        said = read_said(read_package(artifact.data))
    except BrokenDocxError as error:
        return (Finding(Place(name), "broken-docx", str(error), wording("Build it again.")),)
    wanted = expected_of(composition)
    advice = advice_for(composition)
    body, notes = ([each for each in wanted if each.in_note == in_note] for in_note in (False, True))
    findings = [
        *_differences(body, said.texts(), name, advice),
        *_differences(notes, said.texts(in_note=True), wording("the notes of {name}", name=name), advice),
    ]
    # Where text is lost links lead to other places, which says nothing more.
    kinds = [kind for kind in _KINDS if kind != "link" or not findings]
    findings += (found for kind in kinds for found in _beside(kind, wanted, said, name))
    findings += _metadata(composition, said, name)
    return tuple(dict.fromkeys(findings))


_KINDS = {
    "alt": wording("the alternative text"),
    "picture": wording("the picture"),
    "formula": wording("the formula with the signs"),
    "link": wording("the link"),
    "number": wording("the item's number"),
}
"""What goes with the text, in words."""


def _differences(wanted: Sequence[Expected], said: str, name: str, advice: str) -> Iterator[Finding]:
    pieces = [each for each in wanted if each.kind in ("text", "optional")]
    texts = [each.value for each in pieces]
    reported: set[Place] = set()
    for difference in align(texts, [each.kind == "optional" for each in pieces], said).differences:
        place = pieces[min(difference.piece, len(pieces) - 1)].place if pieces else Place(name)
        if place not in reported or not place.line:
            reported.add(place)
            yield difference_finding(difference, texts, place, name, advice)


def _beside(kind: str, wanted: Sequence[Expected], said: Said, name: str) -> Iterator[Finding]:
    """What goes with the text, in its order: where the first of a kind is another one."""
    # A document of Word's has the notes of all chapters behind the text of all.
    known = sorted((each for each in wanted if each.kind == kind), key=lambda each: each.in_note)
    there = [each.value for each in said.things if each.kind == kind]
    at = next(
        (at for at, (one, other) in enumerate(zip(known, there, strict=False)) if one.value != other),
        min(len(known), len(there)),
    )
    if at == len(known) == len(there):
        return
    value, place = (
        (known[at].value, known[at].place) if at < len(known) else (wording("nothing"), Place(name))
    )
    other = f"“{cut(there[at], 60)}”" if at < len(there) else wording("nothing")
    message = wording(
        "{name} has {other} where {kinds} “{cut}” should be.",
        name=name,
        other=other,
        kinds=_KINDS[kind],
        cut=cut(value, 60),
    )
    yield Finding(place, "changed-markup", message, FAULT)


def _metadata(composition: Composition, said: Said, name: str) -> Iterator[Finding]:
    data = composition.metadata
    for what, value, found in (
        (wording("title"), data.title, said.properties.get("title", "")),
        (wording("language"), composition.edition.language, said.properties.get("language", "")),
        (
            wording("persons"),
            "; ".join(person.name for person in data.authors),
            said.properties.get("creator", ""),
        ),
    ):
        if "".join(value.split()) != "".join(found.split()):
            message = wording(
                "Its properties say the {what} “{found}”, not “{value}”.", what=what, found=found, value=value
            )
            yield Finding(Place(name), "changed-metadata", message, FAULT)
