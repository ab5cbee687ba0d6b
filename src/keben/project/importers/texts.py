"""A folder of plain texts, a file for each chapter → a book."""

import posixpath
from collections.abc import Iterator

from keben.core.errors import Finding, Place, SourceError
from keben.core.saying import series, wording
from keben.project.importers.advertisements import reported, without_advertisements
from keben.project.importers.decoding import decode
from keben.project.importers.mandoku import is_mandoku, mandoku_remarks, read_mandoku
from keben.project.importers.natural import book_key
from keben.project.importers.novel import read_chapters
from keben.project.importers.settings import draft
from keben.project.importers.sources import SourceFolder, is_hidden, is_markdown
from keben.project.importers.telling import counted, listed
from keben.project.importers.values import Draft, Novel, TextChapter

_SUFFIXES = (".txt", ".text")
_BESIDE = frozenset("license licence copying readme requirements robots cmakelists notice authors".split())


def texts_of(folder: SourceFolder) -> tuple[str, ...]:
    """The plain texts of a folder that may be chapters, in order; none where it has files of Markdown."""
    if any(is_markdown(path) and not is_hidden(path) for path in folder.files):
        return ()
    found = (path for path in folder.files if _is_text(path))
    return tuple(sorted(found, key=lambda path: tuple(book_key(part) for part in path.split("/"))))


def _is_text(path: str) -> bool:
    stem, suffix = posixpath.splitext(posixpath.basename(path).lower())
    return suffix in _SUFFIXES and stem not in _BESIDE and not is_hidden(path)


def import_texts(folder: SourceFolder, paths: tuple[str, ...], name: str) -> Draft:
    """The project of a folder of plain texts; one without a heading is a chapter called as its file.

    Files in folders below are in the parts that these are.

    Raises:
        SourceError: there is no text in them.
    """
    chapters: list[TextChapter] = []
    encodings: dict[str, None] = {}
    damaged: list[str] = []
    left: list[str] = []
    dropped: dict[str, int] = {}
    inside = title = ""
    unknown: int | None = None
    for path in paths:
        decoded = decode(folder.data(path) or b"")
        if decoded is None:
            left.append(path)
            continue
        if is_mandoku(decoded.text):
            read = read_mandoku(decoded.text, name)
            title, unknown = title or read.title, (unknown or 0) + read.unknown
        lines, sites = without_advertisements(decoded.text.split("\n"))
        dropped = {**dropped, **{line: dropped.get(line, 0) + count for line, count in sites.items()}}
        found = tuple(_chapters("\n".join(lines), posixpath.splitext(posixpath.basename(path))[0]))
        above = posixpath.basename(posixpath.dirname(path))
        if found and above != inside:
            inside = above
            chapters += [TextChapter(above, "part", (), 0)] if above else []
        chapters += found
        encodings |= {decoded.encoding: None} if found else {}
        damaged += [path] if decoded.lost else []
    if not chapters:
        raise SourceError(Finding(Place(name), "no-text", wording("There is no text in it.")))
    remarks = (
        wording("It is a folder of plain texts: {counted}.", counted=counted(len(paths), "file")),
        *((_damaged(damaged),) if damaged else ()),
        *((wording("In no known encoding, left out: {listed}.", listed=listed(left)),) if left else ()),
        *(mandoku_remarks(unknown) if unknown is not None else ()),
        *reported(dropped),
    )
    return draft(Novel(title or name, (), "", tuple(chapters), remarks), series(tuple(encodings)), (), name)


def _chapters(text: str, stem: str) -> Iterator[TextChapter]:
    """The chapters of a file, without a first line that says the file's name again."""
    head, _, rest = text.lstrip("\ufeff\r\n ").partition("\n")
    found = read_chapters(text, stem)
    if len(found) == 1 and not found[0].line and head.strip() == stem:
        found = read_chapters(rest, stem)
    yield from found


def _damaged(paths: list[str]) -> str:
    return wording("Damaged bytes, each a U+FFFD now, stand in {listed}.", listed=listed(paths))
