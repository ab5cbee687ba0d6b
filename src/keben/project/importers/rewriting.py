"""Lines of Markdown rewritten where they are text: code and formulas stay as they are."""

import re
from collections.abc import Callable, Sequence

from keben.project.importers.prose import prose_lines

IN_CODE = r"(?<!`)(?:`[^`]+`|``[^`].*?``)(?!`)"
"""A pattern of code in a line of text."""
CODE = re.compile(f"({IN_CODE})")


def with_prose(lines: Sequence[str], sign: str, rewritten: Callable[[str], str]) -> list[str]:
    """Lines with what a function makes of each line of text that has a sign in it."""
    if not any(sign in line for line in lines):
        return list(lines)
    return [
        rewritten(line) if is_prose and sign in line else line
        for line, is_prose in zip(lines, prose_lines(lines), strict=True)
    ]


def outside_code(line: str, rewritten: Callable[[str], str], code: re.Pattern[str] = CODE) -> str:
    """A line with what a function makes of what stands between pieces of code; ``code`` is one group."""
    # The odd parts are code.
    return "".join(part if at % 2 else rewritten(part) for at, part in enumerate(code.split(line)))
