import os
import subprocess
import sys

import pytest
from samples import sample_composition

from keben.core.fingerprint import fingerprint, program_files, program_fingerprint


def test_equal_values_have_equal_fingerprints_in_any_order():
    assert fingerprint({"a": 1, "b": (2, None)}) == fingerprint({"b": [2, None], "a": 1})
    assert fingerprint(frozenset("abc")) == fingerprint(frozenset("cba"))
    assert fingerprint(sample_composition()) == fingerprint(sample_composition())


def test_different_values_differ():
    values = ["1", 1, b"1", 1.0, True, ("1",), ("1", ""), {"1": ""}, None, sample_composition()]
    assert len({fingerprint(value) for value in values}) == len(values)
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint(sample_composition()) != fingerprint(sample_composition("zh-Hant-TW"))


def test_the_hash_seed_does_not_count():
    program = "from keben.core.fingerprint import fingerprint; print(fingerprint(frozenset('abcdefgh')))"
    prints = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1
    assert len(program_fingerprint()) == 64


def test_code_and_tables_of_a_program_count_and_nothing_that_python_or_an_editor_leaves(tmp_path):
    for name in ("b.py", "a/data.tsv", "a/c.py", "a/__pycache__/c.pyc", ".b.py.swp", "styles/base.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert [*program_files(tmp_path)] == [str(tmp_path / name) for name in ("b.py", "a/c.py", "a/data.tsv")]


def test_other_values_are_refused():
    with pytest.raises(TypeError, match="cannot take a fingerprint of object"):
        fingerprint(object())
