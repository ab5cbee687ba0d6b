"""``keben new``."""

import shutil
import uuid
from importlib.resources import as_file, files
from pathlib import Path

import click

from keben.cli.streams import say
from keben.core.errors import Place, UsageError
from keben.core.lengths import MM_PER
from keben.core.saying import wording
from keben.core.version import __version__

REPOSITORY = "keben/keben"
"""Where the workflow is that a project's own calls, on GitHub."""

_LONGEST = 40
"""Characters that the eye finds the next line from."""

VERTICAL = """
[editions.zh-Hant-TW-vertical]
language = "zh-Hant-TW"
writing = "vertical"
vocabulary = "regional"
"""
"""What `--vertical` adds to book.toml; the other editions of the scaffold stay."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--vertical", is_flag=True, help="With an edition for Taiwan in columns, bound on the right, too."
)
@click.option("--design", metavar="NAME", help="The book's design: novel, textbook, poetry, report, classic.")
@click.option(
    "--trim", metavar="SIZE", help="The page: A5, 大32开, 16开, 25開, JIS-B5 and others, or “148mm 210mm”."
)
def new(folder: Path, vertical: bool, design: str | None, trim: str | None) -> None:
    """Begin a book: a project in a new folder, which builds as it stands."""
    printed = _print_table(design, trim)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = wording("This folder is not empty.") if folder.is_dir() else wording("This is a file.")
        raise UsageError.at(str(folder), "not-empty", message, wording("Name a new one."))
    folder.mkdir(parents=True, exist_ok=True)
    with as_file(files("keben.project") / "scaffold") as scaffold:
        shutil.copytree(
            scaffold, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.py")
        )
    for name in ("gitignore", "github"):
        (folder / name).rename(folder / f".{name}")
    workflow = folder / ".github" / "workflows" / "book.yml"
    call = workflow.read_text(encoding="utf-8").format(repository=REPOSITORY, version=__version__)
    workflow.write_text(call, encoding="utf-8")
    settings = folder / "book" / "book.toml"
    # Each book has an identifier of its own from the first day: stores know it by that.
    text = settings.read_text(encoding="utf-8").replace("{uuid}", str(uuid.uuid4()))
    text = _with_print(text, printed) + (VERTICAL if vertical else "")
    settings.write_text(text, encoding="utf-8")
    say(wording("A new book is in {folder}/book. Build it with: keben build {folder}", folder=folder))


def _print_table(design: str | None, trim: str | None) -> str:
    """The lines of [print] that a new book is given; empty where nothing was asked.

    A design counts characters and lines itself; for a trim alone they are counted here.

    Raises:
        UsageError: there is no such design, or no such trim.
    """
    if design is None and trim is None:
        return ""
    from keben.core.trims import trim_advice, trim_size
    from keben.project.designs import default_designs, unknown_design

    if design is not None and design not in default_designs():
        wrong = unknown_design(design, default_designs(), Place("--design"))
        raise UsageError.at("--design", "design", wrong.message, wrong.advice)
    size = trim_size(trim or "A5")
    if size is None:
        raise UsageError.at(
            "--trim", "trim", wording("“{trim}” is not a page size.", trim=trim), trim_advice(trim or "")
        )
    asked = "".join(f'{key} = "{value}"\n' for key, value in (("trim", trim), ("design", design)) if value)
    return asked if design else asked + _counted(size)


def _counted(size: tuple[float, float]) -> str:
    """The characters and lines of a page, in millimetres, without a design."""
    from keben.core.design import CANONS
    from keben.core.paper import USUAL_AREA
    from keben.project.settings.print import fitting

    em = USUAL_AREA.body_pt * MM_PER["pt"]
    line = em * USUAL_AREA.leading
    measure, lines = fitting(size, CANONS["full"], (em, line), _LONGEST, vertical=False)
    return f"measure = {measure}\nlines = {lines}\n"


def _with_print(text: str, printed: str) -> str:
    """The text of ``book.toml``, whose last table is [print], with what that is to say instead."""
    return f"{text.partition('[print]')[0]}[print]\n{printed}" if printed else text
