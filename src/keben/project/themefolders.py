"""Where the default theme is: in the installed package, or in the checkout that the package stands in."""

from pathlib import Path

from keben.core.errors import MachineError
from keben.core.saying import wording


def default_folder() -> Path:
    """The folder that holds the default ``templates`` and ``styles``.

    Raises:
        MachineError: the installation has no default theme.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package, package.parent.parent):
        if (folder / "templates").is_dir() and (folder / "styles").is_dir():
            return folder
    raise MachineError.at(
        "keben",
        "no-theme",
        wording("The default theme is not where Keben is installed."),
        wording("Install it again."),
    )
