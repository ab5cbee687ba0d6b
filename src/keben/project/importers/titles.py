"""What a file is called, and at which level each of its headings stands in the chapter."""

import posixpath

from keben.project.importers.pages import Page
from keben.project.importers.prose import key_of
from keben.project.importers.sources import is_index
from keben.project.importers.summary import titled
from keben.project.importers.trees import named

DEEPEST = 6


def title_of(page: Page, entry: str) -> tuple[int | None, str]:
    """The heading that is the file's title, and the title as Markdown. The entry's where the file has none."""
    first = page.headings[0] if page.headings else None
    tops = [each for each in page.headings if each.level == 1]
    own = first.text if first else ""
    if first and own and first.level == 1:
        if len(tops) == 1 or not page.title or key_of(page.title) == key_of(own):
            return 0, own
    elif first and own and not page.is_note and not _leads(page):
        is_alone = sum(each.level <= first.level for each in page.headings) == 1
        if is_alone or key_of(own) in (key_of(entry), key_of(page.title)):
            return 0, own
    if page.title:
        return None, titled(page.title)
    if entry:
        return None, entry
    folder = posixpath.basename(posixpath.dirname(page.path))
    return None, named(folder if is_index(page.path) and folder else posixpath.basename(page.path))


def levels_of(page: Page, title: int | None, depth: int) -> tuple[int, ...]:
    """The level of each heading of a file that stands ``depth`` below its chapter; 0 is its title's.

    Outline and order are kept, and no level is skipped. A level above `DEEPEST` is no heading.
    """
    levels: list[int] = []
    open_levels: list[int] = []
    for number, heading in enumerate(page.headings):
        if number == title or not heading.text:
            levels.append(0)
            continue
        while open_levels and open_levels[-1] >= heading.level:
            open_levels.pop()
        open_levels.append(heading.level)
        levels.append(1 + depth + len(open_levels))
    return tuple(levels)


def _leads(page: Page) -> bool:
    """Whether text stands before the first heading."""
    return bool("".join(page.lines[: page.headings[0].line]).strip())
