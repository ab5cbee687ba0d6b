import tomllib

from hypothesis import given
from hypothesis import strategies as st

from keben.core.toml.places import places

TEXT = '''# a comment
[book]
title = "[not a table] # no comment"
authors = [
  "甲",  # first
  { name = "乙", role = "trl" },
]
description = """
lines = 3
"""
[editions."zh-Hant-TW"]
formats = ["epub", "pdf"]
[[bars]]
label = 'a'
[[bars]]
label.text = 'b'
'''


def test_each_key_and_item_has_its_line_and_column():
    assert tomllib.loads(TEXT)
    found = places(TEXT)
    assert found[("book",)] == (2, 1)
    assert found[("editions",)] == found[("editions", "zh-Hant-TW")] == (11, 1)
    assert found[("book", "title")] == (3, 1)
    assert found[("book", "authors", 0)] == (5, 3)
    assert found[("book", "authors", 1, "role")] == (6, 17)
    assert ("book", "lines") not in found
    assert found[("editions", "zh-Hant-TW", "formats", 1)] == (12, 20)
    assert found[("bars", 0, "label")] == (14, 1)
    assert found[("bars", 1)] == (15, 1)
    assert found[("bars", 1, "label", "text")] == (16, 1)


KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True)
SCALARS = st.one_of(st.integers(-99, 99), st.booleans(), st.text(alphabet="a字\"'[]{}#=,\n\\ ", max_size=8))


def toml_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, list):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {toml_value(item)}' for key, item in value.items()) + "}"
    return str(value)


def paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path} - {()} | {found for key, item in items for found in paths(item, (*path, key))}


@given(
    st.dictionaries(
        KEYS,
        st.recursive(
            SCALARS,
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
            max_leaves=6,
        ),
        max_size=4,
    )
)
def test_every_path_of_any_document_is_found_where_it_stands(values):
    text = "".join(f"{key} = {toml_value(value)}\n" for key, value in values.items())
    assert tomllib.loads(text) == values
    found = places(text)
    assert found.keys() == paths(values)
    for number, key in enumerate(values, 1):
        assert found[(key,)] == (number, 1)
