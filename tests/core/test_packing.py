"""Keben's values as bytes: what comes back is what went in, and nothing that is read can act."""

import os
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.errors import Finding, Place
from keben.core.markup import Element, serialize
from keben.core.packing import packed, unpacked

texts = st.text(max_size=6)
trees = st.recursive(
    texts,
    lambda inner: st.builds(
        Element,
        st.sampled_from(["p", "em", "ruby"]),
        st.dictionaries(texts, texts, max_size=2),
        st.lists(inner, max_size=3).map(tuple),
        st.integers(0, 9),
    ),
    max_leaves=8,
)
findings = st.builds(Finding, st.builds(Place, texts, st.integers(0, 9)), texts, texts)


@given(
    st.tuples(trees, findings, st.frozensets(texts, max_size=3), st.dictionaries(texts, trees, max_size=2))
)
def test_values_come_back_as_they_were(value):
    assert unpacked(packed(value)) == value


def test_a_tree_of_any_depth_that_a_book_has_comes_back():
    tree = Element("b", {}, ("字",))
    for _ in range(200):
        tree = Element("b", {}, (tree,))
    again = unpacked(packed(tree))
    # Comparing them goes deeper than Python does.
    assert serialize(again) == serialize(tree)


def test_what_is_no_value_of_kebens_is_not_kept():
    assert packed(lambda: None) is None


class Acting:
    def __reduce__(self):
        return os.system, ("true",)


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(Acting()),
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"ckeben.cli.main\nmain\n.",
        b"ckeben.core.markup\nescape\n.",
        b"ckeben.core.store\nPath\n.",
        b"ckeben.core.store\nStore.get\n.",
        b"cno_such_module\nX\n.",
        b"",
        b"\x80\x05",
        b"nonsense",
    ],
    ids=range(10),
)
def test_nothing_else_is_read(data):
    assert unpacked(data) is None
