"""What fontconfig is asked, and what becomes of an answer that does not come."""

import os
import stat

import pytest

from keben.core.errors import MachineError
from keben.typeset.fonts import ask


@pytest.fixture
def lister(tmp_path, monkeypatch):
    """Puts a script in the place of ``fc-list``; how often it ran is in a file."""

    def put(body):
        path = tmp_path / "fc-list"
        path.write_text(f'#!/bin/sh\necho x >> "{tmp_path}/runs"\n{body}\n', encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return lambda: (tmp_path / "runs").read_text().count("x")

    return put


def test_a_lister_that_a_signal_ended_is_asked_once_more(lister, tmp_path):
    runs = lister(f'[ -e "{tmp_path}/once" ] && echo here && exit 0; touch "{tmp_path}/once"; kill -9 $$')
    assert (ask("x"), runs()) == ("here\n", 2)


@pytest.mark.parametrize(("body", "count"), [("kill -9 $$", 2), ("exit 3", 1)])
def test_a_lister_that_fails_is_reported(lister, body, count):
    runs = lister(body)
    with pytest.raises(MachineError, match="`fc-list` cannot be run, so no font can be found"):
        ask("x")
    assert runs() == count
