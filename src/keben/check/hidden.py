"""What a style hides on purpose is no loss, and is reported."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress

from keben.check.expected import Hidden, digest
from keben.core.composition import Artifact, Composition, Document
from keben.core.errors import Finding, Place
from keben.core.markup import Element, text_of
from keben.core.saying import wording
from keben.core.values import dataclass

_MOST = 0.5
"""The share of a chapter's text that may be hidden before it is a warning."""


def hidden_in(facts: Mapping[str, object]) -> Hidden:
    """What a style hides, as an artifact's facts have it."""
    return [(name, each.tag, text) for each in kinds_in(facts, "hidden") for name, text in each.texts]


def told_of_hidden(composition: Composition, artifact: Artifact) -> Iterator[Finding]:
    """A notice for each kind of element that a style hides, a warning for each chapter of which most is hidden."""
    for each in kinds_in(artifact.facts, "hidden"):
        does = (
            wording("takes text out of its place:")
            if each.how == "position: running"
            else wording("hides text of")
        )
        message = wording(
            "A style {does} `{element}` in {name}, {count} (`{how}`).",
            does=does,
            element=each.element,
            name=artifact.name,
            count=each.count,
            how=each.how,
        )
        yield Finding(each.place(artifact.name), "hidden-text", message, "", "notice")
    hidden = hidden_in(artifact.facts)
    if not hidden:
        return
    for document in composition.texts:
        if document.is_chapter and _share(document, hidden) > _MOST:
            message = wording("A style hides most of what this chapter says in {name}.", name=artifact.name)
            place = Place(document.path or document.name)
            yield Finding(
                place, "hidden-chapter", message, wording("Look at the notices of what is hidden."), "warning"
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


@dataclass(frozen=True, slots=True)
class HiddenKind:
    """Elements of one kind that one rule hides or moves."""

    element: str
    how: str
    sheet: str
    texts: tuple[tuple[str, int], ...]

    @property
    def tag(self) -> str:
        """The elements' tag."""
        return self.element.partition(".")[0]

    @property
    def count(self) -> str:
        """How many there are, in words."""
        return wording("once") if len(self.texts) == 1 else wording("{count} times", count=len(self.texts))

    def place(self, otherwise: str) -> Place:
        """Where the rule is, or ``otherwise`` where that is not known."""
        path, _, line = self.sheet.rpartition(":")
        return Place(path, int(line)) if path and line.isdigit() else Place(self.sheet or otherwise)


def kinds_in(facts: Mapping[str, object], name: str) -> Iterator[HiddenKind]:
    """What facts say is ``hidden`` or ``moved``, where it has its form: a manifest can be changed by hand."""
    given = facts.get(name, ())
    for each in given if isinstance(given, list | tuple) else ():
        with suppress(KeyError, TypeError, ValueError):
            texts = tuple((str(document), int(text)) for document, text in each["texts"])
            yield HiddenKind(str(each["element"]), str(each["how"]), str(each["sheet"]), texts)
