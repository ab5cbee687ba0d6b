"""The tables that come with Keben are those that the dictionaries would give."""

import zlib

import pytest

from keben.core.packing import packed
from keben.script import readymade
from keben.script.context import made, tables_of
from keben.script.readymade import CONFIGURATIONS, ready_made, tables_file
from keben.script.tables import table_bytes, table_there
from keben.script.wordplaces import WordPlaces, places_of
from keben.script.words import PLACES, kept_words, places_file


@pytest.fixture(autouse=True)
def fresh():
    ready_made.cache_clear()
    yield
    ready_made.cache_clear()


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_they_are_what_would_be_made(name: str) -> None:
    """If this fails, a dictionary or a table changed: run ``python tools/readymade.py``."""
    tables = ready_made(name)
    assert tables is not None
    assert tables == tables_of(made(name))


def test_the_places_in_the_word_list_are_those_that_are_there() -> None:
    """If this fails, the word list changed: run ``python tools/readymade.py``."""
    assert table_there(PLACES) == places_file(places_of(kept_words().text))


def test_a_list_with_lines_of_a_character_in_two_places() -> None:
    expected = WordPlaces("甲丙甲", "\2\1\1", " 乙 丁", "\6\7\6\6", (0, 13, 19))
    assert places_of("甲 3 n\n甲乙 2 n\n丙 5 n\n甲丁 6 n") == expected


def test_they_are_not_used_for_other_dictionaries(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = readymade.dictionary_bytes
    monkeypatch.setattr(
        readymade,
        "dictionary_bytes",
        lambda file: installed(file) + (b"\n" if file == "STPhrases.txt" else b""),
    )
    assert ready_made("s2twp") is None


def test_they_are_not_used_for_other_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        readymade,
        "table_bytes",
        lambda name: table_bytes(name) + (b"# more\n" if name == "forms.tsv" else b""),
    )
    assert ready_made("s2tw") is None


def test_they_are_not_used_for_another_word_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readymade, "words_digest", lambda: b"another")
    assert ready_made("s2hk") is None


@pytest.mark.parametrize(
    "data", [None, zlib.compress(packed("something else") or b""), zlib.compress(b"no pickle")]
)
def test_what_is_not_there_is_made(data: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readymade, "table_there", lambda _: data)
    assert ready_made("s2tw") is None


def test_only_what_editions_are_converted_by_has_some() -> None:
    assert ready_made("s2t") is None
    assert ready_made("tw2s") is None


def test_the_file_has_all_but_what_the_dictionaries_say() -> None:
    tables = ready_made("s2hk")
    assert tables is not None
    name, data = tables_file("s2hk", tables)
    assert name == "s2hk.tables"
    assert len(data) < 250_000
