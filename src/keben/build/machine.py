"""What of the machine itself can change an artifact's bytes: the Python that runs, and the libraries that set text."""

import ctypes
import ctypes.util
import platform
import zlib
from collections.abc import Callable
from typing import Any


def machine_facts() -> dict[str, str]:
    """Names and versions; a library that is not there is left out. No path, no host, no clock."""
    facts = {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    for name, library, ask in _LIBRARIES:
        try:
            facts[name] = ask(_loaded(library))
        except (OSError, AttributeError):
            continue
    return facts


def _loaded(library: str) -> Any:
    """A library by the name that Linux gives it; looking for it elsewhere starts a program.

    Raises:
        OSError: it is not there.
    """
    try:
        return ctypes.CDLL(f"lib{library}.so.{_NUMBERS.get(library, 0)}")
    except OSError:
        return ctypes.CDLL(ctypes.util.find_library(library) or f"lib{library}.so")


def _text(function: str) -> Callable[[Any], str]:
    def ask(library: Any) -> str:
        call = getattr(library, function)
        call.restype = ctypes.c_char_p
        return str(call().decode())

    return ask


def _fontconfig(library: Any) -> str:
    number = int(library.FcGetVersion())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


_NUMBERS = {"fontconfig": 1}
"""Of the interfaces that WeasyPrint loads: 0 where nothing is said."""

_LIBRARIES: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("pango", "pango-1.0", _text("pango_version_string")),
    ("harfbuzz", "harfbuzz", _text("hb_version_string")),
    ("fontconfig", "fontconfig", _fontconfig),
)
