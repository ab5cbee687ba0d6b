"""What people bring → a project: texts and folders of other tools, as chapters and a ``book.toml``.

Comes in: a file's or a folder's path.
Goes out: a `Draft`: every file of a new project as bytes, and remarks about it.
Touches: what is brought, to read it; `writing` writes, and never overwrites.

1. `decoding` decodes bytes as text: UTF-8, UTF-16, GB 18030 or Big5.
2. `novel` divides a plain text into chapters by its `headings`, and finds its paragraphs (`paragraphs`).
3. `markup` writes text as Markdown, with all signs escaped.
4. `folders` brings a folder of Markdown: `kinds` knows the tool and reads its settings (`saidfiles`; `hugo`,
   `leanpub`); `summary`, `navigation` and `trees` its contents; `settling` says what becomes a chapter; `pages` reads
   each file (`foreign`, `hugocodes`: signs of its tool), `routes` follows its links, `shelf` names its pictures,
   `weaving` writes it as a piece of its chapter.
5. `office` reads files of word processors, e-books and pages of HTML; `fetching` brings pictures on the web.
6. `settings` writes ``book.toml``.
"""

from pathlib import Path

from keben.core.errors import Finding, Place, SourceError, UsageError
from keben.core.saying import series, wording
from keben.project.importers.values import Draft

__all__ = ["Draft", "import_book"]

TEXTS = (".txt", ".text")
OFFICE = (".docx", ".docm", ".dotx", ".odt", ".ott", ".epub", ".html", ".htm", ".xhtml")
_WORD = wording("Open it in Word, WPS or LibreOffice, and save it as .docx.")
_CURES = {
    **dict.fromkeys((".doc", ".rtf", ".wps", ".wpt", ".pages", ".dot", ".wpd", ".fodt", ".sxw"), _WORD),
    **dict.fromkeys(
        (".mobi", ".azw", ".azw3", ".kfx", ".fb2"), wording("Convert it to EPUB, by Calibre for one.")
    ),
    ".pdf": wording("A PDF has lines, no paragraphs: ask for the file that it was made from."),
}
"""What to do with a kind that is not read."""


def import_book(source: Path) -> Draft:
    """The project made from a file or a folder.

    Raises:
        UsageError: there is no such file, or Keben cannot read its kind.
        SourceError: its encoding is unknown, or there is no text in it.
    """
    # A build of a project of Keben's needs a module or two of this room, and not all of it.
    from keben.project.importers.single import import_file
    from keben.project.importers.sources import is_markdown
    from keben.project.importers.unread import cure_of

    if not source.exists():
        raise UsageError.at(
            str(source), "no-source", wording("There is nothing here."), wording("Name a file that exists.")
        )
    if source.is_dir():
        from keben.project.importers.folders import import_folder
        from keben.project.importers.sources import open_folder
        from keben.project.importers.texts import import_texts, texts_of

        folder, name = open_folder(source), source.resolve().name
        texts = texts_of(folder)
        return import_texts(folder, texts, name) if texts else import_folder(folder, name)
    if is_markdown(source.name):
        made = import_file(source)
        if made is None:
            raise _undecodable(source.name)
        return made
    if source.suffix.lower() in OFFICE:
        return _office(source)
    if source.suffix.lower() not in TEXTS:
        message = wording("Keben cannot import this.")
        kinds = series((*TEXTS, ".md", *OFFICE))
        suffix = source.suffix.lower()
        advice = (
            _CURES.get(suffix)
            or cure_of(suffix, source.stem)
            or wording("It reads folders of Markdown, and {kinds} files.", kinds=kinds)
        )
        raise UsageError.at(str(source), "unsupported-source", message, advice)
    return _plain_text(source)


def _plain_text(source: Path) -> Draft:
    """The project of a plain text in any of the encodings that such texts come in."""
    from keben.project.importers.decoding import decode
    from keben.project.importers.novel import read_novel
    from keben.project.importers.settings import draft

    shown = source.name
    decoded = decode(source.read_bytes())
    if decoded is None:
        raise _undecodable(shown)
    novel = read_novel(decoded.text, source.stem)
    if not novel.chapters:
        raise SourceError(Finding(Place(shown), "no-text", wording("There is no text in it.")))
    return draft(novel, decoded.encoding, decoded.lost, source.stem)


def _office(source: Path) -> Draft:
    """The project of a word processor's file, an e-book or a web page."""
    from keben.project.importers.office import read_office
    from keben.project.importers.office.binding import bound

    return bound(read_office(source), source.stem)


def _undecodable(name: str) -> SourceError:
    message = wording("It is not UTF-8, UTF-16, GB 18030 or Big5.")
    return SourceError.at(name, "encoding", message, wording("Save it as UTF-8."))
