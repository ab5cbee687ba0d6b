"""``keben``: its commands, and its one exit."""

import difflib
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn

import click

from keben.cli.language import OPTION, in_language, speak, spoken, without_language
from keben.cli.output import fail
from keben.cli.streams import lost_output, open_streams, say
from keben.core.errors import BuildError, KebenError, MachineError
from keben.core.faults import fault
from keben.core.reasons import reason_of
from keben.core.saying import wording
from keben.core.version import __version__

_COMMANDS = {
    "new": "new",
    "import": "import_",
    "lint": "lint",
    "build": "build",
    "review": "review",
    "explain": "explain",
    "lookup": "lookup",
    "check": "check",
    "impose": "impose",
    "doctor": "doctor",
    "clean": "clean",
}
"""In the order of their use, each with its module, which is loaded when it runs and calls it so too."""


class _Terminated(KeyboardInterrupt):
    """SIGTERM: a run ends as it does by Ctrl-C, with everything cleaned up."""


class _Commands(click.Group):
    """Shows commands in the order of their use, and turns errors into messages and exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        name = _COMMANDS.get(cmd_name)
        if name is None:
            return None
        command = getattr(import_module(f"keben.cli.{name}"), name)
        return in_language(command) if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; an unknown one is answered with the one that it is like."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if near := difflib.get_close_matches(args[0], _COMMANDS, n=1, cutoff=0.6):
                meant = spoken(wording(" Did you mean `keben {near}`?", near=near[0]))
                raise click.UsageError(f"{error.message}{meant}", error.ctx) from None
            raise

    def main(self, args: Sequence[str] | None = None, *others: Any, **settings: Any) -> Any:
        """Run with the language that the arguments or the environment ask for."""
        try:
            left, language = without_language(sys.argv[1:] if args is None else args)
        except KebenError as error:
            open_streams()
            fail(error)
        speak(language)
        in_language(self)
        return super().main(left, *others, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        open_streams()
        try:
            with _termination_as_interrupt():
                result = super().invoke(ctx)
        except KebenError as error:
            fail(error)
        except OSError as error:
            message = wording("{reason}.", reason=reason_of(error))
            fail(MachineError.at(str(error.filename or "keben"), "system", message))
        except KeyboardInterrupt as error:
            _stopped(error)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - the last place where an error can become a message
            fail(BuildError(fault(error)))
        if lost := lost_output():
            say(wording("keben: A part of standard output is lost: {lost}.", lost=lost), err=True)
            sys.exit(1)
        return result


def _stopped(error: KeyboardInterrupt) -> NoReturn:
    terminated = isinstance(error, _Terminated)
    say(wording("Stopped."), err=True)
    # As a shell shows a program that a signal ended.
    sys.exit(128 + (signal.SIGTERM if terminated else signal.SIGINT))


@contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    def terminate(_number: int, _frame: FrameType | None) -> None:
        raise _Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before if before is not None else signal.SIG_DFL)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    OPTION,
    expose_value=False,
    metavar="LANGUAGE",
    help="What Keben speaks: en, zh-Hans or zh-Hant; KEBEN_LANG or the locale if left out.",
)
@click.version_option(__version__, prog_name="keben")
def main() -> None:
    """Make Chinese books: one Markdown source, and every edition of it as EPUB and PDF."""
