"""What a style hides on purpose is no loss, and is told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from keben.check.expected import APART, Hidden, digest
from keben.errors import Finding, Place
from keben.markup import Element, text_of
from keben.model import Artifact, Composition, Document

_BODY = frozenset(("preface", "part", "chapter", "appendix", "afterword"))
_MOST = 0.5
"""The share of a chapter's text that may be hidden before it is a warning."""


def hidden_in(facts: Mapping[str, object]) -> Hidden:
    """What a style hides, as an artifact's facts have it."""
    return [
        (name, str(each["element"]).partition(".")[0], text)
        for each in _kinds(facts)
        for name, text in each["texts"]
    ]


def told_of_hidden(composition: Composition, artifact: Artifact) -> Iterator[Finding]:
    """A notice for each kind of element that a style hides, a warning for each chapter of which most is hidden."""
    for each in _kinds(artifact.facts):
        texts, sheet = each["texts"], str(each["sheet"])
        count = "once" if len(texts) == 1 else f"{len(texts)} times"
        message = f"A style hides text of `{each['element']}` in {artifact.name}, {count} (`{each['how']}`)."
        path, _, line = sheet.rpartition(":")
        place = Place(path, int(line)) if path and line.isdigit() else Place(sheet or artifact.name)
        yield Finding(place, "hidden-text", message, "", "notice")
    hidden = hidden_in(artifact.facts)
    if not hidden:
        return
    for document in composition.documents:
        if document.kind in _BODY and document.kind not in APART and _share(document, hidden) > _MOST:
            message = f"A style hides most of what this chapter says in {artifact.name}."
            place = Place(document.path or document.name)
            yield Finding(
                place, "hidden-chapter", message, "Look at the notices of what is hidden.", "warning"
            )


def _share(document: Document, hidden: Hidden) -> float:
    own = Counter((tag, text) for name, tag, text in hidden if name == document.name)
    whole = len("".join(text_of(document.root).split()))
    return _hidden_length(document.root, own) / whole if whole else 0.0


def _hidden_length(node: Element, hidden: Mapping[tuple[str, int], int]) -> int:
    text = text_of(node)
    if (node.tag, digest(text)) in hidden:
        return len("".join(text.split()))
    return sum(_hidden_length(child, hidden) for child in node.children if isinstance(child, Element))


def _kinds(facts: Mapping[str, object]) -> Sequence[Mapping[str, list[tuple[str, int]]]]:
    given = facts.get("hidden", ())
    return given if isinstance(given, list | tuple) else ()
