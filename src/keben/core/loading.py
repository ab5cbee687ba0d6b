"""Names of a package whose modules are loaded when they are first asked for (PEP 562)."""

from collections.abc import Callable, Mapping
from importlib import import_module


def loaded_later(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """A package's ``__getattr__``; ``homes`` has the module below it that each name stands in."""

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return find
