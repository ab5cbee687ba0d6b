"""Parts of the body that stand empty where their chapters are drawn already.

Styles and boxes of a long book take longer than all that is done with its pages once these are drawn, and each build
made them of every paragraph, to find by them what is drawn. So what the rest of a book depends on of a part is noted
beside its pages: where it breaks, what it counts, which places links lead to, and where its own links lead. In the next
build the part is an element without contents, with what was noted in their place.

That holds as long as the part, the styles, and what of other parts selectors can ask for are the same. What else it
depends on is looked at when the book is laid out. Where something is otherwise (a counter, the side that the chapter
begins on), the book is laid out again with all that is in it (`UnfitError`).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from functools import wraps
from typing import Any

from weasyprint import document  # type: ignore[import-untyped]
from weasyprint.formatting_structure import build  # type: ignore[import-untyped]
from weasyprint.layout import block  # type: ignore[import-untyped]

from keben.core.composition import Document
from keben.core.fingerprint import fingerprint
from keben.core.markup import Element, serialize, walk
from keben.core.packing import packed, unpacked
from keben.core.saying import wording
from keben.core.store import Store
from keben.core.values import dataclass
from keben.typeset.booktree import BookTree, Skeleton, skeleton_of
from keben.typeset.resources import address_of
from keben.typeset.shown import addresses_in
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.jobs import PrintJob

PATCH = Patch(
    "chapters-all-read",
    wording("After an edit, the styles of all chapters are worked out again"),
    (
        (
            document,
            "build_formatting_structure",
            "element_tree style_for get_image_from_uri base_url target_collector counter_style footnotes",
        ),
        (
            build,
            "element_to_box",
            "element style_for get_image_from_uri base_url target_collector counter_style footnotes state",
        ),
        (block, "_add_break_values", "box side"),
    ),
    "notice",
)

_UNSEEN = (":has(", ":empty", "target-text")
"""What of a style asks for the contents of another part."""

_EMPTY = "_keben_empty"

Counted = tuple[tuple[int, ...], Mapping[str, tuple[int, ...]], tuple[frozenset[str], ...]]
"""How deep quotations are, the values of counters, and which are of which element, at a place of a document."""


class UnfitError(Exception):
    """A part that was left empty cannot be: the book must be laid out with all that is in it."""


@dataclass(frozen=True, slots=True)
class KeptPart:
    """What the rest of a book depends on of a part of its body, beside the pages."""

    source: str
    """A fingerprint of what it says."""
    breaks: Mapping[str, tuple[str, ...]]
    """How it breaks from what stands ``before`` and ``after`` it: the values of all boxes that stand at that edge."""
    names: tuple[str, str]
    """Of its first and its last page."""
    anchors: tuple[tuple[str, Mapping[str, tuple[int, ...]]], ...]
    """Where links may lead, with the values of counters there."""
    links: frozenset[str]
    """Where its own lead."""
    begins: Counted
    ends: Counted


@dataclass(slots=True)
class KeptParts:
    """The parts of a document's body: those that stand empty in it, and what is noted of others."""

    empty: Mapping[int, KeptPart] = field(default_factory=dict)
    """By their places in the body."""
    noted: dict[int, KeptPart] = field(default_factory=dict)
    counted: dict[int, tuple[Counted, Counted]] = field(default_factory=dict)
    """What is counted where parts begin and end."""

    def note(self, place: int, box: Any, source: str, targets: Mapping[str, Any]) -> None:
        """Note what the rest of a book depends on of a part, once its pages are kept.

        ``targets`` is what WeasyPrint knows of the places that links lead to.
        """
        if place in self.empty:
            self.noted[place] = self.empty[place]
            return
        if place not in self.counted or any(each.missing_link for each in box.descendants()):
            return
        anchors = (each.style["anchor"] for each in box.descendants() if each is not box)
        self.noted[place] = KeptPart(
            source,
            {side: tuple(block._add_break_values(box, side)) for side in ("before", "after")},
            box.page_values(),
            tuple(
                (anchor, _values(targets[anchor].target_box.cached_counter_values))
                for anchor in dict.fromkeys(anchors)
                if anchor in targets and targets[anchor].state == "up-to-date"
            ),
            links_of(box),
            *self.counted[place],
        )


def part_of(box: Any) -> KeptPart | None:
    """What is known of the part whose box stands empty; None for any other box."""
    found: KeptPart | None = getattr(box, _EMPTY, None)
    return found


def links_of(box: Any) -> frozenset[str]:
    """What the links of a part lead to in the book, be it empty or not."""
    if part := part_of(box):
        return part.links
    links = (child.link for child in box.descendants() if child.link)
    return frozenset(target for _, (kind, target) in links if kind == "internal")


