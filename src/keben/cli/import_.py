"""``keben import``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from keben.cli.output import typed
from keben.cli.streams import say
from keben.core.errors import UsageError
from keben.core.saying import series, wording

if TYPE_CHECKING:
    from keben.project.importers import Draft

SHOWN = 12
"""How many titles of chapters are shown at either end."""


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path), metavar="SOURCE")
@click.argument("folder", type=click.Path(path_type=Path), metavar="[DIR]", required=False)
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="PROJECT",
    help="Take a corrected .docx back into its project.",
)
@click.option("-e", "--edition", default="", help="With --into: the edition that the .docx is of.")
@click.option("--write", "writes", is_flag=True, help="With --into: write the changes that are shown.")
@click.option("--check", "only_check", is_flag=True, help="Say what it would make, and write nothing.")
@click.option("--notes", "has_notes", is_flag=True, help="Make notes of those that are typed by hand (①).")
@click.option("--fetch", "fetches", is_flag=True, help="Bring pictures on the web into the project.")
def import_(
    source: Path,
    folder: Path | None,
    into: Path | None,
    edition: str,
    writes: bool,
    only_check: bool,
    has_notes: bool,
    fetches: bool,
) -> None:
    """Make a project of a text that is there already.

    It may be a folder of Markdown, one .md file, a novel in .txt, a .docx, .odt, .epub or .html file.

    DIR is a new folder outside of SOURCE; left out, it is named after SOURCE. Importing twice is safe: a file that is
    there and says something else is never written over.

    With --into PROJECT, SOURCE is a .docx that `keben build -f docx` made and somebody corrected: what it changes is
    shown as a diff of the Markdown, and written with --write.
    """
    if into is not None:
        from keben.cli.wordback import take_into

        take_into(source, into, edition, writes=writes and not only_check)
        return
    if writes or edition:
        name = "--write" if writes else "--edition"
        message = wording("It says how a corrected .docx is taken back into its project.")
        raise UsageError.at(
            name, "without-into", message, wording("Name the project with --into, or leave it out.")
        )
    if folder is not None and folder.is_file():
        raise UsageError.at(
            str(folder), "not-empty", wording("This is a file."), wording("Name a new folder.")
        )
    from keben.project.importers import import_book
    from keben.project.importers.telling import counted
    from keben.project.importers.typednotes import with_offer, with_typed_notes
    from keben.project.importers.writing import write_draft

    made = plain = (with_typed_notes if has_notes else with_offer)(import_book(source))
    if fetches and not only_check:
        made = _with_pictures(made)
    folder = folder or _folder_for(source, made.slug)
    if source.is_dir() and folder.resolve().is_relative_to(source.resolve()):
        # mdBook empties the folder book/ of its own book before each build.
        message = wording("The new project would stand inside of what is imported.")
        raise UsageError.at(str(folder), "not-empty", message, wording("Name a folder outside of it."))
    say(wording("{title}: {counted}", title=made.title, counted=counted(len(made.chapters), "chapter")))
    shown = (
        made.chapters
        if len(made.chapters) <= 2 * SHOWN + 1
        else (*made.chapters[:SHOWN], "…", *made.chapters[-SHOWN:])
    )
    for title in shown:
        say(f"  {title}")
    for remark in made.remarks:
        say(remark)
    if only_check:
        return
    written = write_draft(made, folder, plain)
    kept = len(made.files) - len(written)
    there = wording(", {kept} there already", kept=kept) if kept else ""
    say(
        wording(
            "{count} files written{there}, in {folder}/book. Build it with: keben build {shown}",
            count=len(written),
            there=there,
            folder=folder,
            shown=typed(folder),
        )
    )


def _with_pictures(made: "Draft") -> "Draft":
    """A draft with its pictures on the web, whose hosts are named before they are asked."""
    from keben.project.importers.fetching import fetch_picture, remote_pictures, with_pictures

    if addresses := remote_pictures(made):
        hosts = dict.fromkeys(address.split("/")[2] for address in addresses)
        say(wording("Fetching {count} pictures from {hosts}", count=len(addresses), hosts=series(hosts)))
    return with_pictures(made, fetch_picture)


def _folder_for(source: Path, slug: str) -> Path:
    """Where a project goes that nobody named a folder for."""
    if source.is_dir():
        return Path(f"{source.resolve().name}-keben")
    return Path(slug if source.stem.isascii() else source.stem)
