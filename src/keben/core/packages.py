"""What the things that Keben needs are called by each package manager, and the commands that install them."""

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from keben.core.mingw import MSYS2, is_windows
from keben.core.saying import wording
from keben.core.values import dataclass

Step = tuple[str, ...]
"""A command: its program and its arguments. No shell reads it."""


@dataclass(frozen=True, slots=True)
class Manager:
    """A package manager."""

    install: str
    """The command up to the names of packages."""
    names: Mapping[str, str]
    """By thing, the names of its packages."""
    update: str = ""
    """What has to run once before it."""
    root: bool = True
    """Whether it must be run by root."""


MANAGERS = {
    "apt-get": Manager(
        "apt-get install -y",
        {
            "pango": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            "fontconfig": "fontconfig",
            "noto": "fonts-noto-cjk",
            "wenkai": "fonts-lxgw-wenkai",
            "scripts": "fonts-noto-core",
            "symbols": "fonts-symbola",
            "rare": "fonts-hanazono",
            "git": "git",
        },
        update="apt-get update",
    ),
    "dnf": Manager(
        "dnf install -y",
        {
            "pango": "pango harfbuzz",
            "fontconfig": "fontconfig",
            "noto": "google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts",
            "wenkai": "lxgw-wenkai-fonts",
            "scripts": "google-noto-naskh-arabic-fonts google-noto-serif-hebrew-fonts google-noto-serif-thai-fonts",
            "symbols": "gdouros-symbola-fonts",
            "git": "git",
        },
    ),
    "pacman": Manager(
        "pacman -S --needed",
        {
            "pango": "pango harfbuzz",
            "fontconfig": "fontconfig",
            "noto": "noto-fonts-cjk",
            "wenkai": "ttf-lxgw-wenkai",
            "scripts": "noto-fonts",
            "symbols": "noto-fonts",
            "git": "git",
        },
    ),
    "zypper": Manager(
        "zypper install -y",
        {
            "pango": "libpango-1_0-0 libharfbuzz-subset0",
            "fontconfig": "fontconfig",
            "noto": "google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts",
            "git": "git",
        },
    ),
    "brew": Manager(
        "brew install",
        {
            "pango": "pango",
            "fontconfig": "fontconfig",
            "noto": "--cask font-noto-serif-cjk font-noto-sans-cjk",
            "wenkai": "--cask font-lxgw-wenkai",
            "scripts": "--cask font-noto-naskh-arabic font-noto-serif-hebrew font-noto-serif-thai",
            "git": "git",
        },
        root=False,
    ),
}
"""In the order in which they are looked for."""

_PACMAN = f"{MSYS2}\\usr\\bin\\pacman.exe"
_WINGET = ("winget", "install", "--exact", "--id")
_MINGW = {"pango": "mingw-w64-ucrt-x86_64-pango", "fontconfig": "mingw-w64-ucrt-x86_64-fontconfig"}
_PAGES = {
    "noto": "https://github.com/notofonts/noto-cjk/releases",
    "wenkai": "https://github.com/lxgw/LxgwWenKai/releases",
}


def install_command(thing: str) -> str:
    """The command that installs a thing with this machine's package manager, as a person types it."""
    if is_windows():
        steps = _on_windows((thing,))
        return " && ".join(" ".join(step) for step in steps) if steps else _by_hand(thing)
    for name, manager in MANAGERS.items():
        if thing in manager.names and shutil.which(name):
            return f"{manager.install} {manager.names[thing]}"
    names = MANAGERS["apt-get"].names[thing]
    return wording("Install {names} (Debian's names) with your system's package manager.", names=names)


def install_advice(thing: str) -> str:
    """The command that installs a thing, as a message's advice says it."""
    command = install_command(thing)
    return command if command.startswith("Install ") else wording("Install it: {command}", command=command)


def install_steps(things: Iterable[str]) -> tuple[Step, ...]:
    """The commands that install things on this machine, in order; empty where no known manager has any of them.

    Off Windows one manager installs them all. Where it needs root and this is not root, each begins with ``sudo``.
    """
    wanted = tuple(dict.fromkeys(things))
    if is_windows():
        return _on_windows(wanted)
    for name, manager in MANAGERS.items():
        has = [manager.names[thing] for thing in wanted if thing in manager.names]
        if not has or not shutil.which(name):
            continue
        root = ("sudo",) if manager.root and not _is_root() else ()
        update = [(*root, *manager.update.split())] if manager.update else []
        casks = [each.removeprefix("--cask ") for each in has if each.startswith("--cask ")]
        plain = [each for each in has if not each.startswith("--cask ")]
        options = (plain, ""), (casks, "--cask")
        calls = [
            (*root, *manager.install.split(), *option.split(), *dict.fromkeys(" ".join(each).split()))
            for each, option in options
            if each
        ]
        return (*update, *calls)
    return ()


def extra_command(extra: str) -> str:
    """The command that adds an extra to Keben, in the way in which Keben was installed: pipx, uv or pip."""
    if (Path(sys.prefix) / "pipx_metadata.json").exists():
        return f'pipx install --force "keben[{extra}]"'
    if (Path(sys.prefix) / "uv-receipt.toml").exists():
        return f'uv tool install "keben[{extra}]"'
    return f'pip install "keben[{extra}]"'


def _on_windows(things: tuple[str, ...]) -> tuple[Step, ...]:
    names = [_MINGW[thing] for thing in things if thing in _MINGW]
    steps: list[Step] = []
    if names:
        if not Path(_PACMAN).exists():
            steps.append((*_WINGET, "MSYS2.MSYS2"))
        steps.append((_PACMAN, "-S", "--needed", "--noconfirm", *names))
    if "git" in things:
        steps.append((*_WINGET, "Git.Git"))
    return tuple(steps)


def _by_hand(thing: str) -> str:
    """What a person does where winget and MSYS2 have no package."""
    page = _PAGES.get(thing)
    if page:
        return wording("Install the fonts of {page} for all users: unpack, select, right-click.", page=page)
    names = MANAGERS["apt-get"].names[thing]
    return wording("Install the fonts that Debian calls {names} for all users.", names=names)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
