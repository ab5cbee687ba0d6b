"""Types of C that WeasyPrint and Keben ask cffi for by name, such as ``unsigned int *``: each is parsed once.

To parse one, cffi writes a declaration of every type that it knows before it, and pycparser reads all of these. Here it
writes those that the type mentions, which takes a twentieth of the time.

Private here is how cffi's parser reads a source, and where it keeps what was declared.
"""

import inspect
import re
from functools import wraps
from typing import Any

from cffi.cparser import Parser  # type: ignore[import-untyped]

_WORD = re.compile(r"\w+")
_OF_TYPE = "void __dummy(\n"
"""What cffi writes before a type that it is asked for by name."""


def is_known() -> bool:
    """Whether cffi's parser has what is replaced."""
    read = getattr(Parser, "_parse", None)
    return callable(read) and list(inspect.signature(read).parameters) == ["self", "csource"]


def parse_types_alone() -> None:
    """Let cffi parse a type without those that it does not mention, from now on; nothing where it is another cffi."""
    if not is_known() or hasattr(Parser._parse, "__wrapped__"):
        return
    inner = Parser._parse

    @wraps(inner)
    def _parse(self: Any, csource: str) -> Any:
        declared = getattr(self, "_declarations", None)
        if not csource.startswith(_OF_TYPE) or not isinstance(declared, dict):
            return inner(self, csource)
        words = set(_WORD.findall(csource))
        self._declarations = {
            name: each for name, each in declared.items() if not words.isdisjoint(name.split())
        }
        try:
            return inner(self, csource)
        finally:
            self._declarations = declared

    Parser._parse = _parse
