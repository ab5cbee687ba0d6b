"""One Markdown or plain text file as a book: each heading of the first level begins a chapter."""

import posixpath
from pathlib import Path
from urllib.parse import unquote

from keben.core.book import Source
from keben.core.errors import Finding, Place, SourceError
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.badges import without_badges
from keben.project.importers.credits import by_role
from keben.project.importers.inlines import References, rewritten
from keben.project.importers.markup import plain_title
from keben.project.importers.matter import without_matter
from keben.project.importers.notebooks import read_text
from keben.project.importers.novel import read_novel
from keben.project.importers.prose import headings_of, prose_lines
from keben.project.importers.single import NamedPictures
from keben.project.plaintext import TEXTS, printed_lines, text_sources
from keben.project.stated import Stated


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as a book."""

    stated: Stated
    """What it says of its book."""
    sources: tuple[Source, ...]
    """Its chapters."""
    shown: tuple[str, ...] = ()
    """The files beside it that it shows."""
    findings: tuple[Finding, ...] = ()


def read_file(path: Path) -> ReadFile:
    """What a file says of its book, and its chapters.

    Raises:
        SourceError: its encoding is unknown, or there is no text in it.
    """
    decoded = read_text(path.name, path.read_bytes())
    if decoded is None:
        message = wording("It is not UTF-8, UTF-16, GB 18030 or Big5.")
        raise SourceError.at(path.name, "encoding", message, wording("Save it as UTF-8."))
    shown = f"book/{path.name}"
    if not decoded.text.strip():
        raise SourceError(Finding(Place(path.name), "no-text", wording("There is no text in it.")))
    if path.suffix.lower() in TEXTS:
        novel = read_novel(decoded.text, path.stem)
        authors, others = by_role(novel.credits)
        stated = Stated(novel.title, authors, novel.description, "", path.stem, shown, others=others)
        return ReadFile(
            stated, text_sources(decoded.text, shown), findings=printed_lines(decoded.text, shown)
        )
    matter = without_matter(decoded.text)
    lines = matter.text.split("\n")
    tops = [each for each in headings_of(lines, prose_lines(lines)) if each.level == 1]
    title = matter.title or (plain_title(tops[0].text) if len(tops) == 1 else "") or path.stem
    stated = Stated(title, matter.authors, "", "", path.stem, shown)
    text = "\n" * matter.block + matter.text if matter.block else decoded.text
    text = "\n".join(without_badges(text.split("\n")))
    return ReadFile(
        stated, (Source(shown, text, path.stem, is_parted=True),), _shown(matter.text, path.parent)
    )


def _shown(text: str, folder: Path) -> tuple[str, ...]:
    """The paths of the pictures below a folder that a text shows."""
    named = NamedPictures()
    rewritten(text, named, References({}, {}))
    found = {
        path
        for address in named.paths
        for path in (posixpath.normpath(address), posixpath.normpath(unquote(address)))
        if ":" not in path[:8] and not path.startswith(("..", "/")) and (folder / path).is_file()
    }
    return tuple(sorted(found))
