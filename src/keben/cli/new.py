"""``keben new``."""

import shutil
import uuid
from importlib.resources import as_file, files
from pathlib import Path

import click

from keben.cli.streams import say
from keben.core.errors import UsageError
from keben.core.version import __version__

REPOSITORY = "keben/keben"
"""Where the workflow is that a project's own calls, on GitHub."""

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
def new(folder: Path, vertical: bool) -> None:
    """Begin a book: a project in a new folder, which builds as it stands."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = "This folder is not empty." if folder.is_dir() else "This is a file."
        raise UsageError.at(str(folder), "not-empty", message, "Name a new one.")
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
    settings.write_text(text + VERTICAL if vertical else text, encoding="utf-8")
    say(f"A new book is in {folder}/book. Build it with: keben build {folder}")
