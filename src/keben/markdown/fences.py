"""What stands behind the marks that begin a code block: a language, other tools' options, a title."""

import re
from dataclasses import dataclass

_WORD = re.compile(
    r"""\s*(?:(?P<key>[A-Za-z][A-Za-z0-9_-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[!-~]*))"""
    r"|(?P<braces>\{[ -~]*?\})|\[(?P<file>[^\[\]]+)\]|(?P<other>\S+))"
)
_LANGUAGE = re.compile(r"[!-~]+")
_TITLES = frozenset(("title", "caption", "filename", "file", "name"))


@dataclass(frozen=True, slots=True)
class Info:
    """What the first line of a code block says."""

    language: str = ""
    """In lower case, without options: ``rust`` of ``rust,ignore``."""
    title: str = ""
    """What is printed above the block."""
    rest: str = ""
    """Words that say nothing to Keben, and would be lost."""


def read_info(info: str) -> Info:
    """Read the info string of a fence. Options in braces and with a value are other tools', and pass."""
    language, title, rest = "", "", []
    for match in _WORD.finditer(info.strip()):
        value = match["double"] or match["single"] or match["bare"] or ""
        if match["file"] or (match["key"] or "").lower() in _TITLES:
            title = match["file"] or value
        elif match["other"]:
            if match.start() == 0 and _LANGUAGE.fullmatch(match["other"]):
                language = re.split(r"[,:{\[]", match["other"])[0].lower()
            else:
                rest.append(match["other"])
    if not language and (named := re.match(r"\{\s*\.?([A-Za-z0-9_+#-]+)", info.strip())):
        language = named[1].lower()
    return Info(language, title.strip(), " ".join(rest))


def is_closed(content: str, first: int, last: int) -> bool:
    """Whether a fence's block, in the lines from ``first`` up to ``last``, ends with the marks that close it."""
    lines = content.count("\n") + (not content.endswith("\n") and content != "")
    return last - first - 2 >= lines
