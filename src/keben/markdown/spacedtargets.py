"""Targets of links and pictures with spaces in them, as people write them: ``![图](图 1.png)``, ``[节](#第 一 节)``.

CommonMark wants them between angle brackets. What is taken here looks like a path: it ends as a file does, or names a
place by ``#``. Anything else is text in parentheses behind brackets.
"""

import re
from typing import Any

from markdown_it import helpers

from keben.core.patterns import later

_PATH = later(
    r"[ \t]*([^()<>\n\"']*?(?:(?<=#)[^()<>\n\"']+"
    r"|\.(?:mdx?|markdown|html?|png|jpe?g|gif|svg|webp|avif|bmp|tiff?)(?:[?#][^()<>\n\"']*)?))[ \t]*(?=\))",
    re.IGNORECASE,
)


def spaced_destination(text: str, start: int, maximum: int) -> Any:
    """What markdown-it's `parseLinkDestination` gives, for a target with spaces too."""
    result = helpers.parseLinkDestination(text, start, maximum)
    if not result.ok or text[start : start + 1] == "<" or text[result.pos : result.pos + 1] != " ":
        return result
    match = _PATH.match(text, start, maximum + 1)
    if match is None or " " not in match[1].strip() or text[:start].rstrip()[-1:] != "(":
        return result
    result.str, result.pos = match[1].strip(), match.end()
    return result
