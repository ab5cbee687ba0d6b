"""Chapters that are drawn in other processes: what they are handed, and what comes back."""

import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from keben.core.calls import Submit
from keben.core.composition import Composition
from keben.core.pressing import Press
from keben.core.store import Store
from keben.typeset.booksetting import BookSetting, setting_of

if TYPE_CHECKING:
    from keben.typeset import weasy


def asking(
    submit: Submit, composition: Composition, cache: Path | None, press: Press | None, store: Store
) -> "weasy.Ask | None":
    """What asks for a chapter; None for a book that takes longer to hand over than to set."""
    # The other process keeps nothing: what it drew comes back.
    data = pickle.dumps((composition, cache, press, replace(store, folder=None)))
    if len(data) > _MOST_HANDED_OVER:
        return None
    return lambda part: submit(draw_chapter, data, part)


_MOST_HANDED_OVER = 10_000_000
"""Bytes of a book; it is handed over for each chapter."""

_desks: dict[bytes, tuple[BookSetting, "weasy.ChapterDesk"]] = {}
"""In a process that draws chapters: the book that it draws them of."""


def draw_chapter(data: bytes, part: int) -> Mapping[str, bytes]:
    """Draw a part of a book's body in this process, for `typeset` in another one, which gives what to call this with.

    Gives the chapter by its key, or nothing where it cannot be drawn by itself.
    """
    from keben.typeset import weasy

    composition, *others = pickle.loads(data)  # noqa: S301 - from this program's own process
    setting, desk = _desks.get(data, (None, None))
    if setting is None:
        setting = setting_of(composition, *others, marked=True)
    desk = weasy.draw_chapter(setting.job, composition.edition.language, part, desk)
    _desks.clear()
    _desks[data] = setting, desk
    return desk.drawn
