"""Boxes of pages as bytes, to be kept, and back.

Elements of the tree and the fonts are not written: they go in by their places, and come out as those of the document
that is being laid out.
"""

import io
import pickle
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FunctionType
from typing import Any
from xml.etree import ElementTree as ET

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout.absolute import AbsolutePlaceholder  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

_DEEP = 3000
"""Calls: boxes hold boxes, and pickle goes down into each. It takes about a kilobyte of the stack for one."""


class _UnkeptError(Exception):
    """A page holds something that cannot be kept."""


class _Pickler(pickle.Pickler):
    def __init__(self, out: io.BytesIO, elements: list[Any]) -> None:
        super().__init__(out, pickle.HIGHEST_PROTOCOL)
        self._places = {id(element): place for place, element in enumerate(elements)}

    def persistent_id(self, thing: Any) -> Any:
        if isinstance(thing, FontConfiguration):
            return "fonts"
        if isinstance(thing, ET.Element):
            place = self._places.get(id(thing))
            if place is None:
                raise _UnkeptError
            return place
        return None

    def reducer_override(self, thing: Any) -> Any:
        if isinstance(thing, boxes.ReplacedBox):
            raise _UnkeptError
        if isinstance(thing, FunctionType) and thing.__qualname__ == "flex_children.<locals>.<lambda>":
            # In a flexible box nothing floats.
            return _unfloated, ()
        if type(thing) is AbsolutePlaceholder:
            return _placeholder, (), vars(thing)
        return NotImplemented


def _unfloated() -> Any:
    return _floats_never


def _floats_never() -> bool:
    return False


def _placeholder() -> Any:
    """A place for a box that is not there yet: without one it looks for the box in the box."""
    made = object.__new__(AbsolutePlaceholder)
    made.__dict__["_box"] = None
    return made


class Unpickler(pickle.Unpickler):
    """Makes values of WeasyPrint's and Keben's setting only."""

    def __init__(self, data: bytes, elements: list[Any], fonts: Any) -> None:
        super().__init__(io.BytesIO(data))
        self._elements, self._fonts = elements, fonts

    def persistent_load(self, place: Any) -> Any:
        """What stands for a place: an element, or the fonts."""
        return self._fonts if place == "fonts" else self._elements[place]

    def find_class(self, module: str, name: str) -> Any:
        """A class, or a function, that pages are made of.

        Raises:
            pickle.UnpicklingError: it is none of these.
        """
        if name in _PLAIN.get(module, ()):
            return super().find_class(module, name)
        if "." not in name and module.startswith(_CLASSES):
            found = super().find_class(module, name)
            # What a module only imports is not meant; of functions, only those that read values of styles.
            if found.__module__ == module and (isinstance(found, type) or module.startswith(_FUNCTIONS)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


_CLASSES = ("weasyprint.", "tinycss2.", "keben.typeset.")
_FUNCTIONS = ("weasyprint.css.validation.", __name__)

_PLAIN: Mapping[str, tuple[str, ...]] = {
    "builtins": ("set", "frozenset"),
    "collections": ("OrderedDict", "defaultdict"),
    "array": ("_array_reconstructor", "array"),
    "functools": ("partial",),
    "math": ("inf",),
}


@contextmanager
def _deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEP))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def written(value: object, elements: list[Any]) -> bytes | None:
    """A value made of pages' boxes as bytes; None for one that cannot be kept.

    ``elements``: those of the tree that it may hold; they go in by their places.
    """
    out = io.BytesIO()
    try:
        with _deep():
            _Pickler(out, elements).dump(value)
    except (_UnkeptError, pickle.PicklingError, TypeError, AttributeError, RecursionError):
        return None
    return zlib.compress(out.getvalue(), 1)


def read(entry: bytes, elements: list[Any], fonts: Any) -> Any:
    """The value that `written` wrote, of a document's elements and fonts; None for what it did not write."""
    try:
        with _deep():
            return Unpickler(zlib.decompress(entry), elements, fonts).load()
    except (
        zlib.error,
        pickle.UnpicklingError,
        EOFError,
        ImportError,
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
    ):
        return None
