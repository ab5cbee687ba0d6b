"""Obsidian's ``[[links]]`` and ``![[embeds]]`` as Markdown links (Obsidian Help, “Internal links”, “Aliases”)."""

import posixpath
import re
from collections.abc import Iterator, Mapping

from keben.pictures import media_type
from keben.project.importers.matter import without_matter
from keben.project.importers.sources import SourceFolder, is_markdown

_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]+?)(?:\\?\|([^\[\]\n]*))?\]\]")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_SIZE = re.compile(r"(\d+)(?:x(\d+))?")
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_BLOCK = re.compile(r"(?:(?<=\S)[ \t]+|^[ \t]*)\^[A-Za-z0-9-]{3,}[ \t]*\Z")
_TEMPLATES = re.compile(r"(?:^|/)(?:模板|模版|範本|样板|_?templates?)/", re.IGNORECASE)
_FILLED = re.compile(r"\{\{\s*(?:date|time|title)\b|<%[-_*]?\s*tp\.|<%")
_MATTER = 4000
"""Characters in which a front matter may stand."""
_FEWEST = 3
"""Files that others link to, for a folder without settings to be a vault."""

Names = Mapping[str, str]


def names_of(folder: SourceFolder) -> Names:
    """The file that each name means: by its path, its last part or an alias; of two the one nearer to the root."""
    names: dict[str, str] = {}
    paths = sorted(folder.files, key=lambda path: (path.count("/"), path))
    for path in paths:
        stem = posixpath.splitext(path)[0] if is_markdown(path) else path
        parts = stem.casefold().split("/")
        for start in range(len(parts)):
            names.setdefault("/".join(parts[start:]), path)
    for path in filter(is_markdown, paths):
        for alias in _aliases(folder, path):
            names.setdefault(alias.casefold(), path)
    return names


def _aliases(folder: SourceFolder, path: str) -> Iterator[str]:
    decoded = folder.text(path)
    if decoded is None or "alias" not in decoded.text[:_MATTER]:
        return
    said = without_matter(decoded.text).said
    given = said.get("aliases", said.get("alias"))
    listed = given if isinstance(given, list) else re.split(r"[,，]", given) if isinstance(given, str) else ()
    yield from (each.strip() for each in listed if isinstance(each, str) and each.strip())


def is_vault(folder: SourceFolder) -> bool:
    """Whether a folder is a vault: its settings are there, or notes link to one another as a vault's do."""
    if any(path.startswith(".obsidian/") for path in folder.files):
        return True
    pages = [path for path in folder.files if is_markdown(path)]
    texts = [decoded.text for path in pages if (decoded := folder.text(path)) and "[[" in decoded.text]
    if not texts:
        return False
    names = names_of(folder)
    linked = {match[2] for text in texts for match in _WIKI.finditer(text) if _found(match[2], names)}
    return len(linked) >= min(_FEWEST, len(pages))


def _found(name: str, names: Names) -> str:
    return names.get(name.partition("#")[0].strip().strip("/").casefold().removesuffix(".md"), "")


def left_in_vault(folder: SourceFolder) -> frozenset[str]:
    """The notes of a vault that are no text: drawings, boards, and templates."""
    left: set[str] = set()
    for path in filter(is_markdown, folder.files):
        decoded = folder.text(path)
        text = decoded.text if decoded else ""
        is_template = _TEMPLATES.search(path) and _FILLED.search(text)
        if is_template or without_matter(text).said.keys() & {"excalidraw-plugin", "kanban-plugin"}:
            left.add(path)
    return frozenset(left)


def with_plain_links(line: str, names: Names) -> str:
    """A line with its wiki links as links from the root."""
    spans = [match.span() for match in _CODE.finditer(line)]

    def plain(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in spans):
            return match[0]
        name, _, anchor = match[2].strip().partition("#")
        shown = (match[3] or "").strip()
        found = _found(name, names) if name else ""
        target = f"/{found}" if found else name and f"{name}.md"
        if match[1] and media_type(found or name):
            size = _SIZE.fullmatch(shown.rpartition("|")[2])
            alt = "" if size else shown
            width = f"{{width={size[1]}px}}" if size else ""
            return f"![{alt}](<{(found and target) or name}>){width}"
        text = shown or " › ".join(
            part
            for part in (name.rpartition("/")[2], *anchor.split("#"))
            if part and not part.startswith("^")
        )
        anchor = anchor.rpartition("#")[2]
        goal = target + (f"#{anchor}" if anchor and not anchor.startswith("^") else "")
        return f"[{text}](<{goal}>)" if goal else text

    return _WIKI.sub(plain, line)


def without_comments(text: str) -> str:
    """A text without Obsidian's comments and the ids of its blocks; its lines keep their number."""
    lines = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text).split("\n")
    # In a formula such signs are powers.
    return "\n".join(line if "\\" in line or "$" in line else _BLOCK.sub("", line) for line in lines)
