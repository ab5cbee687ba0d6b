"""Obsidian's ``[[links]]`` and ``![[embeds]]`` as Markdown links (Obsidian Help, “Internal links”)."""

import posixpath
import re
from collections.abc import Mapping

from keben.pictures import media_type
from keben.project.importers.sources import SourceFolder, is_markdown

_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]+?)(?:\\?\|([^\[\]\n]*))?\]\]")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_SIZE = re.compile(r"(\d+)(?:x(\d+))?")
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)

Names = Mapping[str, str]


def names_of(folder: SourceFolder) -> Names:
    """The file that each name means: by its path, or by its last part; of two the one nearer to the root."""
    names: dict[str, str] = {}
    for path in sorted(folder.files, key=lambda path: (path.count("/"), path)):
        stem = posixpath.splitext(path)[0] if is_markdown(path) else path
        parts = stem.casefold().split("/")
        for start in range(len(parts)):
            names.setdefault("/".join(parts[start:]), path)
    return names


def with_plain_links(line: str, names: Names) -> str:
    """A line with its wiki links as links from the root."""
    spans = [match.span() for match in _CODE.finditer(line)]

    def plain(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in spans):
            return match[0]
        name, _, anchor = match[2].strip().partition("#")
        shown = (match[3] or "").strip()
        found = names.get(name.strip().strip("/").casefold().removesuffix(".md"), "") if name else ""
        target = f"/{found}" if found else name and f"{name}.md"
        if match[1] and media_type(found or name):
            size = _SIZE.fullmatch(shown.rpartition("|")[2])
            alt = "" if size else shown
            width = f"{{width={size[1]}px}}" if size else ""
            return f"![{alt}](<{(found and target) or name}>){width}"
        text = shown or " › ".join(
            part for part in (name, *anchor.split("#")) if part and not part.startswith("^")
        )
        anchor = anchor.rpartition("#")[2]
        goal = target + (f"#{anchor}" if anchor and not anchor.startswith("^") else "")
        return f"[{text}](<{goal}>)" if goal else text

    return _WIKI.sub(plain, line)


def without_comments(text: str) -> str:
    """A text without Obsidian's comments; its lines keep their number."""
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
