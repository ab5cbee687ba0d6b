"""Make the tables that come with Keben, so that a first conversion need not combine dictionaries.

``python tools/readymade.py`` writes those of each configuration into ``src/keben/script/data``; with ``--check`` it
fails if they are not of the dictionaries, the word list and the tables that are here. A table of the same values is
left as it is.
"""

import sys
from pathlib import Path

from keben.script.context import made, tables_of
from keben.script.readymade import CONFIGURATIONS, ready_made, tables_file
from keben.script.tables import table_there
from keben.script.wordplaces import places_of
from keben.script.words import PLACES, kept_words, places_file

DATA = Path(__file__).parent.parent / "src" / "keben" / "script" / "data"


def main(arguments: list[str]) -> None:
    """Write or check the tables."""
    places = places_file(places_of(kept_words().text))
    if table_there(PLACES) != places:
        _write(arguments, PLACES, places)
    for name in CONFIGURATIONS:
        tables = tables_of(made(name))
        if ready_made(name) == tables:
            continue
        _write(arguments, *tables_file(name, tables))


def _write(arguments: list[str], file: str, data: bytes) -> None:
    if arguments == ["--check"]:
        raise SystemExit(f"{file} is out of date: run python tools/readymade.py")
    (DATA / file).write_bytes(data)
    print(f"{file}: {len(data)} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
