"""Editions come out the same, whichever process makes them ready."""

import contextlib
import os
from concurrent.futures import Future

import pytest
from plainformats import install, plain, write_plain_project
from projects import change

from keben.build import apart
from keben.build.editions import prepare, read_project
from keben.build.request import Request, plan
from keben.build.workers import KilledError
from keben.core.store import NO_STORE, Store


@pytest.fixture
def project(tmp_path, monkeypatch):
    install(monkeypatch, plain("pdf"), plain("booklet", base="pdf", ending=".booklet"))
    root = write_plain_project(tmp_path / "demo")
    hong_kong = '[editions.zh-Hant-HK]\nformats = ["pdf"]\n\n[editions.zh-Hans]'
    change(root, "book/book.toml", "[editions.zh-Hans]", hong_kong)
    return read_project(root, {})


def jobs_of(project, *editions):
    return plan(Request("demo", "out", editions), project.manuscript)


def test_they_are_the_same_from_other_processes(project, monkeypatch):
    jobs = jobs_of(project)
    here = prepare(project, jobs, count=2)
    monkeypatch.setattr(apart, "ENOUGH", 0)
    there = prepare(project, jobs, count=2)
    assert list(there.compositions) == ["zh-Hant-HK", "zh-Hans", "zh-Hant-TW"]
    assert there.compositions == here.compositions
    assert (there.records, there.findings, there.found) == (here.records, here.findings, here.found)


def test_calls_go_to_other_processes_where_enough_is_to_be_converted(project, monkeypatch):
    editions = project.manuscript.settings.editions
    with apart.calls(project.manuscript, editions, NO_STORE, 2) as call:
        assert call(os.getpid)() == os.getpid()
    monkeypatch.setattr(apart, "ENOUGH", 0)
    with apart.calls(project.manuscript, editions, NO_STORE, 2) as call:
        assert call(os.getpid)() != os.getpid()
    with apart.calls(project.manuscript, editions, NO_STORE, 1) as call:
        assert call(os.getpid)() == os.getpid()
    with apart.calls(project.manuscript, editions[:2], NO_STORE, 2) as call:
        assert call(os.getpid)() == os.getpid()


def test_what_is_kept_needs_no_other_process(project, monkeypatch, tmp_path):
    monkeypatch.setattr(apart, "ENOUGH", 0)
    store = Store(tmp_path / "store", "version")
    editions = project.manuscript.settings.editions
    prepare(project, jobs_of(project), store)
    with apart.calls(project.manuscript, editions, store, 2) as call:
        assert call(os.getpid)() == os.getpid()


def test_without_memory_for_several_there_is_one(project, monkeypatch):
    monkeypatch.setattr(apart, "ENOUGH", 0)
    monkeypatch.setattr(apart, "memory_for_tasks", lambda: 100)
    with apart.calls(project.manuscript, project.manuscript.settings.editions, NO_STORE, 2) as call:
        assert call(os.getpid)() == os.getpid()


def test_a_call_whose_process_was_killed_is_made_here(project, monkeypatch):
    class Killing:
        def submit(self, *_given):
            future = Future()
            future.set_exception(KilledError())
            return future

    monkeypatch.setattr(apart, "ENOUGH", 0)
    monkeypatch.setattr(apart, "workers", lambda _count: contextlib.nullcontext(Killing()))
    with apart.calls(project.manuscript, project.manuscript.settings.editions, NO_STORE, 2) as call:
        assert call(os.getpid)() == os.getpid()
