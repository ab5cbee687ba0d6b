"""What WeasyPrint breaks down on is reported as a finding about the style that it was busy with, not as a traceback."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

from keben.core.errors import BuildError, Finding, KebenError, Place
from keben.core.saying import wording

_KINDS = {
    "absolute": wording("`position: absolute` or `fixed`"),
    "background": "`background`",
    "border": "`border`",
    "column": "`columns`",
    "flex": wording("`display: flex`"),
    "float": "`float`",
    "fonts": wording("`@font-face` or `font-family`"),
    "functions": wording("a nested `calc()` or `var()`"),
    "grid": wording("`display: grid`"),
    "inline": wording("`display: inline-…`, `float` or the size of a text"),
    "leader": "`leader()`",
    "line_break": wording("a very large `font-size`, `text-indent`, `width` or `letter-spacing`"),
    "page": "`@page`",
    "preferred": "`display`, `float` or `::marker`",
    "replaced": wording("the size of a picture"),
    "table": wording("`display: table…`, or the size of a table or of its cells"),
    "tags": wording("`display`, `transform` or `visibility`"),
    "text": wording("`text-overflow`, `block-ellipsis` or the size of a text"),
}
"""By the file of WeasyPrint's that failed."""

_SIZES = wording("a very large or a negative length")


@contextmanager
def reported_failures(path: str, *, sheet: bool = False) -> Iterator[None]:
    """Turn what breaks down in the block into a finding.

    ``path``: a style sheet's, if ``sheet``, or the artifact's that is laid out.

    Raises:
        BuildError: something broke down.
    """
    try:
        yield
    except (KebenError, OSError, MemoryError):
        raise
    except RecursionError as error:
        what = wording("This style sheet") if sheet else wording("Something in the book or in a style sheet")
        message = wording("{what} is nested too deeply for WeasyPrint.", what=what)
        advice = wording(
            "Write its longest selector, or its deepest parentheses or braces, in a simpler way."
        )
        raise BuildError(Finding(Place(path), "style-failure", message, advice)) from error
    except Exception as error:
        raise BuildError(_finding(path, error, sheet=sheet)) from error


def _finding(path: str, error: Exception, *, sheet: bool) -> Finding:
    frames = traceback.extract_tb(error.__traceback__)
    inside = next(
        (frame for frame in reversed(frames) if "weasyprint" in PurePath(frame.filename).parts), None
    )
    name = PurePath(inside.filename).stem if inside else ""
    where = wording(" in {name}.py, line {lineno}", name=name, lineno=inside.lineno) if inside else ""
    message = wording(
        "WeasyPrint fails on these styles{where} ({name}).", where=where, name=type(error).__name__
    )
    if sheet:
        return Finding(Place(path), "style-failure", message, wording("Take out what you added last."))
    kind = _SIZES if isinstance(error, ArithmeticError) else _KINDS.get(name, "")
    kinds = "" if not kind else wording(" that sets {kind}", kind=kind)
    advice = wording(
        "In styles/print.css or the sheet that goes with it, take out the rule{kinds} "
        "that you added last. If the project has no styles of its own, please report "
        "this.",
        kinds=kinds,
    )
    return Finding(Place(path), "style-failure", message, advice)
