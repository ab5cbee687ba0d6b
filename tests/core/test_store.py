"""Results kept from one build to the next: whole or not at all, bounded, and never under another key."""

import os
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.errors import Place
from keben.core.store import NO_STORE, Bundle, Lookups, Store, caches_folder, empty, fonts_folder

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(values, max_size=3), st.lists(values, max_size=3))
def test_equal_values_and_no_others_have_one_key(first, second):
    store = Store(None, "mark")
    assert (store.key("step", *first) == store.key("step", *second)) == (repr(first) == repr(second))


def test_a_key_hangs_on_the_step_and_on_the_tools():
    keys = {
        Store(None, mark).key(step, *given)
        for mark in ("a", "b")
        for step in ("a", "b")
        for given in ((), ("a",), ("b",))
    }
    assert len(keys) == 12


def test_what_is_put_is_there_for_whoever_has_the_folder(tmp_path):
    store = Store(tmp_path / "new" / "folder", "mark")
    key = store.key("step", "value")
    assert store.get(key) is None
    store.put(key, b"made")
    assert pickle.loads(pickle.dumps(store)).get(key) == b"made"
    store.put(key, b"")
    assert store.get(key) == b""


def test_what_was_looked_for_and_found_is_counted(tmp_path):
    lookups = Lookups()
    store = Store(tmp_path, "mark", lookups)
    key = store.key("step")
    store.get(key)
    store.put(key, b"made")
    store.get(key)
    store.get(store.key("other"))
    assert (lookups.asked, lookups.found) == (3, 1)
    assert store == Store(tmp_path, "mark")


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: data[:-1], lambda data: data + b"x", lambda data: b"\0" + data[1:]],
    ids=["empty", "cut", "longer", "another digest"],
)
def test_what_is_not_whole_is_not_there(tmp_path, damage):
    store = Store(tmp_path)
    key = store.key("step")
    store.put(key, b"made")
    (entry,) = tmp_path.glob("??/*")
    entry.write_bytes(damage(entry.read_bytes()))
    assert store.get(key) is None
    store.put(key, b"made")
    assert store.get(key) == b"made"


def test_without_a_folder_or_where_none_can_be_nothing_is_kept(tmp_path):
    (tmp_path / "file").write_text("")
    for store in (NO_STORE, Store(tmp_path / "file" / "folder")):
        store.put(store.key("step"), b"made")
        assert store.get(store.key("step")) is None
        store.trim()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_those_not_used_for_longest_go_first(tmp_path):
    store = Store(tmp_path)
    keys = [store.key("step", number) for number in range(6)]
    for number, key in enumerate(keys):
        store.put(key, bytes(68))
        (entry,) = tmp_path.glob(f"{key[:2]}/{key[2:]}*")
        os.utime(entry, (number, number))
    store.get(keys[0])
    # An entry takes 100 bytes: its digest and what it holds.
    store.trim(300)
    assert [store.get(key) is not None for key in keys] == [True, False, False, False, True, True]


def test_what_a_killed_build_left_goes_when_it_is_old(tmp_path):
    store = Store(tmp_path)
    store.put(store.key("step"), b"made")
    (entry,) = tmp_path.glob("??/*")
    for name, age in ((".old", 4000), (".new", 10)):
        (entry.parent / name).write_bytes(b"half")
        time = entry.stat().st_mtime - age
        os.utime(entry.parent / name, (time, time))
    store.trim()
    assert sorted(path.name for path in entry.parent.iterdir()) == [".new", entry.name]


def test_a_folder_is_emptied_of_what_a_store_put_there_and_of_nothing_else(tmp_path):
    store = Store(tmp_path)
    for number in range(3):
        store.put(store.key("step", number), b"made")
    (tmp_path / "letter").write_text("mine")
    assert len(empty(tmp_path)) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "/x/keben"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/keben"),
        ({}, "None"),
    ],
)
def test_the_folder_follows_the_base_directories(environment, folder):
    assert str(caches_folder(environment)) == folder
    assert str(fonts_folder(environment)) == (f"{folder}/fonts" if environment else "None")


def test_a_bundle_gives_the_next_build_what_the_last_one_used(tmp_path):
    store = Store(tmp_path)

    def build(*numbers):
        bundle = Bundle(store, "step", "book")
        made = []
        for number in numbers:
            key = bundle.key(number)
            if bundle.get(key) != Place("a.md", number):
                made.append(number)
                bundle.put(key, Place("a.md", number))
        bundle.close()
        return made

    assert build(1, 2, 3) == [1, 2, 3]
    assert build(1, 2, 4) == [4]
    assert build(1, 2, 4) == []
    # What the last build did not use is gone.
    assert build(3) == [3]
    assert len([*tmp_path.glob("??/*")]) == 1


def test_bundles_of_other_books_and_steps_do_not_share(tmp_path):
    store = Store(tmp_path)
    names = [("step", "book"), ("step", "other"), ("other", "book")]
    for step, book in names:
        bundle = Bundle(store, step, book)
        assert bundle.get(bundle.key(1)) is None
        bundle.put(bundle.key(1), book)
        bundle.close()
    assert [Bundle(store, *name).get(Bundle(store, *name).key(1)) for name in names] == [
        "book",
        "other",
        "book",
    ]


@pytest.mark.parametrize("left", [b"", b"nonsense", pickle.dumps([1]), pickle.dumps({"a": 1})])
def test_a_bundle_that_nobody_left_is_empty(tmp_path, left):
    store = Store(tmp_path)
    store.put(store.key("bundle", "step"), left)
    assert Bundle(store, "step").get("a") is None


def test_a_bundle_without_a_store_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    bundle = Bundle(NO_STORE, "step")
    bundle.put(bundle.key(1), "made")
    bundle.close()
    assert Bundle(NO_STORE, "step").get(bundle.key(1)) is None
    assert not [*tmp_path.iterdir()]
