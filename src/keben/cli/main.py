"""``keben``: its commands, and its one exit."""

import sys
from typing import Any

import click

from keben import __version__
from keben.cli.build import build
from keben.cli.check import check
from keben.cli.clean import clean
from keben.cli.doctor import doctor
from keben.cli.impose import impose
from keben.cli.new import new
from keben.cli.output import fail
from keben.cli.review import review
from keben.errors import KebenError, MachineError


class _Commands(click.Group):
    """Shows commands in the order of their use, and turns Keben's errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KebenError as error:
            fail(error)
        except OSError as error:
            message = f"{error.strerror or error}."
            fail(MachineError.at(str(error.filename or "keben"), "system", message))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="keben")
def main() -> None:
    """Make Chinese books: one Markdown source, and every edition of it as EPUB and PDF."""
    for stream in (sys.stdout, sys.stderr):
        # A message with Chinese in it must come through in any locale.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


for command in (new, build, review, check, impose, doctor, clean):
    main.add_command(command)
