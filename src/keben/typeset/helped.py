"""Books that are set in another process, and chapters that are drawn there: what it is handed, and what comes back."""

import functools
import pickle
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from keben.core.calls import Submit
from keben.core.composition import Artifact, Composition
from keben.core.pressing import Press
from keben.core.store import Lookups, Store
from keben.typeset.booksetting import BookSetting, setting_of

if TYPE_CHECKING:
    from keben.typeset import weasy


def load(store: Store, name: str) -> None:
    """Load what sets pages, and read what a PDF of a name was bound from last, in a process that is to set it.

    Raises:
        MachineError: this machine lacks Pango.
    """
    import keben.typeset.engine  # noqa: F401 - it is used later
    from keben.typeset.weasy.ahead import read_ahead

    read_ahead(store, name)


def typeset_apart(
    composition: Composition, cache: Path | None, press: Press | None, store: Store, submit: Submit | None
) -> tuple[Artifact, Lookups]:
    """`typeset` in a process of its own; gives beside it what was asked of the store.

    Raises:
        SourceError, BuildError, MachineError: as that does.
    """
    from keben.typeset.engine import typeset

    lookups = Lookups()
    return typeset(composition, cache, press, replace(store, lookups=lookups), submit), lookups


def asking(
    submit: Submit, composition: Composition, cache: Path | None, press: Press | None, store: Store
) -> "weasy.Ask":
    """What asks for a chapter; it gives nothing of a book that takes longer to hand over than to set."""
    # The other process keeps nothing: what it drew comes back.
    handed = functools.cache(lambda: pickle.dumps((composition, cache, press, replace(store, folder=None))))

    def ask(part: int) -> "Future[Mapping[str, bytes]] | None":
        data = handed()
        return submit(draw_chapter, data, part) if len(data) <= _MOST_HANDED_OVER else None

    return ask


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
