"""Assets that are known by a hash of their bytes, which are read when something asks for them."""

from collections.abc import Callable
from typing import Any

from keben.core.book import Asset
from keben.core.fingerprint import Digested


class UnreadAsset(Asset):
    """An asset whose file was read by an earlier build, and has not changed since.

    It is equal to one that was read, has its fingerprint, and becomes one where it is copied, changed or pickled.
    """

    __slots__ = ("_bytes", "_digest", "_read", "_size")
    _bytes: bytes | None
    _digest: str
    _read: Callable[[], bytes]
    _size: int

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """What makes another of it (``dataclasses.replace``) has all of its bytes."""
        return Asset(*args, **kwargs)

    @classmethod
    def of(
        cls, path: str, media_type: str, size: int, sha256: str, read: Callable[[], bytes]
    ) -> "UnreadAsset":
        """One of a file of that size and SHA-256 in hexadecimal; ``read`` gives its bytes."""
        self: UnreadAsset = object.__new__(cls)
        values = {"path": path, "media_type": media_type, "screen": None, "motion": "none"}
        own = {"_bytes": None, "_digest": sha256, "_read": read, "_size": size}
        for name, value in {**values, **own}.items():
            object.__setattr__(self, name, value)
        return self

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        if self._bytes is None:
            object.__setattr__(self, "_bytes", self._read())
        return self._bytes or b""

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self._size

    @property
    def sha256(self) -> str:
        """Of its bytes, in hexadecimal."""
        return self._digest

    def fingerprint_parts(self) -> tuple[str, tuple[object, ...]]:
        """What counts in a fingerprint: the name of its type, and its values."""
        digested = Digested(self.size, self.sha256)
        return Asset.__name__, (self.path, self.media_type, digested, self.screen, self.motion)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asset) and self._whole() == (
            other._whole() if isinstance(other, UnreadAsset) else other
        )

    def __hash__(self) -> int:
        return hash(self._whole())

    def __reduce__(self) -> tuple[type[Asset], tuple[object, ...]]:
        return Asset, (self.path, self.media_type, self.data, self.screen, self.motion)

    def _whole(self) -> Asset:
        return Asset(self.path, self.media_type, self.data, self.screen, self.motion)
