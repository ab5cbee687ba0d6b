"""``keben clean``."""

from pathlib import Path

import click

from keben.build.output import clean as run_clean
from keben.build.outputs import output_of
from keben.cli.output import output_option, project_argument, remember
from keben.cli.streams import say
from keben.project import find_project


@click.command()
@project_argument
@output_option
def clean(project: Path, output: Path | None) -> None:
    """Delete what a build wrote, by its manifest, and nothing else."""
    root = find_project(project)
    remember(root, as_json=False)
    gone = run_clean(output or output_of(root))
    say(f"{len(gone)} files deleted.")
