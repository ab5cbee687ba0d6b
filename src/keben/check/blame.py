"""Whose fault it may be that a text is not whole."""

from collections.abc import Sequence

from keben.core.composition import Composition
from keben.core.saying import joined, series, wording

FAULT = wording("This is a fault of Keben's; please report it.")


def advice_for(composition: Composition) -> str:
    """What to do where a text is not whole and nothing says why: look at the theme, where the project has its own."""
    if not composition.theme:
        return FAULT
    return wording(
        "A style or a template of the theme may be the cause: {theme}.", theme=listed(composition.theme)
    )


def listed(names: Sequence[str], most: int = 5) -> str:
    """Some names in a row, and how many more there are."""
    more = wording(", and {count} more", count=len(names) - most) if len(names) > most else ""
    return joined(series(names[:most]), more)


def cut(text: str, most: int = 20) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= most else f"{text[:most]}…"
