"""Libraries that are loaded without what takes long: shared ones by their names, modules when they are first used."""

import ctypes.util
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def unsought_libraries() -> Iterator[None]:
    """Meanwhile a library is loaded by the name of its file, and never sought by what Linux calls it otherwise.

    Looking for one that is not there starts ``ldconfig``, the compiler and the linker. WeasyPrint asks for each of its
    libraries by the names of other systems first, some twenty times in all, and by that of its file in the end.
    """
    if sys.platform != "linux":
        yield
        return
    found = ctypes.util.find_library
    ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = found


def _nowhere(name: str) -> str | None:  # noqa: ARG001 - the signature of what it stands for
    return None


@contextmanager
def late_modules(modules: Mapping[str, tuple[str, ...]]) -> Iterator[None]:
    """Meanwhile whoever imports one of these modules gets a stand-in, which loads it when something of it is used.

    Each has the names of its functions that are imported by themselves. A module that is loaded already stays. Not for
    several threads at once.
    """
    stand_ins = {name: _stand_in(name, own) for name, own in modules.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


def _stand_in(name: str, functions: tuple[str, ...]) -> ModuleType:
    made = ModuleType(name)

    def later(function: str) -> Callable[..., Any]:
        return lambda *given, **named: getattr(import_module(name), function)(*given, **named)

    def find(attribute: str) -> Any:
        if attribute.startswith("__"):
            # Asked by Python while it imports.
            raise AttributeError(attribute)
        return getattr(import_module(name), attribute)

    vars(made).update({function: later(function) for function in functions})
    vars(made)["__getattr__"] = find
    return made
