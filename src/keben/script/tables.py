"""The tables that the package has in ``data``: rows with tabs between their fields, and comments."""

from importlib.resources import files


def table_bytes(name: str) -> bytes:
    """A table as it is installed, for its hash."""
    return files("keben.script").joinpath("data", name).read_bytes()


def table_there(name: str) -> bytes | None:
    """A table that the package may be without; None: it is."""
    path = files("keben.script").joinpath("data", name)
    return path.read_bytes() if path.is_file() else None


def table_rows(name: str) -> list[list[str]]:
    """The fields of each row; a line that begins with ``#`` is a comment."""
    lines = table_bytes(name).decode("utf-8").split("\n")
    return [line.split("\t") for line in lines if line and line[0] != "#"]
