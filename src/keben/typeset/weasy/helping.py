"""Chapters that other processes draw while this one draws those before them."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import field

from keben.core.values import dataclass

Ask = Callable[[int], "Future[Mapping[str, bytes]] | None"]
"""Asks another process for a part of a document's body; the chapters that it drew come by their keys. None: it cannot
be asked."""


@dataclass(slots=True)
class Help:
    """What other processes are asked for, by the index of a part in the body."""

    ask: Ask
    asked: dict[int, "Future[Mapping[str, bytes]]"] = field(default_factory=dict)
    is_asked: bool = False

    def begin(self, parts: Iterable[int]) -> None:
        """Ask for some parts. They come from the last on: this process begins with the first."""
        self.is_asked = True
        for part in sorted(parts, reverse=True):
            future = self.ask(part)
            if future is not None:
                self.asked[part] = future

    def chapters_of(self, part: int) -> Mapping[str, bytes]:
        """What was drawn of a part, once it is; nothing where no process has begun with it, or where it failed."""
        future = self.asked.pop(part, None)
        if future is None or future.cancel():
            return {}
        try:
            return future.result()
        except Exception:  # noqa: BLE001 - what is wrong there is found here too, and reported
            return {}

    def end(self) -> None:
        """Ask for nothing more."""
        for future in self.asked.values():
            future.cancel()
        self.asked.clear()
