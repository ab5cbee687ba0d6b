"""The command line, in this process."""

from click.testing import CliRunner, Result

from keben.cli import main


def run(*arguments: object, **options: object) -> Result:
    """What a command prints, and its exit code."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)  # type: ignore[arg-type]
