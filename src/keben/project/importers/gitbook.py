"""Tags of GitBook and HonKit that name files: ``{% include "…" %}`` and ``{% file src="…" %}``.

Files are asked for where the tags stand in text; in code they are shown as they are.
"""

import posixpath
import re
from collections.abc import Sequence

from keben.project.importers.markup import escape_anywhere
from keben.project.importers.rewriting import with_prose

INCLUDE = re.compile(
    r"""(?<!\\)\{%-?[ \t]*include[ \t]+(?:"([^"{}%\n]+)"|'([^'{}%\n]+)'|([^\s"'{}%]+))[^{}%\n]*-?%\}"""
)
_FILE = re.compile(r"""[ \t]*\{%-?[ \t]*file[ \t]+([^{}%\n]*?)[ \t]*-?%\}[ \t]*(.*)""")
_END = re.compile(r"[ \t]*\{%-?[ \t]*endfile[ \t]*-?%\}")
_VALUE = re.compile(r"""([A-Za-z]+)[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)')""")
_MATTER = re.compile(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINK = re.compile(r"(\]\(<?)(?![a-z][a-z0-9+.-]*:|[/#])([^()\s<>]+)", re.IGNORECASE)


def named_in(match: re.Match[str]) -> str:
    """The file that an `INCLUDE` names."""
    return next(group for group in match.groups() if group)


def fits(text: str, source: str, path: str) -> str:
    """The text of an included file as it reads in another one: without front matter, its links from there."""
    folder, here = posixpath.dirname(source), posixpath.dirname(path)
    text = _MATTER.sub("", text, count=1) if text.startswith("---") else text
    if folder == here:
        return text

    def moved(match: re.Match[str]) -> str:
        target = posixpath.relpath(posixpath.join("/", folder, match[2]), posixpath.join("/", here))
        return f"{match[1]}{target}"

    return _LINK.sub(moved, text)


def with_files(lines: Sequence[str]) -> list[str]:
    """Lines whose ``{% file %}`` are links with the file's name, and what stands between it and its end a caption."""
    return with_prose(lines, "{%", _line)


def _line(line: str) -> str:
    if _END.fullmatch(line.rstrip()):
        return ""
    match = _FILE.fullmatch(line.rstrip())
    values = {name: one or other for name, one, other in _VALUE.findall(match[1])} if match else {}
    if not match or not values.get("src"):
        return line
    target = values["src"]
    shown = values.get("caption") or values.get("name") or posixpath.basename(target)
    address = f"<{target}>" if re.search(r"[\s()]", target) else target
    after = f" {caption}" if (caption := _END.sub("", match[2])) else ""
    return f"[{escape_anywhere(shown)}]({address}){after}"
