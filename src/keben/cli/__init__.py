"""The command line: one module a command, and one place where errors become messages and exit codes."""

from keben.cli.main import main

__all__ = ["main"]
