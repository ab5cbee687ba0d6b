"""The pages of a book: laid out with the parts empty whose chapters are drawn already, else with all that is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from keben.core.values import dataclass
from keben.typeset.weasy.document import RenderStyles, render
from keben.typeset.weasy.galleys import Desk
from keben.typeset.weasy.helping import Ask, Help
from keben.typeset.weasy.jobs import PrintJob
from keben.typeset.weasy.notenumbers import numbered_by_page
from keben.typeset.weasy.placeholders import KeptParts, PartStore, UnfitError
from keben.typeset.weasy.reports import Log


@dataclass(frozen=True, slots=True)
class BookPages:
    """A book that is laid out, and what is to be kept of its parts."""

    rendering: Any
    marks: Mapping[str, str]
    """Of notes by their ids, where they are numbered by page."""
    findings: tuple[Any, ...] = ()
    part_store: PartStore | None = None
    """None: nothing is to be kept."""
    parts: KeptParts | None = None

    def keep(self, names: Sequence[str], *changed: Sequence[Mapping[str, Any]]) -> None:
        """Keep what is noted of its parts.

        ``names`` are the documents of the parts; ``changed`` says what a style hides or moves in some: these are looked
        at in each build.
        """
        if self.part_store and self.parts:
            but = frozenset(name for found in changed for kind in found for name, _ in kind["texts"])
            self.part_store.keep(self.parts, names, but)


def book_pages(
    job: PrintJob,
    styles: RenderStyles,
    language: str,
    desk: Desk | None,
    log: Log,
    ask: Ask | None,
    **options: Any,
) -> BookPages:
    """Lay a book out. ``desk``: None where its chapters are not drawn by themselves."""
    if desk is None or job.page_marks:
        # Notes that are numbered by page depend on all pages.
        return BookPages(*numbered_by_page(job, lambda each: render(each, styles, language, None, **options)))
    before = len(log.records)
    part_store = PartStore(job, desk.mark)
    parts = part_store.found()
    if parts and parts.empty:
        try:
            own = replace(desk, help=Help(ask) if ask else None, parts=parts)
            rendering = render(part_store.emptied(job, parts), styles, language, own, **options)
            return BookPages(rendering, {}, (), part_store if len(log.records) == before else None, parts)
        except UnfitError:
            del log.records[before:]
    own = replace(desk, help=Help(ask) if ask else None, parts=KeptParts())
    rendering = render(job, styles, language, own, **options)
    # What WeasyPrint says of a part must be said in each build.
    is_quiet = parts is not None and len(log.records) == before
    return BookPages(rendering, {}, (), part_store if is_quiet else None, own.parts)
