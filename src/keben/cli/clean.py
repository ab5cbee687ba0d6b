"""``keben clean``."""

import os
from pathlib import Path

import click

from keben.build.caches import forget
from keben.build.output import clean as run_clean
from keben.build.outputs import output_of
from keben.cli.output import output_option, project_argument, remember
from keben.cli.streams import say
from keben.core.saying import wording
from keben.project import find_project


@click.command()
@project_argument
@output_option
@click.option("--cache", is_flag=True, help="Delete what builds keep for later ones instead, of all books.")
def clean(project: Path, output: Path | None, *, cache: bool) -> None:
    """Delete what a build wrote, by its manifest, and nothing else."""
    if cache:
        say(wording("{count} files deleted.", count=len(forget(os.environ))))
        return
    root = find_project(project)
    remember(root, as_json=False)
    gone = run_clean(output or output_of(root))
    say(wording("{count} files deleted.", count=len(gone)))
