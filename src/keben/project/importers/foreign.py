"""Signs of other tools that stand in pages → Markdown that all tools know. Lines keep their numbers."""

from keben.project.importers.badges import without_badges
from keben.project.importers.bookdown import without_parts
from keben.project.importers.chunks import SUFFIXES, chunk_parts, with_chunks, without_hidden
from keben.project.importers.d2lbook import without_contents
from keben.project.importers.gridtables import with_grid_tables
from keben.project.importers.hackmd import without_hackmd
from keben.project.importers.hexotags import with_tags_read
from keben.project.importers.hugocodes import without_codes
from keben.project.importers.implicitfigures import with_captions
from keben.project.importers.jsx import is_mdx, without_jsx
from keben.project.importers.latexmarks import without_latex_marks
from keben.project.importers.leanpub import without_leanpub
from keben.project.importers.sources import SourceFolder


def with_markdown(lines: list[str], path: str, folder: SourceFolder) -> list[str]:
    """The lines of the page at a path: without what only the folder's tool reads."""
    lines = without_badges(lines)
    lines = with_grid_tables(without_hackmd(without_leanpub(without_contents(lines), folder)))
    lines = with_tags_read(without_latex_marks(lines), path, folder)
    return without_codes(lines)


def moved_lines(lines: list[str], path: str, folder: SourceFolder) -> tuple[tuple[int, int], ...]:
    """Where the lines that `as_written` makes have other numbers than those of the page.

    Pairs, from 1: from a line that is made on, what follows is that from a line of the page on.
    """
    if not path.lower().endswith(SUFFIXES):
        return ()
    found: list[tuple[int, int]] = []
    made = shift = 0
    for number, part in chunk_parts(without_hidden(without_parts(lines)), path, folder):
        if made + 1 - number != shift:
            shift = made + 1 - number
            found.append((made + 1, number))
        made += len(part)
    return tuple(found)


def as_written(lines: list[str], path: str, folder: SourceFolder) -> list[str]:
    """The lines of a page before anything is read into it: of MDX, without the site's components."""
    if path.lower().endswith(SUFFIXES):
        return with_captions(with_chunks(without_hidden(without_parts(lines)), path, folder))
    return without_jsx(lines) if is_mdx(path, folder) else lines
