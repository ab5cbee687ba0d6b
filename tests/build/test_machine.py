import platform
import re

from keben.build.machine import machine_facts


def test_the_libraries_that_set_text_are_named_with_their_versions():
    facts = machine_facts()
    assert facts.pop("python") == f"CPython {platform.python_version()}"
    assert facts.keys() == {"zlib", "pango", "harfbuzz", "fontconfig"}
    assert all(re.match(r"\d+\.\d+", version) for version in facts.values())


def test_a_library_that_is_not_there_is_left_out(monkeypatch):
    def absent(_name):
        raise OSError

    monkeypatch.setattr("ctypes.CDLL", absent)
    assert machine_facts().keys() == {"python", "zlib"}
