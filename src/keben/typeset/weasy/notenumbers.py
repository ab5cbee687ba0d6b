"""Notes that are numbered from 1 on each page: the pages are laid out again until each note has the mark of its place.

A mark may be wider than the one before it, and so move a note's call to another page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from keben.core.errors import Finding, Place
from keben.core.notemarks import marks_in, remarked
from keben.core.saying import wording
from keben.typeset.weasy.jobs import PrintJob

_ATTEMPTS = 5


def numbered_by_page(
    job: PrintJob, lay_out: Callable[[PrintJob], Any]
) -> tuple[Any, Mapping[str, str], tuple[Finding, ...]]:
    """A job laid out; the marks of its notes, and a warning where they cannot be settled.

    Nothing but the layout where ``job.page_marks`` is empty.
    """
    rendering = lay_out(job)
    if not job.page_marks:
        return rendering, {}, ()
    for _ in range(_ATTEMPTS):
        has, wanted = marks_in(job.root), dict(_marks(rendering, job.page_marks))
        if all(has.get(name) == mark for name, mark in wanted.items()):
            return rendering, {**has, **wanted}, ()
        job = replace(job, tree=remarked(job.root, has, wanted))
        rendering = lay_out(job)
    message = wording(
        "The numbers of notes by page cannot be settled: with its mark a note's call goes to another page."
    )
    advice = wording('Say notes-number = "chapter" in [book].')
    finding = Finding(Place(job.name), "note-numbers", message, advice, "warning")
    return rendering, marks_in(job.root), (finding,)


def _marks(rendering: Any, marks: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The mark of each note by the order of the calls on its page."""
    done: set[Any] = set()
    for made in rendering.pages:
        number = 0
        for box in made._page_box.descendants():
            if not (box.element_tag or "").endswith("::footnote-call") or box.element in done:
                continue
            done.add(box.element)
            name = box.element.get("id")
            if name and number < len(marks):
                yield name, marks[number]
                number += 1
