"""What all chapters of a document have in common, where they are drawn by themselves."""

from collections.abc import Iterable
from typing import Any

from keben.core.fingerprint import fingerprint
from keben.core.values import dataclass
from keben.typeset.weasy.placeholders import KeptPart


@dataclass(frozen=True, slots=True)
class AllChapters:
    """What all chapters of a document have in common."""

    has_chapters: bool
    """Whether they can be drawn by themselves."""
    counts_pages: bool
    """Whether a style counts pages."""
    mark: str
    """A fingerprint of what all pages depend on: also of the parts of the body, with what selectors can ask of them."""
    anchors: frozenset[str]
    """What links lead to."""

    @classmethod
    def of(
        cls,
        root_box: Any,
        context: Any,
        html: Any,
        mark: tuple[object, ...],
        empty: Iterable[KeptPart] = (),
    ) -> "AllChapters":
        """That of a document that is about to be laid out, with what is known of its parts that stand empty."""
        rules = [rule for sheet, _, _ in context.style_for._sheets for rule in sheet.page_rules]
        is_below = any(name == "z_index" for _, _, declared in rules for name, _, _ in declared)
        is_fixed = any(box.style["position"] == "fixed" for box in root_box.descendants())
        counted = any(selector.index is not None for _, selectors, _ in rules for _, _, selector in selectors)
        skeleton = tuple((each.tag, dict(each.attrib)) for each in html.etree_element.find("body"))
        anchors = frozenset(
            anchor for box in root_box.descendants() if (anchor := box.style["anchor"]) is not None
        )
        anchors = anchors.union(name for part in empty for name, _ in part.anchors)
        return cls(not (is_fixed or is_below), counted, fingerprint(mark, skeleton), anchors)

    def place(self, index: int) -> tuple[object, ...]:
        """What of a page's number its layout depends on: whether it is odd; where a style counts pages, the number."""
        return (index,) if self.counts_pages or index == 0 else (index % 2 == 0,)
