"""Applies fixes: edits of the source that touch prose alone and leave its structure as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from keben.core.values import dataclass
from keben.lint.running import look
from keben.lint.values import Edit, LintPage, Remark
from keben.markdown.passages import Prose, prose_of, prose_of_lines

_PASSES = 12
"""How often a book is looked at again: one fix may show another."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A book whose fixes are applied."""

    pages: tuple[LintPage, ...]
    count: int
    """How many remarks were settled."""


def read_page(page: LintPage, text: str) -> LintPage:
    """A page with another text."""
    prose = prose_of_lines(text) if page.is_plain else prose_of(text)
    return replace(page, text=text, prose=prose)


def fix(pages: Sequence[LintPage], *, offered: bool = False) -> Fixed:
    """Apply what is certain, and where ``offered`` is given what is offered too, until nothing is left to do.

    An edit after which Markdown would read another structure is left out, unless its rule is about structure.
    """
    done = Fixed(tuple(pages), 0)
    for _ in range(_PASSES):
        before = done.count
        for shapes in (True, False):
            done = _settled(done, offered=offered, shapes=shapes)
        if done.count == before:
            break
    return done


def _settled(done: Fixed, *, offered: bool, shapes: bool) -> Fixed:
    """A book with the fixes of rules that are about structure, or of those that are not, until none is left."""
    for _ in range(_PASSES):
        by_path: dict[str, list[Remark]] = {}
        for remark in look(done.pages):
            if remark.edits and (remark.is_certain or offered) and remark.rule.shapes is shapes:
                by_path.setdefault(remark.place.path, []).append(remark)
        results = [_fixed(page, by_path.get(page.path, ()), shapes=shapes) for page in done.pages]
        settled = sum(number for _, number in results)
        if not settled:
            break
        done = Fixed(tuple(page for page, _ in results), done.count + settled)
    return done


def _fixed(page: LintPage, remarks: Iterable[Remark], *, shapes: bool) -> tuple[LintPage, int]:
    """A page with the edits of remarks, and how many of these were applied."""
    groups = _apart(remarks)
    if not groups:
        return page, 0
    kept = groups if shapes else _harmless(page, groups, [])
    text = apply(page.text, [edit for group in kept for edit in group])
    return (read_page(page, text), len(kept)) if text != page.text else (page, 0)


def _apart(remarks: Iterable[Remark]) -> list[tuple[Edit, ...]]:
    """The edits of each remark; of remarks whose edits overlap the first stays."""
    taken: list[tuple[Edit, ...]] = []
    spans: set[int] = set()
    for remark in remarks:
        touched = {at for edit in remark.edits for at in range(edit.start, max(edit.end, edit.start + 1))}
        if not touched & spans:
            spans |= touched
            taken.append(remark.edits)
    return taken


def _harmless(
    page: LintPage, groups: list[tuple[Edit, ...]], before: list[tuple[Edit, ...]]
) -> list[tuple[Edit, ...]]:
    """Those edits that leave the structure as it is, when they come after others that do."""
    text = apply(page.text, [edit for group in (*before, *groups) for edit in group])
    if page.is_plain or _same_shape(page.prose, prose_of(text)):
        return [*before, *groups]
    if len(groups) == 1:
        return before
    middle = len(groups) // 2
    return _harmless(page, groups[middle:], _harmless(page, groups[:middle], before))


def _same_shape(one: Prose, other: Prose) -> bool:
    return one.shape == other.shape and one.closed == other.closed


def apply(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits that do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, text[at:]))
