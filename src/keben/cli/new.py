"""``keben new``."""

import contextlib
import datetime as dt
import sys
import uuid
from pathlib import Path

import click

from keben.cli.asking import (
    Wishes,
    ask,
    language_here,
    read_design,
    read_editions,
    read_language,
    read_line,
    read_trim,
)
from keben.cli.output import typed
from keben.cli.streams import say
from keben.core.saying import wording


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--language", metavar="TAG", help="What you write in: zh-Hans, zh-Hant-TW or zh-Hant-HK.")
@click.option(
    "-e",
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help="An edition: zh-Hans, zh-Hant-TW or zh-Hant-HK, or one of these in columns, as zh-Hant-TW-vertical. "
    "Say it again for each; all three if left out.",
)
@click.option(
    "--vertical", is_flag=True, help="With an edition for Taiwan in columns, bound on the right, too."
)
@click.option("--design", metavar="NAME", help="The book's design: novel, textbook, poetry, report, classic.")
@click.option(
    "--trim", metavar="SIZE", help="The page: A5, 大32开, 16开, 25開, JIS-B5 and others, or “148mm 210mm”."
)
@click.option("--title", metavar="TEXT", help="The book's title.")
@click.option("--author", metavar="NAME", help="Who wrote it.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: take the usual answer for what you left out.")
def new(
    folder: Path,
    language: str | None,
    editions: tuple[str, ...],
    vertical: bool,
    design: str | None,
    trim: str | None,
    title: str | None,
    author: str | None,
    yes: bool,
) -> None:
    """Begin a book: a project in a new folder, which builds as it is.

    On a terminal it asks for what you do not say. The sample in it is the beginning of 红楼梦.
    """
    from keben.project.begun import NewBook, new_files, usual_editions
    from keben.project.starting import require_room, write_new

    said = Wishes(
        language=None if language is None else read_language(language),
        editions=tuple(name for each in editions for name in read_editions(each)),
        design=None if design is None else read_design(design),
        trim=None if trim is None else read_trim(trim),
        title=None if title is None else read_line(title, "--title"),
        author=None if author is None else read_line(author, "--author"),
    )
    require_room(folder)
    if not yes and _is_terminal():
        said = ask(said)
    chosen = said.editions
    language = said.language or language_here()
    if vertical:
        chosen = (*(chosen or usual_editions(language)), *read_editions("zh-Hant-TW-vertical"))
    book = NewBook(
        identifier=str(uuid.uuid4()),
        date=dt.datetime.now().astimezone().date().isoformat(),
        language=language,
        editions=chosen,
        trim=said.trim or "",
        design=said.design or "",
        title=said.title or "",
        author=said.author or "",
    )
    write_new(folder, new_files(book))
    say(
        wording(
            "A new book is in {folder}. Build it with: keben build {shown}",
            folder=folder / "book",
            shown=typed(folder),
        )
    )


def _is_terminal() -> bool:
    """Whether a person can be asked."""
    with contextlib.suppress(AttributeError, ValueError):
        return sys.stdin.isatty() and sys.stdout.isatty()
    return False
