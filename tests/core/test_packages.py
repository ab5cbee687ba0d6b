import sys

import pytest

from keben.core import mingw, packages
from keben.core.mingw import program, runtime_folders
from keben.core.packages import MANAGERS, extra_command, install_command, install_steps

THINGS = ("pango", "fontconfig", "noto")


@pytest.fixture
def having(monkeypatch):
    def having(*names, root=True):
        monkeypatch.setattr(
            packages.shutil, "which", lambda name, **_: f"/bin/{name}" if name in names else None
        )
        monkeypatch.setattr(packages, "_is_root", lambda: root)

    return having


def test_debian_updates_its_lists_first(having):
    having("apt-get")
    assert install_steps(THINGS) == (
        ("apt-get", "update"),
        ("apt-get", "install", "-y", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0",
         "fontconfig", "fonts-noto-cjk"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "first"),
    [("apt-get", "sudo"), ("dnf", "sudo"), ("pacman", "sudo"), ("zypper", "sudo"), ("brew", "brew")],
)
def test_only_what_needs_root_gets_it(having, name, first):
    having(name, root=False)
    steps = install_steps(THINGS)
    assert {step[0] for step in steps} == {first}
    assert all(name in step for step in steps)


def test_homebrew_installs_fonts_as_casks(having):
    having("brew")
    assert install_steps(("pango", "noto", "wenkai")) == (
        ("brew", "install", "pango"),
        ("brew", "install", "--cask", "font-noto-serif-cjk", "font-noto-sans-cjk", "font-lxgw-wenkai"),
    )


def test_a_package_is_asked_for_once(having):
    having("pacman")
    assert install_steps(("scripts", "symbols", "scripts")) == (("pacman", "-S", "--needed", "noto-fonts"),)


def test_without_a_manager_nothing_is_run(having):
    having()
    assert install_steps(THINGS) == ()
    assert (
        install_command("noto")
        == "Install fonts-noto-cjk (Debian's names) with your system's package manager."
    )


@pytest.mark.parametrize("name", MANAGERS)
def test_every_manager_has_what_a_pdf_cannot_do_without(name):
    assert set(THINGS) | {"git"} <= set(MANAGERS[name].names)


def test_windows_takes_pango_from_msys2_and_msys2_from_winget(monkeypatch):
    monkeypatch.setattr(packages, "is_windows", lambda: True)
    winget = ("winget", "install", "--exact", "--id")
    pacman = (
        "C:\\msys64\\usr\\bin\\pacman.exe", "-S", "--needed", "--noconfirm",
        "mingw-w64-ucrt-x86_64-pango", "mingw-w64-ucrt-x86_64-fontconfig",
    )  # fmt: skip
    assert install_steps((*THINGS, "git")) == ((*winget, "MSYS2.MSYS2"), pacman, (*winget, "Git.Git"))
    assert "notofonts/noto-cjk/releases for all users" in install_command("noto")
    assert install_command("fontconfig").endswith(" mingw-w64-ucrt-x86_64-fontconfig")
    monkeypatch.setattr(packages.Path, "exists", lambda _self: True)
    assert install_steps(("pango",)) == ((*pacman[:4], pacman[4]),)


@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("pipx_metadata.json", 'pipx install --force "keben[check]"'),
        ("uv-receipt.toml", 'uv tool install "keben[check]"'),
        ("pyvenv.cfg", 'pip install "keben[check]"'),
    ],
)
def test_an_extra_is_added_by_what_installed_keben(tmp_path, monkeypatch, file, command):
    (tmp_path / file).write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert extra_command("check") == command


def test_windows_programs_are_found_where_the_libraries_are(tmp_path, monkeypatch):
    tool = tmp_path / "fc-list"
    tool.write_text("#!/bin/sh\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", "")
    assert (runtime_folders(), program("fc-list")) == ((), None)
    monkeypatch.setattr(mingw, "is_windows", lambda: True)
    assert len(runtime_folders()) == 3
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", f"/nowhere;{tmp_path}")
    assert program("fc-list") == str(tool)