@contextmanager
def left_empty(parts: KeptParts) -> Iterator[None]:
    """Lay a document out in the block in which these parts are empty. Not for several threads at once.

    `PATCH` must be known.

    Raises:
        UnfitError: one of them cannot be.
    """
    build_structure, make_boxes = document.build_formatting_structure, build.element_to_box
    add_breaks = block._add_break_values
    places: dict[Any, int] = {}

    @wraps(build_structure)
    def build_formatting_structure(root: Any, style_for: Any, *others: Any) -> Any:
        places.update((each, place) for place, each in enumerate(root.find("body")))
        collector = others[2]
        for part in parts.empty.values():
            for anchor, _ in part.anchors:
                collector.collect_anchor(anchor)
        return build_structure(root, style_for, *others)

    @wraps(make_boxes)
    def element_to_box(element: Any, *others: Any) -> Any:
        place = places.get(element)
        if place is None:
            return make_boxes(element, *others)
        *_, collector, _, _, state = others
        part, begins = parts.empty.get(place), _counted(state)
        made = make_boxes(element, *others)
        if part is None:
            parts.counted[place] = begins, _counted(state)
            return made
        if begins != part.begins or len(made) != 1:
            raise UnfitError
        _put_in(made[0], part, state, collector)
        return made

    @wraps(add_breaks)
    def add_break_values(box: Any, side: str) -> list[str]:
        part = part_of(box)
        values: list[str] = add_breaks(box, side) if part is None else list(part.breaks[side])
        return values

    with replaced(
        (document, "build_formatting_structure", build_formatting_structure),
        (build, "element_to_box", element_to_box),
        (block, "_add_break_values", add_break_values),
    ):
        yield


def _put_in(box: Any, part: KeptPart, state: Any, collector: Any) -> None:
    """Let an empty box break, count and be led to as the part did."""
    setattr(box, _EMPTY, part)
    box.page_values = lambda: part.names
    for anchor, values in part.anchors:
        collector.store_target(anchor, {name: list(each) for name, each in values.items()}, _Target())
    quotes, values, scopes, _ = state
    quotes[:] = part.ends[0]
    values.clear()
    values.update((name, list(each)) for name, each in part.ends[1].items())
    scopes[:] = map(set, part.ends[2])


class _Target:
    """What WeasyPrint knows a place by that a link leads to."""

    cached_counter_values: Any = None


def _counted(state: Any) -> Counted:
    quotes, values, scopes, _ = state
    return tuple(quotes), _values(values), tuple(map(frozenset, scopes))


def _values(values: Mapping[str, Sequence[int]]) -> Mapping[str, tuple[int, ...]]:
    return {name: tuple(each) for name, each in values.items()}


class PartStore:
    """Where what is noted of a book's parts is kept from one build to the next."""

    def __init__(self, job: PrintJob, mark: tuple[object, ...]) -> None:
        """``mark`` is all that every chapter's pages depend on."""
        self._store = Store(job.store.folder, job.store.mark)
        self._tree = job.tree
        seen = any(word in sheet.text for sheet in job.sheets for word in _UNSEEN)
        is_open = self._store.folder is not None and not seen and PATCH.is_known()
        self._sources: tuple[str, ...] = ()
        self._known = _NOTHING
        if is_open and isinstance(job.tree, BookTree):
            self._entry = self._store.key("parts", job.name, mark, job.tree.mark)
            self._sources = tuple(
                fingerprint(_written(each), job.resources.shown(_shown_in(each.root)))
                for each in job.tree.documents
            )
            entry = self._store.get(self._entry)
            self._known = (unpacked(entry) if entry else None) or _NOTHING

    def found(self) -> KeptParts | None:
        """The parts that can stand empty; None: nothing is kept."""
        if not self._sources:
            return None
        sources, skeletons, noted = self._known
        if skeletons != self._skeletons():
            # Selectors may ask what stands beside a part.
            return KeptParts()
        return KeptParts(
            {place: part for place, part in noted.items() if sources[place] == self._sources[place]}
        )

    def emptied(self, job: PrintJob, parts: KeptParts) -> PrintJob:
        """A job whose document has these parts empty."""
        if not isinstance(job.tree, BookTree):
            return job
        skeletons = self._known[1]
        return replace(job, tree=job.tree.root({place: skeletons[place] for place in parts.empty}))

    def keep(self, parts: KeptParts, names: Sequence[str], but: frozenset[str]) -> None:
        """Keep what was noted of parts for the next build; ``but`` are the names of those that cannot stand empty."""
        noted = {place: part for place, part in sorted(parts.noted.items()) if names[place] not in but}
        kept = self._sources, self._skeletons(), noted
        if kept != self._known:
            self._store.put(self._entry, packed(kept) or b"")

    def _skeletons(self) -> tuple[Skeleton, ...]:
        """Those of all parts; a part that says what it said has the one that it had."""
        if not isinstance(self._tree, BookTree):
            return ()
        sources, skeletons, _ = self._known
        known = dict(zip(sources, skeletons, strict=True))
        return tuple(
            known.get(source) or skeleton_of(self._tree.part(place))
            for place, source in enumerate(self._sources)
        )


_Known = tuple[tuple[str, ...], tuple[Skeleton, ...], Mapping[int, KeptPart]]
"""Of all parts of a book: fingerprints of what they say, what they are, and what was noted of some."""

_NOTHING: _Known = ((), (), {})


def _written(document: Document) -> tuple[str, ...]:
    """All that a part is made of, beside what all parts have in common."""
    return serialize(document.root), document.kind, document.name, document.title, document.running


def _shown_in(root: Element) -> frozenset[str]:
    """The addresses of what a document's part shows: its pictures are named by their paths yet."""
    return addresses_in(
        (
            each.tag,
            {**each.attributes, "src": address_of(each.get("src"))} if each.tag == "img" else each.attributes,
        )
        for each in walk(root)
    )
